// The screens that are connected now: what each is told, and what each says it shows.
import type { ScreenContent, ScreenEvent, ScreenReport } from '../../contract/index.ts'

interface Line {
  /** Events not yet taken; a screen that does not read is cut off. */
  pending: ScreenEvent[]
  wake: () => void
  isClosed: boolean
}

export interface LastReport extends ScreenReport {
  at: number
}

export interface Thumbnail {
  picture: string
  at: number
}

/** A browser that took nothing for so many events hangs: it comes back and begins anew. */
const mostPending = 200
export const pulseMs = 5_000

export class ScreenDesk {
  readonly #lines = new Map<string, Line>()
  readonly #reports = new Map<string, LastReport>()
  /** The last picture of each and when it came, kept between reports that bring none. */
  readonly #thumbnails = new Map<string, Thumbnail>()
  /** Who was not ready in time follows whenever it is, until it is told to prepare something else. */
  readonly #late = new Map<string, { of: string; follow: () => void }>()
  readonly #listeners = new Set<(report: ScreenReport) => void>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  isConnected(screen: string): boolean {
    return this.#lines.has(screen)
  }

  /** The line that a screen has now, to be compared; null = none. */
  lineOf(screen: string): object | null {
    return this.#lines.get(screen) ?? null
  }

  get connected(): number {
    return this.#lines.size
  }

  report(screen: string): LastReport | null {
    return this.#reports.get(screen) ?? null
  }

  thumbnail(screen: string): Thumbnail | null {
    return this.#thumbnails.get(screen) ?? null
  }

  /** One page a screen: a second one takes the place of the first, so that a reload never finds itself shut out. */
  async *follow(screen: string, options: { first: () => Promise<ScreenEvent>; signal: AbortSignal }): AsyncGenerator<ScreenEvent, void, void> {
    const former = this.#lines.get(screen)
    if (former !== undefined) close(former)
    const line: Line = { pending: [], wake: () => undefined, isClosed: false }
    this.#lines.set(screen, line)
    const onAbort = () => close(line)
    options.signal.addEventListener('abort', onAbort, { once: true })
    const pulse = setInterval(() => this.#push(line, { kind: 'pulse', stationNow: this.#now() }), pulseMs)
    try {
      // Asked for when the line stands already: a switch in between reaches it, after what is asked for here.
      yield await options.first()
      while (!line.isClosed) {
        const event = line.pending.shift()
        if (event !== undefined) yield event
        else await new Promise<void>((resolve) => (line.wake = resolve))
      }
      // The last word, that it is paired no more, still goes out.
      yield* line.pending.splice(0).filter(({ kind }) => kind === 'revoked')
    } finally {
      clearInterval(pulse)
      options.signal.removeEventListener('abort', onAbort)
      if (this.#lines.get(screen) === line) this.#lines.delete(screen)
    }
  }

  tell(screen: string, event: ScreenEvent): void {
    const line = this.#lines.get(screen)
    if (line !== undefined) this.#push(line, event)
  }

  tellAll(event: ScreenEvent): void {
    for (const line of this.#lines.values()) this.#push(line, event)
  }

  end(screen: string): void {
    this.#late.delete(screen)
    const line = this.#lines.get(screen)
    if (line === undefined) return
    this.#push(line, { kind: 'revoked' })
    close(line)
  }

  stop(): void {
    for (const line of this.#lines.values()) close(line)
  }

  take(report: ScreenReport): void {
    const before = this.#reports.get(report.screen)
    // One that prepares says so of the next scene: it still shows what it showed.
    const isShowing = report.phase === 'shown' || report.phase === 'pulse'
    const of = isShowing ? report.switch : (before?.switch ?? null)
    // When it was painted is said once; what says nothing of it later unsays nothing.
    const paintedAt = (isShowing ? report.paintedAt : null) ?? (before?.switch === of ? before.paintedAt : null)
    this.#reports.set(report.screen, { ...report, switch: of, paintedAt, at: this.#now() })
    if (report.thumbnail !== null) this.#thumbnails.set(report.screen, { picture: report.thumbnail, at: this.#now() })
    const late = this.#late.get(report.screen)
    if (report.phase === 'ready' && late?.of === report.switch) {
      this.#late.delete(report.screen)
      late.follow()
    }
    for (const listener of this.#listeners) listener(report)
  }

  /** Resolves with those who said that they are ready, at the latest after `withinMs`. @param options.onLate told of each who is ready later */
  async prepared(
    contents: ReadonlyMap<string, ScreenContent>,
    options: { withinMs: number; onLate: (screen: string) => void },
  ): Promise<Set<string>> {
    const waiting = new Set(contents.keys())
    const ready = new Set<string>()
    const { promise, resolve } = Promise.withResolvers<void>()
    const listener = ({ screen, phase, switch: of }: ScreenReport) => {
      const content = contents.get(screen)
      if (content === undefined || of !== content.switch || (phase !== 'ready' && phase !== 'failed')) return
      waiting.delete(screen)
      if (phase === 'ready') ready.add(screen)
      if (waiting.size === 0) resolve()
    }
    this.#listeners.add(listener)
    for (const [screen, content] of contents) {
      this.#late.delete(screen)
      this.tell(screen, { kind: 'prepare', content, stationNow: this.#now() })
    }
    const timer = setTimeout(resolve, options.withinMs)
    if (waiting.size === 0) resolve()
    await promise
    clearTimeout(timer)
    this.#listeners.delete(listener)
    for (const [screen, content] of contents)
      if (!ready.has(screen)) this.#late.set(screen, { of: content.switch, follow: () => options.onLate(screen) })
    return ready
  }

  #push(line: Line, event: ScreenEvent): void {
    line.pending.push(event)
    if (line.pending.length > mostPending) return close(line)
    line.wake()
  }
}

function close(line: Line): void {
  line.isClosed = true
  line.wake()
}
