// Imports of tables: look at a file, check every row in a worker, write the good ones as one bulk entry, keep the bad ones until they are corrected.
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { text as readText } from 'node:stream/consumers'
import {
  type BadRow,
  type CellValue,
  type CheckInput,
  type EntryId,
  type FileProposal,
  type ImportJob,
  type ImportTargetId,
  type InspectInput,
  type ProblemCode,
  WanglouError,
} from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import { importedId, newId } from '../../kernel/ids.ts'
import { runInWorker } from '../../kernel/workers.ts'
import type { Blobs, Store } from '../../store/types.ts'
import type { AreasService } from '../areas/areas.service.ts'
import { badRowsFile } from './bad-rows-file.ts'
import type { CheckProgress, CheckResult } from './check-table.ts'
import type { ExistingRows } from './existing-rows.ts'
import { checkContext } from './context.ts'
import { ImportsRepository, type StoredJob } from './imports.repository.ts'
import type { CheckTask, InspectResult, InspectTask } from './imports.worker.ts'
import { keepRows, rowOf } from './keep-rows.ts'
import { targets } from './targets/index.ts'
import type { WholeTableTask } from './whole-table.worker.ts'

const workerUrl = new URL('./imports.worker.ts', import.meta.url)
const wholeTableUrl = new URL('./whole-table.worker.ts', import.meta.url)
const wholeTableRows = 20_000
/** Parser's memory, MiB: with the heap's young part and buffers it stays under 400 MB. */
const parserHeapMb = 320
const inspectTimeoutMs = 120_000
const checkTimeoutMs = 30 * 60_000
const pollMs = 100

export interface LedgerToLoad extends Omit<CheckInput, 'sheet' | 'encoding' | 'headerRows' | 'mapping' | 'datum'> {
  actor: string
  isSample: boolean
}

export class ImportsService {
  readonly #journal: Journal
  readonly #blobs: Blobs
  readonly #areas: AreasService
  readonly #repository: ImportsRepository
  readonly #directory: string
  readonly #onError: (error: unknown) => void
  readonly #existing: Partial<Record<ImportTargetId, ExistingRows>>
  readonly #running = new Map<string, { stored: StoredJob; control: AbortController; done: Promise<void> }>()

  /** @param options `existing`: what the rooms of some targets know of their rows */
  constructor(options: {
    store: Store
    journal: Journal
    blobs: Blobs
    areas: AreasService
    directory: string
    onError: (error: unknown) => void
    existing?: Partial<Record<ImportTargetId, ExistingRows>>
  }) {
    this.#journal = options.journal
    this.#blobs = options.blobs
    this.#areas = options.areas
    this.#repository = new ImportsRepository(options.store)
    this.#directory = join(options.directory, 'tmp', 'imports')
    this.#onError = options.onError
    this.#existing = options.existing ?? {}
  }

  get name(): string {
    return 'imports'
  }

