// What the link and the signed package stand on: whom we believe, what we hold, ranges out under a seal, batches in.
import type { KeyObject } from 'node:crypto'
import type { Scope } from '../contract/index.ts'
import type { Reads, Store } from '../store/types.ts'
import type { ChainHead } from './chain.ts'
import { chainStart, entryColumns, type EntryRow } from './encode.ts'
import { chainEndSql, hashAt, islandsOf } from './islands.ts'
import { makeSeal, type Seal, sealedEntry, type SealedBatch } from './seal.ts'

/** Where one chain ends here. */
export interface ChainEnd {
  station: string
  scope: Scope
  seq: number
  hash: string
}

/** Bodies of a batch together, in bytes before compression, so that it stays under 512 KiB compressed. */
const batchBytes = 512 * 1024
const batchEntries = 5_000

/** Learned at pairing; `certifiedBy` names the centre that vouches for the key. Refuses to change a key once learned. */
export async function trust(
  store: Store,
  station: { station: string; publicKey: string; certifiedBy: string | null },
  now: number,
): Promise<boolean> {
  return store.write(async (tx) => {
    await tx.run('INSERT INTO journal_stations (station, publicKey, certifiedBy, addedAt) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING', [
      station.station,
      station.publicKey,
      station.certifiedBy,
      now,
    ])
    const known = await tx.get<{ publicKey: string }>('SELECT publicKey FROM journal_stations WHERE station = ?', [station.station])
    return known?.publicKey === station.publicKey
  })
}

/** Every chain and where it ends without a gap: what two stations compare. Asked of the index chain by chain: the journal may be long. */
export async function vector(reads: Reads): Promise<ChainEnd[]> {
  const ends: ChainEnd[] = []
  let chain: Pick<ChainEnd, 'station' | 'scope'> | null = await nextChain(reads, '', '')
  for (; chain !== null; chain = await nextChain(reads, chain.station, chain.scope)) {
    const end: ChainHead | null = await reads.get<ChainHead>(chainEndSql, [chain.station, chain.scope])
    if (end !== null) ends.push({ ...chain, ...end })
  }
  return ends
}

function nextChain(reads: Reads, station: string, scope: string): Promise<Pick<ChainEnd, 'station' | 'scope'> | null> {
  return reads.get('SELECT station, scope FROM journal WHERE (station, scope) > (?, ?) ORDER BY station, scope LIMIT 1', [station, scope])
}

export interface ExportRange {
  /** Default: this station. */
  station?: string
  scope: Scope
  /** The other side has everything up to this one. */
  after: number
  /** Most entries; a foreign chain is passed on up to a seal whatever this says. */
  limit?: number
  /** Bodies together in bytes before compression; at least one entry goes. Default 512 KiB. */
  limitBytes?: number
  /** The batch goes ahead of what precedes it: it says what it is chained to. Of a foreign chain it begins at the entry asked for and may stand apart. */
  isAhead?: boolean
}

/**
 * The next batch of a chain under a seal: our own sealed now, another's up to a seal its station has signed.
 * @returns null when there is nothing more that can be passed on
 */
export async function exportBatch(store: Reads, range: ExportRange, own: { station: string; privateKey: KeyObject }): Promise<SealedBatch | null> {
  const station = range.station ?? own.station
  const last = await lastOfBatch(store, station, range)
  if (last === null) return null
  const seal = station === own.station ? await sealOwn(store, own, range.scope, last) : await nextSeal(store, station, range, last)
  if (seal === null) return null
  const rows = await store.all<EntryRow>(
    `SELECT ${entryColumns} FROM journal AS j WHERE j.station = ? AND j.scope = ? AND j.seq > ? AND j.seq <= ? ORDER BY j.seq`,
    [station, range.scope, range.after, seal.seq],
  )
  const batch: SealedBatch = { v: 1, station, scope: range.scope, entries: rows.map(sealedEntry), seal }
  if (range.isAhead !== true) return batch
  const chain = { station, scope: range.scope }
  const prev =
    range.after === 0 ? chainStart : ((await hashAt(store, chain, range.after)) ?? (await islandsOf(store, chain)).get(range.after + 1)?.prev ?? null)
  return prev === null ? null : { ...batch, prev }
}

async function lastOfBatch(reads: Reads, station: string, range: ExportRange): Promise<number | null> {
  const row = await reads.get<{ last: number | null }>(
    `SELECT max(seq) AS last FROM (
       SELECT seq, sum(ifnull(length(body), 0) + 300) OVER (ORDER BY seq) AS bytes, row_number() OVER (ORDER BY seq) AS place
         FROM (SELECT seq, body FROM journal WHERE station = ?1 AND scope = ?2 AND seq > ?3 AND seq < ?6 ORDER BY seq LIMIT ?5)) WHERE bytes <= ?4 OR place = 1`,
    [
      station,
      range.scope,
      range.after,
      Math.min(range.limitBytes ?? batchBytes, batchBytes),
      Math.min(range.limit ?? batchEntries, batchEntries),
      await gapAfter(reads, station, range),
    ],
  )
  return row?.last ?? null
}

/** The first number after `after` that is missing here: nothing beyond it is passed on in this batch. */
async function gapAfter(reads: Reads, station: string, { scope, after }: ExportRange): Promise<number> {
  const island = await reads.get<{ gap: number | null }>(
    'SELECT min(fromSeq) AS gap FROM journal_islands WHERE station = ? AND scope = ? AND fromSeq > ?',
    [station, scope, after + 1],
  )
  return island?.gap ?? Number.MAX_SAFE_INTEGER
}

/** Seals our own chain up to an entry. */
export async function sealOwn(reads: Reads, own: { station: string; privateKey: KeyObject }, scope: Scope, seq: number): Promise<Seal | null> {
  const row = await reads.get<{ hash: string }>('SELECT lower(hex(hash)) AS hash FROM journal WHERE station = ? AND scope = ? AND seq = ?', [
    own.station,
    scope,
    seq,
  ])
  return row === null ? null : makeSeal({ station: own.station, scope, seq, headHash: row.hash }, own.privateKey)
}

/** The last seal that fits, else the first that follows. */
async function nextSeal(reads: Reads, station: string, range: ExportRange, last: number): Promise<Seal | null> {
  return reads.get<Seal & Record<string, never>>(
    `SELECT station, scope, seq, headHash, signature FROM journal_seals WHERE station = ?1 AND scope = ?2 AND seq > ?3
      ORDER BY seq > ?4, iif(seq > ?4, seq, -seq) LIMIT 1`,
    [station, range.scope, range.after, last],
  )
}
