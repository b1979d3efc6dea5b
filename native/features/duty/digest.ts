// 每日值班要情 composed from rows alone: each statement with what it is from; nothing is rounded, nothing is said that no row says. Pure.
import {
  addDays,
  type Day,
  type Digest,
  type DigestParagraph,
  type DigestSection,
  type DigestSource,
  type DutyNote,
  type EventGrade,
  type Figure,
  type HappenedAt,
  type IncidentDetail,
  type InstructionFact,
  type LogLine,
  namesOf,
  type Post,
  posts,
  type ReportSummary,
  startOfDay,
  type Subject,
  type WatchPeople,
} from '../../contract/index.ts'
import { directionWords } from './log-table.ts'
import { dayWords, momentWords } from './papers.ts'

/** The words of the papers that belong to incidents; handed in by `app.ts`. */
export interface IncidentWording {
  /** A figure with who said each number; differing ones side by side. */
  figure: (figure: Figure) => Part
  moment: (moment: HappenedAt) => string
}
type Part = Pick<DigestParagraph, 'words' | 'sources'>

export interface DigestFacts {
  day: Day
  /** Who stood, by watch or roster row. */
  watches: readonly { day: Day; shiftName: string; people: WatchPeople; isStood: boolean; ref: Subject }[]
  /** Received within the day, and older ones that are still open. */
  incidents: readonly IncidentDetail[]
  log: readonly LogLine[]
  instructions: readonly InstructionFact[]
  notes: readonly DutyNote[]
  wording: IncidentWording
}

const dueMinutes = 8 * 60
export const postWords: Record<Post, string> = { watchLeaders: '带班领导', shiftLeaders: '值班长', officers: '值班员' }
const gradeWords: Record<EventGrade, string> = { 'particularly-major': '特别重大', major: '重大', larger: '较大', general: '一般' }
const informationWords: Record<IncidentDetail['informationState'], string> = {
  received: '情况正在了解',
  checking: '正在核实',
  verified: '已核实',
  false: '经核实为误报',
  transferred: '已转办',
  merged: '已并案',
}
const headings: [DigestSection, string][] = [
  ['watch', '值班情况'],
  ['incidents', '突发事件'],
  ['log', '值班日志'],
  ['instructions', '未办结批示'],
  ['notes', '移交事项'],
]

/** From 08:00 of the day before to 08:00. */
export function digestSpan(day: Day): { from: number; to: number } {
  const at = (one: Day) => startOfDay(one) + dueMinutes * 60_000
  return { from: at(addDays(day, -1)), to: at(day) }
}

/** Whether the day's digest has been drafted: at or after its eight o'clock, and not thrown away since. */
export function isDigestDrafted(day: Day, digests: readonly Pick<ReportSummary, 'state' | 'draftedAt'>[]): boolean {
  const { to } = digestSpan(day)
  const { to: next } = digestSpan(addDays(day, 1))
  return digests.some((one) => one.state !== 'discarded' && isBetween(one.draftedAt, to, next))
}

export function digestOf(facts: DigestFacts): Digest {
  const span = digestSpan(facts.day)
  const parts: Record<DigestSection, Part[]> = {
    watch: watchPart(facts),
    incidents: incidentPart(facts, span),
    log: logPart(facts),
    instructions: instructionPart(facts),
    notes: notePart(facts),
  }
  const told = headings.filter(([section]) => parts[section].length > 0)
  const paragraphs = told.flatMap(([section, name], index): DigestParagraph[] => [
    { section, words: `${'一二三四五'[index]}、${name}`, sources: [] },
    ...parts[section].map((part) => ({ section, ...part })),
  ])
  return { day: facts.day, ...span, paragraphs }
}

function watchPart({ watches }: DigestFacts): Part[] {
  if (watches.length === 0) return [{ words: '值班表未排，值班人员待填。', sources: [] }]
  return watches.map(({ day, shiftName, people, isStood, ref }) => {
    const named = posts.flatMap((post) => (people[post].length === 0 ? [] : [`${postWords[post]}${namesOf(people, post).join('、')}`]))
    const words = `${dayWords(day)}${shiftName}：${named.join('，') || '未登记'}。`
    return { words, sources: [source(words, isStood ? '交接班记录' : '值班表', ref)] }
  })
}

function incidentPart({ incidents, wording }: DigestFacts, { from, to }: { from: number; to: number }): Part[] {
  const counted = incidents.filter((incident) => incident.mergedInto === null)
  const fresh = counted
    .filter((incident) => isBetween(incident.received?.at ?? 0, from, to))
    .toSorted((a, b) => (a.received?.at ?? 0) - (b.received?.at ?? 0))
  const older = counted.filter((incident) => !fresh.includes(incident) && incident.closedAt === null)
  const span = `${momentWords(from)}至${momentWords(to)}`
  const summary = fresh.length === 0 ? `${span}，本室未接报突发事件。` : `${span}，本室接报突发事件${fresh.length}起${gradeCounts(fresh)}。`
  const parts: Part[] = [{ words: summary, sources: fresh.map((incident) => source(incident.title, '本室接报记录', incidentRef(incident))) }]
  parts.push(...fresh.map((incident, index) => incidentParagraph(incident, index, wording)))
  if (older.length > 0) {
    const listed = older.map((incident) => `${incident.title}（${informationWords[incident.informationState]}）`).join('；')
    parts.push({
      words: `此前接报、尚未办结${older.length}起：${listed}。`,
      sources: older.map((incident) => source(incident.title, '本室接报记录', incidentRef(incident))),
    })
  }
  return parts
}

