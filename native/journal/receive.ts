// Takes sealed batches of other stations: chain, seal, forks, gaps; then applies what is new.
import type { EntryId, Scope } from '../contract/index.ts'
import type { Reads, Writes } from '../store/types.ts'
import { applyArrived, type ArriveContext } from './arrive.ts'
import { type Chains, entryRow, entryState, insertEntries } from './chain.ts'
import type { HybridClock } from './clock.ts'
import { type Arrived, effectiveBody, stateOf } from './effective.ts'
import { chainStart, entryId } from './encode.ts'
import { readErasures } from './erasures.ts'
import type { Touched } from './flush.ts'
import { addIsland, joinIslands } from './islands.ts'
import { isScope } from './scopes.ts'
import { type Hashed, hashAlong, isSealedBatch, isSealGood, type SealedBatch } from './seal.ts'

/** Why a batch was not taken. `held`: it came before what precedes it and is kept until that is here. */
export type Refusal = 'malformed' | 'unknown-station' | 'seal' | 'chain' | 'fork' | 'held'

export interface Received {
  station: string
  scope: Scope
  /** Entries new here, whatever became of them. */
  added: number
  duplicates: number
  refusal: Refusal | null
  /** Identities that fork, or the last one known before a gap. */
  named: EntryId[]
}

export interface ReceiveContext extends ArriveContext {
  station: string
  now: () => number
  clock: HybridClock
  chains: Chains
}

/** Batches kept for one chain at most; a carrier that sends further ahead is asked again. */
const heldLimit = 256

export interface ReceiveResult {
  received: Received[]
  touched: Touched[]
  /** Entries that were added, for the length of the journal. */
  added: number
}

export async function receive(tx: Writes, batches: readonly unknown[], context: ReceiveContext): Promise<ReceiveResult> {
  const received: Received[] = []
  const fresh: Arrived[] = []
  let added = 0
  for (const batch of batches) {
    const [first, ...unheld] = await takeWithHeld(tx, batch, context)
    for (const one of [first, ...unheld]) {
      if (one === undefined) continue
      added += one.result.added
      fresh.push(...one.fresh)
    }
    if (first !== undefined) received.push({ ...first.result, added: first.result.added + unheld.reduce((sum, one) => sum + one.result.added, 0) })
  }
  const touched = fresh.length === 0 ? [] : await applyArrived(tx, fresh, context)
  return { received, touched, added }
}

interface Taken {
  result: Received
  fresh: Arrived[]
}

/** Takes a batch, and after it those that had waited for it. */
async function takeWithHeld(tx: Writes, value: unknown, context: ReceiveContext): Promise<Taken[]> {
  if (!isSealedBatch(value) || !isScope(value.scope)) {
    return [{ result: { station: '', scope: 'self', added: 0, duplicates: 0, refusal: 'malformed', named: [] }, fresh: [] }]
  }
  const taken = [await take(tx, value, context)]
  if (taken[0]?.result.added === 0) return taken
  for (;;) {
    const head = await context.chains.head(tx, value.station, value.scope)
    const held = await tx.get<{ fromSeq: number; toSeq: number; batch: string }>(
      'SELECT fromSeq, toSeq, batch FROM journal_held WHERE station = ? AND scope = ? AND fromSeq <= ? ORDER BY fromSeq LIMIT 1',
      [value.station, value.scope, head.seq + 1],
    )
    if (held === null) return taken
    await tx.run('DELETE FROM journal_held WHERE station = ? AND scope = ? AND fromSeq = ? AND toSeq = ?', [
      value.station,
      value.scope,
      held.fromSeq,
      held.toSeq,
    ])
    taken.push(await take(tx, JSON.parse(held.batch) as SealedBatch, context))
  }
}

