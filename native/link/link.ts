// The link of one station, put together: its centre's stream, the centre above, the centres below; and how they stand.
import { jetstream, jetstreamManager, type JetStreamClient } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import type { LinkAnswer, LinkLane, LinkReason, Scope, UnsentEntry } from '../contract/index.ts'
import type { LocalJournal } from '../journal/journal.ts'
import type { Store } from '../store/types.ts'
import { type Arrival, Exchange, type ExchangeTimes, exchangeTimes } from './exchange.ts'
import { HeldStore } from './held-store.ts'
import { StoredJournal } from './journal-port.ts'
import { laneOf } from './lanes.ts'
import { Line } from './line.ts'
import { type ConnectionTimes, connectionTimes, ServerConnection } from './nats/connection.ts'
import { Reader } from './nats/reader.ts'
import {
  askSubject,
  centreStream,
  downStream,
  downSubject,
  ensureChildConsumer,
  ensureStream,
  hereSubject,
  journalSubject,
  type StreamSettings,
  streamSettings,
  toSubject,
  upStream,
  upSubject,
} from './nats/streams.ts'
import { mayHold, mayWrite, type Superiors } from './permits.ts'
import { Presence, type Shown } from './presence.ts'
import { Repair } from './repair.ts'
import type { LinkSettings } from './settings.ts'
import { type StationCard, Stations } from './stations.ts'
import { machineTiming } from './timing.ts'
import type { Chain, Timing } from './types.ts'
import { decode, encode } from './wire.ts'

export interface LinkOptions {
  store: Store
  journal: LocalJournal
  /** Our centre's unit, as it stands in scopes. */
  unit: string
  settings: LinkSettings
  /** The reporting tree as it is now. */
  superiors: () => Superiors
  /** What the tree calls a unit. */
  nameOf: (unit: string) => string
  onError: (error: unknown) => void
  timing?: Timing
  times?: { exchange?: ExchangeTimes; connection?: ConnectionTimes; publishMs?: number; lookMs?: number; streams?: StreamSettings }
}

const publishMs = 10_000
const lookMs = 1_000
/** More waiting than this are counted, but not looked through for their lanes. */
const laneLimit = 2_000

export class Link {
  readonly stations: Stations
  readonly #options: LinkOptions
  readonly #timing: Timing
  readonly #held: HeldStore
  readonly #port: StoredJournal
  readonly #lines = new Map<string, Line>()
  readonly #listeners = new Set<() => void>()
  #connection: ServerConnection | null = null
  #repair: Repair | null = null
  #presence: Presence | null = null
  #nats: NatsConnection | null = null
  #js: { own: JetStreamClient; above: JetStreamClient | null } | null = null
  #readers: Reader[] = []
  #unsubscribe: () => void = () => undefined
  #cancelLook: () => void = () => undefined
  #looking: Promise<void> = Promise.resolve()

