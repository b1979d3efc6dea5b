// A line's reason, next step and what waits by lane, in words. Pure.
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
