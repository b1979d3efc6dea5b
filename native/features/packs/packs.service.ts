// Loads packs: reference data by bulk import, samples through the same doors as real data; removes the samples of one in one act.
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Logger } from 'pino'
import { type ImportTargetId, type Pack, PackManifest, type PackPart, type PackProgress, WanglouError } from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import { importedId } from '../../kernel/ids.ts'
import type { Blobs, Store } from '../../store/types.ts'
import { inside, openPack, type PackFiles, readText } from './pack-files.ts'
import { PacksRepository } from './packs.repository.ts'
import { areaRows, boundaryRows, type BulkRows, unitRows } from './reference.ts'
import { withDates } from './relative-dates.ts'
import { sampleDeletes } from './remove-sample.ts'
import { incidentActs, SampleIncidents } from './sample-incidents.ts'
import type { SampleTable } from './samples.ts'

/** What the features that own ledgers and plans do for a pack; handed in by `app.ts`. */
export interface PackPorts {
  /** Runs a ledger through the importer; rows it keeps back stay in its quality report. */
  importLedger(options: {
    text: string
    fileName: string
    target: ImportTargetId
    source: string
    kind: string | null
    /** null = anywhere. */
    area: string | null
  }): Promise<PackPart>
  importPlan(options: { path: string; fileName: string }): Promise<void>
  /** What a room reads by itself, by the room's word in the manifest. */
  rooms: Record<string, RoomLoader>
}
/** @param options.source `pack:<id>` @param options.now epoch ms of the first run */
export type RoomLoader = (text: string, options: { source: string; now: number }) => Promise<PackPart>

export class PacksService {
  readonly #journal: Journal
  readonly #blobs: Blobs
  readonly #store: Store
  readonly #repository: PacksRepository
  readonly #ports: PackPorts
  readonly #samples: readonly SampleTable[]
  readonly #shippedPlans: string
  readonly #log: Logger
  readonly #now: () => number
  #progress: PackProgress | null = null

  /**
   * @param options.samples the tables in which samples stand, of every feature
   * @param options.shippedPlans folder that stands in for a pack's own folder of plans when it has none
   */
  constructor(options: {
    store: Store
    journal: Journal
    blobs: Blobs
    ports: PackPorts
    samples: readonly SampleTable[]
    shippedPlans: string
    log: Logger
    now?: () => number
  }) {
    this.#store = options.store
    this.#journal = options.journal
    this.#blobs = options.blobs
    this.#repository = new PacksRepository(options.store)
    this.#ports = options.ports
    this.#samples = options.samples
    this.#shippedPlans = options.shippedPlans
    this.#log = options.log
    this.#now = options.now ?? Date.now
  }

  list(): Promise<Pack[]> {
    return this.#repository.list()
  }

  progress(): PackProgress | null {
    return this.#progress
  }

