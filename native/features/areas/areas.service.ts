// Areas: find one by what people type, tell where a point lies, bring in outlines.
import { Readable } from 'node:stream'
import {
  type Area,
  type AreaAtPoint,
  areaPrefix,
  type AreaKind,
  type BoundaryImportInput,
  type BoundaryInspection,
  type LonLat,
  type Unit,
  WanglouError,
} from '../../contract/index.ts'
import type { Blobs, Store } from '../../store/types.ts'
import { distanceM } from '../../kernel/great-circle.ts'
import { runInWorker } from '../../kernel/workers.ts'
import type { Town, TownNames } from '../../kernel/town-names.ts'
import type { Journal } from '../../journal/types.ts'
import { newId } from '../../kernel/ids.ts'
import { AreaIndex } from './area-index.ts'
import type { AreaTables } from './area-tables.ts'
import { type AreaRow, AreasRepository, type StoredOutline } from './areas.repository.ts'
import { type BoundaryTask, type FoundBoundary, proposeBoundaries } from './boundary-import.ts'
import { isInside } from './point-in-outline.ts'
import type { z } from 'zod'

const workerUrl = new URL('./boundaries.worker.ts', import.meta.url)
const boundaryColumns = ['area', 'geometry', 'west', 'south', 'east', 'north', 'source', 'reviewNumber']
/** 罕井, 罕井镇, 蒲城县罕井镇: the town, and what is said of its county before it. */
function townsAsSaid(towns: TownNames, query: string): { town: Town; before: string }[] {
  const words = query.normalize('NFKC').replaceAll(/\s/gu, '')
  const cut = Math.max(...['区', '县', '市'].map((end) => words.lastIndexOf(end))) + 1
  const whole = towns.search(words).map((town) => ({ town, before: '' }))
  return whole.length > 0 || cut === 0 ? whole : towns.search(words.slice(cut)).map((town) => ({ town, before: words.slice(0, cut) }))
}

const fineness: Record<AreaKind, number> = { province: 0, city: 1, county: 2, town: 3, village: 4 }

export interface BoundaryFeature {
  area: Pick<Area, 'code' | 'name' | 'kind' | 'parent'>
  geometry: StoredOutline['outline']
  source: string
  reviewNumber: string | null
}

export class AreasService {
  readonly #journal: Journal
  readonly #blobs: Blobs
  readonly #repository: AreasRepository
  readonly #tables: AreaTables
  #index: Promise<AreaIndex> | null = null
  #unsubscribe: (() => void) | null = null

  /** @param options `tables`: the shipped ones, from `readAreaTables` */
  constructor(options: { store: Store; journal: Journal; blobs: Blobs; tables: AreaTables }) {
    this.#journal = options.journal
    this.#blobs = options.blobs
    this.#repository = new AreasRepository(options.store)
    this.#tables = options.tables
  }

  get name(): string {
    return 'areas'
  }

