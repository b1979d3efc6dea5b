// Drops every table that follows from the journal and makes it again from the entries alone.
import type { Store, Writes } from '../store/types.ts'
import { applyArrived, type ArriveContext } from './arrive.ts'
import { effectiveBody } from './effective.ts'
import { entryColumns, entryId, type EntryRow } from './encode.ts'
import { readErasures } from './erasures.ts'
import { quoted } from './tables.ts'

const chunkEntries = 1_000

/** Applies all entries again in the order of their arrival. Imports follow in the background; wait for them before comparing. */
export async function rebuild(store: Store, context: ArriveContext): Promise<void> {
  await store.write((tx) => clear(tx, context))
  let after = 0
  for (;;) {
    const last = await store.write((tx) => rebuildChunk(tx, after, context))
    if (last === null) return
    after = last
  }
}

async function clear(tx: Writes, context: ArriveContext): Promise<void> {
  for (const projection of context.projections) await projection.clear(tx)
  for (const dataset of context.tables.keys()) await tx.run(`DELETE FROM ${quoted(dataset)}`)
  for (const table of ['cell_history', 'cell_pending', 'cell_conflicts', 'bulk_under', 'bulk_imports']) await tx.run(`DELETE FROM ${table}`)
}

async function rebuildChunk(tx: Writes, after: number, context: ArriveContext): Promise<number | null> {
  const rows = await tx.all<EntryRow>(`SELECT ${entryColumns} FROM journal AS j WHERE j.arrival > ? AND j.state = 0 ORDER BY j.arrival LIMIT ?`, [
    after,
    chunkEntries,
  ])
  const [first] = rows
  if (first === undefined) return null
  const erasures = await readErasures(tx, rows.map(entryId))
  await applyArrived(
    tx,
    rows.map((row) => ({ row, body: effectiveBody(row, erasures.get(entryId(row)) ?? []) })),
    { ...context, knownBefore: first.arrival },
  )
  return rows.at(-1)?.arrival ?? null
}