  /** Whether any pack was ever loaded here. */
  async isFirstRun(): Promise<boolean> {
    return (await this.#repository.count()) === 0
  }

  /**
   * Loads a folder or a zip. A part that fails is reported and does not keep the others out.
   * @throws WanglouError NOT_FOUND · FILE_UNREADABLE (no `pack.json` that can be read) · CONFLICT (one is being loaded)
   */
  async load(options: { location: string; actor: string; withSample: boolean }): Promise<Pack> {
    if (this.#progress !== null) throw new WanglouError('CONFLICT', { pack: this.#progress.pack })
    this.#progress = { pack: path.basename(options.location), part: 'pack.json', partsDone: 0, partsTotal: 1 }
    try {
      const files = await openPack(options.location)
      try {
        return await this.#loadOpened(files, options)
      } finally {
        await files.close()
      }
    } finally {
      this.#progress = null
    }
  }

  /** Deletes every row that came as a sample of this pack, in one transaction. @throws WanglouError NOT_FOUND */
  async removeSample(options: { pack: string; actor: string }): Promise<void> {
    const pack = await this.#repository.find(options.pack)
    if (pack === null) throw new WanglouError('NOT_FOUND')
    const subject = { dataset: 'packs', row: pack.id }
    const chunks = await sampleDeletes(this.#store, this.#samples)
    await this.#journal.writeAll([
      ...chunks.map((deletes) => ({ actor: options.actor, action: 'packs.removeSample', subject, rows: [], deletes })),
      {
        actor: options.actor,
        action: 'packs.removeSample',
        subject,
        rows: [{ dataset: 'packs', row: pack.id, set: { hasSample: false, sampleRemovedAt: this.#now() } }],
      },
    ])
  }

  async #loadOpened(files: PackFiles, options: { actor: string; withSample: boolean }): Promise<Pack> {
    const manifest = await readManifest(files)
    const now = this.#now()
    const source = `pack:${manifest.id}`
    const id = importedId('packs', 'pack', manifest.id)
    const parts = await this.#parts(files, manifest, { source, now, pack: id, ...options })
    const report: Record<string, PackPart> = {}
    for (const [index, part] of parts.entries()) {
      this.#progress = { pack: manifest.id, part: part.name, partsDone: index, partsTotal: parts.length }
      report[part.name] = await part.load().catch((error: unknown) => {
        this.#log.error({ error, part: part.name }, 'a part of the pack was not loaded')
        return { loaded: 0, refused: 1 }
      })
    }
    const hasSample = options.withSample && manifest.sample !== undefined
    await this.#journal.write({
      actor: options.actor,
      action: 'packs.load',
      subject: { dataset: 'packs', row: id },
      rows: [
        {
          dataset: 'packs',
          row: id,
          set: {
            name: manifest.name['zh-CN'],
            version: manifest.version,
            manifest,
            report: Object.fromEntries(Object.entries(report).map(([part, { loaded, refused }]) => [part, { loaded, refused }])),
            loadedAt: now,
            hasSample,
            sampleRemovedAt: null,
          },
        },
      ],
    })
    const loaded = await this.#repository.find(id)
    if (loaded === null) throw new Error('the pack that was just written is not there')
    return loaded
  }

  async #parts(
    files: PackFiles,
    manifest: PackManifest,
    options: { source: string; now: number; pack: string; actor: string; withSample: boolean },
  ): Promise<Part[]> {
    const text = async (name: string) => withDates(await readText(files, name), options.now)
    const bulk = (rows: BulkRows) => this.#bulk(rows, options)
    const parts: Part[] = []
    const { areas, boundaries } = manifest.reference
    if (areas !== undefined) parts.push({ name: areas, load: async () => bulk(areaRows(await text(areas), options.source)) })
    if (boundaries !== undefined) parts.push({ name: boundaries, load: async () => bulk(boundaryRows(await text(boundaries), options.source)) })
    const { sample } = manifest
    if (sample === undefined || !options.withSample) return parts
    const { units, ledgers, stock, incidents, plans, rooms } = sample
    if (units !== undefined) parts.push({ name: units, load: async () => bulk(unitRows(await text(units), options.source)) })
    if (incidents !== undefined) parts.push({ name: incidents, load: async () => this.#incidents(await text(incidents), options) })
    for (const { file, room } of rooms) parts.push({ name: room, load: async () => this.#room(room, await text(file), options) })
    for (const { file, kind } of ledgers)
      parts.push({
        name: file,
        load: async () => this.#ledger({ file, kind, text: await text(file), target: 'resources', area: manifest.area }, options),
      })
    if (stock !== undefined)
      parts.push({
        name: stock,
        load: async () => this.#ledger({ file: stock, kind: null, text: await text(stock), target: 'stock', area: manifest.area }, options),
      })
    if (plans !== undefined)
      for (const file of await this.#planFiles(files, plans)) parts.push({ name: path.basename(file), load: () => this.#plan(file) })
    return parts
  }

  async #bulk(bulk: BulkRows, options: { source: string; pack: string; actor: string }): Promise<PackPart> {
    const { sha256 } = await this.#blobs.put(lines(bulk.rows), { limitBytes: 500_000_000 })
    const entry = await this.#journal.writeBulk({
      actor: options.actor,
      action: 'packs.load',
      subject: { dataset: 'packs', row: options.pack },
      dataset: bulk.dataset,
      source: options.source,
      columns: bulk.columns,
      blob: sha256,
      rows: bulk.rows.length,
    })
    await this.#journal.bulkDone(entry)
    return { loaded: bulk.rows.length, refused: 0 }
  }

  async #ledger(
    ledger: { file: string; kind: string | null; text: string; target: 'resources' | 'stock'; area: string },
    options: { source: string },
  ): Promise<PackPart> {
    return this.#ports.importLedger({
      text: ledger.text,
      fileName: path.basename(ledger.file),
      target: ledger.target,
      source: `${options.source}/${path.basename(ledger.file, '.csv')}`,
      kind: ledger.kind,
      area: ledger.area,
    })
  }

  async #incidents(json: string, options: { source: string; now: number }): Promise<PackPart> {
    const samples = SampleIncidents.parse(JSON.parse(json))
    await this.#journal.writeAll(samples.flatMap((sample) => incidentActs(sample, options)))
    return { loaded: samples.length, refused: 0 }
  }

  /** A pack made for a later program may name rooms that this one has not. */
  async #room(room: string, text: string, { source, now }: { source: string; now: number }): Promise<PackPart> {
    const load = this.#ports.rooms[room]
    return load === undefined ? { loaded: 0, refused: 1 } : load(text, { source, now })
  }

  async #plan(file: string): Promise<PackPart> {
    await this.#ports.importPlan({ path: file, fileName: path.basename(file) })
    return { loaded: 1, refused: 0 }
  }

  async #planFiles(files: PackFiles, folder: string): Promise<string[]> {
    const own = inside(files.folder, folder)
    const chosen = (await stat(own).catch(() => null))?.isDirectory() ? own : this.#shippedPlans
    return (await readdir(chosen))
      .filter((name) => /\.(docx|pdf|md|txt)$/i.test(name) && name !== 'README.md')
      .sort()
      .map((name) => path.join(chosen, name))
  }
}

interface Part {
  name: string
  load(): Promise<PackPart>
}

async function readManifest(files: PackFiles): Promise<PackManifest> {
  const text = await readText(files, 'pack.json')
  try {
    return PackManifest.parse(JSON.parse(text))
  } catch (error) {
    throw new WanglouError('FILE_UNREADABLE', { file: 'pack.json' }, { cause: error })
  }
}

async function* lines(rows: readonly unknown[]): AsyncGenerator<Uint8Array> {
  for (const row of rows) yield Buffer.from(JSON.stringify(row) + '\n')
}
