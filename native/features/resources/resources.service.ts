// Resources: list, search, nearest, stock and reservations.
import type { z } from 'zod'
import {
  type CellValue, type Id, type NearestInput, type NearestRow, type ReadIncidentFacts, type ResourceDetail, type ResourceFilter, type ResourceHistory, type ResourcePage, type ResourceRow, type ResourceSave,
  type StockBalance, type StockMoveInput, type StockMovement, WanglouError,
} from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import { bearingDeg } from '../../kernel/great-circle.ts'
import { newId } from '../../kernel/ids.ts'
import { changedOf, mustHaveSeen } from '../../kernel/unseen.ts'
import type { Store } from '../../store/types.ts'
import type { AreasService } from '../areas/areas.service.ts'
import { NearestSearch } from './nearest.ts'
import { Deciding } from './deciding.ts'
import { alone, type OwnersPort } from './owners.ts'
import { Reservations } from './reservations.ts'
import { type PlainRow, ResourcesRepository } from './resources.repository.ts'
import { roadClassOf, travelEstimate } from './travel-time.ts'

const rememberedCounts = 200

interface Options {
  store: Store
  journal: Journal
  areas: AreasService
  incident: ReadIncidentFacts
  /** Left out = a station by itself. */
  owners?: OwnersPort
  /** What our centre calls itself. */
  centreName?: () => Promise<string>
  onError?: (error: unknown) => void
  now?: () => number
}

export class ResourcesService {
  readonly reservations: Reservations
  readonly deciding: Deciding
  readonly #journal: Journal
  readonly #areas: AreasService
  readonly #repository: ResourcesRepository
  readonly #nearest: NearestSearch
  readonly #now: () => number
  readonly #counts = new Map<string, Promise<{ count: number; isCapped: boolean }>>()
  #unsubscribe: (() => void) | null = null

