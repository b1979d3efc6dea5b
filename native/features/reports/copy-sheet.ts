// The copy sheet of the unified system: the fields it asks for in their order, each ready to be copied, so that nothing is typed twice. Pure.
import type { IncidentDetail, Metric, ReportFields } from '../../contract/index.ts'
import { dayWords, gradeWords, metricWords, momentWords } from './compose/wording.ts'
import { firstReport } from './compose/paragraphs.ts'

export interface CopyLine {
  name: string
  value: string
  /** When it was copied on this console; null = not yet. */
  copiedAt: number | null
}

const people: readonly Metric[] = ['deaths', 'missing', 'outOfContact', 'trapped', 'seriousInjuries', 'minorInjuries', 'hospitalised', 'evacuated']

/** @param order names in the customer's order; empty = as shipped. Names that are not known are left out. */
export function copySheet(facts: {
  fields: ReportFields
  incident: IncidentDetail | null
  signer: string
  order: readonly string[]
}): Omit<CopyLine, 'copiedAt'>[] {
  const lines = shipped(facts)
  if (facts.order.length === 0) return lines
  return facts.order.flatMap((name) => lines.find((line) => line.name === name) ?? [])
}

function shipped({
  fields,
  incident,
  signer,
}: {
  fields: ReportFields
  incident: IncidentDetail | null
  signer: string
}): Omit<CopyLine, 'copiedAt'>[] {
  const of = (name: string, value: string) => ({ name, value })
  return [
    of('信息标题', fields.标题 || (fields.正文[0] ?? '').slice(0, 60)),
    ...(incident === null ? [] : ofIncident(incident)),
    of('信息内容', fields.正文.join('\n')),
    of('报送单位', fields.报送单位),
    of('主送', fields.主送),
    of('抄送', fields.抄送),
    of('紧急程度', fields.紧急程度),
    of('签发人', signer),
    of('联系人', fields.联系人),
    of('联系电话', fields.联系电话),
  ]
}

function ofIncident(incident: IncidentDetail): Omit<CopyLine, 'copiedAt'>[] {
  const of = (name: string, value: string) => ({ name, value })
  const moment = incident.occurred
  const first = firstReport(incident)
  return [
    of('事件类型', incident.typeName ?? ''),
    of('事件等级', incident.grade === null ? '无法初判' : `${gradeWords[incident.grade]}${incident.isGradeConfirmed ? '' : '（初判）'}`),
    of('事发时间', moment === null ? '' : momentWords(moment)),
    of('接报时间', incident.received === null ? '' : momentWords(incident.received)),
    of('事发地点', incident.place),
    of('经度', incident.position === null ? '' : String(incident.position[0])),
    of('纬度', incident.position === null ? '' : String(incident.position[1])),
    // A figure that nobody stated stays empty: a nought would be invented.
    ...people.map((metric) => of(`${metricWords[metric][0]}人数`, valueOf(incident, metric))),
    of('信息来源', first === undefined ? '' : first.reporterUnit || first.reporter),
    of('填报日期', dayWords(Date.now())),
  ]
}

/** Differing figures stand side by side: it is for a person to choose. */
function valueOf(incident: IncidentDetail, metric: Metric): string {
  const figure = incident.figures.find((one) => one.metric === metric)
  if (figure === undefined) return ''
  return figure.chosen === null ? figure.statements.map((said) => `${said.value}（据${said.source}）`).join(' / ') : String(figure.chosen.value)
}