  /** Jobs that the last stop cut off say so; what had been written goes on in the journal. */
  async start(): Promise<void> {
    await rm(this.#directory, { recursive: true, force: true })
    for (const { job } of await this.#repository.jobs()) {
      if (job.state !== 'checking' && job.state !== 'importing') continue
      const stored = await this.#repository.job(job.id)
      if (stored === null) continue
      const isWritten = stored.job.state === 'importing'
      await this.#repository.save({
        ...stored,
        job: {
          ...stored.job,
          state: isWritten ? 'done' : 'cancelled',
          progress: null,
          error: isWritten ? null : 'CANCELLED',
          finishedAt: Date.now(),
        },
      })
    }
  }

  async stop(): Promise<void> {
    for (const { control } of this.#running.values()) control.abort()
    await Promise.all([...this.#running.values()].map((job) => job.done))
  }

  /** What the file holds and how it would be read. @throws WanglouError FILE_*, NOT_FOUND */
  async inspect(input: InspectInput): Promise<FileProposal> {
    await this.#known(input.blob)
    const remembered = input.source === '' ? null : await this.#repository.mapping(input.target, input.source)
    const task: InspectTask = {
      mode: 'inspect',
      path: this.#blobs.pathOf(input.blob),
      fileName: input.fileName,
      sheet: input.sheet,
      encoding: input.encoding,
      headerRows: input.headerRows,
      target: input.target,
    }
    const result = await runInWorker<InspectResult>({ url: workerUrl, data: task, maxOldSpaceMb: parserHeapMb, timeoutMs: inspectTimeoutMs })
    const isRemembered = remembered !== null && JSON.stringify(remembered.headers) === JSON.stringify(result.headers)
    return { ...result, isRemembered, datum: remembered?.datum ?? 'wgs84', mapping: isRemembered ? remembered.mapping : result.mapping }
  }

  /** Begins to check every row; follow it with `job`. */
  async check(input: CheckInput, actor: string, options: { isSample: boolean } = { isSample: false }): Promise<ImportJob> {
    await this.#known(input.blob)
    const job: ImportJob = {
      id: newId(),
      target: input.target,
      source: input.source,
      fileName: input.fileName,
      state: 'checking',
      progress: 0,
      rowsRead: 0,
      good: 0,
      bad: 0,
      formulas: 0,
      problems: {},
      missingFromSource: 0,
      error: null,
      startedAt: Date.now(),
      startedBy: actor,
      finishedAt: null,
    }
    const stored: StoredJob = { job, input, headers: [], goodBlob: null, updates: null, bulkRows: 0, missing: [] }
    await this.#repository.save(stored)
    this.#run(stored, (signal) => this.#check(stored, options, signal))
    return { ...job }
  }

  async #check(stored: StoredJob, options: { isSample: boolean }, signal: AbortSignal): Promise<void> {
    const { job, input } = stored
    const target = targets[input.target]
    await mkdir(this.#directory, { recursive: true })
    const folder = await mkdtemp(join(this.#directory, 'check-'))
    const [goodPath, badPath] = [join(folder, 'good.ndjson'), join(folder, 'bad.ndjson')]
    try {
      const knownKeys = input.target === 'stock' ? [] : await this.#repository.keysOf(input.target, input.source)
      const context = await checkContext({
        input,
        areas: this.#areas,
        stores: input.target === 'stock' ? await this.#repository.stores() : {},
        units: input.target === 'contacts' || input.target === 'units' ? await this.#repository.units(options.isSample) : [],
        isSample: options.isSample,
      })
      const task: CheckTask = {
        mode: 'check',
        path: this.#blobs.pathOf(input.blob),
        fileName: input.fileName,
        sheet: input.sheet,
        encoding: input.encoding,
        target: input.target,
        input,
        context,
        knownKeys,
        goodPath,
        badPath,
      }
      const result = await runInWorker<CheckResult, CheckProgress>({
        url: workerUrl,
        data: task,
        maxOldSpaceMb: parserHeapMb,
        timeoutMs: checkTimeoutMs,
        signal,
        onProgress: ({ rowsRead, good, bad, progress }) => Object.assign(job, { rowsRead, good, bad, progress: progress * 0.8 }),
      })
      Object.assign(job, {
        rowsRead: result.rowsRead,
        good: result.good,
        bad: result.bad,
        formulas: result.formulas,
        problems: result.problems,
        missingFromSource: result.missing.length,
      })
      stored.headers = result.headers
      stored.missing = result.missing.slice(0, 10_000)
      const existing = this.#existing[input.target] ?? null
      const kept = await keepRows({
        ...{ stored, target, goodPath, badPath, existing, signal },
        repository: this.#repository,
        blobs: this.#blobs,
        isSample: options.isSample,
      })
      Object.assign(stored, kept)
      Object.assign(job, { state: 'checked', progress: 1 })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  /** Writes the good rows as one bulk entry, changes what is to be changed, and remembers how the columns were read. @throws WanglouError STATE_NOT_ALLOWED */
  async commit(id: string, actor: string): Promise<ImportJob> {
    const stored = await this.#stored(id)
    const { job, input, goodBlob } = stored
    if (job.state !== 'checked' || job.good === 0) throw new WanglouError('STATE_NOT_ALLOWED', { state: job.state })
    const target = targets[input.target]
    const subject = { dataset: 'importMappings', row: importedId('importMappings', input.target, input.source) }
    Object.assign(job, { state: 'importing', progress: 0, finishedAt: null })
    await this.#journal.write({
      actor,
      action: 'imports.remember',
      subject,
      rows: [
        {
          dataset: subject.dataset,
          row: subject.row,
          set: {
            target: input.target,
            source: input.source,
            headers: stored.headers,
            mapping: input.mapping,
            headerRows: input.headerRows,
            datum: input.datum,
            kind: input.kind,
          },
        },
      ],
    })
    const entry =
      goodBlob === null
        ? null
        : await this.#journal.writeBulk({
            actor,
            action: `${input.target}.import`,
            subject,
            dataset: target.dataset,
            source: input.source,
            columns: [...target.columns],
            blob: goodBlob,
            rows: stored.bulkRows,
            note: { fileName: input.fileName, file: input.blob, good: job.good, bad: job.bad },
          })
    await this.#repository.save(stored)
    this.#run(stored, async (signal) => {
      await this.#update(stored, actor)
      if (entry !== null) await this.#follow(stored, `${entry.station}/${entry.scope}/${entry.seq}`, signal)
      else Object.assign(job, { state: 'done', progress: 1 })
    })
    return { ...job }
  }

  async #update({ input, updates }: StoredJob, actor: string): Promise<void> {
    const existing = this.#existing[input.target]
    if (updates === null || existing === undefined) return
    const text = await readText(this.#blobs.read(updates))
    const rows = text.split('\n').flatMap((line) => {
      if (line === '') return []
      const [id, ...values] = JSON.parse(line) as [string, ...CellValue[]]
      return [{ id, values: rowOf({ values }, targets[input.target]) }]
    })
    await existing.update(rows, actor)
  }

  async #follow({ job }: StoredJob, entry: EntryId, signal: AbortSignal): Promise<void> {
    for (;;) {
      const progress = this.#journal.bulkProgress().find((one) => one.entry === entry)
      if (progress === undefined || progress.isDone) break
      job.progress = progress.rowsTotal === 0 ? 1 : progress.rowsDone / progress.rowsTotal
      if (signal.aborted) return
      await new Promise((resolve) => setTimeout(resolve, pollMs))
    }
    Object.assign(job, { state: 'done', progress: 1 })
  }

  /** Stops a check; an import that has been written is an entry of the journal and goes on. @throws WanglouError STATE_NOT_ALLOWED */
  async cancel(id: string): Promise<void> {
    const running = this.#running.get(id)
    if (running === undefined || running.stored.job.state !== 'checking')
      throw new WanglouError('STATE_NOT_ALLOWED', { state: (await this.#stored(id)).job.state })
    running.control.abort()
    await running.done
  }

  async job(id: string): Promise<ImportJob> {
    return { ...(await this.#stored(id)).job }
  }

  /** The last fifty, newest first. */
  async jobs(): Promise<ImportJob[]> {
    return (await this.#repository.jobs()).map(({ job }) => ({ ...(this.#running.get(job.id)?.stored.job ?? job) }))
  }

  async badRows(id: string, options: { offset: number; limit: number; problem: ProblemCode | null }): Promise<{ headers: string[]; rows: BadRow[] }> {
    const [{ headers }, rows] = await Promise.all([this.#stored(id), this.#repository.badRows(id, options)])
    return { headers, rows }
  }

  /** Keys the source had and this file has not: listed, never deleted. */
  async missing(id: string, options: { offset: number; limit: number }): Promise<string[]> {
    return (await this.#stored(id)).missing.slice(options.offset, options.offset + options.limit)
  }

  /** The rows kept back as a file to correct and import again. @returns the blob to download */
  async badRowsFile(id: string, format: 'csv' | 'xlsx'): Promise<{ blob: string; fileName: string }> {
    const { job, headers, input } = await this.#stored(id)
    await mkdir(this.#directory, { recursive: true })
    const blob = await badRowsFile({
      job: id,
      headers,
      mapping: input.mapping,
      format,
      repository: this.#repository,
      blobs: this.#blobs,
      directory: this.#directory,
    })
    return { blob, fileName: `${job.fileName.replace(/\.[^.]*$/, '')}-待更正.${format}` }
  }

  /** A ledger of a pack: read as proposed, checked, and its good rows written. */
  async loadLedger(ledger: LedgerToLoad): Promise<{ job: string; loaded: number; refused: number }> {
    const { actor, isSample, ...rest } = ledger
    const proposal = await this.inspect({
      blob: rest.blob,
      fileName: rest.fileName,
      target: rest.target,
      source: rest.source,
      sheet: null,
      encoding: null,
      headerRows: null,
    })
    const { id } = await this.check(
      { ...rest, sheet: null, encoding: null, headerRows: proposal.headerRows, mapping: proposal.mapping, datum: proposal.datum },
      actor,
      { isSample },
    )
    await this.settled(id)
    const checked = await this.job(id)
    if (checked.state !== 'checked') throw new WanglouError('FILE_UNREADABLE', { file: rest.fileName, error: checked.error })
    if (checked.good > 0) await this.commit(id, actor)
    return { job: id, loaded: checked.good, refused: checked.bad }
  }

  /** A small table whole, as text, for a room that knows what its rows mean. @throws WanglouError FILE_*, NOT_FOUND, TOO_LARGE */
  async wholeTable({ blob, fileName }: { blob: string; fileName: string }): Promise<string[][]> {
    await this.#known(blob)
    const data: WholeTableTask = { path: this.#blobs.pathOf(blob), fileName, limitRows: wholeTableRows }
    return runInWorker<string[][]>({ url: wholeTableUrl, data, maxOldSpaceMb: parserHeapMb, timeoutMs: inspectTimeoutMs })
  }

  /** Resolves when the job's present work has ended, well or not. */
  async settled(id: string): Promise<void> {
    await this.#running.get(id)?.done
  }

  #run(stored: StoredJob, work: (signal: AbortSignal) => Promise<void>): void {
    const { job } = stored
    const control = new AbortController()
    const done = work(control.signal)
      .catch((error: unknown) => {
        const code = error instanceof WanglouError ? error.code : 'INTERNAL'
        if (code === 'INTERNAL') this.#onError(error)
        Object.assign(job, { state: code === 'CANCELLED' ? 'cancelled' : 'failed', error: code })
      })
      .then(async () => {
        job.finishedAt = Date.now()
        await this.#repository.save(stored)
      })
      .catch(this.#onError)
      .finally(() => this.#running.delete(job.id))
    this.#running.set(job.id, { stored, control, done })
  }

  async #stored(id: string): Promise<StoredJob> {
    const stored = this.#running.get(id)?.stored ?? (await this.#repository.job(id))
    if (stored === null) throw new WanglouError('NOT_FOUND', { job: id })
    return stored
  }

  async #known(blob: string): Promise<void> {
    if (!(await this.#blobs.has(blob))) throw new WanglouError('NOT_FOUND', { blob })
  }
}