  constructor(options: LinkOptions) {
    this.#options = options
    this.#timing = options.timing ?? machineTiming
    this.#held = new HeldStore(options.store)
    this.stations = new Stations({ store: options.store, journal: options.journal, unit: options.unit, superiors: () => this.#superiors() })
    this.#port = new StoredJournal({ journal: options.journal, reads: options.store, stations: this.stations })
  }

  get name(): string {
    return 'link'
  }

  /** Resolves at once whatever the network does. */
  async start(): Promise<void> {
    const { settings, journal, unit } = this.#options
    await this.stations.refresh()
    this.#presence = new Presence({
      station: journal.station,
      name: settings.name,
      timing: this.#timing,
      tell: (bytes) => this.#say(hereSubject(unit, journal.station), bytes),
      onChange: () => this.#changed(),
    })
    this.#repair = new Repair({
      journal: this.#port,
      unit,
      isHost: settings.isHost,
      timing: this.#timing,
      ask: (have) => this.#say(askSubject(unit, journal.station), encode({ kind: 'have', have })),
      answer: (station, batch) => this.#say(toSubject(unit, station), encode({ kind: 'batch', batch })),
    })
    await this.#addLine('centre', unit)
    if (settings.isHost && settings.above !== null) await this.#addLine('above', settings.above.unit)
    for (const child of settings.isHost ? settings.below : []) await this.#addLine('below', child)
    this.#unsubscribe = journal.onChange(() => {
      for (const line of this.#lines.values()) line.exchange.changed()
    })
    this.#connection = new ServerConnection({
      address: { ...settings, ...(settings.isHost ? { inboxPrefix: `_INBOX_${unit}` } : {}) },
      timing: this.#timing,
      times: this.#options.times?.connection ?? connectionTimes,
      onConnected: (connection) => this.#connected(connection),
      onLost: () => void this.#lost().catch(this.#options.onError),
    })
    this.#connection.start()
    this.#lookAgain()
  }

  async stop(): Promise<void> {
    this.#unsubscribe()
    this.#cancelLook()
    await this.#looking
    await this.#lost()
    await this.#connection?.stop()
  }

  view(): LinkAnswer {
    return { isConfigured: true, links: [...this.#lines.values()].map((line) => line.view()), consoles: this.#presence?.consoles() ?? [] }
  }

  show(shown: Shown): void {
    this.#presence?.show(shown)
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Entries of ours that a side has not confirmed, oldest first. */
  async unsent(limit: number): Promise<{ entries: UnsentEntry[]; total: number }> {
    const entries: UnsentEntry[] = []
    let total = 0
    for (const line of this.#lines.values()) {
      for (const { chain, after, entries: count } of await line.exchange.waiting()) {
        total += count
        entries.push(...(await this.#unsentOf(chain, after, limit)).map((one) => ({ ...one, unit: line.unit })))
      }
    }
    return { entries: entries.sort((a, b) => a.at - b.at).slice(0, limit), total }
  }

  /** What we show of ourselves at pairing. */
  get card(): StationCard {
    const { journal, unit, settings } = this.#options
    return { station: journal.station, unit, name: settings.name, publicKey: journal.publicKey, isHost: settings.isHost }
  }

  /** Believes a station that was paired with; a host vouches for it to all others. @returns false when it is known under another key */
  async pair(card: StationCard): Promise<boolean> {
    const { journal, settings } = this.#options
    if (!(await this.stations.pair(card, this.#timing.now()))) return false
    if (settings.isHost) {
      const { station, ...set } = card
      await journal.write({
        actor: 'station',
        action: 'stations.pair',
        subject: { dataset: 'stations', row: station },
        rows: [{ dataset: 'stations', row: station, set }],
      })
    }
    return true
  }

  setBudget(unit: string, bytesPerS: number | null): void {
    this.#lines.get(unit)?.exchange.budget.set(bytesPerS)
    this.#changed()
  }

  /** The tree, and what our own settings say of our neighbours where it does not have them. */
  #superiors(): Superiors {
    const { superiors, settings, unit } = this.#options
    const tree = new Map(superiors())
    if (settings.above !== null && !tree.has(unit)) tree.set(unit, settings.above.unit)
    for (const child of settings.below) if (!tree.has(child)) tree.set(child, unit)
    return tree
  }

  async #addLine(kind: Line['kind'], unit: string): Promise<void> {
    const { journal, unit: ours, settings, nameOf, times, onError } = this.#options
    const side = kind === 'centre' ? 'centre' : unit
    const isCentre = kind === 'centre'
    const isForeign = (chain: Chain) => chain.station !== journal.station && this.stations.unitOf(chain.station) !== ours
    const exchange = new Exchange({
      journal: this.#port,
      unit: ours,
      mayHold: (scope) => (isCentre ? scope !== 'self' : mayHold(scope, unit, this.#superiors())),
      refusal: (chain) => this.#refusal(chain),
      send: (bytes) => this.#publish(kind, unit, bytes),
      timing: this.#timing,
      times: times?.exchange ?? exchangeTimes,
      budgetBytesPerS: kind === 'above' ? settings.budgetBytesPerS : null,
      held: await this.#held.load(side),
      onHeld: (held) => void this.#held.save(side, held).catch(onError),
      onChange: () => this.#changed(),
      onTaken: () => this.#moved(exchange),
      ...(isCentre
        ? {
            confirmedBy: 'stored' as const,
            // Each console says what it wrote itself; the host what came from other centres.
            isOurs: (chain: Chain) => chain.station === journal.station || (settings.isHost && isForeign(chain)),
            onGap: () => this.#repair?.missed(),
          }
        : {}),
    })
    this.#lines.set(
      side,
      new Line({
        kind,
        unit,
        name: () => nameOf(unit),
        exchange,
        connection: () => this.#connection?.state ?? 'connecting',
        now: () => this.#timing.now(),
      }),
    )
  }

  /** What came over one line goes on over the others. */
  #moved(from: Exchange): void {
    for (const { exchange } of this.#lines.values()) if (exchange !== from) exchange.changed()
  }

  #refusal({ station, scope }: Chain): LinkReason | null {
    const { unit } = this.#options
    if (!mayHold(scope, unit, this.#superiors())) return 'scope'
    const writer = this.stations.unitOf(station)
    // One nobody has vouched for yet is refused by the journal, under that name.
    return writer === null || mayWrite(scope, writer) ? null : 'scope'
  }

  async #connected(connection: NatsConnection): Promise<void> {
    const { settings, unit, times, journal } = this.#options
    const own = jetstream(connection, settings.domain === undefined ? {} : { domain: settings.domain })
    this.#nats = connection
    this.#js = { own, above: settings.isHost && settings.above !== null ? jetstream(connection, { domain: settings.above.domain }) : null }
    if (settings.isHost) {
      const manager = await jetstreamManager(connection, { ...(settings.domain === undefined ? {} : { domain: settings.domain }), checkAPI: false })
      const streams = times?.streams ?? streamSettings
      await ensureStream(manager, centreStream(unit), [`centre.${unit}.j.>`], streams)
      if (settings.below.length > 0) await ensureStream(manager, upStream, ['up.*.>'], streams)
      for (const child of settings.below) {
        await ensureStream(manager, downStream(child), [`down.${child}.>`], streams)
        await ensureChildConsumer(manager, child)
      }
    }
    this.#listen(askSubject(unit, '*'), async (bytes) => {
      const message = decode(bytes)
      if (message.kind === 'have') await this.#repair?.heard(message.have)
    })
    this.#listen(toSubject(unit, journal.station), (bytes) => this.#heardStraight(bytes))
    this.#listen(hereSubject(unit, '*'), async (bytes, subject) => this.#presence?.heard(subject.split('.').at(-1) ?? '', bytes))
    this.#readers = [this.#centreReader(own)]
    if (this.#js.above !== null) this.#readers.push(this.#aboveReader(this.#js.above))
    if (settings.isHost && settings.below.length > 0) this.#readers.push(this.#belowReader(own))
    for (const reader of this.#readers) reader.start()
    for (const { exchange } of this.#lines.values()) exchange.open()
    this.#repair?.open()
    this.#presence?.open()
    this.#changed()
  }

  async #lost(): Promise<void> {
    for (const { exchange } of this.#lines.values()) exchange.close()
    this.#repair?.close()
    this.#presence?.close()
    this.#nats = null
    this.#js = null
    const readers = this.#readers
    this.#readers = []
    await Promise.all(readers.map((reader) => reader.stop()))
    this.#changed()
  }

  #centreReader(js: JetStreamClient): Reader {
    const stream = centreStream(this.#options.unit)
    return this.#ownReader(
      js,
      stream,
      async (arrivals) => {
        await this.#lines.get('centre')?.exchange.heard(arrivals.map(({ arrival }) => arrival))
      },
      () => this.#repair?.missed(),
    )
  }

  #belowReader(js: JetStreamClient): Reader {
    const ask = () => {
      for (const line of this.#lines.values()) if (line.kind === 'below') line.exchange.missed()
    }
    return this.#ownReader(
      js,
      upStream,
      async (arrivals) => {
        const bySide = Map.groupBy(arrivals, ({ subject }) => subject.split('.')[1] ?? '')
        for (const [unit, some] of bySide) {
          const line = this.#lines.get(unit)
          if (line?.kind === 'below') await line.exchange.heard(some.map(({ arrival }) => arrival))
        }
      },
      ask,
    )
  }

  /** A stream of our own server, read from where we stopped. */
  #ownReader(
    js: JetStreamClient,
    stream: string,
    take: (arrivals: { arrival: Arrival; subject: string }[]) => Promise<void>,
    onGap: () => void,
  ): Reader {
    return new Reader({
      timing: this.#timing,
      onGap,
      onFailure: this.#options.onError,
      open: async () => {
        const { created, state } = await js.jetstreamManager(false).then((manager) => manager.streams.info(stream))
        const position = await this.#held.position(stream, created)
        const start = Math.max(position + 1, state.first_seq)
        return {
          consumer: await js.consumers.get(stream, { opt_start_seq: start }),
          identity: created,
          hasGap: state.first_seq > position + 1,
          isAcked: false,
        }
      },
      take: async (arrivals) => {
        await take([...arrivals])
        const last = arrivals.at(-1)?.arrival.at
        if (last !== undefined && last !== null) await this.#held.read(stream, last)
      },
    })
  }

  #aboveReader(js: JetStreamClient): Reader {
    const { unit, settings } = this.#options
    const line = this.#lines.get(settings.above?.unit ?? '')
    return new Reader({
      timing: this.#timing,
      onGap: () => undefined,
      onFailure: this.#options.onError,
      open: async () => {
        const consumer = await js.consumers.get(downStream(unit), unit)
        const { created } = await consumer.info(true)
        return { consumer, identity: created, hasGap: false, isAcked: true }
      },
      take: async (arrivals) => {
        await line?.exchange.heard(arrivals.map(({ arrival }) => arrival))
      },
    })
  }

  /** An answer to our question, straight from another console. */
  async #heardStraight(bytes: Uint8Array): Promise<void> {
    await this.#lines.get('centre')?.exchange.heard([{ bytes, at: null }])
    // There may be more: ask until nobody has anything.
    this.#repair?.missed()
  }

  #listen(subject: string, heard: (bytes: Uint8Array, subject: string) => Promise<void>): void {
    let last = Promise.resolve()
    this.#nats?.subscribe(subject, {
      callback: (error, message) => {
        if (error !== null) return this.#options.onError(error)
        last = last.then(() => heard(message.data, message.subject)).catch(this.#options.onError)
      },
    })
  }

  #say(subject: string, bytes: Uint8Array): void {
    this.#nats?.publish(subject, bytes)
  }

  async #publish(kind: Line['kind'], unit: string, bytes: Uint8Array): Promise<{ seq: number }> {
    const { unit: ours, journal, times } = this.#options
    const timeout = times?.publishMs ?? publishMs
    const js = kind === 'above' ? this.#js?.above : this.#js?.own
    if (js === undefined || js === null) throw new Error('not connected')
    const subject = kind === 'centre' ? journalSubject(ours, journal.station) : kind === 'above' ? upSubject(ours) : downSubject(unit)
    const { seq } = await js.publish(subject, bytes, { timeout })
    return { seq }
  }

  /** Once a second: how the lines stand and what waits. */
  #lookAgain(): void {
    this.#cancelLook = this.#timing.after(this.#options.times?.lookMs ?? lookMs, () => {
      this.#looking = this.#look().catch(this.#options.onError)
      void this.#looking.then(() => this.#lookAgain())
    })
  }

  async #look(): Promise<void> {
    let isChanged = false
    for (const line of this.#lines.values()) {
      const before = line.waiting.entries
      line.waiting = await this.#waitingOf(line)
      isChanged = line.look() || line.waiting.entries !== before || isChanged
    }
    if (isChanged) this.#changed()
  }

  async #waitingOf({ exchange }: Line): Promise<Line['waiting']> {
    const byLane: Partial<Record<LinkLane, number>> = {}
    let entries = 0
    for (const { chain, after, entries: count } of await exchange.waiting()) {
      entries += count
      for (const { action } of await this.#port.marks(chain, after, laneLimit)) byLane[laneOf(action)] = (byLane[laneOf(action)] ?? 0) + 1
    }
    return { entries, byLane }
  }

  async #unsentOf({ station, scope }: { station: string; scope: Scope }, after: number, limit: number): Promise<Omit<UnsentEntry, 'unit'>[]> {
    const rows = await this.#options.store.all<{ seq: number; at: number; action: string; dataset: string; row: string }>(
      'SELECT seq, at, action, dataset, row FROM journal WHERE station = ? AND scope = ? AND seq > ? ORDER BY seq LIMIT ?',
      [station, scope, after, limit],
    )
    return rows.map(({ seq, ...rest }) => ({ entry: `${station}/${scope}/${seq}`, lane: laneOf(rest.action), ...rest }))
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }
}
