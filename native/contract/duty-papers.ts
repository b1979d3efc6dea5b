// Words of the watch's papers, printed by the page or made as a document by the station: Chinese whatever the page speaks.
import type { MatterDecision, Signature } from './duty-handover.ts'
import type { Post } from './duty-roster.ts'
import type { MatterKind } from './duty.ts'

export const postNames: Readonly<Record<Post, string>> = { watchLeaders: '带班领导', shiftLeaders: '值班长', officers: '值班员' }
export const matterKindNames: Readonly<Record<MatterKind, string>> = {
  incident: '事件',
  task: '指令',
  report: '报告',
  clock: '时限',
  instruction: '批示',
  device: '设备',
  note: '事项',
}
export const matterDecisionNames: Readonly<Record<MatterDecision, string>> = { 'hand-over': '移交', drop: '办结/不移交', closed: '交班前已办结' }
export const signatureMeansNames: Readonly<Record<Signature['means'], string>> = { session: '本人登录', password: '密码确认', pin: 'PIN 确认' }
