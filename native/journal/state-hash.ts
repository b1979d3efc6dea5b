// One hash of everything that follows from the set of entries: tables, heads, pending cells, conflicts. Equal on every replica that holds the same entries.
import { createHash, type Hash } from 'node:crypto'
import type { Reads } from '../store/types.ts'
import { quoted, type Table } from './tables.ts'

const pageRows = 5_000
const entrySql = (alias: string) => `${alias}.station || '/' || ${alias}.scope || '/' || ${alias}.seq`

/** @returns SHA-256 as 64 hexadecimal digits; local numbers (keys, arrivals) are left out */
export async function stateHash(reads: Reads, tables: Iterable<Table>): Promise<string> {
  const hash = createHash('sha256')
  for (const table of [...tables].sort((a, b) => (a.dataset < b.dataset ? -1 : 1))) await hashTable(hash, reads, table)
  await hashAll(
    hash,
    reads,
    'heads',
    (
      after,
    ) => `SELECT h.dataset, h.row, h."column", ${entrySql('j')} AS entry, h.value, h.bases FROM cell_history AS h JOIN journal AS j ON j.arrival = h.arrival
    WHERE h.replacedBy = 0 AND (h.dataset, h.row) > ${after} ORDER BY h.dataset, h.row, h."column", entry`,
  )
  await hashAll(
    hash,
    reads,
    'pending',
    (
      after,
    ) => `SELECT p.dataset, p.row, p."column", p.base, ${entrySql('j')} AS entry FROM cell_pending AS p JOIN journal AS j ON j.arrival = p.arrival
    WHERE (p.dataset, p.row) > ${after} ORDER BY p.dataset, p.row, p."column", p.base, entry`,
  )
  await hashAll(
    hash,
    reads,
    'conflicts',
    (after) => `SELECT dataset, row, "column" FROM cell_conflicts WHERE (dataset, row) > ${after} ORDER BY dataset, row, "column"`,
  )
  await hashAll(
    hash,
    reads,
    'imported',
    (after) => `SELECT dataset, row, "column", value FROM bulk_under WHERE (dataset, row) > ${after} ORDER BY dataset, row, "column"`,
  )
  return hash.digest('hex')
}

async function hashTable(hash: Hash, reads: Reads, table: Table): Promise<void> {
  const columns = [...table.columns.keys()].sort().map((name) => `t.${quoted(name)}`)
  hash.update(JSON.stringify([table.dataset, columns]))
  let after = ''
  for (;;) {
    const rows = await reads.all<Record<string, unknown> & { id: string }>(
      `SELECT t.id, t._deleted, t._conflicts, ${entrySql('j')} AS bulk, ${columns.join(', ')} FROM ${quoted(table.dataset)} AS t LEFT JOIN journal AS j ON j.arrival = t._bulk
        WHERE t.id > ? ORDER BY t.id LIMIT ?`,
      [after, pageRows],
    )
    for (const row of rows) hash.update(JSON.stringify(Object.values(row)))
    const last = rows.at(-1)
    if (last === undefined || rows.length < pageRows) return
    after = last.id
  }
}

/** Page after page by dataset and row, which an index holds: a page further on costs no more than the first. */
async function hashAll(hash: Hash, reads: Reads, name: string, sql: (after: string) => string): Promise<void> {
  hash.update(name)
  let after: [string, string] = ['', '']
  let limit = pageRows
  for (;;) {
    const rows = await reads.all<Record<string, unknown> & { dataset: string; row: string }>(`${sql('(?, ?)')} LIMIT ?`, [...after, limit])
    const isLast = rows.length < limit
    const end = rows.at(-1)
    if (end === undefined) return
    // A row's cells stay together: the last one may go on in the next page.
    const whole = isLast ? rows : rows.filter(({ dataset, row }) => dataset !== end.dataset || row !== end.row)
    for (const row of whole) hash.update(JSON.stringify(Object.values(row)))
    if (isLast) return
    const last = whole.at(-1)
    if (last === undefined) limit *= 2
    else after = [last.dataset, last.row]
  }
}
