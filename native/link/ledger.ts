// What of each chain has gone to one other side: what they said they hold, what is on its way, where the next batch begins.
import { chainKey, type Have, type Run } from './types.ts'

/** A batch on its way: until it is stored by the carrier, and then until the other side has read past it. */
export interface Flight {
  key: string
  fromSeq: number
  toSeq: number
  /** null = the carrier has not said yet. */
  stored: { seq: number } | null
}

type Span = Pick<Flight, 'fromSeq' | 'toSeq'>

export class Ledger {
  /** By their own word, chain by chain. */
  readonly held = new Map<string, number>()
  readonly #flights = new Map<string, Flight[]>()
  /** The stream they read last, as they call it. */
  #readStream: string | null = null
  #runs = new Map<string, Run[]>()

  /** Up to where a chain has gone or is going without a gap. */
  position(key: string): number {
    let end = this.held.get(key) ?? 0
    const [flights, runs] = [this.#flights.get(key), this.#runs.get(key)]
    if (flights === undefined && runs === undefined) return end
    const spans: Span[] = [...(flights ?? []), ...(runs ?? [])]
    for (const { fromSeq, toSeq } of spans.sort((a, b) => a.fromSeq - b.fromSeq)) if (fromSeq <= end + 1) end = Math.max(end, toSeq)
    return end
  }

  /** Whether an entry is held there, or on its way. */
  has(key: string, seq: number): boolean {
    const within = (span: Span) => seq >= span.fromSeq && seq <= span.toSeq
    return seq <= (this.held.get(key) ?? 0) || (this.#runs.get(key)?.some(within) ?? false) || (this.#flights.get(key)?.some(within) ?? false)
  }

  depart(flight: Flight): void {
    this.#flights.set(flight.key, [...(this.#flights.get(flight.key) ?? []), flight])
  }

  /** It could not be stored: it goes again. */
  fail(flight: Flight): void {
    this.#keep(flight.key, (other) => other !== flight)
  }

  /** The carrier holds it; what lies before it in the same stream is told of together with it, so that a side that sleeps for weeks costs no list. */
  store(flight: Flight, at: { seq: number }): void {
    flight.stored = at
    const before = this.#flights
      .get(flight.key)
      ?.find((other) => other !== flight && other.stored !== null && other.stored.seq < at.seq && other.toSeq + 1 === flight.fromSeq)
    if (before === undefined) return
    flight.fromSeq = before.fromSeq
    this.#keep(flight.key, (other) => other !== before)
  }

  /** They have sent it, so they hold it: it must not go back to them. */
  heldByThem(run: Run, isAhead: boolean): void {
    const key = chainKey(run)
    if (isAhead) this.#runs.set(key, joined([...(this.#runs.get(key) ?? []), run]))
    else this.held.set(key, Math.max(this.held.get(key) ?? 0, run.toSeq))
  }

  raise(held: ReadonlyMap<string, number>): void {
    for (const [key, seq] of held) this.held.set(key, Math.max(seq, this.held.get(key) ?? 0))
  }

  /**
   * What they say they hold and how far they have read.
   * @returns chains that hold less than what was sent and read there: it was lost, or they would not take it
   */
  hear(have: Have): string[] {
    const before = [...this.#flights.keys()].map((key) => [key, this.position(key)] as const)
    if (have.isFull) {
      this.held.clear()
      this.#runs = new Map()
    }
    for (const end of have.ends) this.held.set(chainKey(end), end.seq)
    for (const [key, runs] of Map.groupBy(have.runs, chainKey)) this.#runs.set(key, runs)
    const { read } = have
    // They read another stream now: whatever lay in the old one has been read or never will be.
    const isOther = read !== null && this.#readStream !== null && read.stream !== this.#readStream
    if (read !== null) this.#readStream = read.stream
    for (const key of this.#flights.keys())
      this.#keep(key, ({ stored }) => stored === null || !(isOther || (read !== null && stored.seq <= read.seq)))
    return before.flatMap(([key, position]) => (this.position(key) < position ? [key] : []))
  }

  #keep(key: string, isKept: (flight: Flight) => boolean): void {
    const kept = (this.#flights.get(key) ?? []).filter(isKept)
    if (kept.length > 0) this.#flights.set(key, kept)
    else this.#flights.delete(key)
  }
}

/** Those that touch become one: a side that sends much ahead is looked through at every turn. */
function joined(runs: readonly Run[]): Run[] {
  const all: Run[] = []
  for (const run of runs.toSorted((a, b) => a.fromSeq - b.fromSeq)) {
    const last = all.at(-1)
    if (last !== undefined && run.fromSeq <= last.toSeq + 1) last.toSeq = Math.max(last.toSeq, run.toSeq)
    else all.push({ ...run })
  }
  return all
}
