// One line to another side: how it stands, in the words of the contract.
import type { LinkKind, LinkReason, LinkState, LinkView } from '../contract/index.ts'
import type { Exchange } from './exchange.ts'
import { type ConnectionState, ServerStuckError } from './nats/connection.ts'

/** Answers later than this make a line slow, ms. */
const slowMs = 2_000
/** Not heard for as long as this, a side is taken to be away, ms; each says at least every minute that it is there. */
const silentMs = 150_000

export interface LineOptions {
  kind: LinkKind
  unit: string
  name: () => string
  exchange: Exchange
  connection: () => ConnectionState
  /** What keeps the connection from being set up; null = nothing that is known. */
  connectionFailure: () => unknown
  now: () => number
}

export class Line {
  readonly exchange: Exchange
  readonly kind: LinkKind
  readonly unit: string
  readonly #options: LineOptions
  #state: LinkState = 'offline'
  #since: number
  #roundTrips: number[] = []
  /** What the server said when it would not store; a lost connection after it does not make that untrue. */
  #trouble: LinkReason | null = null
  /** `mark` tells whether other entries wait than at the last look. */
  waiting: { entries: number; byLane: LinkView['waitingByLane']; mark: string } = { entries: 0, byLane: {}, mark: '' }

  constructor(options: LineOptions) {
    this.#options = options
    this.exchange = options.exchange
    this.kind = options.kind
    this.unit = options.unit
    this.#since = options.now()
  }

  /** Looks again. @returns whether the state is another one */
  look(): boolean {
    const state = this.#judge()
    const { lastRoundTripMs } = this.exchange
    if (lastRoundTripMs !== null) this.#roundTrips = [...this.#roundTrips, lastRoundTripMs].slice(-15)
    if (state === this.#state) return false
    this.#state = state
    this.#since = this.#options.now()
    return true
  }

  /** Stands until something has been sent. */
  #serverTrouble(): LinkReason | null {
    const { exchange } = this
    const { connectionFailure } = this.#options
    const now = failureReason(exchange.lastFailure) ?? failureReason(connectionFailure())
    if (now !== null) this.#trouble = now
    else if (exchange.lastFailure === null && connectionFailure() === null) this.#trouble = null
    return this.#trouble
  }

  view(): LinkView {
    const { kind, unit, name } = this.#options
    const { budget, lastHeardAt, reasons } = this.exchange
    const sorted = [...this.#roundTrips].sort((a, b) => a - b)
    return {
      kind,
      unit,
      name: name(),
      state: this.#state,
      since: this.#since,
      lastHeardAt,
      roundTripMs: sorted[Math.floor(sorted.length / 2)] ?? null,
      waiting: this.waiting.entries,
      waitingByLane: this.waiting.byLane,
      budgetBytesPerS: budget.bytesPerS,
      reason: this.#options.connection() === 'refused' ? 'credentials' : (this.#serverTrouble() ?? reasons.at(-1) ?? null),
    }
  }

  #judge(): LinkState {
    const { connection, now, kind } = this.#options
    const { exchange } = this
    const stands = connection()
    if (stands === 'refused') return 'refused'
    if (stands !== 'connected' || !exchange.isOpen || exchange.lastFailure !== null) return 'offline'
    // In our own centre nobody else need be there.
    if (kind !== 'centre' && (exchange.lastHeardAt === null || now() - exchange.lastHeardAt > silentMs)) return 'offline'
    if (exchange.budget.bytesPerS !== null) return 'narrow'
    return (exchange.lastRoundTripMs ?? 0) > slowMs ? 'slow' : 'online'
  }
}

/** What the server said when it would not store. */
function failureReason(error: unknown): LinkReason | null {
  if (error === null) return null
  if (error instanceof ServerStuckError) return 'server-stuck'
  const { code, message = '' } = error as { code?: unknown; message?: string }
  if (/insufficient resources|no space|storage/i.test(message) || code === 10047 || code === 10023) return 'server-disk'
  if (/no responders|stream not found|no stream matches/i.test(message) || code === 10059 || code === '503') return 'stream-missing'
  return null
}
