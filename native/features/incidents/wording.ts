// Chinese words of the papers: times as they are said (Asia/Shanghai), figures with who said them. Pure.
import type { Evidence, Figure, HappenedAt, Metric, Statement } from '../../contract/index.ts'

export const metricWords: Record<Metric, [name: string, unit: string]> = {
  deaths: ['死亡', '人'],
  missing: ['失踪', '人'],
  outOfContact: ['失联', '人'],
  trapped: ['被困', '人'],
  seriousInjuries: ['重伤', '人'],
  acutePoisoning: ['急性中毒', '人'],
  minorInjuries: ['轻伤', '人'],
  hospitalised: ['送医', '人'],
  evacuated: ['疏散', '人'],
  atRisk: ['涉险', '人'],
  directLossYuan: ['直接经济损失', '元'],
  directLossGdpPercent: ['直接经济损失占上年地区生产总值', '%'],
  burnedForestHa: ['受害森林面积', '公顷'],
  magnitude: ['震级', '级'],
}
export const stateWords: Record<Statement['state'], string> = { unverified: '待核', verified: '已核实', disputed: '有出入' }
export const evidenceWords: Record<Evidence['kind'], string> = {
  telephone: '电话',
  radio: '电台',
  'sms-receipt': '短信回执',
  terminal: '终端签收',
  video: '现场视频',
  position: '定位',
}
export const gradeWords = { 'particularly-major': '特别重大', major: '重大', larger: '较大', general: '一般' } as const

const format = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

function partsOf(atMs: number): Record<string, string> {
  return Object.fromEntries(format.formatToParts(atMs).map((part) => [part.type, part.value]))
}

/** 2026年3月1日 */
export function dayWords(atMs: number): string {
  const { year = '', month = '', day = '' } = partsOf(atMs)
  return `${year}年${month}月${day}日`
}

/** 14时20分, 14时20分许, 14时许, or nothing when only the day is known. */
export function clockWords(moment: HappenedAt): string {
  const { hour = '', minute = '' } = partsOf(moment.at)
  switch (moment.precision) {
    case 'exact':
      return `${Number(hour)}时${minute}分`
    case 'about':
      return `${Number(hour)}时${minute}分许`
    case 'hour':
      return `${Number(hour)}时许`
    case 'day':
      return ''
    default:
      return moment.precision satisfies never
  }
}

/** 2026年3月1日14时20分许 */
export function momentWords(moment: HappenedAt): string {
  return `${dayWords(moment.at)}${clockWords(moment)}`
}

/** 送医2人（据119，截至14时30分，待核） — a nought reads 无. */
export function statementWords(statement: Statement): string {
  const [name, unit] = metricWords[statement.metric]
  // Who said it may have been erased as personal data.
  const by = statement.source === '' ? '' : `据${statement.source}，`
  const said = `${by}截至${clockWords(statement.asOf) || dayWords(statement.asOf.at)}，${stateWords[statement.state]}`
  return statement.value === 0 ? `无${name}（${said}）` : `${name}${valueWords(statement)}${unit}（${said}）`
}

/** All that was said about a metric: the chosen figure, or every one while they differ. */
export function figureWords(figure: Figure): string {
  if (figure.chosen !== null) return statementWords(figure.chosen)
  return `${metricWords[figure.metric][0]}人数说法不一：`
    .replace('人数', metricWords[figure.metric][1] === '人' ? '人数' : '')
    .concat(figure.statements.map(statementWords).join('；'), '，正在核实')
}

function valueWords(statement: Statement): string {
  if (statement.metric !== 'directLossYuan' || statement.value < 10_000) return String(statement.value)
  return statement.value >= 100_000_000 ? `${statement.value / 100_000_000}亿` : `${statement.value / 10_000}万`
}
