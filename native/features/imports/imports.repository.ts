// Keeps what an import is doing and the rows it kept back; not journalled, they are about this console's files.
import type { BadRow, CheckInput, ImportJob, ProblemCode, RowProblem } from '../../contract/index.ts'
import type { Store } from '../../store/types.ts'
import type { GoodLine } from './check-table.ts'

export interface StoredJob {
  job: ImportJob
  input: CheckInput
  headers: string[]
  /** Rows of the one bulk entry; null = none. */
  goodBlob: string | null
  /** Rows that change what is already there, `[id, …values]`; null = none. */
  updates: string | null
  /** Good rows that go in as the bulk entry: those that change nothing, and the updates, do not. */
  bulkRows: number
  missing: string[]
}

interface JobSql {
  job: string
  input: string
  headers: string | null
  goodBlob: string | null
}

const keptJobs = 50

export class ImportsRepository {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  async save({ job, input, headers, goodBlob, updates, bulkRows, missing }: StoredJob): Promise<void> {
    await this.#store.write((tx) =>
      tx.run(
        'INSERT INTO importJobs (id, startedAt, job, input, headers, goodBlob) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET job = excluded.job, headers = excluded.headers, goodBlob = excluded.goodBlob',
        [job.id, job.startedAt, JSON.stringify(job), JSON.stringify(input), JSON.stringify({ headers, missing, updates, bulkRows }), goodBlob],
      ),
    )
  }

  async job(id: string): Promise<StoredJob | null> {
    const row = await this.#store.get<JobSql>('SELECT job, input, headers, goodBlob FROM importJobs WHERE id = ?', [id])
    return row === null ? null : stored(row)
  }

  async jobs(): Promise<StoredJob[]> {
    const rows = await this.#store.all<JobSql>('SELECT job, input, NULL AS headers, goodBlob FROM importJobs ORDER BY startedAt DESC LIMIT ?', [
      keptJobs,
    ])
    return rows.map(stored)
  }

  /** @param lines `{ row, cells, problems }` as JSON */
  async addBadRows(job: string, lines: readonly string[]): Promise<void> {
    await this.#store.write((tx) =>
      tx.run(
        "INSERT OR REPLACE INTO importRows (job, row, cells, problems) SELECT ?, value ->> 'row', value -> 'cells', value -> 'problems' FROM jsonb_each(?)",
        [job, `[${lines.join(',')}]`],
      ),
    )
  }

  async badRows(job: string, options: { offset: number; limit: number; problem: ProblemCode | null }): Promise<BadRow[]> {
    const filter = options.problem === null ? '' : "AND EXISTS (SELECT 1 FROM json_each(problems) WHERE value ->> 'code' = ?)"
    const rows = await this.#store.all<{ row: number; cells: string; problems: string }>(
      `SELECT row, cells, problems FROM importRows WHERE job = ? ${filter} ORDER BY row LIMIT ? OFFSET ?`,
      [job, ...(options.problem === null ? [] : [options.problem]), options.limit, options.offset],
    )
    return rows.map((row) => ({ row: row.row, cells: JSON.parse(row.cells) as string[], problems: JSON.parse(row.problems) as RowProblem[] }))
  }

  async mapping(
    target: string,
    source: string,
  ): Promise<{ headers: string[]; mapping: (string | null)[]; headerRows: number; datum: CheckInput['datum'] } | null> {
    const row = await this.#store.get<{ headers: string; mapping: string; headerRows: number; datum: CheckInput['datum'] }>(
      'SELECT headers, mapping, headerRows, datum FROM importMappings WHERE target = ? AND source = ? AND _deleted = 0',
      [target, source],
    )
    return row === null ? null : { ...row, headers: JSON.parse(row.headers) as string[], mapping: JSON.parse(row.mapping) as (string | null)[] }
  }

  async keysOf(dataset: 'resources' | 'contacts' | 'units', source: string): Promise<string[]> {
    const rows = await this.#store.all<{ sourceKey: string }>(
      `SELECT sourceKey FROM ${dataset} WHERE source = ? AND sourceKey IS NOT NULL AND _deleted = 0`,
      [source],
    )
    return rows.map((row) => row.sourceKey)
  }

  async stores(): Promise<Record<string, { id: string; name: string }>> {
    const rows = await this.#store.all<{ id: string; name: string; sourceKey: string }>(
      "SELECT id, name, sourceKey FROM resources WHERE kind = 'store' AND sourceKey IS NOT NULL AND _deleted = 0",
    )
    return Object.fromEntries(rows.map((row) => [row.sourceKey, { id: row.id, name: row.name }]))
  }

  /** Samples point at samples; a real row may hang on a sample unit as long as no real one has its name. */
  async units(isSample: boolean): Promise<{ id: string; code: string | null; name: string; superior: string | null; isSample: boolean }[]> {
    const rows = await this.#store.all<{ id: string; code: string | null; name: string; superior: string | null; isSample: number | null }>(
      "SELECT id, code, coalesce(name, '') AS name, superior, isSample FROM units WHERE _deleted = 0",
    )
    return rows.map((row) => ({ ...row, isSample: row.isSample === 1 && !isSample }))
  }

  /** Rows of other sources with the same kind and name within about 200 m: index in `lines` → name of the source. */
  async twins(source: string, lines: readonly GoodLine[], columns: readonly string[]): Promise<Map<number, string>> {
    const at = ['kind', 'name', 'lon', 'lat'].map((column) => columns.indexOf(column))
    const probes = lines.map((line) => at.map((column) => line.values[column] ?? null))
    const rows = await this.#store.all<{ line: number; source: string | null }>(
      `SELECT j.key AS line, r.source AS source FROM json_each(?) j JOIN resources r ON r.name = j.value ->> 1
       WHERE r.kind = j.value ->> 0 AND r._deleted = 0 AND r.source IS NOT ? AND abs(r.lon - (j.value ->> 2)) < 0.002 AND abs(r.lat - (j.value ->> 3)) < 0.002`,
      [JSON.stringify(probes), source],
    )
    return new Map(rows.map((row) => [row.line, row.source ?? '']))
  }
}

function stored(row: JobSql): StoredJob {
  const job = JSON.parse(row.job) as ImportJob
  const blank = { headers: [], missing: [], updates: null, bulkRows: job.good }
  const extra = row.headers === null ? blank : { ...blank, ...(JSON.parse(row.headers) as Partial<typeof blank>) }
  return { job, input: JSON.parse(row.input) as CheckInput, goodBlob: row.goodBlob, ...extra }
}
