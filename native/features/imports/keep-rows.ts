// After the check: good rows become the blob of one bulk entry, unless the station has them already from elsewhere; bad rows are kept.
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { type RowProblem, WanglouError } from '../../contract/index.ts'
import type { Blobs } from '../../store/types.ts'
import type { ExistingRows, FileRow } from './existing-rows.ts'
import type { GoodLine } from './check-table.ts'
import type { ImportsRepository, StoredJob } from './imports.repository.ts'
import type { Target } from './targets/target.ts'

const batchLines = 400
const limitBytes = 4_000_000_000

interface KeepOptions {
  stored: StoredJob
  target: Target
  goodPath: string
  badPath: string
  repository: ImportsRepository
  blobs: Blobs
  /** What the target's room knows of rows that are there; null = nothing. */
  existing: ExistingRows | null
  isSample: boolean
  signal: AbortSignal
}

/** What of a job's good rows goes into the one bulk entry, and which change rows that are there. */
export type Kept = Pick<StoredJob, 'goodBlob' | 'updates' | 'bulkRows'>

export async function keepRows(options: KeepOptions): Promise<Kept> {
  const { stored, badPath, repository, blobs, signal } = options
  const updates: string[] = []
  let bulkRows = 0
  async function* good(): AsyncGenerator<Uint8Array> {
    for await (const batch of batches(options.goodPath, signal)) {
      const lines = batch.map((line) => JSON.parse(line) as GoodLine)
      const sorted = await sortLines(lines, options)
      await keepBack(sorted.back, stored, repository)
      updates.push(...sorted.updates)
      bulkRows += sorted.rows.length
      if (sorted.rows.length > 0) yield Buffer.from(sorted.rows.map((line) => `${JSON.stringify([line.key, ...line.values])}\n`).join(''))
    }
  }
  for await (const batch of batches(badPath, signal)) await repository.addBadRows(stored.job.id, batch)
  const blob = await blobs.put(good(), { limitBytes })
  const changes = updates.length === 0 ? null : await blobs.put(Readable.from([Buffer.from(updates.join(''))]), { limitBytes })
  return { goodBlob: bulkRows === 0 ? null : blob.sha256, updates: changes?.sha256 ?? null, bulkRows }
}

interface Sorted {
  rows: GoodLine[]
  /** `[id, …values]` */
  updates: string[]
  back: { line: GoodLine; source: string }[]
}

/** Which lines are new, which change a row that is there, which repeat one and wait for a person's word. */
async function sortLines(lines: readonly GoodLine[], { stored, target, repository, existing, isSample }: KeepOptions): Promise<Sorted> {
  const { input } = stored
  const isLetIn = input.accepted.includes('duplicate-existing')
  const sorted: Sorted = { rows: [], updates: [], back: [] }
  if (existing !== null) {
    const found = await existing.match(
      lines.map((line) => rowOf(line, target)),
      { source: input.source, isSample },
    )
    for (const [index, line] of lines.entries()) {
      const row = found[index] ?? null
      if (row === null) sorted.rows.push(line)
      else if (row.isSame) continue
      else if (isLetIn && row.id !== null) sorted.updates.push(`${JSON.stringify([row.id, ...line.values])}\n`)
      else sorted.back.push({ line, source: row.source })
    }
    return sorted
  }
  const twins = target.id === 'resources' && !isLetIn ? await repository.twins(input.source, lines, target.columns) : new Map<number, string>()
  for (const [index, line] of lines.entries()) {
    const source = twins.get(index)
    if (source === undefined) sorted.rows.push(line)
    else sorted.back.push({ line, source })
  }
  return sorted
}

/** The columns of a line by name. */
export function rowOf(line: Pick<GoodLine, 'values'>, target: Target): FileRow {
  return Object.fromEntries(target.columns.map((column, index) => [column, line.values[index] ?? null]))
}

async function keepBack(back: Sorted['back'], { job }: StoredJob, repository: ImportsRepository): Promise<void> {
  if (back.length === 0) return
  await repository.addBadRows(
    job.id,
    back.map(({ line, source }) => twinRow(line, source)),
  )
  job.good -= back.length
  job.bad += back.length
  job.problems['duplicate-existing'] = (job.problems['duplicate-existing'] ?? 0) + back.length
}

function twinRow(line: GoodLine, source: string): string {
  const problem: RowProblem = { code: 'duplicate-existing', field: 'name', value: null, other: source }
  return JSON.stringify({ row: line.row, cells: line.cells, problems: [problem] })
}

async function* batches(path: string, signal: AbortSignal): AsyncGenerator<string[]> {
  let batch: string[] = []
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (signal.aborted) throw new WanglouError('CANCELLED')
    batch.push(line)
    if (batch.length < batchLines) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
