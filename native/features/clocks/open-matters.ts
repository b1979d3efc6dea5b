// Running and late clocks as matters of the handover (交接班). Pure.
import { type Clock, clockPhase, type OpenMatter } from '../../contract/index.ts'
import { kindWords } from './recipients.ts'

const stageWords: Record<Clock['stage'], string> = { first: '首报', 'follow-up': '续报', final: '终报' }

export function openMatters(clocks: readonly Clock[], now: number): OpenMatter[] {
  return clocks.map((clock) => {
    const lateMinutes = Math.floor((now - clock.dueAt) / 60_000)
    return {
      id: `clock:${clock.id}`,
      kind: 'clock',
      title: `${clock.means === 'telephone' ? '电话' : '书面'}${stageWords[clock.stage]}：${clock.recipient.name ?? kindWords[clock.recipient.kind]}`,
      detail: clockPhase(clock, now) === 'late' ? `${clock.incidentTitle}；已超时 ${lateMinutes} 分钟` : clock.incidentTitle,
      since: clock.from,
      dueAt: clock.dueAt,
      to: { name: 'incident', params: { id: clock.incident, tab: 'overview' } },
    }
  })
}
