// Centres, streams and lines in one process under one virtual clock: every run with the same seed is the same run.
import type { Scope } from '../../contract/index.ts'
import { type ExchangeTimes, exchangeTimes } from '../exchange-times.ts'
import { type Arrival, Exchange } from '../exchange.ts'
import { mayHold, mayWrite } from '../permits.ts'
import type { Message, Timing } from '../types.ts'
import type { Wire } from '../wire.ts'
import { MemoryJournal } from './memory-journal.ts'

/** The same numbers for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export class VirtualClock implements Timing {
  #now = 1_800_000_000_000
  #order = 0
  readonly #calls = new Map<number, { at: number; call: () => void }>()

  now(): number {
    return this.#now
  }

  after(ms: number, call: () => void): () => void {
    const id = (this.#order += 1)
    this.#calls.set(id, { at: this.#now + Math.round(ms), call })
    return () => this.#calls.delete(id)
  }

  /** Runs everything that falls due, one after another, each with all that follows from it at once. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + Math.round(ms)
    for (;;) {
      await settled()
      let next: [number, { at: number; call: () => void }] | null = null
      for (const one of this.#calls) if (one[1].at <= end && (next === null || one[1].at < next[1].at)) next = one
      if (next === null) break
      this.#calls.delete(next[0])
      this.#now = Math.max(this.#now, next[1].at)
      next[1].call()
    }
    this.#now = end
    await settled()
  }
}

/** Lets everything that waits for nothing but promises go on. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** A stream that lies with the upper side of a line and carries messages one way. */
class Stream {
  made: number
  first = 1
  messages: Uint8Array[] = []

  constructor(made: number) {
    this.made = made
  }

  get identity(): string {
    return `${this.made}`
  }

  store(bytes: Uint8Array): { seq: number } {
    this.messages.push(bytes)
    return { seq: this.first + this.messages.length - 1 }
  }
}

/** Squeezing takes longer than all that is looked at here, and has its own tests. */
const plainWire: Wire = {
  encode: (message) => Buffer.from(JSON.stringify(message)),
  decode: (bytes) => JSON.parse(Buffer.from(bytes).toString()) as Message,
}

const times: ExchangeTimes = { ...exchangeTimes, aliveMs: Infinity }

class Centre {
  readonly unit: string
  readonly journal: MemoryJournal
  readonly exchanges = new Map<string, Exchange>()
  /** What the other sides said they hold: on disk, so that it outlives the program. */
  readonly held = new Map<string, Map<string, number>>()

  constructor(unit: string, journal: MemoryJournal) {
    this.unit = unit
    this.journal = journal
  }

  changed(): void {
    for (const exchange of this.exchanges.values()) exchange.changed()
  }
}

/** One direction of a line. */
interface Way {
  from: Centre
  to: Centre
  stream: Stream
  /** How far the reader has read; on disk with it. */
  position: number
  positionIn: string
  isReading: boolean
}

export class Simulation {
  readonly clock = new VirtualClock()
  readonly centres: Centre[]
  readonly #ways: Way[] = []
  readonly #cut = new Set<string>()
  readonly #superiors: ReadonlyMap<string, string | null>
  readonly #random: () => number
  messages = 0
  bytes = 0

