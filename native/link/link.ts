// The link of one station, put together: its centre's stream, the centre above, the centres below; and how they stand.
import { type EntryId, type LinkAnswer, type UnsentEntry, WanglouError } from '../contract/index.ts'
import type { LocalJournal } from '../journal/journal.ts'
import type { Blobs, Store } from '../store/types.ts'
import { Asking } from './asking.ts'
import { BudgetStore } from './budget-store.ts'
import type { ExchangeTimes } from './exchange-times.ts'
import { Files } from './files.ts'
import type { HeldStore } from './held-store.ts'
import { StoredJournal } from './journal-port.ts'
import type { Line } from './line.ts'
import { Lines } from './lines.ts'
import { AboveSide } from './nats/above-side.ts'
import { CentreSide } from './nats/centre-side.ts'
import { type ConnectionTimes, connectionTimes } from './nats/connection.ts'
import { type StreamSettings, streamSettings } from './nats/streams.ts'
import { Membership } from './membership.ts'
import { isWithin, type Superiors, withNeighbours } from './permits.ts'
import { Presence, type Shown } from './presence.ts'
import { Repair } from './repair.ts'
import type { LinkSettings } from './settings.ts'
import { type StationCard, Stations } from './stations.ts'
import { machineTiming } from './timing.ts'
import type { Message, Timing } from './types.ts'
import { type EntryPlace, unsentOn, waitingAmong, waitingOn } from './unsent.ts'
import { decode, encode } from './wire.ts'

export interface LinkOptions {
  store: Store & { readonly path: string }
  journal: LocalJournal
  blobs: Blobs
  held: HeldStore
  /** The data directory: files on their way lie there. */
  directory: string
  settings: LinkSettings
  /** The reporting tree as it is now. */
  superiors: () => Superiors
  /** What the tree calls a unit. */
  nameOf: (unit: string) => string
  onError: (error: unknown) => void
  timing?: Timing
  times?: { exchange?: ExchangeTimes; connection?: ConnectionTimes; publishMs?: number; askMs?: number; lookMs?: number; streams?: StreamSettings }
  /** So many entries more at the host make a snapshot worth its while. */
  snapshotFromEntries?: number
}

const publishMs = 10_000
const askMs = 300
const lookMs = 1_000
const snapshotFromEntries = 2_000

export class Link {
  readonly stations: Stations
  readonly asking: Asking
  readonly #options: LinkOptions
  readonly #timing: Timing
  readonly #held: HeldStore
  readonly #budgets: BudgetStore
  readonly #port: StoredJournal
  readonly #files: Files
  readonly #membership: Membership
  readonly #lines: Lines
  readonly #listeners = new Set<() => void>()
  #centre: CentreSide | null = null
  #above: AboveSide | null = null
  #repair: Repair | null = null
  #presence: Presence | null = null
  #hosting: { address: () => string | null; onHost: (address: string) => void } | null = null
  #unsubscribe: () => void = () => undefined
  #cancelLook: () => void = () => undefined
  #looking: Promise<void> = Promise.resolve()

