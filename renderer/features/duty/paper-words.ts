// Words of the sheets that are printed: Chinese whatever the page speaks. Pure.
import { type CallDirection, type LogLine, type Signature, signatureMeansNames } from '../../../native/contract/index.ts'
import { minuteWords, wallClock } from '../../ui/time-words.ts'

export const directionNames: Record<CallDirection, string> = { in: '来电', out: '去电', other: '其他' }

/** `2026年11月26日` */
export function paperDay(at: number): string {
  const { year, month, day } = wallClock(at)
  return `${year}年${month}月${day}日`
}

/** `11月26日 14:20` */
export function paperMoment(at: number): string {
  const { month, day } = wallClock(at)
  return `${month}月${day}日 ${minuteWords(at)}`
}

export function signatureWords(signature: Signature | null): string {
  return signature === null ? '' : `${signature.name}（${signatureMeansNames[signature.means]}，${paperMoment(signature.at)}）`
}

/** The line's clock, `约` where it is not exact, and 补录 where it was typed late. */
export function lineTime(line: LogLine): string {
  return `${line.happenedAt.precision === 'exact' ? '' : '约'}${minuteWords(line.happenedAt.at)}${line.isLateEntry ? '（补录）' : ''}`
}
