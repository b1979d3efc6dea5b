// What people call a row: its title or name, in whatever dataset it stands.
import { datasets } from '../../contract/index.ts'
import type { Reads } from '../../store/types.ts'

const titleColumns = ['title', 'name', 'label', 'text'] as const

/** @returns `[row, title]` of the rows that have one; a dataset without such a column gives none */
export async function readTitles(store: Reads, dataset: string, rows: readonly string[]): Promise<[string, string][]> {
  const declared = datasets[dataset]
  const column = titleColumns.find((candidate) => declared !== undefined && candidate in declared.columns)
  if (column === undefined || rows.length === 0) return []
  // Names come from the declaration, never from outside.
  const found = await store.all<{ id: string; title: string | null }>(
    `SELECT id, "${column}" AS title FROM "${dataset}" WHERE id IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(rows)],
  )
  return found.flatMap(({ id, title }) => (title === null ? [] : [[id, title]]))
}
