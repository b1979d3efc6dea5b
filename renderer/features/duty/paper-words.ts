// Words of the sheets that are printed: Chinese whatever the page speaks. Pure.
import {
  type CallDirection,
  type Handover,
  type LogLine,
  type MatterKind,
  type Post,
  type Signature,
  type SignatureMeans,
} from '../../../native/contract/index.ts'
import { minuteWords, wallClock } from '../../ui/time-words.ts'

export const postNames: Record<Post, string> = { watchLeaders: '带班领导', shiftLeaders: '值班长', officers: '值班员' }
export const directionNames: Record<CallDirection, string> = { in: '来电', out: '去电', other: '其他' }
export const kindNames: Record<MatterKind, string> = {
  incident: '事件',
  task: '指令',
  report: '报告',
  clock: '时限',
  instruction: '批示',
  device: '设备',
  note: '事项',
}
export const decisionNames: Record<Handover['matters'][number]['decision'], string> = {
  'hand-over': '移交',
  drop: '办结/不移交',
  closed: '交班前已办结',
}
const meansNames: Record<SignatureMeans, string> = { session: '本人登录', password: '密码确认', pin: 'PIN 确认' }

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
  return signature === null ? '' : `${signature.name}（${meansNames[signature.means]}，${paperMoment(signature.at)}）`
}

/** The line's clock, `约` where it is not exact, and 补录 where it was typed late. */
export function lineTime(line: LogLine): string {
  return `${line.happenedAt.precision === 'exact' ? '' : '约'}${minuteWords(line.happenedAt.at)}${line.isLateEntry ? '（补录）' : ''}`
}
