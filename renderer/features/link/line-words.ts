// A line's reason, next step, what waits by lane and how much may go over it, in words. Pure.
import { linkLanes, type LinkView } from '../../../native/contract/index.ts'
import type { Translate } from '../../ui/time-words.ts'

/** The words of the health page: one place for each thing. `next` is null where nothing is to be done. */
export function lineWords(
  { name, waiting, state, reason }: LinkView,
  t: Translate,
  te: (key: string) => boolean,
): { text: string; next: string | null } {
  const key = `station.reason.link.${reason ?? state}`
  return { text: t(`${key}.text`, { name, waiting }), next: te(`${key}.next`) ? t(`${key}.next`, { name, waiting }) : null }
}

/** `指令 3 · 其他 31`, in the order in which they go; '' = nothing waits. */
export function waitingWords({ waitingByLane }: Pick<LinkView, 'waitingByLane'>, t: Translate): string {
  const lanes = linkLanes.flatMap((lane) => {
    const count = waitingByLane[lane] ?? 0
    return count === 0 ? [] : [`${t(`link.lane.${lane}`, {})} ${count}`]
  })
  return lanes.join(' · ')
}

/** Satellite, the ministry's narrow data channel, a slow ground line: 9.6, 64 and 512 kbit/s. */
const usualBudgets = [1_200, 8_000, 64_000]

/** None first, then the usual rates, and the one that stands whatever it is. */
export function budgetChoices(now: number | null): (number | null)[] {
  return [null, ...new Set(now === null ? usualBudgets : [...usualBudgets, now])].sort((a, b) => (a ?? 0) - (b ?? 0))
}

/** `1200` bytes a second are `9.6`. */
export function kbitPerS(bytesPerS: number): string {
  return String(Math.round((bytesPerS * 8) / 100) / 10)
}
