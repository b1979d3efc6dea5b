// Everything a document template may name, for each kind, and the values of one report. Pure.
import { fieldsOf, type IncidentDetail, isNumbered, NOT_CLASSIFIED_NOTICE, type ReportFields, type ReportKind } from '../../contract/index.ts'
import { dayWords, gradeWords, metricWords, stateWords, statementWords } from './compose/wording.ts'
import { figure } from './compose/paragraphs.ts'

export interface DocumentFacts {
  kind: ReportKind
  /** 首报, 续报二 … */
  name: string
  fields: ReportFields
  incident: IncidentDetail | null
  /** null = 拟稿: number and signer stay empty and the paper says so on every page. */
  signature: { serial: number | null; year: number; signer: string; way: 'in-person' | 'telephone' | 'spoken' } | null
  /** Map picture by its hash. */
  map: string | null
  atMs: number
}

const common = ['报告名称', '期号', '年份', '签发人', '拟稿标记', '非涉密提示', '日期']
const ofIncident = ['事件等级', '事发时间', '地点', '地图']
const ofFigures = ['数字', '数字.口径', '数字.数值', '数字.单位', '数字.据谁', '数字.状态', '数字.全文']

export function knownNames(kind: ReportKind): string[] {
  const text = fieldsOf(kind).includes('正文') ? ['正文.段落'] : []
  return [...fieldsOf(kind), ...text, ...common, ...ofIncident, ...ofFigures]
}

/** Without these a document would not say what it is. */
export function neededNames(kind: ReportKind): string[] {
  const body = kind === 'instruction-sheet' ? ['批示内容'] : ['正文']
  const title = isNumbered(kind) ? ['标题'] : []
  return [...title, ...body, '拟稿标记', '非涉密提示']
}

export function documentValues({ kind, name, fields, incident, signature, atMs }: DocumentFacts): Record<string, unknown> {
  return {
    ...Object.fromEntries(fieldsOf(kind).map((field) => [field, fields[field]])),
    正文: fields.正文.map((段落) => ({ 段落 })),
    报告名称: name,
    期号: signature?.serial ?? '',
    年份: signature === null ? '' : String(signature.year),
    签发人: signature === null ? '' : `${signature.signer}${signature.way === 'telephone' ? '（电话授权）' : ''}`,
    拟稿标记: signature === null ? '拟稿' : '',
    非涉密提示: NOT_CLASSIFIED_NOTICE,
    日期: dayWords(atMs),
    ...incidentValues(incident),
  }
}

function incidentValues(incident: IncidentDetail | null): Record<string, unknown> {
  if (incident === null) return { 事件等级: '', 事发时间: '', 地点: '', 数字: [] }
  return {
    事件等级: incident.grade === null ? '无法初判' : `${gradeWords[incident.grade]}${incident.isGradeConfirmed ? '' : '（初判）'}`,
    事发时间: incident.occurred === null ? '' : dayWords(incident.occurred.at),
    地点: incident.place,
    数字: incident.figures.map((one) => ({
      口径: metricWords[one.metric][0],
      数值: one.chosen === null ? one.statements.map((said) => said.value).join(' / ') : String(one.chosen.value),
      单位: metricWords[one.metric][1],
      据谁: one.chosen?.source ?? one.statements.map((said) => said.source).join(' / '),
      状态: one.chosen === null ? '有出入' : stateWords[one.chosen.state],
      全文: one.chosen === null ? figure(one).words : statementWords(one.chosen),
    })),
  }
}
