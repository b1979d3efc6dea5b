// After an upgrade: datasets whose table or columns are new here are projected from the history that was kept for them.
import type { Store, Writes } from '../store/types.ts'
import { flush, type FlushContext } from './flush.ts'
import type { Table } from './tables.ts'
import { WorkingSet } from './working-set.ts'

const chunkRows = 500

/** Compares the tables with how they were last projected and brings the changed ones up to date. */
export async function reproject(store: Store, context: FlushContext): Promise<void> {
  const known = await store.all<{ dataset: string; shape: string }>('SELECT dataset, shape FROM journal_projected')
  const shapes = new Map(known.map((row) => [row.dataset, row.shape]))
  for (const table of context.tables.values()) {
    if (shapes.get(table.dataset) === table.shape) continue
    let after: string | null = ''
    while (after !== null) {
      const from: string = after
      after = await store.write((tx) => reprojectChunk(tx, table, from, context))
    }
    await store.write(async (tx) => {
      // Imports may carry the new columns too: they go through their rows again.
      if (shapes.has(table.dataset)) await tx.run('UPDATE bulk_imports SET position = 0, rowsDone = 0, isDone = 0 WHERE dataset = ?', [table.dataset])
      await tx.run('INSERT INTO journal_projected (dataset, shape) VALUES (?, ?) ON CONFLICT (dataset) DO UPDATE SET shape = excluded.shape', [
        table.dataset,
        table.shape,
      ])
    })
  }
}

async function reprojectChunk(tx: Writes, table: Table, after: string, context: FlushContext): Promise<string | null> {
  const rows = await tx.all<{ row: string }>('SELECT DISTINCT row FROM cell_history WHERE dataset = ? AND row > ? ORDER BY row LIMIT ?', [
    table.dataset,
    after,
    chunkRows,
  ])
  const set = new WorkingSet()
  await set.load(
    tx,
    rows.map(({ row }) => [table.dataset, row] as const),
  )
  for (const state of set.rows) for (const column of state.heads.keys()) state.dirty.add(column)
  await flush(tx, set, context)
  return rows.length < chunkRows ? null : (rows.at(-1)?.row ?? null)
}
