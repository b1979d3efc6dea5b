// The line to the centre above: a connection of its own, because of the account it stands in may do nothing else. Publishes up, reads what comes down.
import { jetstream, type JetStreamClient } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import type { Arrival } from '../exchange.ts'
import type { LinkSettings } from '../settings.ts'
import type { Timing } from '../types.ts'
import { type ConnectionTimes, ServerConnection } from './connection.ts'
import { Reader } from './reader.ts'
import { request } from './requests.ts'
import { downStream, upAskSubject, upSubject } from './streams.ts'

export interface AboveSideOptions {
  /** Ours. */
  unit: string
  above: NonNullable<LinkSettings['above']>
  timing: Timing
  times: ConnectionTimes
  /** Longest wait for the answer that a message is stored, ms. */
  publishMs: number
  /** Longest wait for an answer to a question, ms. */
  askMs: number
  take: (arrivals: readonly Arrival[]) => Promise<void>
  onOpen: () => void
  onClosed: () => void
  /** The line between the servers was away and stands again: what came down meanwhile may be lost. */
  onBack: () => void
  onError: (error: unknown) => void
}

export class AboveSide {
  readonly #options: AboveSideOptions
  readonly connection: ServerConnection
  #nats: NatsConnection | null = null
  #js: JetStreamClient | null = null
  #reader: Reader | null = null
  #hasFailed = false

  constructor(options: AboveSideOptions) {
    this.#options = options
    this.connection = new ServerConnection({
      address: options.above,
      timing: options.timing,
      times: options.times,
      onConnected: (connection) => this.#open(connection),
      onLost: () => void this.#close().catch(options.onError),
    })
  }

  start(): void {
    this.connection.start()
  }

  async stop(): Promise<void> {
    await this.#close()
    await this.connection.stop()
  }

  async publish(bytes: Uint8Array): Promise<{ seq: number }> {
    if (this.#js === null) throw new Error('not connected')
    try {
      const { seq } = await this.#js.publish(upSubject(this.#options.unit), bytes, { timeout: this.#options.publishMs })
      if (this.#hasFailed) this.#back()
      return { seq }
    } catch (error) {
      this.#hasFailed = true
      throw error
    }
  }

  /** Our server kept us while its line upward was cut: our request for messages went with that line, and what was sent on it comes again only after a minute. */
  #back(): void {
    this.#hasFailed = false
    this.#reader?.again()
    this.#options.onBack()
  }

  /** The stream above keeps the question as well: it is an entry like others. @returns null when nobody answers in time */
  ask(bytes: Uint8Array): Promise<Uint8Array | null> {
    const { unit, above, askMs, timing } = this.#options
    if (this.#nats === null) return Promise.resolve(null)
    return request(this.#nats, { subject: upAskSubject(unit), bytes, inboxPrefix: above.inboxPrefix, timeoutMs: askMs, timing })
  }

  #open(connection: NatsConnection): Promise<void> {
    const { unit, above, timing, times, take, onError, onOpen } = this.#options
    const js = jetstream(connection, { domain: above.domain })
    this.#nats = connection
    this.#js = js
    this.#reader = new Reader({
      timing,
      ...times,
      onGap: () => undefined,
      onFailure: onError,
      open: async () => {
        const consumer = await js.consumers.get(downStream(unit), unit)
        // The stream itself we may not ask; its consumer is made together with it.
        const { created } = await consumer.info(true)
        return { consumer, identity: created, hasGap: false, isBehind: false, isAcked: true }
      },
      take: (arrivals) => take(arrivals.map(({ arrival }) => arrival)),
    })
    this.#reader.start()
    onOpen()
    return Promise.resolve()
  }

  async #close(): Promise<void> {
    this.#nats = null
    this.#js = null
    this.#options.onClosed()
    const reader = this.#reader
    this.#reader = null
    await reader?.stop()
  }
}
