// Paragraphs that most reports share: what happened, figures with who said them, grade, response, orders. Cause and blame are never stated. Pure.
import { type Figure, type IncidentDetail, type IncidentReport, sceneWeatherWords, type Task } from '../../../contract/index.ts'
import { type ReportFacts, rankOf, taskKindNames, taskStateNames } from './facts.ts'
import { asWritten } from './as-written.ts'
import { joined, type Piece, plain, sourced, stated } from './piece.ts'
import { asOfWords, clockWords, evidenceWords, gradeWords, metricWords, momentWords, sentence, statementWords } from './wording.ts'

/** The report the incident was taken in with. What was merged into it may have come earlier, but tells of it in other words. */
export function firstReport(incident: IncidentDetail): IncidentReport | undefined {
  return incident.reports.find((one) => one.incident === incident.id && one.kind === 'first') ?? incident.reports[0]
}

export function opening(incident: IncidentDetail): Piece {
  const first = firstReport(incident)
  const about = { dataset: 'incidents', row: incident.id }
  const { occurred } = incident
  const when = occurred === null ? '' : `${momentWords(occurred)}${occurred.source === '' ? '' : `（据${occurred.source}）`}，`
  const happened: Piece = {
    words: sentence(`${when}${happenedWords(incident.place, incident.title)}`),
    sources:
      incident.occurred === null
        ? []
        : [sourced(momentWords(incident.occurred), { who: incident.occurred.source, asOf: incident.occurred, ref: about })],
  }
  // What was said may have been erased as personal data.
  if (first === undefined || (incident.description || first.words) === '') return happened
  const who = reporterOf(incident)
  const substance = asWritten(incident.description || first.words, incident.place !== '')
  if (substance === '') return happened
  const told = sentence(`${clockWords(first.received)}接${who}报告：${substance}`)
  const source = sourced(substance, { who: who || '来报', asOf: first.received, ref: { dataset: 'incidentReports', row: first.id } })
  return joined([happened, { words: told, sources: [source] }], '')
}

/** Unit and name of whoever reported first. */
export function reporterOf(incident: IncidentDetail): string {
  const first = firstReport(incident)
  return first === undefined ? '' : [first.reporterUnit, first.reporter].filter((part) => part !== '').join('')
}

/** The place as it stands before the title, without what the title says again: …样例化工厂 + 样例化工厂氯气泄漏. */
export function placeBefore(place: string, title: string): string {
  if (title.includes(place)) return ''
  for (let at = 0; at < place.length; at += 1) if (title.startsWith(place.slice(at))) return place.slice(0, at)
  return place
}

/** ××县××厂发生氯气泄漏: a title that begins with the whole place is parted behind it, as the papers write it. */
export function happenedWords(place: string, title: string): string {
  if (place !== '' && title !== place && title.startsWith(place)) return `${place}发生${title.slice(place.length)}`
  return `${placeBefore(place, title)}发生${title}`
}

/** All that was said about a metric: the chosen figure, or every one while they differ. */
export function figure({ metric, chosen, statements }: Figure): Piece {
  if (chosen !== null) return { words: statementWords(chosen), sources: [stated(statementWords(chosen), chosen)] }
  const [name, unit] = metricWords[metric]
  return {
    words: `${name}${unit === '人' ? '人数' : ''}说法不一：${statements.map(statementWords).join('；')}，正在核实`,
    sources: statements.map((statement) => stated(statementWords(statement), statement)),
  }
}

export function figures(incident: IncidentDetail): Piece {
  if (incident.figures.length === 0) return plain('人员伤亡情况正在核实。')
  const all = joined(incident.figures.map(figure), '；')
  return { ...all, words: sentence(all.words) }
}

export function grading(incident: IncidentDetail): Piece {
  const ref = { dataset: 'incidents', row: incident.id }
  if (incident.isGradeConfirmed && incident.grade !== null) {
    const basis = incident.confirmedBasis ? `，${incident.confirmedBasis}` : ''
    const words = `事件等级：${gradeWords[incident.grade]}（${incident.confirmedBy ?? ''}确认${basis}）`
    return { words: sentence(words), sources: [sourced(words, { who: `${incident.confirmedBy ?? ''}确认`, asOf: null, ref })] }
  }
  const { proposal } = incident
  if (proposal.grade === null) return plain('事件等级：暂无法初判。')
  const clause = `${proposal.source ?? ''}${proposal.reasons[0]?.clause.replace(/^第三条|^第四十条/u, '') ?? ''}`
  const words = `初判事件等级：${gradeWords[proposal.grade]}（${clause}）`
  return { words: sentence(words), sources: [sourced(words, { who: clause, asOf: null, ref })] }
}

export function response(facts: ReportFacts): Piece[] {
  if (facts.response === null) return []
  const approved = facts.decisions.findLast((decision) => decision.state === 'approved')
  const words = sentence(facts.response)
  const who = approved?.approver ?? ''
  if (approved === undefined || who === '') return [plain(words)]
  return [
    { words, sources: [sourced(words, { who: `${who}批准`, asOf: approved.approvedAt, ref: { dataset: 'responseDecisions', row: approved.id } })] },
  ]
}

/** 现场气象：东北风 2 级（据气象值班室，截至20时10分）: the newest that was told. */
export function weather({ weather: [newest] }: Pick<ReportFacts, 'weather'>): Piece[] {
  if (newest === undefined) return []
  const words = sceneWeatherWords(newest)
  const ref = { dataset: 'sceneWeather', row: newest.id }
  return [
    {
      words: sentence(`现场气象：${words}（据${newest.source}，截至${asOfWords(newest.happenedAt)}）`),
      sources: [sourced(words, { who: newest.source, asOf: newest.happenedAt, ref })],
    },
  ]
}

export function given(tasks: readonly Task[]): Task[] {
  return tasks.filter((task) => task.state !== 'reassigned' && task.state !== 'withdrawn')
}

/** 指令渭南危化救援队赴样例工业园：堵漏。14时40分下达（电话 样例队长），… */
export function order(task: Task): Piece {
  const states = [...task.states]
    .sort((a, b) => rankOf(a.state) - rankOf(b.state))
    .map((row) => `${clockWords(row.happenedAt)}${taskStateNames[row.state]}（${evidenceWords[row.evidence.kind]} ${row.evidence.who}）`)
  const words = sentence(`${taskKindNames[task.kind]}${task.unit}${task.place === '' ? '' : `赴${task.place}`}：${task.task}。${states.join('，')}`)
  const last = task.states.at(-1)
  const who = last === undefined ? '' : `${evidenceWords[last.evidence.kind]} ${last.evidence.who}`
  return { words, sources: [sourced(words, { who, asOf: last?.happenedAt ?? null, ref: { dataset: 'tasks', row: task.id } })] }
}

export function orders(tasks: readonly Task[]): Piece[] {
  const list = given(tasks)
  if (list.length === 0) return []
  return [
    plain(`已下达指令${list.length}项：`),
    ...list.map((task, at) => {
      const piece = order(task)
      return { ...piece, words: `${at + 1}．${piece.words}` }
    }),
  ]
}

/** 截至14时30分: until when the figures told hold; empty while there are none. */
export function latestWords(incident: IncidentDetail): string {
  const latest = incident.figures
    .flatMap((one) => one.statements)
    .map((statement) => statement.asOf)
    .sort((a, b) => b.at - a.at)[0]
  return latest === undefined ? '' : asOfWords(latest)
}
