// Which consoles of the centre are there now, who sits at them, what they have open. Told over the carrier and kept nowhere.
import type { ConsolePresence, ShowPresenceInput } from '../contract/index.ts'
import type { Timing } from './types.ts'

export interface Shown extends ShowPresenceInput {
  /** Name of who sits here; null = nobody. */
  who: string | null
}

/** Said again this often while it stands; a console not heard for three times as long is gone. */
const againMs = 10_000

export class Presence {
  readonly #us: { station: string; name: string }
  readonly #timing: Timing
  readonly #tell: (bytes: Uint8Array) => void
  readonly #onChange: () => void
  readonly #hosting: () => string | null
  readonly #onHost: (address: string) => void
  readonly #others = new Map<string, ConsolePresence>()
  #shown: Shown = { who: null, open: null, editing: null }
  #cancel: () => void = () => undefined
  #isOpen = false

  constructor(options: {
    station: string
    name: string
    timing: Timing
    tell: (bytes: Uint8Array) => void
    onChange: () => void
    /** `address:port` where this console may be called as a host of conferences; null = it is none. */
    hosting: () => string | null
    onHost: (address: string) => void
  }) {
    this.#us = { station: options.station, name: options.name }
    this.#timing = options.timing
    this.#tell = options.tell
    this.#onChange = options.onChange
    this.#hosting = options.hosting
    this.#onHost = options.onHost
  }

  open(): void {
    this.#isOpen = true
    this.#say()
  }

  close(): void {
    this.#isOpen = false
    this.#cancel()
    this.#others.clear()
  }

  show(shown: Shown): void {
    const isSame = JSON.stringify(shown) === JSON.stringify(this.#shown)
    this.#shown = shown
    if (!isSame && this.#isOpen) this.#say()
  }

  /** Us first, then whoever was heard of late, by name. */
  consoles(): ConsolePresence[] {
    const now = this.#timing.now()
    const there = [...this.#others.values()].filter((one) => now - one.heardAt <= 3 * againMs)
    return [{ ...this.#us, isUs: true, ...this.#shown, heardAt: now }, ...there.sort((a, b) => a.name.localeCompare(b.name, 'zh-CN'))]
  }

  /** @param station from the subject it came on, which the server lets only that console use */
  heard(station: string, bytes: Uint8Array): void {
    if (station === this.#us.station) return
    const said = parse(bytes)
    if (said === null) return
    const { hosting, ...shown } = said
    if (hosting !== null) this.#onHost(hosting)
    this.#others.set(station, { station, isUs: false, ...shown, heardAt: this.#timing.now() })
    this.#onChange()
  }

  #say(): void {
    this.#cancel()
    this.#tell(Buffer.from(JSON.stringify({ name: this.#us.name, ...this.#shown, hosting: this.#hosting() })))
    this.#cancel = this.#timing.after(againMs, () => this.#say())
  }
}

const text = (value: unknown, longest: number): string | null => (typeof value === 'string' && value.length <= longest ? value : null)

function parse(bytes: Uint8Array): (Omit<ConsolePresence, 'station' | 'isUs' | 'heardAt'> & { hosting: string | null }) | null {
  try {
    const { name, who, open, editing, hosting } = JSON.parse(Buffer.from(bytes).toString('utf8')) as Record<
      string,
      Record<string, unknown> | string | null
    >
    return { name: text(name, 60) ?? '', who: text(who, 60), open: placeOf(open), editing: fieldOf(editing), hosting: addressOf(hosting) }
  } catch {
    // Another program on the same subject; it says nothing to us.
    return null
  }
}

function addressOf(value: unknown): string | null {
  const address = text(value, 120)
  return address !== null && /^[^\s/]+:\d{1,5}$/.test(address) ? address : null
}

function placeOf(value: unknown): ConsolePresence['open'] {
  const { dataset, row } = (value ?? {}) as Record<string, unknown>
  const [of, id] = [text(dataset, 60), text(row, 80)]
  return of === null || id === null ? null : { dataset: of, row: id }
}

function fieldOf(value: unknown): ConsolePresence['editing'] {
  const place = placeOf(value)
  const column = text((value as { column?: unknown } | null)?.column, 60)
  return place === null || column === null ? null : { ...place, column }
}