  /** Forgets the areas in memory whenever some were written. */
  start(): Promise<void> {
    this.#unsubscribe ??= this.#journal.onChange((changes) => {
      if (changes.some(({ dataset }) => dataset === 'areas' || dataset === 'areaBoundaries' || dataset === '*')) this.#index = null
    })
    return Promise.resolve()
  }

  stop(): Promise<void> {
    this.#unsubscribe?.()
    this.#unsubscribe = null
    return Promise.resolve()
  }

  index(): Promise<AreaIndex> {
    const loading = (this.#index ??= this.#repository.all().then((rows) => new AreaIndex(rows.map((row) => this.#whole(row)))))
    loading.catch(() => (this.#index = null))
    return loading
  }

  #whole(row: AreaRow): AreaRow {
    // A province or a city has roads of every class.
    const terrain = row.terrain ?? (row.kind === 'province' || row.kind === 'city' ? null : this.#tables.terrainOf(row.code))
    return { ...row, terrain, former: [...row.former, ...(this.#tables.former.get(row.code) ?? [])] }
  }

  /** Best first. A town without a row of its own stands last in the path of its county, which is what is found. */
  async search(query: string, limit: number): Promise<Area[]> {
    const index = await this.index()
    const found = index.search(query, limit)
    const isKnown = (name: string, county: string) => index.all.some((area) => area.name === name && area.code.startsWith(county))
    const towns = townsAsSaid(this.#tables.towns, query).flatMap(({ town, before }) => {
      const county = index.byCode(town.county)
      if (county === null || !county.path.join('').endsWith(before) || isKnown(town.name, town.county)) return []
      return [{ ...county, path: [...county.path, town.name] }]
    })
    const counties = new Set(found.map(({ code }) => code))
    return [...found, ...towns.filter(({ code }) => !counties.has(code) && counties.add(code))].slice(0, limit)
  }

  /** Present or former code; codes of towns without a row of their own give their county. @throws WanglouError PLACE_UNKNOWN */
  async byCode(code: string): Promise<Area> {
    const index = await this.index()
    const six = code.length < 6 ? code.padEnd(6, '0') : code
    const area = index.byCode(code) ?? index.byCode(six) ?? index.byFormerCode(six) ?? index.byCode(six.slice(0, 9)) ?? index.byCode(six.slice(0, 6))
    if (area === null) throw new WanglouError('PLACE_UNKNOWN', { code })
    return area
  }

  async children(parent: string | null): Promise<Area[]> {
    return (await this.index()).children(parent)
  }

  /** The finest area around the point: by outline where there is one, then refined to the nearest centre below it, marked approximate. null = no areas at all. */
  async at(position: LonLat): Promise<AreaAtPoint | null> {
    const index = await this.index()
    const within = (await this.#repository.outlinesAt(position))
      .filter(({ outline }) => isInside(position, outline))
      .flatMap(({ area }) => index.byCode(area) ?? [])
      .toSorted((a, b) => fineness[b.kind] - fineness[a.kind])
    const finest = within[0]
    if (finest !== undefined && fineness[finest.kind] >= fineness.county) return this.#atPoint(finest, 'boundary', position)
    const near =
      finest === undefined
        ? index.nearest(position)
        : new AreaIndex(index.all.filter((area) => area.code.startsWith(areaPrefix(finest.code)))).nearest(position)
    if (near !== null) return this.#atPoint(index.byCode(near.area.code) ?? near.area, 'centre', position)
    return finest === undefined ? null : this.#atPoint(finest, 'boundary', position)
  }

  #atPoint(area: Area, by: AreaAtPoint['by'], position: LonLat): AreaAtPoint {
    return { area, by, isApproximate: by === 'centre', centreDistanceM: area.position === null ? null : distanceM(position, area.position) }
  }

  /** Outlines of these kinds of area, one each. */
  async boundaries(kinds: readonly AreaKind[], under: string | null): Promise<BoundaryFeature[]> {
    const index = await this.index()
    const wanted = index.all.filter(
      (area) => area.hasBoundary && kinds.includes(area.kind) && (under === null || area.code.startsWith(areaPrefix(under))),
    )
    const outlines = await this.#repository.outlinesOf(wanted.map((area) => area.code))
    return outlines.flatMap(({ area, outline, source, reviewNumber }) => {
      const known = index.byCode(area)
      return known === null
        ? []
        : [{ area: { code: known.code, name: known.name, kind: known.kind, parent: known.parent }, geometry: outline, source, reviewNumber }]
    })
  }

  units(): Promise<Unit[]> {
    return this.#repository.units()
  }

  /** Holds a GeoJSON file of outlines against the areas in force. @throws WanglouError FILE_* */
  async inspectBoundaries(blob: string): Promise<BoundaryInspection> {
    const index = await this.index()
    const found = await this.#readBoundaries(blob)
    return { rows: proposeBoundaries(found, index) }
  }

  /** Writes the outlines a person has confirmed as one bulk entry; whatever was not confirmed stays out. */
  async importBoundaries(input: z.infer<typeof BoundaryImportInput>, actor: string): Promise<{ imported: number; leftOut: number }> {
    const index = await this.index()
    const found = await this.#readBoundaries(input.blob)
    const areaOf = new Map(input.confirmed.map(({ row, area }) => [row, area]))
    const rows = found.flatMap((boundary) => {
      const area = areaOf.get(boundary.row)
      if (area === undefined || boundary.outline === null || boundary.box === null) return []
      if (index.byCode(area) === null) throw new WanglouError('PLACE_UNKNOWN', { code: area })
      return [JSON.stringify([area, area, boundary.outline, ...boundary.box, input.source, input.reviewNumber])]
    })
    if (rows.length === 0) throw new WanglouError('INVALID_INPUT', {})
    const blob = await this.#blobs.put(Readable.from(rows.map((row) => Buffer.from(`${row}\n`))), { limitBytes: 500_000_000 })
    await this.#journal.writeBulk({
      actor,
      action: 'areas.importBoundaries',
      subject: { dataset: 'areaBoundaries', row: newId() },
      dataset: 'areaBoundaries',
      source: input.source,
      columns: boundaryColumns,
      blob: blob.sha256,
      rows: rows.length,
    })
    return { imported: rows.length, leftOut: found.length - rows.length }
  }

  #readBoundaries(blob: string): Promise<FoundBoundary[]> {
    const task: BoundaryTask = { path: this.#blobs.pathOf(blob) }
    return runInWorker<FoundBoundary[]>({ url: workerUrl, data: task, maxOldSpaceMb: 400, timeoutMs: 120_000 })
  }
}
