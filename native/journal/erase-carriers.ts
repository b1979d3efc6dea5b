// An erasure carries what it left of an entry; when more of that entry goes, the earlier erasure must lose it too: the new one takes all of it over.
import type { Cell, EntryId } from '../contract/index.ts'
import type { Reads } from '../store/types.ts'
import { type Erasure, goneOf, parseBody } from './body.ts'
import { combine } from './effective.ts'
import { canonical, entryColumns, entryId, type EntryRow, parseEntryId } from './encode.ts'
import type { EraseDraft } from './erase-act.ts'
import { readErasures } from './erasures.ts'

/**
 * Adds the erasures that carry more of the draft's entries than is left of them now, to be emptied, and all that they said.
 * @param author only erasures this station wrote; null = all
 * @returns whether there were any
 */
export async function takeOver(tx: Reads, draft: EraseDraft, author: string | null): Promise<boolean> {
  const carriers = (await carriersOf(tx, draft)).filter((row) => author === null || row.station === author)
  for (const carrier of carriers) {
    const targets = await tx.all<{ target: EntryId }>('SELECT target FROM journal_erasures WHERE arrival = ?', [carrier.arrival])
    const said = await readErasures(
      tx,
      targets.map((one) => one.target),
    )
    for (const [target, erasures] of said) {
      if (draft.erasures.has(target)) continue
      const happenedAt = erasures.find((one) => one.happenedAt !== null)?.happenedAt ?? null
      draft.erasures.set(target, { entry: target, scope: parseEntryId(target)?.scope ?? carrier.scope, cells: combine(erasures), happenedAt })
    }
    const body = parseBody(carrier.body ?? '')
    const clock = { ms: carrier.hlcMs, counter: carrier.hlcCounter, station: carrier.station }
    // What it erased counts from when it erased it.
    for (const gone of body === null ? [] : goneOf(body, carrier)) draft.gone.push({ ...gone, clock: gone.clock ?? clock })
    const id = entryId(carrier)
    draft.erasures.set(id, { entry: id, scope: carrier.scope, cells: [], happenedAt: null })
  }
  return carriers.length > 0
}

/** Erasures in the journal that say more of the draft's entries than it does. */
async function carriersOf(tx: Reads, draft: EraseDraft): Promise<EntryRow[]> {
  const known = await tx.all<{ target: EntryId; arrival: number; cells: string }>(
    'SELECT e.target, e.arrival, e.cells FROM json_each(?) AS t CROSS JOIN journal_erasures AS e WHERE e.target = t.value',
    [JSON.stringify([...draft.erasures.keys()])],
  )
  const carrying = known.filter(({ target, cells }) => isMore(JSON.parse(cells) as Cell[], draft.erasures.get(target)))
  return tx.all<EntryRow>(`SELECT ${entryColumns} FROM journal AS j WHERE j.body IS NOT NULL AND j.arrival IN (SELECT value FROM json_each(?))`, [
    JSON.stringify(carrying.map((one) => one.arrival)),
  ])
}

function isMore(cells: readonly Cell[], left: Erasure | undefined): boolean {
  return left !== undefined && cells.some((cell, index) => canonical(cell[3]) !== canonical(left.cells[index]?.[3] ?? null))
}

const sharedSql = 'SELECT target FROM journal_erasures GROUP BY target HAVING count(DISTINCT cells) > 1'

export async function hasSharedTargets(reads: Reads): Promise<boolean> {
  return (await reads.get(`${sharedSql} LIMIT 1`)) !== null
}

/** Entries that several erasures have reached: each may carry what another took. */
export async function sharedTargets(tx: Reads): Promise<EraseDraft> {
  const shared = await tx.all<{ target: EntryId }>(sharedSql)
  const said = await readErasures(
    tx,
    shared.map((one) => one.target),
  )
  const draft: EraseDraft = { erasures: new Map(), gone: [], scopes: new Set() }
  for (const [target, erasures] of said) {
    const happenedAt = erasures.find((one) => one.happenedAt !== null)?.happenedAt ?? null
    draft.erasures.set(target, { entry: target, scope: parseEntryId(target)?.scope ?? 'self', cells: combine(erasures), happenedAt })
  }
  return draft
}
