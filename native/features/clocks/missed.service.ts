// What ran out while the station was not running: derived from its gaps and the clocks, said until somebody has read it.
import { type ActingPerson, type Clock, compareClocks, type MissedLimits, nearestClocks } from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import { newId } from '../../kernel/ids.ts'
import type { Heartbeat } from './heartbeat.ts'

export class MissedService {
  readonly #journal: Journal
  readonly #heartbeat: Heartbeat
  readonly #all: () => Promise<Clock[]>
  readonly #now: () => number

  constructor(options: { journal: Journal; heartbeat: Heartbeat; all: () => Promise<Clock[]>; now: () => number }) {
    this.#journal = options.journal
    this.#heartbeat = options.heartbeat
    this.#all = options.all
    this.#now = options.now
  }

  /** Only gaps in which a limit ran out without evidence from before it; what was told in time and typed since is not said. */
  async list(): Promise<MissedLimits[]> {
    const { gaps } = this.#heartbeat
    if (gaps.length === 0) return []
    const clocks = (await this.#all()).filter((clock) => !clock.isSample && ranOut(clock))
    return gaps
      .map(({ from, to }) => {
        const within = clocks.filter((clock) => clock.dueAt > from && clock.dueAt <= to)
        const open = nearestClocks(within)
        return { from, to, clocks: [...open, ...within.filter((clock) => clock.evidence !== null)].sort(compareClocks) }
      })
      .filter((gap) => gap.clocks.length > 0)
  }

  /** 知道了: stands in the journal, and is said no more. */
  async seen(to: number, by: ActingPerson): Promise<void> {
    const gaps = (await this.list()).filter((gap) => gap.to <= to)
    const rows = gaps.map((gap) => ({
      dataset: 'clockGaps',
      row: newId(),
      set: { fromAt: gap.from, toAt: gap.to, seenAt: this.#now(), seenByName: by.name },
    }))
    const first = rows[0]
    if (first !== undefined)
      await this.#journal.write({
        actor: by.account,
        action: 'clocks.seenGap',
        subject: { dataset: 'clockGaps', row: first.row },
        note: { clocks: gaps.flatMap((gap) => gap.clocks.map((clock) => clock.id)).slice(0, 200) },
        rows,
      })
    await this.#heartbeat.seen(to)
  }
}

function ranOut(clock: Clock): boolean {
  return clock.waiver === null && clock.ended === null && (clock.evidence === null || clock.evidence.at.at > clock.dueAt)
}