  constructor(options: Options) {
    this.#journal = options.journal
    this.#areas = options.areas
    this.#repository = new ResourcesRepository(options.store)
    this.#nearest = new NearestSearch(options.store)
    this.#now = options.now ?? Date.now
    const { store, journal, incident, owners = alone('local'), centreName = () => Promise.resolve(''), onError = raise } = options
    const shared = { store, journal, incident, owners, centreName, now: this.#now }
    this.reservations = new Reservations(shared)
    this.deciding = new Deciding({ ...shared, onError })
  }

  get name(): string {
    return 'resources'
  }

  start(): Promise<void> {
    this.#unsubscribe ??= this.#journal.onChange((changes) => {
      if (changes.some(({ dataset }) => dataset === 'resources' || dataset === 'reservations' || dataset === '*')) this.#counts.clear()
    })
    this.deciding.start()
    return Promise.resolve()
  }

  stop(): Promise<void> {
    this.#unsubscribe?.()
    this.#unsubscribe = null
    return this.deciding.stop()
  }

  /** A window of the filtered list with the count of all of it. */
  async list(input: { filter: ResourceFilter; offset: number; limit: number }): Promise<ResourcePage> {
    const now = this.#now()
    const [rows, { count, isCapped }] = await Promise.all([this.#repository.page(input.filter, { ...input, now }), this.#count(input.filter, now)])
    return { rows: await this.#withAreas(rows), count, isCountCapped: isCapped, incomplete: this.#incomplete() }
  }

  #count(filter: ResourceFilter, now: number): Promise<{ count: number; isCapped: boolean }> {
    if (filter.expiry !== 'all') return this.#repository.count(filter, now)
    const key = JSON.stringify(filter)
    const known = this.#counts.get(key)
    if (known !== undefined) return known
    if (this.#counts.size >= rememberedCounts) this.#counts.clear()
    const counting = this.#repository.count(filter, now)
    counting.catch(() => this.#counts.delete(key))
    this.#counts.set(key, counting)
    return counting
  }

  /** Rows of imports that are not in yet. */
  #incomplete(): ResourcePage['incomplete'] {
    const open = this.#journal.bulkProgress().filter((one) => one.dataset === 'resources' && !one.isDone)
    return open.length === 0 ? null : { rowsDone: open.reduce((sum, one) => sum + one.rowsDone, 0), rowsTotal: open.reduce((sum, one) => sum + one.rowsTotal, 0) }
  }

  /** @throws WanglouError NOT_FOUND */
  async detail(id: Id): Promise<ResourceDetail> {
    const row = await this.#repository.detail(id)
    if (row === null) throw new WanglouError('NOT_FOUND', { resource: id })
    const [[named], stock, reservations] = await Promise.all([this.#withAreas([row]), this.#repository.balances(id), this.reservations.of('resource', id)])
    return { ...row, areaName: named?.areaName ?? null, stock, reservations }
  }

  /** What was written about it, newest first. */
  async history(id: Id): Promise<ResourceHistory[]> {
    const entries = await this.#journal.timeline({ dataset: 'resources', row: id }, { by: 'known' })
    return entries.toReversed().map((entry) => ({ at: entry.at, actor: entry.actor, action: entry.action, columns: [...new Set(entry.cells.map(([, , column]) => column))] }))
  }

  /** The k nearest of these kinds with great-circle distance and an estimate of the travel time. */
  async nearest(input: NearestInput): Promise<NearestRow[]> {
    const near = await this.#nearest.find(input)
    const [rows, index] = await Promise.all([this.#repository.byKeys(near.map((one) => one.key)), this.#areas.index()])
    const byKey = new Map(rows.map((row) => [row.key, row]))
    const placeClass = roadClassOf(index.nearest(input.position)?.area ?? null)
    return near.flatMap(({ key, distanceM }) => {
      const found = byKey.get(key)
      if (found === undefined || found.position === null) return []
      const { key: _, ...row } = found
      const area = row.area === null ? null : (index.byCode(row.area) ?? index.byCode(row.area.slice(0, 6)))
      return [{ ...row, areaName: area?.name ?? null, distanceM, bearingDeg: bearingDeg(input.position, found.position), travel: travelEstimate(distanceM, [placeClass, roadClassOf(area)]) }]
    })
  }

  units(): Promise<string[]> {
    return this.#repository.units()
  }

  /** A new resource, or new values of one; by hand its source stays what it was. @throws WanglouError NOT_FOUND · CONFLICT {field} when another changed it since the form showed it */
  async save(input: ResourceSave, actor: string): Promise<ResourceDetail> {
    const { id: given, seen, ...all } = input
    const id = given ?? newId()
    if (given !== null && (await this.#repository.detail(given)) === null) throw new WanglouError('NOT_FOUND', { resource: given })
    if (input.area !== null) await this.#areas.byCode(input.area)
    const changed = changedOf(all, seen)
    const { position, ...values } = changed
    const place: Record<string, CellValue> = position === undefined ? {} : { lon: position?.[0] ?? null, lat: position?.[1] ?? null }
    const made: Record<string, CellValue> = given === null ? { source: null, sourceKey: null, attributes: null, isSample: false } : {}
    await this.#journal.write({
      actor, action: given === null ? 'resources.add' : 'resources.change', subject: { dataset: 'resources', row: id },
      rows: [{ dataset: 'resources', row: id, set: { ...values, ...place, asOf: this.#now(), ...made } }],
      check: async (tx) => void (given !== null && seen !== null && mustHaveSeen((await this.#repository.detail(given, tx)) ?? {}, { set: changed, seen })),
    })
    return this.detail(id)
  }

  /** @throws WanglouError NOT_FOUND · ALREADY_RESERVED while an incident holds it */
  async remove(id: Id, actor: string): Promise<void> {
    const row = await this.#repository.detail(id)
    if (row === null) throw new WanglouError('NOT_FOUND', { resource: id })
    if (row.heldBy !== null) throw new WanglouError('ALREADY_RESERVED', { resource: row.name, incident: row.heldBy, state: null, holder: null })
    await this.#journal.write({ actor, action: 'resources.remove', subject: { dataset: 'resources', row: id }, rows: [], deletes: [{ dataset: 'resources', row: id }] })
  }

  /** Writes one movement; a balance below zero is an alert, never a refusal: what was handed out was handed out. */
  async move(input: z.infer<typeof StockMoveInput>, actor: string): Promise<StockBalance[]> {
    const resource = await this.#repository.detail(input.resource)
    if (resource === null) throw new WanglouError('NOT_FOUND', { resource: input.resource })
    await this.#journal.write({
      actor, action: 'resources.moveStock', subject: { dataset: 'resources', row: input.resource },
      rows: [{ dataset: 'stockMovements', row: newId(), set: { ...input, movedAt: this.#now(), expiresAt: null, source: null, isSample: resource.isSample } }],
    })
    return this.#repository.balances(input.resource)
  }

  movements(resource: Id): Promise<StockMovement[]> {
    return this.#repository.movements(resource)
  }

  /** Balances below zero, for 待办. */
  stockAlerts() {
    return this.#repository.negativeBalances()
  }

  /** Columnar chunks for the map, at most `cap` points. */
  async *points(filter: ResourceFilter, cap: number): AsyncGenerator<{ ids: string[]; kinds: string[]; names: string[]; lons: number[]; lats: number[]; isExpired: boolean[] }> {
    const now = this.#now()
    const limit = 5000
    for (let afterKey = 0, sent = 0; sent < cap; ) {
      const rows = await this.#repository.points(filter, { afterKey, limit: Math.min(limit, cap - sent), now })
      if (rows.length > 0) {
        yield {
          ids: rows.map((row) => row.id), kinds: rows.map((row) => row.kind), names: rows.map((row) => row.name), lons: rows.map((row) => row.lon), lats: rows.map((row) => row.lat),
          isExpired: rows.map((row) => row.expiresAt !== null && row.expiresAt < now),
        }
      }
      if (rows.length < limit) return
      sent += rows.length
      afterKey = rows.at(-1)?.key ?? Infinity
    }
  }

  async #withAreas(rows: readonly PlainRow[]): Promise<ResourceRow[]> {
    const index = await this.#areas.index()
    return rows.map((row) => ({ ...row, areaName: row.area === null ? null : ((index.byCode(row.area) ?? index.byCode(row.area.slice(0, 6)))?.name ?? null) }))
  }
}

function raise(error: unknown): never {
  throw error
}