  /** @param superiors the tree: unit → the unit above */
  constructor(superiors: ReadonlyMap<string, string | null>, seed: number) {
    this.#superiors = superiors
    this.#random = randomOf(seed)
    const stations = new Map([...superiors.keys()].map((unit) => [`station-${unit}`, unit]))
    this.centres = [...stations].map(([station, unit]) => new Centre(unit, new MemoryJournal(station, stations, () => this.clock.now())))
    for (const [unit, above] of superiors) {
      const [lower, upper] = [this.centre(unit), above === null ? null : this.centre(above)]
      if (upper === null) continue
      for (const [from, to] of [
        [lower, upper],
        [upper, lower],
      ] as const) {
        const stream = new Stream(this.#ways.length)
        this.#ways.push({ from, to, stream, position: 0, positionIn: stream.identity, isReading: false })
      }
    }
    for (const centre of this.centres) this.#start(centre)
  }

  centre(unit: string): Centre {
    const centre = this.centres.find((one) => one.unit === unit)
    if (centre === undefined) throw new Error(`no centre ${unit}`)
    return centre
  }

  write(unit: string, scope: Scope, action: string): void {
    const centre = this.centre(unit)
    centre.journal.write(scope, action, `${Math.floor(this.#random() * 1e9)}`.repeat(1 + Math.floor(this.#random() * 20)))
    centre.changed()
  }

  /** Cuts or heals the line of a centre to the one above. */
  line(unit: string, stands: boolean): void {
    if (stands === !this.#cut.has(unit)) return
    if (stands) this.#cut.delete(unit)
    else this.#cut.add(unit)
    for (const way of this.#waysOf(unit)) {
      const exchange = way.from.exchanges.get(way.to.unit)
      if (stands) exchange?.open()
      else exchange?.close()
    }
  }

  /** Kills a station and starts it again: journal and what was written down stay, the rest is gone. */
  restart(unit: string): void {
    const centre = this.centre(unit)
    for (const exchange of centre.exchanges.values()) exchange.close()
    this.#start(centre)
  }

  /** The streams of a line lose their oldest messages, or are made anew. */
  damage(unit: string, how: 'aged' | 'made anew'): void {
    for (const way of this.#waysOf(unit)) {
      if (how === 'aged') {
        const lost = Math.floor(this.#random() * (way.stream.messages.length + 1))
        way.stream.messages.splice(0, lost)
        way.stream.first += lost
      } else way.stream = new Stream(this.clock.now() + this.#ways.indexOf(way))
    }
  }

  /** What a centre must hold in the end: everything that was written anywhere and that it may hold. */
  due(unit: string): string[] {
    return this.centres
      .flatMap((centre) => centre.journal.all().filter((id) => id.startsWith(`${centre.journal.station}/`)))
      .filter((id) => id.startsWith(`station-${unit}/`) || mayHold(scopeOf(id), unit, this.#superiors))
      .sort()
  }

  #waysOf(unit: string): Way[] {
    const above = this.#superiors.get(unit)
    return this.#ways.filter((way) => (way.from.unit === unit && way.to.unit === above) || (way.to.unit === unit && way.from.unit === above))
  }

  #start(centre: Centre): void {
    centre.exchanges.clear()
    for (const way of this.#ways.filter((one) => one.from === centre)) {
      const other = way.to.unit
      const exchange = new Exchange({
        journal: centre.journal,
        unit: centre.unit,
        mayHold: (scope) => mayHold(scope, other, this.#superiors),
        refusal: (chain) =>
          mayHold(chain.scope, centre.unit, this.#superiors) && mayWrite(chain.scope, centre.journal.unitOf(chain.station) ?? '') ? null : 'scope',
        send: (bytes) => this.#send(way, bytes),
        wire: plainWire,
        timing: this.clock,
        times,
        held: centre.held.get(other) ?? new Map(),
        onHeld: (held) => centre.held.set(other, new Map(held)),
        onTaken: () => centre.changed(),
      })
      centre.exchanges.set(other, exchange)
      if (!this.#isCut(way)) exchange.open()
    }
  }

  #isCut(way: Way): boolean {
    return this.#cut.has(this.#superiors.get(way.from.unit) === way.to.unit ? way.from.unit : way.to.unit)
  }

  async #send(way: Way, bytes: Uint8Array): Promise<{ seq: number }> {
    this.messages += 1
    this.bytes += bytes.byteLength
    await this.#wait(5 + this.#random() * 300)
    if (this.#isCut(way) || this.#random() < 0.02) throw new Error('the line is cut')
    const at = way.stream.store(bytes)
    this.#read(way)
    await this.#wait(5 + this.#random() * 300)
    // Stored, but the answer is lost.
    if (this.#isCut(way) || this.#random() < 0.02) throw new Error('no answer')
    return at
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.clock.after(ms, resolve))
  }

  /** The reader asks its stream, now and after each wait, until it has everything. */
  #read(way: Way): void {
    if (way.isReading) return
    way.isReading = true
    this.clock.after(5 + this.#random() * 400, () => void this.#readNow(way))
  }

  async #readNow(way: Way): Promise<void> {
    way.isReading = false
    const { stream } = way
    if (way.positionIn !== stream.identity) [way.positionIn, way.position] = [stream.identity, 0]
    const from = Math.max(way.position + 1, stream.first)
    const some = stream.messages.slice(from - stream.first, from - stream.first + 1 + Math.floor(this.#random() * 5))
    if (some.length === 0) return
    if (this.#isCut(way)) {
      this.clock.after(5_000, () => this.#read(way))
      return
    }
    const arrivals: Arrival[] = some.map((bytes, index) => ({ bytes, at: { stream: stream.identity, seq: from + index } }))
    await way.to.exchanges.get(way.from.unit)?.heard(arrivals)
    // Killed before it could note its position: the same messages come again.
    if (this.#random() > 0.05) way.position = from + some.length - 1
    this.#read(way)
  }
}

function scopeOf(id: string): Scope {
  return id.split('/')[1] as Scope
}
