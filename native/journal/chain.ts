// Puts entries at the end of their chains and into the table `journal`, in bulk.
import type { Entry, Hlc, Scope } from '../contract/index.ts'
import type { Reads, Writes } from '../store/types.ts'
import {
  type Body,
  bodyLimitBytes,
  chainStart,
  entryHash,
  type EntryRow,
  eraseAction,
  erasureLimitBytes,
  type Header,
  headerOf,
  sha256,
} from './encode.ts'
import { chainEndSql } from './islands.ts'

export interface ChainHead {
  seq: number
  hash: string
}

/** What becomes of an entry here. */
export const entryState = { applied: 0, ahead: 1, newerForm: 2, erased: 3 } as const

/** Where the chains of this station end and how many entries have arrived; forgotten after a rollback and read again. */
export class Chains {
  readonly #heads = new Map<string, ChainHead>()
  #arrival: number | null = null
  #receivedAt: number | null = null

  async head(tx: Reads, station: string, scope: Scope): Promise<ChainHead> {
    const known = this.#heads.get(`${station}/${scope}`)
    if (known !== undefined) return known
    const row = await tx.get<ChainHead>(chainEndSql, [station, scope])
    const head = row ?? { seq: 0, hash: chainStart }
    this.#heads.set(`${station}/${scope}`, head)
    return head
  }

  move(station: string, scope: Scope, head: ChainHead): void {
    this.#heads.set(`${station}/${scope}`, head)
  }

  async nextArrival(tx: Reads): Promise<number> {
    this.#arrival ??= (await tx.get<{ last: number | null }>('SELECT max(arrival) AS last FROM journal'))?.last ?? 0
    this.#arrival += 1
    return this.#arrival
  }

  /** When an entry is taken to have come: the wall clock, but never before the entry before it. */
  async receivedAt(tx: Reads, now: number): Promise<number> {
    this.#receivedAt ??= (await tx.get<{ last: number }>('SELECT receivedAt AS last FROM journal ORDER BY arrival DESC LIMIT 1'))?.last ?? 0
    this.#receivedAt = Math.max(this.#receivedAt, now)
    return this.#receivedAt
  }

  /** After a rollback nothing remembered can be trusted. */
  forget(): void {
    this.#heads.clear()
    this.#arrival = null
    this.#receivedAt = null
  }
}

export interface Draft {
  header: Omit<Header, 'seq' | 'hlc'>
  hlc: Hlc
  body: Body
}

export interface Chained {
  entry: Entry
  row: EntryRow
}

/** Gives a draft its number, its hash and its place in the chain. */
export async function chainDraft(tx: Reads, chains: Chains, draft: Draft): Promise<Chained> {
  const { station, scope } = draft.header
  const head = await chains.head(tx, station, scope)
  const header: Header = { ...draft.header, seq: head.seq + 1, hlc: draft.hlc }
  const body = JSON.stringify(draft.body)
  const limitBytes = header.action === eraseAction ? erasureLimitBytes : bodyLimitBytes
  if (Buffer.byteLength(body, 'utf8') > limitBytes)
    throw new Error(`the body of ${header.action} is larger than ${limitBytes} bytes: larger values are blobs`)
  const bodyHash = sha256(body)
  const hash = entryHash(header, head.hash, bodyHash)
  chains.move(station, scope, { seq: header.seq, hash })
  const row = entryRow({
    header,
    body,
    bodyHash,
    hash,
    arrival: await chains.nextArrival(tx),
    receivedAt: await chains.receivedAt(tx, header.at),
    state: entryState.applied,
  })
  return { row, entry: { ...headerOf(row), ...draft.body, prev: head.hash, hash } }
}

export function entryRow(options: {
  header: Header
  body: string | null
  bodyHash: string
  hash: string
  arrival: number
  receivedAt: number
  state: number
}): EntryRow {
  const { header, body, bodyHash, hash, arrival, receivedAt, state } = options
  const { v, station, scope, seq, hlc, at, actor, action, subject } = header
  return {
    arrival,
    v,
    station,
    scope,
    seq,
    hlcMs: hlc.ms,
    hlcCounter: hlc.counter,
    at,
    receivedAt,
    actor,
    action,
    dataset: subject.dataset,
    row: subject.row,
    body,
    bodyHash,
    hash,
    state,
  }
}

/** Writes entries in one statement. */
export async function insertEntries(tx: Writes, entries: readonly { row: EntryRow; happenedAt: number | null }[]): Promise<void> {
  if (entries.length === 0) return
  const rows = entries.map(({ row, happenedAt }) => [
    row.arrival,
    row.v,
    row.station,
    row.scope,
    row.seq,
    row.hlcMs,
    row.hlcCounter,
    row.at,
    row.receivedAt,
    happenedAt,
    row.actor,
    row.action,
    row.dataset,
    row.row,
    row.body,
    row.bodyHash,
    row.hash,
    row.state,
  ])
  await tx.run(
    `INSERT INTO journal (arrival, v, station, scope, seq, hlcMs, hlcCounter, at, receivedAt, happenedAt, actor, action, dataset, row, body, bodyHash, hash, state)
     SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7, value ->> 8, value ->> 9, value ->> 10,
            value ->> 11, value ->> 12, value ->> 13, value ->> 14, unhex(value ->> 15), unhex(value ->> 16), value ->> 17 FROM jsonb_each(?)`,
    [JSON.stringify(rows)],
  )
}