  constructor(options: LinkOptions) {
    this.#options = options
    this.#timing = options.timing ?? machineTiming
    this.#held = options.held
    this.#budgets = new BudgetStore(options.store)
    this.stations = new Stations({ store: options.store, journal: options.journal, unit: options.settings.unit, superiors: () => this.#superiors() })
    this.#port = new StoredJournal({ journal: options.journal, reads: options.store, stations: this.stations })
    this.asking = new Asking({
      journal: options.journal,
      unit: options.settings.unit,
      isHost: options.settings.isHost,
      superiors: () => this.#superiors(),
      stations: () => this.stations.all,
      request: (way, bytes) => (way === 'centre' ? this.#centre?.ask(bytes) : this.#above?.ask(bytes)) ?? Promise.resolve(null),
      above: options.settings.above?.unit,
      take: async (side, bytes) => this.#lines.of(side)?.exchange.heard([{ bytes, at: null }]),
      onError: options.onError,
    })
    this.#files = new Files({
      store: options.store,
      blobs: options.blobs,
      directory: options.directory,
      now: () => this.#timing.now(),
      takeErased: (file, source) => options.journal.takeErased(file, source),
      onArrived: () => {
        options.journal.blobArrived()
        void this.#membership.look().catch(options.onError)
      },
      onWanted: () => this.#repair?.wanted(),
    })
    this.#lines = new Lines({
      journal: this.#port,
      settings: options.settings,
      superiors: () => this.#superiors(),
      nameOf: options.nameOf,
      unitOf: (station) => this.stations.unitOf(station),
      files: this.#files,
      held: this.#held,
      budgets: this.#budgets,
      timing: this.#timing,
      times: options.times?.exchange,
      publish: (kind, unit, bytes) => this.#publish(kind, unit, bytes),
      connectionOf: (kind) => (kind === 'above' ? this.#above?.connection : this.#centre?.connection),
      onCard: (shown, side) => void this.#membership.shown(shown, side).catch(options.onError),
      onGap: () => this.#repair?.missed(),
      onChange: () => this.#changed(),
      onError: options.onError,
    })
    this.#membership = new Membership({
      ...options,
      stations: this.stations,
      files: this.#files,
      timing: this.#timing,
      snapshotFromEntries: options.snapshotFromEntries ?? snapshotFromEntries,
      show: (side, message) => this.#show(side, message),
      ask: (message) => this.#centre?.say('ask', encode(message)),
      answer: (station, message) => this.#centre?.answer(station, encode(message)),
      again: () => this.#repair?.wanted(),
      onHold: (isHeld) => this.#repair?.hold(isHeld),
      onChange: () => this.#changed(),
    })
  }

  get name(): string {
    return 'link'
  }

  /** Resolves at once whatever the network does. */
  async start(): Promise<void> {
    const { settings, journal } = this.#options
    const { unit, above } = settings
    await this.stations.refresh()
    this.#presence = new Presence({
      station: journal.station,
      name: settings.name,
      timing: this.#timing,
      tell: (bytes) => this.#centre?.say('here', bytes),
      onChange: () => this.#changed(),
      hosting: () => this.#hosting?.address() ?? null,
      onHost: (address) => this.#hosting?.onHost(address),
    })
    this.#repair = new Repair({
      journal: this.#port,
      unit,
      isHost: settings.isHost,
      storedUpTo: (chain) => this.#lines.of('centre')?.exchange.heldUpTo(chain) ?? 0,
      timing: this.#timing,
      ask: (message) => this.#centre?.say('ask', encode(message)),
      answer: (station, message) => this.#centre?.answer(station, encode(message)),
      files: this.#files,
    })
    await this.#lines.start()
    await this.#membership.start()
    this.#centre = this.#centreSide(this.#repair, this.#presence)
    if (above !== undefined) this.#above = this.#aboveSide(above)
    this.#unsubscribe = journal.onChange(() => this.#lines.changed())
    this.#centre.start()
    this.#above?.start()
    this.#lookAgain()
  }

  async stop(): Promise<void> {
    this.#unsubscribe()
    this.#cancelLook()
    await this.#looking
    await Promise.all([this.#centre?.stop(), this.#above?.stop()])
    await this.#membership.stop()
  }

  view(): LinkAnswer {
    const links = this.#lines.all.map((line) => line.view())
    return { isConfigured: true, links, consoles: this.#presence?.consoles() ?? [], joining: this.#membership.joining }
  }

  /** The snapshot that is ready is taken over at the next start. @returns false when none is */
  adopt(): Promise<boolean> {
    return this.#membership.adopt()
  }

  /** Said once by the room of conferences: whether we are a host for others, and who is told of others that are. */
  hosting(hosting: { address: () => string | null; onHost: (address: string) => void }): void {
    this.#hosting = hosting
  }

  show(shown: Shown): void {
    this.#presence?.show(shown)
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Entries of ours that a side has not confirmed, oldest first. */
  unsent(limit: number): Promise<{ entries: UnsentEntry[]; total: number }> {
    return unsentOn(this.#lines.all, this.#options.store, limit)
  }

  /** Which of some entries a side has not confirmed. */
  waitingAmong(entries: readonly EntryPlace[]): Promise<{ entry: EntryId; unit: string }[]> {
    return waitingAmong(this.#lines.all, entries)
  }

  /** The centre of a station and what people call both; null = nobody we believe has vouched for it. */
  placeOf(station: string): { unit: string; unitName: string; name: string } | null {
    const card = this.stations.all.find((one) => one.station === station)
    return card === undefined ? null : { unit: card.unit, unitName: this.#options.nameOf(card.unit), name: card.name }
  }

  /** How much may go over the line to another centre, from now on. @throws WanglouError NOT_FOUND when there is no such line */
  async setBudget(unit: string, bytesPerS: number | null): Promise<void> {
    const line = this.#lines.all.find((one) => one.kind !== 'centre' && one.unit === unit)
    if (line === undefined) throw new WanglouError('NOT_FOUND', { unit })
    await this.#budgets.set(unit, bytesPerS)
    line.exchange.budget.set(bytesPerS)
    line.exchange.changed()
    line.look()
    this.#changed()
  }

  /** What we show of ourselves at pairing. */
  get card(): StationCard {
    return this.#membership.card
  }

  /** Believes a station that was paired with; a host vouches for it to all others. @returns false when it is known under another key */
  pair(card: StationCard): Promise<boolean> {
    return this.#membership.pair(card)
  }

  /** A code by which another station may learn us and we it. */
  beginPairing(): { code: string; until: number } {
    return this.#membership.begin()
  }

  /** Joins under a code that was made at the other side. @throws WanglouError PAIRING_REFUSED */
  join(code: string, side: 'centre' | 'above'): Promise<StationCard> {
    return this.#membership.join(code, side)
  }

  async #show(side: string, message: Message): Promise<void> {
    const bytes = encode(message)
    if (side === 'centre') this.#centre?.say('pair', bytes)
    else if (side === this.#options.settings.above?.unit) await this.#above?.publish(bytes)
    else await this.#centre?.publishBelow(side, bytes)
  }

  /** Whether a centre above us is known with its host, so that what we send up has somebody to take it. */
  reaches(unit: string): boolean {
    const isAbove = isWithin(this.#options.settings.unit, unit, this.#superiors())
    return isAbove && unit !== this.#options.settings.unit && this.stations.all.some((card) => card.isHost && card.unit === unit)
  }

  /** A package said what a side holds. */
  theyHold(unit: string, held: ReadonlyMap<string, number>): void {
    this.#lines.of(unit)?.exchange.theyHold(held)
  }

  #superiors(): Superiors {
    return withNeighbours(this.#options.superiors(), this.#options.settings)
  }

  #centreSide(repair: Repair, presence: Presence): CentreSide {
    const { settings, journal, times, onError } = this.#options
    const exchange = () => this.#lines.of('centre')?.exchange
    const ownLines = () => this.#lines.all.filter((line) => line.kind !== 'above')
    return new CentreSide({
      ...this.#sideOptions(),
      station: journal.station,
      settings,
      held: this.#held,
      streams: times?.streams ?? streamSettings,
      take: async (arrivals) => {
        await this.#membership.chainsMayCome()
        await exchange()?.heard(arrivals)
      },
      takeFromBelow: async (unit, arrivals) => this.#lines.of(unit)?.exchange.heard(arrivals),
      asked: async (bytes) => {
        const message = decode(bytes)
        if (message.kind === 'have') await repair.heard(message.have)
        // It takes a while: other questions do not wait for it.
        else if (message.kind === 'join') void this.#membership.asked(message.station).catch(onError)
        else await repair.heardStraight(message)
      },
      question: (side, bytes) => this.asking.heard(side, bytes),
      answered: async (bytes) => {
        const message = decode(bytes)
        if (message.kind === 'snapshot') return this.#membership.offered(message.offer)
        if (message.kind !== 'batch') return repair.heardStraight(message)
        repair.answered()
        await exchange()?.heard([{ bytes, at: null }])
        // There may be more: asked until nobody has anything.
        repair.missed()
      },
      here: (station, bytes) => presence.heard(station, bytes),
      paired: async (bytes) => {
        const message = decode(bytes)
        if (message.kind === 'card') await this.#membership.shown(message.shown, 'centre')
      },
      onGap: (of) => {
        if (of === 'centre') repair.missed()
        else for (const line of ownLines()) if (line.kind === 'below') line.exchange.missed()
      },
      onRead: (isBehind) => repair.behind(isBehind),
      onOpen: () => {
        for (const line of ownLines()) line.exchange.open()
        repair.open()
        presence.open()
      },
      onClosed: () => {
        for (const line of ownLines()) line.exchange.close()
        repair.close()
        this.#membership.release()
        presence.close()
        this.#changed()
      },
      onError,
    })
  }

  #aboveSide(above: NonNullable<LinkSettings['above']>): AboveSide {
    const exchange = () => this.#lines.of(above.unit)?.exchange
    return new AboveSide({
      ...this.#sideOptions(),
      above,
      take: async (arrivals) => exchange()?.heard(arrivals),
      onOpen: () => exchange()?.open(),
      onClosed: () => {
        exchange()?.close()
        this.#changed()
      },
      onBack: () => exchange()?.missed(),
      onError: this.#options.onError,
    })
  }

  #sideOptions(): { unit: string; timing: Timing; times: ConnectionTimes; publishMs: number; askMs: number } {
    const { settings, times } = this.#options
    const waits = { publishMs: times?.publishMs ?? publishMs, askMs: times?.askMs ?? askMs }
    return { unit: settings.unit, timing: this.#timing, times: times?.connection ?? connectionTimes, ...waits }
  }

  async #publish(kind: Line['kind'], unit: string, bytes: Uint8Array): Promise<{ seq: number }> {
    const [above, centre] = [this.#above, this.#centre]
    if (kind === 'above' && above !== null) return above.publish(bytes)
    if (centre === null) throw new Error('not started')
    return kind === 'below' ? centre.publishBelow(unit, bytes) : centre.publish(bytes)
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
    for (const line of this.#lines.all) {
      const before = line.waiting.entries
      line.waiting = await waitingOn(line, this.#port)
      isChanged = line.look() || line.waiting.entries !== before || isChanged
    }
    await this.#membership.look()
    if (isChanged) this.#changed()
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }
}
