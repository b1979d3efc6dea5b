// One other side: sends what it lacks and may hold, takes what it sends, and tells it what is held here. Knows nothing of NATS or files.
import type { LinkReason, Scope } from '../contract/index.ts'
import type { SealedBatch } from '../journal/seal.ts'
import { Ends } from './ends.ts'
import { type ExchangeTimes, exchangeTimes } from './exchange-times.ts'
import { Budget, BatchSize } from './flow.ts'
import { type Flight, Ledger } from './ledger.ts'
import { Outbox } from './outbox.ts'
import type { ShownCard } from './pairing.ts'
import { Refusals } from './refusals.ts'
import { Telling } from './telling.ts'
import { Timers } from './timers.ts'
import {
  type Chain,
  chainKey,
  type FilesPort,
  type Have,
  type JournalPort,
  type Message,
  type Received,
  type Send,
  type StoredAt,
  type Timing,
  type Want,
} from './types.ts'
import { wire, type Wire, WireError } from './wire.ts'

export interface ExchangeOptions {
  journal: JournalPort
  /** Our centre's unit. */
  unit: string
  /** Whether the other side may hold a scope. */
  mayHold: (scope: Scope) => boolean
  /** Why a chain that they send must not come to us; null = it may. */
  refusal: (chain: Chain) => LinkReason | null
  send: Send
  /** Default what all stations speak. */
  wire?: Wire
  files?: FilesPort
  /**
   * `stored`: nobody in particular is on the other side, what the carrier has stored counts as held (the stream of our own centre), and nothing is told;
   * gaps are asked for elsewhere.
   */
  confirmedBy?: 'them' | 'stored'
  /** Chains that are ours to send; default all. */
  isOurs?: (chain: Chain) => boolean
  /** Something is missing here, or was not taken. */
  onGap?: () => void
  /** They show who they are. */
  onCard?: (shown: ShownCard) => void
  timing: Timing
  times?: ExchangeTimes
  budgetBytesPerS?: number | null
  /** Batches on their way at once. */
  window?: number
  /** What they held when we last heard, as `station/scope → seq`. */
  held?: ReadonlyMap<string, number>
  /** They have said what they hold: to be kept. */
  onHeld?: (held: ReadonlyMap<string, number>) => void
  onChange?: () => void
  /** Something of theirs was taken. */
  onTaken?: (received: readonly Received[]) => void
}

/** A message that came, and where it lies in the stream that brought it. */
export interface Arrival {
  bytes: Uint8Array
  at: StoredAt | null
}

const reasonOf = { 'unknown-station': 'unknown-station', seal: 'seal', chain: 'chain', fork: 'fork', malformed: 'seal', held: null } as const

export class Exchange {
  readonly budget: Budget
  readonly #options: ExchangeOptions
  readonly #times: ExchangeTimes
  readonly #wire: Wire
  readonly #ledger = new Ledger()
  readonly #outbox: Outbox
  readonly #size = new BatchSize()
  /** Chains that they did not take: not before this time again, and how long the next wait is. */
  readonly #heldBack = new Map<string, { until: number; waitMs: number }>()
  readonly #refusals: Refusals
  readonly #timers: Timers
  readonly #ends: Ends
  /** null = nobody in particular is there to be told. */
  readonly #telling: Telling | null
  #read: StoredAt | null = null
  /** Files they lack. */
  #wanted: Want[] = []
  #hasHeard: boolean
  #isOpen = false
  #isPumping = false
  #isAgain = false
  /** Something could not be sent: the rest waits for the next try, or for something new to happen. */
  #isResting = false
  #inAir = 0
  #waitMs: number
  lastHeardAt: number | null = null
  lastRoundTripMs: number | null = null
  lastFailure: unknown = null

  constructor(options: ExchangeOptions) {
    this.#options = options
    this.#times = options.times ?? exchangeTimes
    this.#wire = options.wire ?? wire
    this.#waitMs = this.#times.retryMs
    this.budget = new Budget(options.timing, options.budgetBytesPerS ?? null)
    this.#outbox = new Outbox({ journal: options.journal, ledger: this.#ledger })
    for (const [key, seq] of options.held ?? []) this.#ledger.held.set(key, seq)
    this.#hasHeard = (options.held?.size ?? 0) > 0
    this.#refusals = new Refusals(options.timing)
    this.#timers = new Timers(options.timing)
    this.#ends = new Ends(options.journal)
    this.#telling = this.#isByStored ? null : this.#teller()
  }

  /** The line stands: asks what they hold, says what we hold, and sends. */
  open(): void {
    this.#isOpen = true
    this.#telling?.open()
    this.#pump()
  }

  close(): void {
    this.#isOpen = false
    this.#telling?.close()
    this.#timers.end()
  }

  get #isByStored(): boolean {
    return this.#options.confirmedBy === 'stored'
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  /** Something was written or came in here. */
  changed(): void {
    this.#ends.forget()
    this.#pump()
  }

