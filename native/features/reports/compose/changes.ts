// What changed since the last signed report: the whole of a 续报. Former figures stand beside the new ones; why they changed is not said. Pure.
import type { Figure } from '../../../contract/index.ts'
import { informationNames, type ReportFacts, type Told } from './facts.ts'
import { figure, given, grading, order, response, weather } from './paragraphs.ts'
import type { Piece } from './piece.ts'
import { plain } from './piece.ts'
import { countWords, sentence } from './wording.ts'

type ToldFigure = Told['figures'][number]

/** @returns nothing when all is as it was told */
export function changes(facts: ReportFacts, told: Told): Piece[] {
  const { incident } = facts
  const figures = incident.figures.flatMap((one) =>
    changedFigure(
      one,
      told.figures.find((former) => former.metric === one.metric),
    ),
  )
  const grade = `${incident.grade ?? ''}/${incident.isGradeConfirmed}` === told.grade ? [] : [grading(incident)]
  const tasks = given(facts.tasks).filter((task) => told.tasks[task.id] !== task.state)
  const taken = facts.tasks.filter((task) => (task.state === 'withdrawn' || task.state === 'reassigned') && told.tasks[task.id] !== undefined)
  return [
    ...(incident.informationState === told.information ? [] : [plain(`信息状态：${informationNames[incident.informationState]}。`)]),
    ...figures,
    ...grade,
    ...(facts.response === told.response ? [] : response(facts)),
    ...((facts.weather[0]?.id ?? null) === told.weather ? [] : weather(facts)),
    ...tasks.map(order),
    ...taken.filter((task) => told.tasks[task.id] !== task.state).map(order),
  ]
}

function changedFigure(now: Figure, former: ToldFigure | undefined): Piece[] {
  if (former !== undefined && isSame(now, former)) return []
  const piece = figure(now)
  const before = former === undefined ? '' : `（上次报告：${formerWords(former)}）`
  return [{ words: sentence(`${piece.words}${before}`), sources: piece.sources }]
}

function isSame(now: Figure, former: ToldFigure): boolean {
  if (now.chosen !== null && former.chosen !== null) {
    const said = former.said.find((one) => one.statement === former.chosen)
    return said?.value === now.chosen.value && said.state === now.chosen.state && said.source === now.chosen.source
  }
  if ((now.chosen === null) !== (former.chosen === null)) return false
  const key = (said: readonly { value: number; source: string; state: string }[]) =>
    said
      .map(({ value, source, state }) => `${value}/${source}/${state}`)
      .sort()
      .join('|')
  return key(now.statements) === key(former.said)
}

function formerWords({ metric, chosen, said }: ToldFigure): string {
  const told = chosen === null ? said : said.filter((one) => one.statement === chosen)
  return told.map(({ value, source }) => `${countWords(metric, value)}${source === '' ? '' : `，据${source}`}`).join('；')
}
