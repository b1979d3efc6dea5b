// Takes erased cells out of the files of imports, in the background: their rows are blanked under the old name, the file they were read from goes whole.
import { createHash } from 'node:crypto'
import type { Subject } from '../contract/index.ts'
import type { Blobs, Reads, Store } from '../store/types.ts'
import { erasedLine, linesOf, type Reading } from './erased-lines.ts'
import { quoted, type Table } from './tables.ts'
import type { Act } from './types.ts'

/** The act of this console that says what became of a file: `note.blob` is now `note.is`, or `note.file` is gone. */
export const eraseFileAction = 'journal.eraseFile'

interface ReadingRow {
  blob: string
  dataset: string
  source: string
  columns: string
}

interface DueRow extends ReadingRow {
  row: string
  cells: string
}

interface DueFile {
  blob: string
  readings: Reading[]
  /** Erased cells to look for. */
  cells: number
  subject: Subject
}

/** Written at once, in bytes. */
const pieceBytes = 256 * 1024

/** Imports that an erasure reaches: older than it, or of the same file as an older one. */
const reachedSql = `journal_erased AS e JOIN bulk_imports AS b ON b.dataset = e.dataset AND b.source = e.source
  WHERE EXISTS (SELECT 1 FROM bulk_imports AS same JOIN journal AS older ON older.arrival = same.arrival
    WHERE same.blob = b.blob AND (older.hlcMs, older.hlcCounter, older.station) < (e.hlcMs, e.hlcCounter, e.station))`

export class ErasedFiles {
  readonly #store: Store
  readonly #blobs: Blobs
  readonly #tables: () => ReadonlyMap<string, Table>
  readonly #write: (act: Act) => Promise<unknown>
  readonly #stopping = new AbortController()
  #running: Promise<void> | null = null
  #isAgain = false
  /** Why it stopped; null while it goes well. */
  failure: unknown = null

  constructor(options: { store: Store; blobs: Blobs; tables: () => ReadonlyMap<string, Table>; write: (act: Act) => Promise<unknown> }) {
    this.#store = options.store
    this.#blobs = options.blobs
    this.#tables = options.tables
    this.#write = options.write
  }

  get isRunning(): boolean {
    return this.#running !== null
  }

