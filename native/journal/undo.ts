// Undo: a new act that sets the cells of an entry back, offered while its values are still the heads.
import { type CellValue, DELETED, type EntryId, WanglouError } from '../contract/index.ts'
import type { Reads } from '../store/types.ts'
import { readEntry } from './reading.ts'
import type { Act, RowWrite } from './types.ts'
import { WorkingSet } from './working-set.ts'

/**
 * @throws NOT_FOUND for an unknown entry or one without cells
 * @throws UNDO_STALE when one of its values is no longer the only head of its cell
 */
export async function undoAct(tx: Reads, options: { entry: EntryId; actor: string }): Promise<Act> {
  const entry = await readEntry(tx, options.entry)
  if (entry === null || entry.cells.length === 0) throw new WanglouError('NOT_FOUND', { entry: options.entry })
  const set = new WorkingSet()
  await set.load(
    tx,
    entry.cells.map(([dataset, row]) => [dataset, row] as const),
  )
  const rows = new Map<string, RowWrite>()
  for (const [dataset, row, column, , bases] of entry.cells) {
    const heads = set.state(dataset, row).headsOf(column)
    if (heads.length !== 1 || heads[0]?.entry !== options.entry) throw new WanglouError('UNDO_STALE', { entry: options.entry, dataset, row, column })
    const key = `${dataset}\0${row}`
    const write = rows.get(key) ?? { dataset, row, set: {} }
    write.set[column] = await before(tx, { dataset, row, column }, bases)
    rows.set(key, write)
  }
  const created = [...rows.values()].filter((write) => isCreation(entry.cells, write))
  const changed = [...rows.values()].filter((write) => !created.includes(write))
  return {
    actor: options.actor,
    action: 'journal.undo',
    subject: entry.subject,
    rows: changed,
    deletes: created.map(({ dataset, row }) => ({ dataset, row })),
    scope: entry.scope,
    note: { undoes: options.entry },
  }
}

/** Nothing of the row was there before: undoing it means deleting the row. */
function isCreation(cells: readonly [string, string, string, CellValue, EntryId[]][], write: RowWrite): boolean {
  return cells.every(([dataset, row, , , bases]) => dataset !== write.dataset || row !== write.row || bases.length === 0)
}

/** What the cell showed before: the newest of the bases, the import it came from, or nothing. */
async function before(tx: Reads, cell: { dataset: string; row: string; column: string }, bases: readonly EntryId[]): Promise<CellValue> {
  const found = await tx.get<{ value: string }>(
    `SELECT h.value FROM cell_history AS h JOIN journal AS j ON j.arrival = h.arrival
      WHERE h.dataset = ?1 AND h.row = ?2 AND h."column" = ?3 AND j.station || '/' || j.scope || '/' || j.seq IN (SELECT value FROM json_each(?4))
      ORDER BY j.hlcMs DESC, j.hlcCounter DESC, j.station DESC LIMIT 1`,
    [cell.dataset, cell.row, cell.column, JSON.stringify(bases)],
  )
  if (found !== null) return JSON.parse(found.value) as CellValue
  if (cell.column === DELETED) return false
  const imported = await tx.get<{ value: string }>('SELECT value FROM bulk_under WHERE dataset = ? AND row = ? AND "column" = ?', [
    cell.dataset,
    cell.row,
    cell.column,
  ])
  return imported === null ? null : (JSON.parse(imported.value) as CellValue)
}
