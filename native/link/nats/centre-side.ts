// The centre's own server: its journal stream, talk between its consoles, and, for a host, the streams of the centres below.
import { jetstream, type JetStreamClient, jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import type { Arrival } from '../exchange.ts'
import type { HeldStore } from '../held-store.ts'
import type { LinkSettings } from '../settings.ts'
import type { Timing } from '../types.ts'
import { type ConnectionTimes, ServerConnection } from './connection.ts'
import { Echoes } from './echoes.ts'
import { Reader, type ReaderOptions } from './reader.ts'
import { request, serve } from './requests.ts'
import {
  askSubject,
  centreStream,
  downStream,
  downSubject,
  ensureChildConsumer,
  ensureStream,
  hereSubject,
  isMissing,
  journalSubject,
  pairSubject,
  questionSubject,
  type StreamSettings,
  toSubject,
  upAskSubject,
  upStream,
} from './streams.ts'

export interface CentreSideOptions {
  unit: string
  station: string
  settings: LinkSettings
  held: HeldStore
  timing: Timing
  times: ConnectionTimes
  streams: StreamSettings
  /** Longest wait for the answer that a message is stored, ms. */
  publishMs: number
  /** Longest wait for an answer to a question, ms. */
  askMs: number
  /** From the centre's stream, or straight from another console. */
  take: (arrivals: readonly Arrival[]) => Promise<void>
  takeFromBelow: (unit: string, arrivals: readonly Arrival[]) => Promise<void>
  /** A question of another console. */
  asked: (bytes: Uint8Array) => Promise<void>
  /** An entry that a console of ours, or a centre below, wants answered straight. @param side `centre`, or their unit @returns null = nothing */
  question: (side: string, bytes: Uint8Array) => Promise<Uint8Array | null>
  /** An answer to ours. */
  answered: (bytes: Uint8Array) => Promise<void>
  here: (station: string, bytes: Uint8Array) => void
  /** Another console shows who it is. */
  paired: (bytes: Uint8Array) => Promise<void>
  /** Messages of the centre's stream, or of those from below, are gone before we read them. */
  onGap: (of: 'centre' | 'below') => void
  /** Some of the centre's stream was read: whether there is more. */
  onRead: (isBehind: boolean) => void
  onOpen: () => void
  onClosed: () => void
  onError: (error: unknown) => void
}

const spoken = { ask: askSubject, here: hereSubject, pair: pairSubject }

export class CentreSide {
  readonly #options: CentreSideOptions
  readonly connection: ServerConnection
  #nats: NatsConnection | null = null
  #js: JetStreamClient | null = null
  readonly #echoes = new Echoes()
  #readers: Reader[] = []
  #keeping: Promise<void> | null = null
  #cancelKeep: () => void = () => undefined

  constructor(options: CentreSideOptions) {
    this.#options = options
    this.connection = new ServerConnection({
      address: options.settings.centre,
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

  publish(bytes: Uint8Array): Promise<{ seq: number }> {
    this.#echoes.sending(bytes)
    return this.#publish(journalSubject(this.#options.unit, this.#options.station), bytes)
  }

  publishBelow(unit: string, bytes: Uint8Array): Promise<{ seq: number }> {
    return this.#publish(downSubject(unit), bytes)
  }

  /** Not stored: who is not there does not hear it. */
  say(what: keyof typeof spoken, bytes: Uint8Array): void {
    const { unit, station } = this.#options
    this.#nats?.publish(spoken[what](unit, station), bytes)
  }

  answer(station: string, bytes: Uint8Array): void {
    this.#nats?.publish(toSubject(this.#options.unit, station), bytes)
  }

  /** @returns null when the host is not there or does not answer in time */
  ask(bytes: Uint8Array): Promise<Uint8Array | null> {
    const { unit, station, settings, askMs, timing } = this.#options
    if (this.#nats === null) return Promise.resolve(null)
    const { inboxPrefix } = settings.centre
    return request(this.#nats, { subject: questionSubject(unit, station), bytes, inboxPrefix, timeoutMs: askMs, timing })
  }

  /** Only the host answers. */
  #serve(connection: NatsConnection): void {
    const { unit, settings, question, onError } = this.#options
    if (!settings.isHost) return
    serve(connection, questionSubject(unit, '*'), { answer: (bytes) => question('centre', bytes), onError })
    if (settings.below.length === 0) return
    serve(connection, upAskSubject('*'), { answer: (bytes, subject) => question(subject.split('.')[1] ?? '', bytes), onError })
  }

  async #publish(subject: string, bytes: Uint8Array): Promise<{ seq: number }> {
    if (this.#js === null) throw new Error('not connected')
    try {
      const { seq } = await this.#js.publish(subject, bytes, { timeout: this.#options.publishMs })
      return { seq }
    } catch (error) {
      // It goes again in a moment; by then the stream is there.
      if (isMissing(error)) await this.#keepStreams()
      throw await this.connection.explained(error)
    }
  }

  async #open(connection: NatsConnection): Promise<void> {
    const { unit, station, settings, asked, answered, here, paired, onOpen } = this.#options
    const js = jetstream(connection)
    this.#nats = connection
    await this.#keepStreams()
    this.#js = js
    this.#listen(askSubject(unit, '*'), (bytes) => asked(bytes))
    this.#listen(toSubject(unit, station), (bytes) => answered(bytes))
    this.#listen(hereSubject(unit, '*'), (bytes, subject) => Promise.resolve(here(subject.split('.').at(-1) ?? '', bytes)))
    this.#listen(pairSubject(unit, '*'), (bytes) => paired(bytes))
    this.#serve(connection)
    this.#readers = [this.#centreReader(js), ...(settings.isHost && settings.below.length > 0 ? [this.#belowReader(js)] : [])]
    for (const reader of this.#readers) reader.start()
    this.#keepAgain()
    onOpen()
  }

  async #close(): Promise<void> {
    this.#cancelKeep()
    this.#nats = null
    this.#js = null
    const readers = this.#readers
    this.#readers = []
    // Told to stop before those who wait are let go: or they would wait again for what nobody brings any more.
    const stopping = readers.map((reader) => reader.stop())
    this.#options.onClosed()
    await Promise.all(stopping)
  }

  /** The streams are the host's: whatever of them was deleted it makes again, when something fails for it and now and then. */
  #keepStreams(): Promise<void> {
    const nats = this.#nats
    if (!this.#options.settings.isHost || nats === null) return Promise.resolve()
    this.#keeping ??= this.#ensureStreams(nats).finally(() => {
      this.#keeping = null
    })
    return this.#keeping
  }

  #keepAgain(): void {
    const { timing, streams, onError } = this.#options
    this.#cancelKeep = timing.after(streams.keepMs, () => {
      const nats = this.#nats
      void this.#keepStreams()
        .catch(onError)
        .then(() => {
          if (nats !== null && this.#nats === nats) this.#keepAgain()
        })
    })
  }

  async #ensureStreams(connection: NatsConnection): Promise<void> {
    const { unit, settings, streams } = this.#options
    const manager = await jetstreamManager(connection, { checkAPI: false })
    await ensureStream(manager, centreStream(unit), [`centre.${unit}.j.>`], streams)
    if (settings.below.length > 0) await ensureStream(manager, upStream, ['up.*.>'], streams)
    for (const child of settings.below) {
      await ensureStream(manager, downStream(child), [`down.${child}.>`], streams)
      await ensureChildConsumer(manager, child)
    }
  }

  #centreReader(js: JetStreamClient): Reader {
    const { unit, take, onGap, onRead } = this.#options
    return this.#reader(js, centreStream(unit), {
      onRead,
      take: async (arrivals) => {
        const others = arrivals.filter(({ arrival }) => !this.#echoes.isOwn(arrival.bytes))
        if (others.length > 0) await take(others.map(({ arrival }) => arrival))
      },
      onGap: () => onGap('centre'),
    })
  }

  #belowReader(js: JetStreamClient): Reader {
    const { takeFromBelow, onGap } = this.#options
    return this.#reader(js, upStream, {
      take: async (arrivals) => {
        const bySide = Map.groupBy(arrivals, ({ subject }) => subject.split('.')[1] ?? '')
        for (const [child, some] of bySide) {
          await takeFromBelow(
            child,
            some.map(({ arrival }) => arrival),
          )
        }
      },
      onGap: () => onGap('below'),
    })
  }

  /** A stream of our own server, read from where we stopped. */
  #reader(js: JetStreamClient, stream: string, { take, onGap, onRead }: Pick<ReaderOptions, 'take' | 'onGap' | 'onRead'>): Reader {
    const { held, timing, times, onError } = this.#options
    return new Reader({
      timing,
      ...times,
      onGap,
      ...(onRead === undefined ? {} : { onRead }),
      onFailure: onError,
      open: async () => {
        await this.#keepStreams()
        const manager = await js.jetstreamManager(false)
        const { created, state } = await manager.streams.info(stream)
        const position = await held.position(stream, created)
        const consumer = await js.consumers.get(stream, { opt_start_seq: Math.max(position + 1, state.first_seq) })
        return { consumer, identity: created, hasGap: state.first_seq > position + 1, isBehind: state.last_seq > position, isAcked: false }
      },
      take: async (arrivals) => {
        await take(arrivals)
        const last = arrivals.at(-1)?.arrival.at
        if (last !== undefined && last !== null) await held.read(stream, last)
      },
    })
  }

  #listen(subject: string, heard: (bytes: Uint8Array, subject: string) => Promise<void>): void {
    const { onError } = this.#options
    let last = Promise.resolve()
    this.#nats?.subscribe(subject, {
      callback: (error, message) => {
        if (error !== null) onError(error)
        else last = last.then(() => heard(message.data, message.subject)).catch(onError)
      },
    })
  }
}