async function take(tx: Writes, batch: SealedBatch, context: ReceiveContext): Promise<Taken> {
  const { station, scope, entries, seal } = batch
  const result: Received = { station, scope, added: 0, duplicates: 0, refusal: null, named: [] }
  const refuse = (refusal: Refusal, named: EntryId[] = []): Taken => ({ result: { ...result, refusal, named }, fresh: [] })
  const key = await tx.get<{ publicKey: string }>('SELECT publicKey FROM journal_stations WHERE station = ?', [station])
  if (key === null) return refuse('unknown-station')
  if (!isSealGood(seal, key.publicKey)) return refuse('seal')

  const first = entries[0]?.seq ?? 1
  const head = await context.chains.head(tx, station, scope)
  const known = await knownHashes(tx, { station, scope, from: first - 1, to: seal.seq })
  const before = first === 1 ? chainStart : known.get(first - 1)
  const prev = before ?? batch.prev
  if (prev === undefined) {
    await hold(tx, batch)
    return refuse('held', head.seq === 0 ? [] : [entryId({ station, scope, seq: head.seq })])
  }
  const hashed = hashAlong(batch, prev)
  if (hashed.at(-1)?.hash !== seal.headHash) return refuse('chain', [entryId({ station, scope, seq: first })])
  const forked = hashed.filter((one) => known.has(one.header.seq) && known.get(one.header.seq) !== one.hash)
  if (forked.length > 0) {
    await keepForks(tx, forked, known, context.now())
    return refuse(
      'fork',
      forked.map((one) => entryId(one.header)),
    )
  }
  const fresh = hashed.filter((one) => !known.has(one.header.seq))
  result.duplicates = hashed.length - fresh.length
  result.added = fresh.length
  await tx.run('INSERT INTO journal_seals (station, scope, seq, headHash, signature) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING', [
    station,
    scope,
    seal.seq,
    seal.headHash,
    seal.signature,
  ])
  if (fresh.length === 0) return { result, fresh: [] }
  if (first > head.seq + 1) await addIsland(tx, { station, scope }, { fromSeq: first, toSeq: seal.seq, prev })
  const arrived = await enter(tx, fresh, context)
  if (first > head.seq + 1) return { result, fresh: arrived }
  const grown = seal.seq > head.seq ? { seq: seal.seq, hash: seal.headHash } : head
  const { head: end, torn } = await joinIslands(tx, { station, scope }, grown, context.now())
  context.chains.move(station, scope, end)
  return { result: torn === null ? result : { ...result, refusal: 'fork', named: [torn] }, fresh: arrived }
}

/** Puts new entries into the journal; gives back those to be applied. */
async function enter(tx: Writes, fresh: readonly Hashed[], context: ReceiveContext): Promise<Arrived[]> {
  const erasures = await readErasures(
    tx,
    fresh.map((one) => entryId(one.header)),
  )
  const now = context.now()
  const receivedAt = await context.chains.receivedAt(tx, now)
  const rows: { row: ReturnType<typeof entryRow>; happenedAt: number | null }[] = []
  const arrived: Arrived[] = []
  for (const { header, body, bodyHash, hash } of fresh) {
    const erased = erasures.get(entryId(header)) ?? []
    const state = stateOf({ v: header.v, hlcMs: header.hlc.ms, body }, { now, isErased: erased.length > 0 })
    const kept = erased.length > 0 ? null : body
    const row = entryRow({ header, body: kept, bodyHash, hash, arrival: await context.chains.nextArrival(tx), receivedAt, state })
    const effective = effectiveBody({ ...row, body }, erased)
    rows.push({ row, happenedAt: effective.happenedAt?.at ?? null })
    if (state !== entryState.applied) continue
    context.clock.see(header.hlc)
    arrived.push({ row, body: effective })
  }
  await insertEntries(tx, rows)
  return arrived
}

async function knownHashes(tx: Reads, range: { station: string; scope: Scope; from: number; to: number }): Promise<Map<number, string>> {
  const rows = await tx.all<{ seq: number; hash: string }>(
    'SELECT seq, lower(hex(hash)) AS hash FROM journal WHERE station = ? AND scope = ? AND seq BETWEEN ? AND ?',
    [range.station, range.scope, range.from, range.to],
  )
  return new Map(rows.map((row) => [row.seq, row.hash]))
}

async function hold(tx: Writes, batch: SealedBatch): Promise<void> {
  const { station, scope, entries, seal } = batch
  await tx.run(
    `INSERT INTO journal_held (station, scope, fromSeq, toSeq, batch) SELECT ?1, ?2, ?3, ?4, ?5
      WHERE (SELECT count(*) FROM journal_held WHERE station = ?1 AND scope = ?2) < ?6 ON CONFLICT DO NOTHING`,
    [station, scope, entries[0]?.seq ?? 1, seal.seq, JSON.stringify(batch), heldLimit],
  )
}

async function keepForks(tx: Writes, forked: readonly Hashed[], known: ReadonlyMap<number, string>, receivedAt: number): Promise<void> {
  for (const one of forked) {
    const { station, scope, seq } = one.header
    await tx.run(
      'INSERT INTO journal_forks (station, scope, seq, hash, knownHash, entry, receivedAt) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
      [station, scope, seq, one.hash, known.get(seq) ?? '', JSON.stringify({ ...one.header, body: one.body }), receivedAt],
    )
  }
}
