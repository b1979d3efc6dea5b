// Gathers what is known and drafts from it: the ports to other rooms, asked only when a draft is made.
import {
  type ActingPerson,
  dayOf,
  type DraftInput,
  type IncidentDetail,
  type ReadDigest,
  type ReadInstructions,
  type ReadOnDuty,
  type ReadSceneWeather,
  type ResponseDecision,
  type Task,
  WanglouError,
  emptyFields,
} from '../../contract/index.ts'
import type { Reads } from '../../store/types.ts'
import { changes } from './compose/changes.ts'
import { assembled, compose, type Draft } from './compose/compose.ts'
import { digestDraft } from './compose/digest.ts'
import { type ReportFacts, Told } from './compose/facts.ts'
import { instructionSheet } from './compose/notices.ts'
import { type ReportRow, ReportsRepository } from './reports.repository.ts'
import { readSettings } from './settings.ts'

/** Every feature hands one over through `app.ts`. */
export interface ReportSources {
  detail: (incident: string) => Promise<IncidentDetail>
  tasks: (incident: string) => Promise<Task[]>
  /** The response in words; null = not started. */
  response: (incident: string) => Promise<string | null>
  decisions: (incident: string) => Promise<ResponseDecision[]>
  instructions: ReadInstructions
  weather: ReadSceneWeather
  onDuty: ReadOnDuty
  /** What the watch's day was, composed from its rows. */
  digest: ReadDigest
  /** Name of this centre; empty = not set. */
  unit: () => Promise<string>
  /** Name of the nearest unit above; empty = none known. */
  superior: () => Promise<string>
}

const hourMs = 3_600_000

export class Drafting {
  readonly #reads: Reads
  readonly #sources: ReportSources
  readonly #repository: ReportsRepository

  constructor(options: { reads: Reads; sources: ReportSources }) {
    this.#reads = options.reads
    this.#sources = options.sources
    this.#repository = new ReportsRepository(options.reads)
  }

  /** @throws WanglouError NOT_FOUND, INVALID_INPUT, REPORT_GROUNDS_MISSING */
  async draft(input: Pick<DraftInput, 'kind' | 'incident' | 'about'>, by: ActingPerson): Promise<Draft> {
    if (input.kind === 'digest') return this.#digest(by, Date.now())
    if (input.incident === null) return this.#sheet(input, by)
    const [facts, course, usual] = await Promise.all([
      this.#facts(input.incident, by),
      this.#repository.course(input.incident),
      this.#repository.usual(input.kind),
    ])
    const former = course.told === null ? null : Told.parse(course.told)
    return compose({ input, facts, former, usual })
  }

  /** What came to be known after a draft was made and is not in it, in words. */
  async news(row: ReportRow): Promise<string[]> {
    if (row.incident === null || row.told === null) return []
    const told = Told.safeParse(row.told)
    if (!told.success) return []
    return changes(await this.#facts(row.incident, { name: row.draftedByName }), told.data).map((piece) => piece.words)
  }

  async #facts(id: string, by: { name: string }): Promise<ReportFacts> {
    const sources = this.#sources
    const nowMs = Date.now()
    const [incident, tasks, response, decisions, instructions, weather, unit, superior, onDuty, settings] = await Promise.all([
      sources.detail(id),
      sources.tasks(id),
      sources.response(id),
      sources.decisions(id),
      sources.instructions(id),
      sources.weather(id),
      sources.unit(),
      sources.superior(),
      sources.onDuty(nowMs),
      readSettings(this.#reads),
    ])
    return { incident, tasks, response, decisions, instructions, weather, unit, superior, onDuty, by, settings, nowMs }
  }

  /** The day of the watch that ended last. */
  async #digest(by: ActingPerson, nowMs: number): Promise<Draft> {
    const { digestHour } = await readSettings(this.#reads)
    const day = dayOf(nowMs - digestHour * hourMs)
    const [digest, unit, usual] = await Promise.all([this.#sources.digest(day), this.#sources.unit(), this.#repository.usual('digest')])
    const { fields, text } = digestDraft(digest)
    const head = { 报送单位: unit || (usual?.报送单位 ?? ''), 主送: usual?.主送 ?? '', 抄送: usual?.抄送 ?? '', 联系电话: usual?.联系电话 ?? '' }
    return assembled('digest', { ...emptyFields, ...head, 联系人: by.name, ...fields }, text, null)
  }

  /** A 批示 that belongs to no incident. */
  async #sheet(input: Pick<DraftInput, 'kind' | 'about'>, by: ActingPerson): Promise<Draft> {
    if (input.kind !== 'instruction-sheet') throw new WanglouError('INVALID_INPUT', { field: 'incident' })
    const [instructions, unit] = await Promise.all([this.#sources.instructions(null), this.#sources.unit()])
    const drafted = instructionSheet({ instructions }, input.about?.row ?? null)
    if (drafted === null) throw new WanglouError('REPORT_GROUNDS_MISSING', { kind: '批示办理单' })
    return assembled(input.kind, { ...emptyFields, 报送单位: unit, 联系人: by.name, ...drafted.fields }, [], null)
  }
}
