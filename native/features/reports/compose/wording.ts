// Chinese words of the papers: times as they are said (Asia/Shanghai), figures with who said them. Pure.
import type { Evidence, HappenedAt, Metric, Statement } from '../../../contract/index.ts'

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

/** 14时30分, or the day when only that is known: until when a figure holds. */
export function asOfWords(moment: HappenedAt): string {
  return clockWords(moment) || dayWords(moment.at)
}

/** 据119，; nothing where who said it has been erased as personal data. */
export function saidBy(source: string): string {
  return source === '' ? '' : `据${source}，`
}

/** 死亡3人, 无死亡, 直接经济损失120万元: the figure alone. */
export function countWords(metric: Metric, value: number): string {
  const [name, unit] = metricWords[metric]
  return value === 0 && unit === '人' ? `无${name}` : `${name}${valueWords(metric, value)}${unit}`
}

/** 送医2人（据119，截至14时30分，待核） — a nought reads 无. */
export function statementWords(statement: Statement): string {
  const said = `${saidBy(statement.source)}截至${asOfWords(statement.asOf)}，${stateWords[statement.state]}`
  return `${countWords(statement.metric, statement.value)}（${said}）`
}

/** Exact, never rounded: 1234567 元 reads 123.4567万元. */
function valueWords(metric: Metric, value: number): string {
  if (metric !== 'directLossYuan' || value < 10_000) return String(value)
  return value >= 100_000_000 ? `${shifted(value, 8)}亿` : `${shifted(value, 4)}万`
}

/** The decimal point moved left by digits, so that no binary fraction creeps in. */
function shifted(value: number, places: number): string {
  const [whole = '', fraction = ''] = String(value).split('.')
  const digits = whole.padStart(places + 1, '0')
  const rest = `${digits.slice(-places)}${fraction}`.replace(/0+$/u, '')
  return `${digits.slice(0, -places)}${rest === '' ? '' : `.${rest}`}`
}

/** One sentence: its end is a single full stop. */
export function sentence(words: string): string {
  return `${words.replace(/[。；，]+$/u, '')}。`
}

const digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九']
/** 1…99 as 续报 are counted: 一, 十, 二十一. */
export function ordinalWords(n: number): string {
  if (n < 10) return digits[n] ?? String(n)
  const tens = Math.floor(n / 10)
  return n > 99 ? String(n) : `${tens === 1 ? '' : digits[tens]}十${n % 10 === 0 ? '' : digits[n % 10]}`
}
