// The hosts a station knows: named in its configuration, told by the link's presence, heard on the local network; and its own door, if it is one itself.
import { Beacon } from './beacon.ts'
import type { HeldRoom, HostState } from './choose.ts'
import type { Identity } from './greet.ts'
import { HostDoor } from './host-door.ts'
import { HostLine } from './host-line.ts'
import type { Answers, Talk } from './talk.ts'

export interface HostingSettings {
  /** The lowest number is asked first, 1…999. */
  priority: number
  /** Where other stations call us; null = we are no host for others. */
  listen: { ip: string; port: number; announcedAddress: string | null } | null
  /** Spoken on the local network; null = not. */
  announce: { group: string; port: number; ip: string } | null
  /** Hosts known by address, `address:port`. */
  hosts: readonly string[]
  /** A host that is silent for so long is lost, ms. */
  lostMs: number
}

export interface HostsOptions {
  settings: HostingSettings
  identity: () => Identity
  own: () => { name: string; unit: string; hasWorker: boolean }
  /** What we hold, as that station may know it. */
  roomsFor: (station: string) => Promise<readonly HeldRoom[]>
  heldRooms: () => readonly HeldRoom[]
  answers: Answers
  onChange: () => void
  onError: (error: unknown) => void
  announceEveryMs?: number
}

const announceEveryMs = 5_000

export class Hosts {
  readonly name = 'hosts'
  readonly #options: HostsOptions
  readonly #lines = new Map<string, HostLine>()
  readonly #watchers = new Set<() => void>()
  #door: HostDoor | null = null
  #beacon: Beacon | null = null
  #isRunning = false

  constructor(options: HostsOptions) {
    this.#options = options
  }

  /** A port that is taken, or a network that is not there, keeps nobody from working: it is logged, and hosts are found in the other ways. */
  async start(): Promise<void> {
    const { settings, identity, onError } = this.#options
    const { listen, announce, lostMs } = settings
    this.#isRunning = true
    const common = { identity: identity(), lostMs, onError }
    if (listen !== null) {
      const door = new HostDoor({ ...common, ip: listen.ip, port: listen.port, answers: this.#answers() })
      await door.start().then(() => (this.#door = door), onError)
    }
    if (announce !== null) {
      const beacon = new Beacon({
        ...common,
        ...announce,
        everyMs: this.#options.announceEveryMs ?? announceEveryMs,
        doorPort: () => this.#door?.port ?? null,
        onHost: (address) => this.know(address),
      })
      await beacon.start().then(() => (this.#beacon = beacon), onError)
    }
    for (const address of settings.hosts) this.know(address)
  }

  async stop(): Promise<void> {
    this.#isRunning = false
    for (const line of this.#lines.values()) line.stop()
    this.#lines.clear()
    this.changed()
    await Promise.all([this.#beacon?.stop(), this.#door?.stop()])
  }

  /** `address:port` where others call us; null = they cannot. */
  get address(): string | null {
    const { listen } = this.#options.settings
    if (listen === null || this.#door === null) return null
    return `${listen.announcedAddress ?? listen.ip}:${this.#door.port}`
  }

  /** A host is said to be there. */
  know(address: string): void {
    if (!this.#isRunning || this.#lines.has(address) || address === this.address) return
    const { settings, identity, answers, onError, onChange } = this.#options
    const line = new HostLine({ address, identity: identity(), answers, lostMs: settings.lostMs, onError, onChange })
    this.#lines.set(address, line)
    line.start()
  }

  get us(): HostState {
    const { settings, identity, own, heldRooms } = this.#options
    const rooms = heldRooms()
    return { station: identity().station, ...own(), priority: settings.priority, load: sumOf(rooms), rooms }
  }

  /** Those that are heard now, ourselves first. */
  get all(): HostState[] {
    const seen = new Map([...this.#lines.values()].flatMap(({ state }) => (state === null ? [] : [[state.station, state] as const])))
    return [this.us, ...seen.values()]
  }

  talk(station: string): Talk | null {
    return [...this.#lines.values()].find(({ state }) => state?.station === station)?.talk ?? null
  }

  /** A line that either of the two has opened: a console that is no host is reached over the one it opened to us. */
  lineTo(station: string): Talk | null {
    return this.talk(station) ?? this.#door?.talk(station) ?? null
  }

  /** Something of what we say of ourselves has changed. */
  changed(): void {
    for (const wake of this.#watchers) wake()
  }

  #answers(): Answers {
    const { answers } = this.#options
    return {
      call: (from, question) => answers.call(from, question),
      open: (from, question) => (question.method === 'state' ? this.#states(from.station, question.signal) : answers.open(from, question)),
    }
  }

  async *#states(station: string, signal: AbortSignal): AsyncGenerator<unknown, void, void> {
    let wake: () => void = () => undefined
    const woken = () => wake()
    let isChanged = false
    const watcher = () => {
      isChanged = true
      wake()
    }
    this.#watchers.add(watcher)
    signal.addEventListener('abort', woken, { once: true })
    try {
      while (!signal.aborted && this.#isRunning) {
        isChanged = false
        const { station: _station, ...said } = this.us
        yield { ...said, rooms: await this.#options.roomsFor(station) }
        if (!isChanged && !signal.aborted) await new Promise<void>((resolve) => (wake = resolve))
      }
    } finally {
      this.#watchers.delete(watcher)
    }
  }
}

function sumOf(rooms: readonly HeldRoom[]): number {
  return rooms.reduce((sum, { present }) => sum + present, 0)
}
