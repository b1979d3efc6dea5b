// A journal in memory with the rules of chains, seals, gaps and runs, and nothing else: what the simulation of the link stands on.
import type { Scope } from '../../contract/index.ts'
import type { SealedEntry } from '../../journal/seal.ts'
import {
  type Chain,
  type ChainEnd,
  chainKey,
  type EntryMark,
  type ExportRange,
  type JournalPort,
  type Received,
  type Run,
  type SealedBatch,
} from '../types.ts'

const noHash = '00'.repeat(32)

interface Held extends Chain {
  entries: Map<number, SealedEntry>
  seals: Set<number>
  /** Where it ends without a gap. */
  end: number
  /** Numbers that stand beyond it. */
  ahead: Set<number>
}

export class MemoryJournal implements JournalPort {
  readonly station: string
  readonly #units: ReadonlyMap<string, string>
  readonly #now: () => number
  readonly #chains = new Map<string, Held>()
  /** Entries that came again: harmless, but they cost the line. */
  duplicates = 0

  constructor(station: string, units: ReadonlyMap<string, string>, now: () => number) {
    this.station = station
    this.#units = units
    this.#now = now
  }

  write(scope: Scope, action: string, body: string): void {
    const chain = this.#chain({ station: this.station, scope })
    const seq = chain.entries.size + 1
    const at = this.#now()
    put(chain, { v: 1, seq, hlc: { ms: at, counter: 0 }, at, actor: 'a', action, subject: { dataset: 'd', row: 'r' }, body })
  }

  /** `station/scope/seq` of everything held. */
  all(): string[] {
    return [...this.#chains.entries()].flatMap(([key, chain]) => [...chain.entries.keys()].map((seq) => `${key}/${seq}`)).sort()
  }

  heads(): Promise<ChainEnd[]> {
    const ends = [...this.#chains.values()].map(({ station, scope, end }) => ({ station, scope, seq: end, hash: noHash }))
    return Promise.resolve(ends.filter((end) => end.seq > 0))
  }

  islands(): Promise<Run[]> {
    return Promise.resolve([...this.#chains.values()].flatMap(runsOf))
  }

  marks(of: Chain, after: number, limit: number): Promise<EntryMark[]> {
    const chain = this.#chain(of)
    const marks: EntryMark[] = []
    for (let seq = after + 1; seq <= chain.end && marks.length < limit; seq += 1) marks.push({ seq, action: chain.entries.get(seq)?.action ?? '' })
    return Promise.resolve(marks)
  }

  sealedBatch(range: ExportRange): Promise<SealedBatch | null> {
    const { station = this.station, scope, after, limit = 1_000, limitBytes = Infinity, isAhead = false } = range
    const chain = this.#chain({ station, scope })
    const run: SealedEntry[] = []
    let [bytes, sealed] = [0, 0]
    for (let entry = chain.entries.get(after + 1); entry !== undefined; entry = chain.entries.get(entry.seq + 1)) {
      bytes += (entry.body?.length ?? 0) + 300
      const isFull = run.length >= limit || (run.length > 0 && bytes > limitBytes)
      if (isFull && (station === this.station || sealed > 0)) break
      run.push(entry)
      if (chain.seals.has(entry.seq)) sealed = run.length
      if (isFull && sealed > 0) break
    }
    const entries = station === this.station ? run : run.slice(0, sealed)
    const last = entries.at(-1)
    if (last === undefined) return Promise.resolve(null)
    const seal = { station, scope, seq: last.seq, headHash: noHash, signature: 'AA==' }
    return Promise.resolve({ v: 1, station, scope, entries, seal, ...(isAhead ? { prev: noHash } : {}) })
  }

  apply(batches: readonly SealedBatch[]): Promise<Received[]> {
    return Promise.resolve(batches.map((batch) => this.#take(batch)))
  }

  unitOf(station: string): string | null {
    return this.#units.get(station) ?? null
  }

  #take({ station, scope, entries, seal, prev }: SealedBatch): Received {
    const chain = this.#chain({ station, scope })
    const first = entries[0]?.seq ?? 1
    const result: Received = { station, scope, added: 0, duplicates: 0, refusal: null, named: [] }
    if (first > 1 && !chain.entries.has(first - 1) && prev === undefined) return { ...result, refusal: 'held' }
    for (const entry of entries) {
      if (chain.entries.has(entry.seq)) result.duplicates += 1
      else {
        put(chain, entry)
        result.added += 1
      }
    }
    this.duplicates += result.duplicates
    chain.seals.add(seal.seq)
    return result
  }

  #chain(of: Chain): Held {
    const key = chainKey(of)
    const known = this.#chains.get(key)
    if (known !== undefined) return known
    const chain: Held = { station: of.station, scope: of.scope, entries: new Map(), seals: new Set(), end: 0, ahead: new Set() }
    this.#chains.set(key, chain)
    return chain
  }
}

function put(chain: Held, entry: SealedEntry): void {
  chain.entries.set(entry.seq, entry)
  chain.ahead.add(entry.seq)
  while (chain.ahead.delete(chain.end + 1)) chain.end += 1
}

function runsOf(chain: Held): Run[] {
  if (chain.ahead.size === 0) return []
  const runs: Run[] = []
  for (const seq of [...chain.ahead].sort((a, b) => a - b)) {
    const last = runs.at(-1)
    if (last?.toSeq === seq - 1) last.toSeq = seq
    else runs.push({ station: chain.station, scope: chain.scope, fromSeq: seq, toSeq: seq })
  }
  return runs
}