/** `，其中较大1起（初判）`; an incident without a grade is never counted as 一般. */
function gradeCounts(incidents: readonly IncidentDetail[]): string {
  const parts = (Object.keys(gradeWords) as EventGrade[]).flatMap((grade) =>
    [true, false].flatMap((isConfirmed) => {
      const count = incidents.filter((incident) => incident.grade === grade && incident.isGradeConfirmed === isConfirmed).length
      return count === 0 ? [] : [`${gradeWords[grade]}${count}起${isConfirmed ? '' : '（初判）'}`]
    }),
  )
  const ungraded = incidents.filter((incident) => incident.grade === null).length
  if (ungraded > 0) parts.push(`未定级${ungraded}起`)
  return `，其中${parts.join('、')}`
}

function incidentParagraph(incident: IncidentDetail, index: number, wording: IncidentWording): Part {
  const grade = incident.grade === null ? null : `${gradeWords[incident.grade]}${incident.isGradeConfirmed ? '' : '（初判）'}`
  const kind = [incident.typeName, grade].filter((part) => part !== null).join('，')
  const times = [
    incident.occurred === null ? null : { words: `${wording.moment(incident.occurred)}发生`, asOf: incident.occurred },
    incident.received === null ? null : { words: `${wording.moment(incident.received)}接报`, asOf: incident.received },
  ].filter((part) => part !== null)
  const figures = incident.figures.map(wording.figure)
  const state = `${informationWords[incident.informationState]}${incident.closedAt === null ? '' : '，已办结'}`
  return {
    words: `${index + 1}．${incident.title}${kind === '' ? '' : `（${kind}）`}。${[...times, ...figures, { words: state }].map((part) => part.words).join('，')}。`,
    sources: [
      source(incident.title, '本室接报记录', incidentRef(incident)),
      ...times.map(({ words, asOf }) => ({ ...source(words, asOf.source, incidentRef(incident)), asOf })),
      ...figures.flatMap((figure) => figure.sources),
    ],
  }
}

function logPart({ log }: DigestFacts): Part[] {
  if (log.length === 0) return [{ words: '值班日志没有记载。', sources: [] }]
  const count = (direction: LogLine['direction']) => log.filter((line) => line.direction === direction).length
  const counts = (['in', 'out', 'other'] as const).flatMap((direction) =>
    count(direction) === 0 ? [] : [`${directionWords[direction]}${count(direction)}${direction === 'other' ? '条' : '次'}`],
  )
  const notable = log.filter((line) => line.isNotable).toSorted((a, b) => a.happenedAt.at - b.happenedAt.at)
  const lineSource = (line: LogLine) => ({
    ...source(line.matter, line.who || '值班日志', { dataset: 'dutyLog', row: line.id }),
    asOf: line.happenedAt,
  })
  return [
    { words: `值班日志记载${log.length}条：${counts.join('、')}。`, sources: log.map(lineSource) },
    ...notable.map((line, index) => ({
      words: `${index + 1}．${momentWords(line.happenedAt.at)}，${line.party === '' ? '' : `${line.party}${directionWords[line.direction]}，`}${trimmed(line.matter)}${line.result === '' ? '' : `（${trimmed(line.result)}）`}。`,
      sources: [lineSource(line)],
    })),
  ]
}

function instructionPart({ instructions }: DigestFacts): Part[] {
  return instructions
    .filter((instruction) => !instruction.isDone)
    .map((instruction, index) => ({
      words: `${index + 1}．${instruction.from}：“${instruction.words.trim()}”${instruction.owner === '' ? '' : `，承办${instruction.owner}`}${instruction.dueAt === null ? '' : `，时限${momentWords(instruction.dueAt)}`}，未办结。`,
      sources: [source(instruction.words, instruction.from, { dataset: 'instructions', row: instruction.id })],
    }))
}

function notePart({ notes }: DigestFacts): Part[] {
  return notes
    .filter((note) => note.closedAt === null)
    .map((note, index) => ({
      words: `${index + 1}．${trimmed(note.words)}。`,
      sources: [{ ...source(note.words, note.enteredByName || '交接班记录', { dataset: 'dutyNotes', row: note.id }), asOf: note.since }],
    }))
}

function source(words: string, who: string, ref: Subject): DigestSource {
  return { words: words.slice(0, 500), who, asOf: null, state: null, ref }
}

function incidentRef(incident: IncidentDetail): Subject {
  return { dataset: 'incidents', row: incident.id }
}

function trimmed(words: string): string {
  return words.trim().replace(/[。．.；;]+$/, '')
}

function isBetween(at: number, from: number, to: number): boolean {
  return from <= at && at < to
}
