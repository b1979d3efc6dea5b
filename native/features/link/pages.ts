// The pages open on this station, each with what it shows: a station may serve several, and to one another they are consoles too.
import type { ConsolePresence, EpochMs, ShowPageInput } from '../../contract/index.ts'
import type { Presence } from './link-port.ts'

/** A page says it again every 10 s; after three silences it is gone. */
export const goneAfterMs = 30_000

/** More windows than this are a program gone wild. */
const mostPages = 200

interface Shown extends Presence {
  session: string
  heardAt: EpochMs
}

export class Pages {
  readonly #shown = new Map<string, Shown>()
  readonly #now: () => EpochMs

  constructor(now: () => EpochMs = Date.now) {
    this.#now = now
  }

  /** @returns whether anything but its time is new */
  show(session: string, { page, who, open, editing }: ShowPageInput & { who: string | null }): boolean {
    const key = `${session}/${page}`
    const before = this.#shown.get(key)
    if (before === undefined && this.#shown.size >= mostPages) return false
    const shown = { session, who, open, editing, heardAt: this.#now() }
    this.#shown.set(key, shown)
    return before === undefined || said(before) !== said(shown)
  }

  /** What the other consoles are told of this station: the page being edited in, else the one heard last. */
  foremost(): Presence | null {
    const shown = this.#there().sort(([, a], [, b]) => Number(b.editing !== null) - Number(a.editing !== null) || b.heardAt - a.heardAt)
    const first = shown[0]?.[1]
    return first === undefined ? null : { who: first.who, open: first.open, editing: first.editing }
  }

  /** As consoles; `isUs` are the windows of `session` alone. */
  consoles(session: string | null, ours: { station: string; name: string }): ConsolePresence[] {
    return this.#there().map(([, one]) => {
      const { who, open, editing, heardAt } = one
      return { ...ours, isUs: one.session === session, who, open, editing, heardAt }
    })
  }

  /** Forgets pages that have closed. @returns whether there was one, and whether any is left */
  sweep(): { isAnyGone: boolean; isAnyLeft: boolean } {
    const there = new Map(this.#there())
    const isAnyGone = there.size < this.#shown.size
    for (const key of this.#shown.keys()) if (!there.has(key)) this.#shown.delete(key)
    return { isAnyGone, isAnyLeft: there.size > 0 }
  }

  #there(): [string, Shown][] {
    return [...this.#shown].filter(([, { heardAt }]) => this.#now() - heardAt <= goneAfterMs)
  }
}

function said({ who, open, editing }: Presence): string {
  return JSON.stringify([who, open, editing])
}
