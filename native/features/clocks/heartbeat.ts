// When this station was last alive, in a file of its own: a limit that ran out while it was not is said at the next start, once.
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const beatMs = 20_000
/** A stop so short that nobody need be told: a restart after an update. */
const shortMs = 60_000
/** Gaps are kept so long if nobody reads of them. */
const keptMs = 7 * 86_400_000

const Gap = z.object({ from: z.number(), to: z.number() })
export type Gap = z.infer<typeof Gap>
const State = z.object({ aliveAt: z.number(), gaps: z.array(Gap).max(100) })

export class Heartbeat {
  readonly #path: string
  readonly #now: () => number
  readonly #onError: (error: unknown) => void
  #gaps: Gap[] = []
  #timer: NodeJS.Timeout | null = null
  #writing: Promise<void> = Promise.resolve()

  constructor(options: { directory: string; now: () => number; onError: (error: unknown) => void }) {
    this.#path = join(options.directory, 'clocks-alive.json')
    this.#now = options.now
    this.#onError = options.onError
  }

  /** Takes note of the gap since the last beat; a file that cannot be read is none. */
  async start(): Promise<void> {
    const now = this.#now()
    const before = await this.#read()
    this.#gaps = (before?.gaps ?? []).filter((gap) => now - gap.to < keptMs)
    if (before !== null && now - before.aliveAt > shortMs) this.#gaps.push({ from: before.aliveAt, to: now })
    await this.#beat()
    this.#timer = setInterval(() => void this.#beat().catch(this.#onError), beatMs)
    this.#timer.unref()
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
    await this.#beat()
  }

  /** Stretches in which the station did not run and of which nobody has read. */
  get gaps(): readonly Gap[] {
    return this.#gaps
  }

  /** Somebody has read of all gaps that ended before `to`. */
  async seen(to: number): Promise<void> {
    this.#gaps = this.#gaps.filter((gap) => gap.to > to)
    await this.#beat()
  }

  /** One write at a time, whole or not at all. */
  #beat(): Promise<void> {
    const text = JSON.stringify({ aliveAt: this.#now(), gaps: this.#gaps })
    this.#writing = this.#writing
      .catch(() => undefined)
      .then(async () => {
        await writeFile(`${this.#path}.new`, text)
        await rename(`${this.#path}.new`, this.#path)
      })
    return this.#writing
  }

  async #read(): Promise<z.infer<typeof State> | null> {
    try {
      return State.parse(JSON.parse(await readFile(this.#path, 'utf8')))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') this.#onError(error)
      return null
    }
  }
}
