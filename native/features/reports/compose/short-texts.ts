// 短信体 (at most 200 characters) and 电话口述稿 (four lines): figures with who said them, grave ones first; what found no room is named. Pure.
import { type IncidentDetail, type Metric, shortMessageLimit, type Statement } from '../../../contract/index.ts'
import type { ReportFacts } from './facts.ts'
import { figure, firstReport, given, grading, happenedWords, reporterOf } from './paragraphs.ts'
import { joined, type Piece, plain, sourced, stated } from './piece.ts'
import { asOfWords, saidBy, clockWords, countWords, metricWords, momentWords, sentence } from './wording.ts'

/** Figures that a first word must have before any other. */
const gravest: readonly Metric[] = [
  'deaths',
  'missing',
  'outOfContact',
  'trapped',
  'seriousInjuries',
  'acutePoisoning',
  'hospitalised',
  'minorInjuries',
]

export interface ShortText {
  text: Piece
  /** Figures that found no room, in words. */
  omitted: string[]
}

/**
 * 【突发事件首报】×月×日×时×分许，××县××公司发生氯气泄漏。据××，截至…，2人送医、无死亡；…续报。（拟稿：… 签发：…）
 * @param name 首报 or 续报; the signer's name is put in when it is signed
 */
export function shortMessage(facts: ReportFacts, name: string): ShortText {
  const head = happened(facts.incident, `【突发事件${name}】`)
  const tail = plain(`后续情况续报。（拟稿：${facts.by.name}）`)
  const groups = bySource(facts.incident)
  const kept: Piece[] = []
  const omitted: string[] = []
  for (const group of groups) {
    const next = [...kept, group]
    if (whole(head, next, tail).words.length <= shortMessageLimit) kept.push(group)
    else omitted.push(group.words)
  }
  const text = whole(head, kept, tail)
  // A place or title beyond all measure: what does not fit is cut where it can be seen.
  if (text.words.length <= shortMessageLimit) return { text, omitted }
  const room = shortMessageLimit - tail.words.length - 2
  return { text: { words: `${head.words.slice(0, room)}……${tail.words}`, sources: head.sources }, omitted: [...omitted, head.words.slice(room)] }
}

function whole(head: Piece, groups: readonly Piece[], tail: Piece): Piece {
  const said = groups.length === 0 ? plain('伤亡情况正在核实。') : joined(groups, '；')
  return joined([head, groups.length === 0 ? said : { ...said, words: sentence(said.words) }, tail], '')
}

function happened(incident: IncidentDetail, lead: string): Piece {
  // The year goes without saying in a message of the same night.
  const when = incident.occurred === null ? '' : momentWords(incident.occurred).replace(/^\d+年/u, '')
  const words = sentence(`${when === '' ? '' : `${when}，`}${happenedWords(incident.place, incident.title)}`)
  const ref = { dataset: 'incidents', row: incident.id }
  const sources = incident.occurred === null ? [] : [sourced(when, { who: incident.occurred.source, asOf: incident.occurred, ref })]
  return { words: `${lead}${words}`, sources }
}

/** 据119，截至14时30分，2人送医、无死亡: one clause a source and moment; figures that differ stand each in its own. */
function bySource(incident: IncidentDetail): Piece[] {
  const told = incident.figures
    .flatMap(({ chosen, statements }) => (chosen === null ? statements : [chosen]))
    .sort((a, b) => rank(a.metric) - rank(b.metric))
  const groups = Map.groupBy(told, (statement) => `${saidBy(statement.source)}截至${asOfWords(statement.asOf)}，`)
  return [...groups].map(([lead, said]) => ({
    words: `${lead}${said.map(short).join('、')}`,
    sources: said.map((statement) => stated(short(statement), statement)),
  }))
}

function short({ metric, value, state }: Statement): string {
  return `${countWords(metric, value)}${state === 'unverified' ? '（待核）' : state === 'disputed' ? '（有出入）' : ''}`
}

function rank(metric: Metric): number {
  const at = gravest.indexOf(metric)
  return at === -1 ? gravest.length : at
}

/** Four lines to be read out to a leader: what, people, grade and what was done, what is asked. */
export function telephoneScript(facts: ReportFacts): Piece[] {
  const { incident } = facts
  const who = reporterOf(incident)
  const first = firstReport(incident)
  const received = first === undefined ? '' : `（${clockWords(first.received)}接${who}报告）`
  const what = joined([plain(`${facts.unit || '值班室'}${facts.by.name}报告：`), happened(incident, ''), plain(received)], '')
  const people = incident.figures.filter(({ metric }) => metricWords[metric][1] === '人').sort((a, b) => rank(a.metric) - rank(b.metric))
  const harmed = people.length === 0 ? plain('伤亡情况正在核实。') : joined(people.map(figure), '；')
  const list = given(facts.tasks)
  const done = [
    facts.response === null ? '尚未启动响应' : facts.response,
    list.length === 0 ? '尚未下达指令' : `已下达指令${list.length}项（${list.map((task) => task.unit).join('、')}）`,
  ].join('，')
  const pending = facts.decisions.findLast((decision) => decision.state === 'proposed')
  const asked = pending === undefined ? '请指示。后续情况随时报告。' : `${proposalWords(pending)}，请批示。后续情况随时报告。`
  return [what, { ...harmed, words: sentence(harmed.words) }, joined([grading(incident), plain(sentence(done))], ''), plain(asked)]
}

function proposalWords(decision: ReportFacts['decisions'][number]): string {
  const tier = decision.tier === null ? '' : tierNames[decision.tier]
  const what = decision.kind === 'end' ? '建议终止响应' : decision.kind === 'start' ? `建议启动${tier}响应` : `建议调整为${tier}响应`
  return decision.reason === '' ? what : `${what}（${decision.reason}）`
}

export const tierNames = { 'tier-1': '一级', 'tier-2': '二级', 'tier-3': '三级', 'tier-4': '四级' } as const