  /** Looks for work: after an erasure, an import, and when a file has arrived. */
  wake(): void {
    if (this.#stopping.signal.aborted) return
    this.#isAgain = true
    this.#running ??= this.#run()
  }

  /**
   * Takes a file as an erasure elsewhere has left it, under its old name. Only where an erasure that is known here reaches it too, and only what hashes to `is`.
   * @returns whether it was taken
   */
  async take({ blob, is }: { blob: string; is: string }, source: AsyncIterable<Uint8Array>): Promise<boolean> {
    const subject = await this.#store.get<Subject & Record<string, never>>(`SELECT e.dataset, e.row FROM ${reachedSql} AND b.blob = ? LIMIT 1`, [
      blob,
    ])
    if (subject === null || (await this.#blobs.has(blob))) return false
    const { dataset, row } = subject
    await this.#write({ actor: 'station', action: eraseFileAction, subject: { dataset, row }, rows: [], scope: 'self', note: { blob, is } })
    if ((await this.#blobs.replace(blob, source)).sha256 === is) return true
    await this.#blobs.remove(blob)
    return false
  }

  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running
    if (this.failure !== null) throw this.failure
  }

  /** Ends at the next line; the rest follows at the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    try {
      while (this.#isAgain) {
        this.#isAgain = false
        await this.#findSources()
        for (const file of await this.#due()) if (await this.#blobs.has(file.blob)) await this.#blank(file)
        await this.#removeSent()
      }
      this.failure = null
    } catch (error) {
      if (!this.#stopping.signal.aborted) this.failure = error
    } finally {
      this.#running = null
    }
  }

  /** Whoever erased a row may not have had its import yet; here it has come. */
  async #findSources(): Promise<void> {
    const erased = await this.#store.all<{ dataset: string }>('SELECT DISTINCT dataset FROM journal_erased WHERE source IS NULL')
    for (const { dataset } of erased.filter((one) => this.#tables().has(one.dataset))) {
      const source = `(SELECT b.source FROM ${quoted(dataset)} AS t JOIN bulk_imports AS b ON b.arrival = t._bulk WHERE t.id = journal_erased.row)`
      const unknown = `dataset = ? AND source IS NULL AND ${source} IS NOT NULL`
      if ((await this.#store.get(`SELECT 1 FROM journal_erased WHERE ${unknown} LIMIT 1`, [dataset])) === null) continue
      await this.#store.write((tx) => tx.run(`UPDATE journal_erased SET source = ${source} WHERE ${unknown}`, [dataset]))
    }
  }

  /** Files that were not looked through for all that is erased by now. */
  async #due(): Promise<DueFile[]> {
    const rows = await this.#store.all<DueRow>(
      `SELECT b.blob, b.dataset, b.source, b.columns, e.row, json_group_array(DISTINCT e."column") AS cells FROM ${reachedSql} GROUP BY 1, 2, 3, 4, 5`,
    )
    const byBlob = Map.groupBy(rows, (row) => row.blob)
    const all = await this.#store.all<ReadingRow>(
      'SELECT DISTINCT blob, dataset, source, columns FROM bulk_imports WHERE blob IN (SELECT value FROM json_each(?))',
      [JSON.stringify([...byBlob.keys()])],
    )
    const done = await this.#store.all<{ blob: string; cells: number }>('SELECT blob, cells FROM journal_erased_files')
    const files = [...byBlob].map(([blob, erased]) => ({
      blob,
      ...dueOf(
        all.filter((one) => one.blob === blob),
        erased,
      ),
    }))
    return files.filter(({ blob, cells }) => !done.some((one) => one.blob === blob && one.cells === cells))
  }

  /** The act is written before the file is changed: cut off between the two, the file is still what its name says, and is changed at the next start. */
  async #blank({ blob, readings, cells, subject }: DueFile): Promise<void> {
    const { was, is, rows } = await this.#look(blob, readings)
    if (is !== was) {
      // Of a damaged file nothing is promised: it is blanked and stays named as damaged.
      if (was === blob || was === (await erasedFiles(this.#store)).get(blob))
        await this.#write({ actor: 'station', action: eraseFileAction, subject, rows: [], scope: 'self', note: { blob, is, rows } })
      await this.#blobs.replace(blob, this.#left(blob, readings))
    }
    const sql = 'INSERT INTO journal_erased_files (blob, cells) VALUES (?, ?) ON CONFLICT DO UPDATE SET cells = excluded.cells'
    await this.#store.write((tx) => tx.run(sql, [blob, cells]))
  }

  async #look(blob: string, readings: readonly Reading[]): Promise<{ was: string; is: string; rows: number }> {
    const [was, is] = [createHash('sha256'), createHash('sha256')]
    let rows = 0
    for await (const line of linesOf(this.#blobs.read(blob))) {
      this.#stopping.signal.throwIfAborted()
      const left = erasedLine(line, readings)
      if (left !== line) rows += 1
      was.update(line)
      is.update(left)
    }
    return { was: was.digest('hex'), is: is.digest('hex'), rows }
  }

  async *#left(blob: string, readings: readonly Reading[]): AsyncGenerator<Uint8Array> {
    let lines: Buffer[] = []
    let bytes = 0
    for await (const line of linesOf(this.#blobs.read(blob))) {
      this.#stopping.signal.throwIfAborted()
      lines.push(erasedLine(line, readings))
      bytes += line.length
      if (bytes < pieceBytes) continue
      yield Buffer.concat(lines)
      lines = []
      bytes = 0
    }
    yield Buffer.concat(lines)
  }

  /** A foreign file cannot be changed in part. */
  async #removeSent(): Promise<void> {
    const sent = await this.#store.all<{ file: string | null; dataset: string; row: string }>(
      `SELECT (SELECT j.body ->> '$.note.file' FROM journal AS j WHERE j.arrival = b.arrival) AS file, min(e.dataset) AS dataset, min(e.row) AS row FROM ${reachedSql} GROUP BY 1`,
    )
    for (const { file, dataset, row } of sent) {
      if (file === null || !(await this.#blobs.has(file))) continue
      await this.#write({ actor: 'station', action: eraseFileAction, subject: { dataset, row }, rows: [], scope: 'self', note: { file } })
      await this.#blobs.remove(file)
    }
  }
}

/** @param all every way in which imports read the file @param rows what is erased, by the imports that gave it */
function dueOf(all: readonly ReadingRow[], rows: readonly DueRow[]): Omit<DueFile, 'blob'> {
  const readings = all.map(({ dataset, source, columns }): Reading => {
    const same = rows.filter((row) => row.dataset === dataset && row.source === source && row.columns === columns)
    return {
      dataset,
      source,
      columns: JSON.parse(columns) as string[],
      erased: new Map(same.map(({ row, cells }) => [row, JSON.parse(cells) as string[]])),
    }
  })
  const cells = readings.flatMap((reading) => [...reading.erased.values()]).reduce((sum, columns) => sum + columns.length, 0)
  return { readings, cells, subject: { dataset: rows[0]?.dataset ?? '', row: rows[0]?.row ?? '' } }
}

/** What one file is by this console's own word; null = what its name says. */
export async function erasedFile(reads: Reads, sha256: string): Promise<string | null> {
  // Most files were never looked through: the journal need not be.
  const looked = await reads.get('SELECT 1 FROM journal_erased_files WHERE blob = ?', [sha256])
  return looked === null ? null : ((await erasedFiles(reads)).get(sha256) ?? null)
}

/** What files of imports are by this console's own word, where that is not their name. */
export async function erasedFiles(reads: Reads): Promise<Map<string, string>> {
  const rows = await reads.all<{ blob: string | null; is: string | null }>(
    `SELECT body ->> '$.note.blob' AS blob, body ->> '$.note.is' AS "is" FROM journal WHERE action = '${eraseFileAction}' ORDER BY arrival`,
  )
  return new Map(rows.flatMap(({ blob, is }) => (blob === null || is === null ? [] : [[blob, is]])))
}
