// What screens said they show, gathered and written down: one entry for those who say so together, so that looking back finds what really was on the wall.
import type { ScreenReport } from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import { newId } from '../../kernel/ids.ts'
import type { WallRepository } from './wall.repository.ts'

export interface ConfirmationsOptions {
  journal: Journal
  repository: WallRepository
  onError: (error: unknown) => void
  /** Screens that say so within this time stand in one entry. */
  gatherMs?: number
}

interface Said {
  screen: string
  of: string
  paintedAt: number
  faults: number
}

/** A page that reports the same again, after a reload or a cut line, is no news. */
const mostRemembered = 2_000

export class Confirmations {
  readonly #options: Required<ConfirmationsOptions>
  readonly #known = new Set<string>()
  #said: Said[] = []
  #timer: NodeJS.Timeout | null = null
  #writing: Promise<unknown> = Promise.resolve()

  constructor(options: ConfirmationsOptions) {
    this.#options = { gatherMs: 1_500, ...options }
  }

  take({ phase, screen, switch: of, paintedAt, faults }: ScreenReport): void {
    if (phase !== 'shown' || of === null || paintedAt === null) return
    const key = `${of} ${screen}`
    if (this.#known.has(key)) return
    if (this.#known.size >= mostRemembered) this.#known.clear()
    this.#known.add(key)
    this.#said.push({ screen, of, paintedAt, faults: faults.length })
    this.#timer ??= setTimeout(() => void this.flush(), this.#options.gatherMs)
  }

  /** Writes what was said; also at the end. */
  async flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    const said = this.#said
    this.#said = []
    if (said.length > 0) this.#writing = this.#writing.then(() => this.#write(said)).catch(this.#options.onError)
    await this.#writing
  }

  async #write(said: readonly Said[]): Promise<void> {
    const { journal, repository } = this.#options
    const written = new Set((await repository.confirmations([...new Set(said.map(({ of }) => of))])).map((one) => `${one.switch} ${one.screen}`))
    const screens = new Map((await repository.screens(null)).map((screen) => [screen.id, screen]))
    const news = said.flatMap((one) => {
      const screen = screens.get(one.screen)
      return screen === undefined || written.has(`${one.of} ${one.screen}`) ? [] : [{ ...one, screen }]
    })
    for (const wall of new Set(news.map(({ screen }) => screen.wall))) {
      const here = news.filter(({ screen }) => screen.wall === wall)
      await journal.write({
        actor: 'station',
        action: 'wall.confirm',
        subject: { dataset: 'walls', row: wall },
        note: { words: here.map(({ screen }) => screen.name).join('、') },
        rows: here.map(({ screen, of, paintedAt, faults }) => ({
          dataset: 'wallConfirmations',
          row: newId(),
          set: { wall, ofSwitch: of, screen: screen.id, screenName: screen.name, paintedAt, faults },
        })),
      })
    }
  }
}
