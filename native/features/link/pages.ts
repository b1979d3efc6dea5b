// The pages open on this station, each with what it shows: a station may serve several, and to one another they are consoles too.
import type { ConsolePresence, EpochMs, ShowPresenceInput } from '../../contract/index.ts'
import type { Presence } from './link-port.ts'

/** A page says it again every 10 s; after three silences it is gone. */
export const goneAfterMs = 30_000

interface Shown extends Presence {
  heardAt: EpochMs
}

export class Pages {
  readonly #shown = new Map<string, Shown>()
  readonly #now: () => EpochMs

  constructor(now: () => EpochMs = Date.now) {
    this.#now = now
  }

  /** @returns whether anything but its time is new */
  show(session: string, presence: ShowPresenceInput & { who: string | null }): boolean {
    this.#forgetGone()
    const before = this.#shown.get(session)
    this.#shown.set(session, { ...presence, heardAt: this.#now() })
    return before === undefined || said(before) !== said(presence)
  }

  /** What the other consoles are told of this station: the page being edited in, else the one heard last. */
  foremost(): Presence | null {
    this.#forgetGone()
    const shown = [...this.#shown.values()].sort((a, b) => Number(b.editing !== null) - Number(a.editing !== null) || b.heardAt - a.heardAt)
    const [first] = shown
    return first === undefined ? null : { who: first.who, open: first.open, editing: first.editing }
  }

  /** As consoles; `isUs` is the page of `session` alone. */
  consoles(session: string | null, ours: { station: string; name: string }): ConsolePresence[] {
    this.#forgetGone()
    return [...this.#shown].map(([key, { who, open, editing, heardAt }]) => ({ ...ours, isUs: key === session, who, open, editing, heardAt }))
  }

  #forgetGone(): void {
    for (const [session, { heardAt }] of this.#shown) if (this.#now() - heardAt > goneAfterMs) this.#shown.delete(session)
  }
}

function said({ who, open, editing }: Presence): string {
  return JSON.stringify([who, open, editing])
}