  /** A package said what they hold. */
  theyHold(held: ReadonlyMap<string, number>): void {
    this.#ledger.raise(held)
    this.#options.onChange?.()
  }

  /** Something that they sent may be lost: both sides compare. */
  missed(): void {
    this.#telling?.now('question')
  }

  /** What came and was not taken, newest last. */
  get reasons(): LinkReason[] {
    return this.#refusals.all.map((one) => one.reason)
  }

  /** Up to where they hold a chain, as far as is known. */
  heldUpTo(chain: Chain): number {
    return this.#ledger.held.get(chainKey(chain)) ?? 0
  }

  /** Entries that they may hold and have not said they hold, chain by chain. */
  async waiting(): Promise<{ chain: Chain; after: number; entries: number }[]> {
    const ends = await this.#ends.read()
    return ends
      .filter((end) => this.#isForThem(end))
      .flatMap((end) => {
        const after = this.#ledger.held.get(chainKey(end)) ?? 0
        return end.seq > after ? [{ chain: { station: end.station, scope: end.scope }, after, entries: end.seq - after }] : []
      })
  }

  /** Takes what came, in order; resolves when it is on disk. */
  async heard(arrivals: readonly Arrival[]): Promise<void> {
    this.lastHeardAt = this.#options.timing.now()
    const messages = arrivals.flatMap(({ bytes }) => this.#decode(bytes) ?? [])
    const batches = messages.flatMap((message) => (message.kind === 'batch' ? [message.batch] : []))
    if (batches.length > 0) await this.#take(batches)
    const named = messages.flatMap((message) => (message.kind === 'batch' ? message.files : []))
    if (named.length > 0) await this.#options.files?.notice(named)
    const last = arrivals.findLast(({ at }) => at !== null)?.at ?? null
    if (last !== null) {
      // Another stream under the old name: what lay in the old one may never come.
      if (this.#read !== null && this.#read.stream !== last.stream) this.#telling?.owe('question')
      this.#read = last
    }
    for (const message of messages) {
      if (message.kind === 'have') this.#hear(message.have)
      else if (message.kind === 'card') this.#options.onCard?.(message.shown)
      else if (message.kind === 'piece' && (await this.#options.files?.take(message.piece)) !== undefined) this.#telling?.soon('moved')
    }
    this.#options.onChange?.()
  }

  #decode(bytes: Uint8Array): Message | null {
    try {
      return this.#wire.decode(bytes)
    } catch (error) {
      this.#refusals.add(error instanceof WireError && error.reason === 'version' ? 'version' : 'seal', null)
      return null
    }
  }

  async #take(batches: readonly SealedBatch[]): Promise<void> {
    const { journal, refusal } = this.#options
    const fit = batches.filter((batch) => {
      const reason = refusal(batch)
      if (reason !== null) this.#refusals.add(reason, batch)
      return reason === null
    })
    for (const { station, scope, entries, seal, prev } of fit)
      this.#ledger.heldByThem({ station, scope, fromSeq: entries[0]?.seq ?? 1, toSeq: seal.seq }, prev !== undefined)
    const received = fit.length === 0 ? [] : await journal.apply(fit)
    for (const one of received) {
      const reason = one.refusal === null ? null : reasonOf[one.refusal]
      if (reason !== null) this.#refusals.add(reason, one)
      else if (one.refusal === null) this.#refusals.clear(one)
    }
    this.#ends.forget()
    // A gap or something that was not taken: they must know all that is here, to send what is missing.
    const isGap = received.some((one) => one.refusal !== null) || fit.length < batches.length
    if (isGap) this.#options.onGap?.()
    this.#telling?.soon(isGap ? 'everything' : 'moved')
    this.#options.onTaken?.(received)
    this.#pump()
  }

  #hear(have: Have): void {
    this.#hasHeard = true
    const now = this.#options.timing.now()
    const lost = new Set(this.#ledger.hear(have))
    for (const key of lost) {
      const waitMs = Math.min((this.#heldBack.get(key)?.waitMs ?? this.#times.retryMs / 2) * 2, this.#times.longestHoldBackMs)
      this.#heldBack.set(key, { until: now + waitMs, waitMs })
      this.#timers.later(`retry ${key}`, waitMs, () => this.#pump())
    }
    for (const end of have.ends) if (!lost.has(chainKey(end))) this.#heldBack.delete(chainKey(end))
    this.#options.onHeld?.(this.#ledger.held)
    this.#wanted = have.wants
    if (have.isAsking) this.#telling?.now('everything')
    this.#pump()
  }

  #isForThem(chain: Chain): boolean {
    const { journal, unit, mayHold, isOurs } = this.#options
    if (isOurs !== undefined && !isOurs(chain)) return false
    if (this.#isByStored) return mayHold(chain.scope)
    // Before they have said what they hold we do not send them back what may be theirs.
    return mayHold(chain.scope) && (this.#hasHeard || journal.unitOf(chain.station) === unit)
  }

  #pump(): void {
    this.#isAgain = true
    if (this.#isPumping) return
    this.#isPumping = true
    void this.#pumpAll()
  }

  async #pumpAll(): Promise<void> {
    while (this.#isAgain && this.#isOpen) {
      this.#isAgain = false
      this.#isResting = false
      try {
        while (this.#isOpen && !this.#isResting && this.#inAir < (this.#options.window ?? 4) && this.#mayGo()) {
          const batch = await this.#next()
          if (batch === null || !this.#isOpen || this.#isResting) break
          void this.#dispatch(batch)
        }
        await this.#sendPieces()
      } catch (error) {
        this.#failed(error)
      }
    }
    // In the same turn as the look at `#isAgain`: whoever asks after it begins anew.
    this.#isPumping = false
  }

  /** Files go when no entry waits: some pieces of each, then they say how far they are. */
  async #sendPieces(): Promise<void> {
    const { files, journal } = this.#options
    while (files !== undefined && this.#isOpen && this.#inAir === 0 && this.#wanted.length > 0 && this.#mayGo()) {
      const want = this.#wanted.shift()
      if (want === undefined) return
      const piece = await files.piece(want, this.#size.pieceBytes(this.budget.bytesPerS))
      if (piece === null) continue
      await this.#send(this.#wire.encode({ kind: 'piece', piece: { station: journal.station, ...piece } }))
      this.#size.pieceStored(piece.data.byteLength, this.lastRoundTripMs ?? 0)
    }
  }

  #mayGo(): boolean {
    const waitMs = this.budget.waitMs()
    if (waitMs > 0) this.#timers.later('budget', waitMs, () => this.#pump())
    return waitMs === 0
  }

  async #next(): Promise<SealedBatch | null> {
    const now = this.#options.timing.now()
    const maySend = (chain: Chain) => this.#isForThem(chain) && (this.#heldBack.get(chainKey(chain))?.until ?? 0) <= now
    return this.#outbox.next({ ends: await this.#ends.read(), maySend, limitBytes: this.#size.limitBytes(this.budget.bytesPerS) })
  }

  async #dispatch(batch: SealedBatch): Promise<void> {
    const { timing } = this.#options
    const flight: Flight = { key: chainKey(batch), fromSeq: batch.entries[0]?.seq ?? 0, toSeq: batch.seal.seq, stored: null }
    const bodyBytes = batch.entries.reduce((sum, entry) => sum + (entry.body?.length ?? 0), 0)
    this.#ledger.depart(flight)
    this.#inAir += 1
    try {
      const files = (await this.#options.files?.namedIn(batch)) ?? []
      const bytes = this.#wire.encode({ kind: 'batch', batch, files }, this.#size.isQuick(this.budget.bytesPerS) ? 1 : 6)
      const sentAt = timing.now()
      const stored = await this.#send(bytes)
      if (this.#isByStored) this.#confirm(flight, batch)
      else this.#ledger.store(flight, stored)
      this.#size.stored({ bodyBytes, wireBytes: bytes.byteLength, roundTripMs: timing.now() - sentAt })
    } catch (error) {
      this.#ledger.fail(flight)
      this.#size.failed()
      this.#failed(error)
      return
    } finally {
      this.#inAir -= 1
    }
    this.#pump()
  }

  #confirm(flight: Flight, { station, scope, prev }: SealedBatch): void {
    this.#ledger.fail(flight)
    this.#ledger.heldByThem({ station, scope, fromSeq: flight.fromSeq, toSeq: flight.toSeq }, prev !== undefined)
    this.#options.onHeld?.(this.#ledger.held)
  }

  async #send(bytes: Uint8Array): Promise<{ seq: number }> {
    const { timing, send, onChange } = this.#options
    const sentAt = timing.now()
    this.budget.take(bytes.byteLength)
    const at = await send(bytes)
    this.lastRoundTripMs = timing.now() - sentAt
    this.lastFailure = null
    this.#waitMs = this.#times.retryMs
    onChange?.()
    return at
  }

  #failed(error: unknown): void {
    this.lastFailure = error
    this.#isResting = true
    this.#options.onChange?.()
    if (!this.#isOpen) return
    this.#timers.later('retry', this.#waitMs, () => {
      this.#telling?.again()
      this.#pump()
    })
    this.#waitMs = Math.min(this.#waitMs * 2, this.#times.longestRetryMs)
  }

  #teller(): Telling {
    const { journal, unit, mayHold, files } = this.#options
    return new Telling({
      times: this.#times,
      timers: this.#timers,
      ends: async () => (await this.#ends.read()).filter((end) => mayHold(end.scope)),
      rest: async () => ({
        station: journal.station,
        unit,
        runs: (await journal.islands()).filter((run) => mayHold(run.scope)),
        read: this.#read,
        refused: this.#refusals.all,
        wants: (await files?.wants()) ?? [],
      }),
      send: async (have) => {
        await this.#send(this.#wire.encode({ kind: 'have', have }))
      },
      onFailure: (error) => this.#failed(error),
    })
  }
}
