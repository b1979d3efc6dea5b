// Streams the rows that were kept back into a CSV or XLSX blob.
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { csvLine } from '../../kernel/csv.ts'
import { runInWorker } from '../../kernel/workers.ts'
import type { Blobs } from '../../store/types.ts'
import { badRowCells, badRowHeader } from './bad-rows.ts'
import type { BadRowsTask } from './bad-rows.worker.ts'
import type { ImportsRepository } from './imports.repository.ts'

const pageRows = 500
const limitBytes = 1_000_000_000

interface BadRowsFile {
  job: string
  headers: readonly string[]
  mapping: readonly (string | null)[]
  format: 'csv' | 'xlsx'
  repository: ImportsRepository
  blobs: Blobs
  directory: string
}

/** @returns the hash of the file */
export async function badRowsFile({ job, headers, mapping, format, repository, blobs, directory }: BadRowsFile): Promise<string> {
  const headerOf = (field: string) => headers[mapping.indexOf(field)] ?? field
  async function* rows(write: (cells: string[]) => string): AsyncGenerator<Uint8Array> {
    yield Buffer.from(write(badRowHeader(headers)))
    for (let offset = 0; ; offset += pageRows) {
      const page = await repository.badRows(job, { offset, limit: pageRows, problem: null })
      if (page.length > 0) yield Buffer.from(page.map((row) => write(badRowCells(row, headers.length, headerOf))).join(''))
      if (page.length < pageRows) return
    }
  }
  if (format === 'csv') {
    async function* withMark(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('\uFEFF')
      yield* rows(csvLine)
    }
    return (await blobs.put(withMark(), { limitBytes })).sha256
  }
  const folder = await mkdtemp(join(directory, 'bad-rows-'))
  try {
    const task: BadRowsTask = { path: join(folder, 'rows.ndjson'), outPath: join(folder, 'rows.xlsx') }
    await pipeline(Readable.from(rows((cells) => `${JSON.stringify(cells)}\n`)), createWriteStream(task.path))
    await runInWorker<null>({ url: new URL('./bad-rows.worker.ts', import.meta.url), data: task, maxOldSpaceMb: 700, timeoutMs: 300_000 })
    return (await blobs.put(createReadStream(task.outPath), { limitBytes })).sha256
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
