// The audit list reads the journal; there is no second log.
import type { AuditFilter, AuditPage, EntryId } from '../../contract/index.ts'
import type { Reads, SqlValue } from '../../store/types.ts'

export interface JournalRow {
  arrival: number
  station: string
  scope: string
  seq: number
  at: number
  actor: string
  action: string
  dataset: string
  row: string
  /** Null once erased. */
  cells: number | null
  note: string | null
  hash: string
}

// What an erasure carries of the entries it emptied are their cells, not its own words.
const columns = `arrival, station, scope, seq, at, actor, action, dataset, row,
  json_array_length(body, '$.cells') AS cells, json_remove(body -> '$.note', '$.erased') AS note, lower(hex(hash)) AS hash`

function conditions(filter: AuditFilter): { sql: string[]; params: SqlValue[] } {
  const sql: string[] = []
  const params: SqlValue[] = []
  const add = (condition: string, value: SqlValue): void => {
    sql.push(condition)
    params.push(value)
  }
  if (filter.from !== null) add('at >= ?', filter.from)
  if (filter.to !== null) add('at < ?', filter.to)
  if (filter.actor !== null && filter.actor !== '') add('actor = ?', filter.actor)
  // A beginning, not a pattern: `%` and `_` mean themselves.
  if (filter.action !== null && filter.action !== '') {
    add('substr(action, 1, ?) = ?', [...filter.action].length)
    params.push(filter.action)
  }
  return { sql, params }
}

export class AuditRepository {
  readonly #reads: Reads

  constructor(options: { reads: Reads }) {
    this.#reads = options.reads
  }

  /** Newest first. */
  page(page: AuditPage): Promise<JournalRow[]> {
    const { sql, params } = conditions(page)
    if (page.before !== null) {
      sql.push('arrival < ?')
      params.push(page.before)
    }
    const where = sql.length === 0 ? '' : `WHERE ${sql.join(' AND ')}`
    return this.#reads.all<JournalRow>(`SELECT ${columns} FROM journal ${where} ORDER BY arrival DESC LIMIT ?`, [...params, page.limit])
  }

  /** Oldest first, from after an arrival on. */
  after(filter: AuditFilter, options: { after: number; limit: number }): Promise<JournalRow[]> {
    const { sql, params } = conditions(filter)
    const where = [...sql, 'arrival > ?'].join(' AND ')
    return this.#reads.all<JournalRow>(`SELECT ${columns} FROM journal WHERE ${where} ORDER BY arrival LIMIT ?`, [
      ...params,
      options.after,
      options.limit,
    ])
  }
}

export function entryIdOf(row: JournalRow): EntryId {
  return `${row.station}/${row.scope}/${row.seq}`
}
