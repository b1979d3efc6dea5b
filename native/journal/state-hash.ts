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
    `SELECT h.dataset, h.row, h."column", ${entrySql('j')} AS entry, h.value, h.bases FROM cell_history AS h JOIN journal AS j ON j.arrival = h.arrival
    WHERE h.replacedBy = 0 ORDER BY h.dataset, h.row, h."column", entry`,
  )
  await hashAll(
    hash,
    reads,
    'pending',
    `SELECT p.dataset, p.row, p."column", p.base, ${entrySql('j')} AS entry FROM cell_pending AS p JOIN journal AS j ON j.arrival = p.arrival
    ORDER BY p.dataset, p.row, p."column", p.base, entry`,
  )
  await hashAll(hash, reads, 'conflicts', 'SELECT dataset, row, "column" FROM cell_conflicts ORDER BY dataset, row, "column"')
  await hashAll(hash, reads, 'imported', 'SELECT dataset, row, "column", value FROM bulk_under ORDER BY dataset, row, "column"')
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

async function hashAll(hash: Hash, reads: Reads, name: string, sql: string): Promise<void> {
  hash.update(name)
  for (let offset = 0; ; offset += pageRows) {
    const rows = await reads.all<Record<string, unknown>>(`${sql} LIMIT ? OFFSET ?`, [pageRows, offset])
    for (const row of rows) hash.update(JSON.stringify(Object.values(row)))
    if (rows.length < pageRows) return
  }
}
