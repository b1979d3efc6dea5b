// After the check: good rows become the blob of one bulk entry, unless the station has them already from elsewhere; bad rows are kept.
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { type RowProblem, WanglouError } from '../../contract/index.ts'
import type { Blobs } from '../../store/types.ts'
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
  signal: AbortSignal
}

/** @returns the blob of good rows; null when there are none */
export async function keepRows({ stored, target, goodPath, badPath, repository, blobs, signal }: KeepOptions): Promise<string | null> {
  const { job, input } = stored
  const checksTwins = target.id === 'resources' && !input.accepted.includes('duplicate-existing')
  async function* good(): AsyncGenerator<Uint8Array> {
    for await (const batch of batches(goodPath, signal)) {
      const lines = batch.map((line) => JSON.parse(line) as GoodLine)
      const twins = checksTwins ? await repository.twins(input.source, lines, target.columns) : new Map<number, string>()
      const kept = [...twins].map(([index, source]) => twinRow(lines[index], source)).filter((row) => row !== null)
      if (kept.length > 0) {
        await repository.addBadRows(job.id, kept)
        job.good -= kept.length
        job.bad += kept.length
        job.problems['duplicate-existing'] = (job.problems['duplicate-existing'] ?? 0) + kept.length
      }
      const rows = lines.filter((_, index) => !twins.has(index)).map((line) => `${JSON.stringify([line.key, ...line.values])}\n`)
      if (rows.length > 0) yield Buffer.from(rows.join(''))
    }
  }
  for await (const batch of batches(badPath, signal)) await repository.addBadRows(job.id, batch)
  const blob = await blobs.put(good(), { limitBytes })
  return job.good === 0 ? null : blob.sha256
}

function twinRow(line: GoodLine | undefined, source: string): string | null {
  if (line === undefined) return null
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
