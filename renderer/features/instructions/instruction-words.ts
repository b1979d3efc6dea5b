// How a 批示 stands, in words. Pure.
import type { EpochMs, Instruction } from '../../../native/contract/index.ts'
import { momentWords, spanWords, type Translate } from '../../ui/time-words.ts'

export type InstructionStanding = 'late' | 'soon' | 'open' | 'done'

const soonMs = 24 * 3_600_000

export function standingOf({ isDone, dueAt }: Pick<Instruction, 'isDone' | 'dueAt'>, now: EpochMs): InstructionStanding {
  if (isDone) return 'done'
  if (dueAt === null) return 'open'
  return dueAt < now ? 'late' : dueAt - now < soonMs ? 'soon' : 'open'
}

/** `已超时 2 小时`, `11-27 18:00 前`, `办结 11-26 20:31`, `没有时限` */
export function dueWords(one: Pick<Instruction, 'isDone' | 'dueAt' | 'closedAt'>, now: EpochMs, t: Translate): string {
  if (one.closedAt !== null) return t('instructions.doneAt', { at: momentWords(one.closedAt.at, now) })
  if (one.dueAt === null) return t('instructions.noLimit', {})
  return one.dueAt < now
    ? t('instructions.late', { span: spanWords(now - one.dueAt, t) })
    : t('instructions.dueBy', { at: momentWords(one.dueAt, now), span: spanWords(one.dueAt - now, t) })
}
