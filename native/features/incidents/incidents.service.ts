// Incidents: takes a report in, shows it whole with its proposed grade, lets a person edit, confirm and close it.
import { z } from 'zod'
import {
  AreaCode,
  Circumstance,
  type CloseInput,
  type ConfirmGradeInput,
  type EditableField,
  type EditInput,
  HappenedAt,
  type IncidentDetail,
  type IncidentFacts,
  type IncidentSummary,
  type InformationState,
  type IntakeInput,
  type ListInput,
  LonLat,
  type Metric,
  type ActingPerson,
  type ReportingState,
  type SetStateInput,
  type Statement,
  WanglouError,
} from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import type { Reads } from '../../store/types.ts'
import type { EventTypesService } from './event-types.service.ts'
import { figuresOf } from './figures.ts'
import { figureValues, type GradeTable, proposeGrade } from './grade.ts'
import { attachmentAct, reportRow, statementAct } from './incident-acts.ts'
import { type IncidentRow, IncidentsRepository, parsed } from './incidents.repository.ts'
import { refuseMarked } from '../../kernel/marking.ts'
import { type MustReportRule, mustReport } from './must-report.ts'

/** What each editable field may hold. */
const fieldSchemas: Record<EditableField, z.ZodType> = {
  title: z.string().trim().min(1).max(200),
  description: z.string().max(6000),
  typeCode: z.string().max(20).nullable(),
  place: z.string().max(300),
  position: LonLat.nullable(),
  area: AreaCode.nullable(),
  occurred: HappenedAt.nullable(),
  received: HappenedAt,
  firstPhoned: HappenedAt.nullable(),
  written: HappenedAt.nullable(),
  circumstances: z.array(Circumstance).max(20),
}
const jsonFields: readonly EditableField[] = ['position', 'occurred', 'received', 'firstPhoned', 'written', 'circumstances']

export class IncidentsService {
  readonly #journal: Journal
  readonly #repository: IncidentsRepository
  readonly #types: EventTypesService
  readonly #tables: readonly GradeTable[]
  readonly #rules: readonly MustReportRule[]
  readonly #nameOf: (account: string) => Promise<string>

  constructor(options: {
    reads: Reads
    journal: Journal
    types: EventTypesService
    tables: readonly GradeTable[]
    rules: readonly MustReportRule[]
    /** The name people know an account by. */
    nameOf: (account: string) => Promise<string>
  }) {
    this.#journal = options.journal
    this.#repository = new IncidentsRepository(options.reads)
    this.#types = options.types
    this.#tables = options.tables
    this.#rules = options.rules
    this.#nameOf = options.nameOf
  }

  /**
   * One intake, whole, in one transaction: incident, first report, figures and files.
   * @throws WanglouError DUPLICATE when this intake was already taken in (its id is made by the page); CLASSIFIED_MARKING
   */
  async report(input: IntakeInput, by: ActingPerson, options: { isSample: boolean } = { isSample: false }): Promise<void> {
    refuseMarked(input)
    const subject = { dataset: 'incidents', row: input.id }
    const now = Date.now()
    const { title, description, typeCode, place, position, placedBy, area, occurred, circumstances } = input
    await this.#journal.writeAll([
      {
        actor: by.account,
        action: 'incidents.report',
        subject,
        happenedAt: input.report.received,
        rows: [
          {
            dataset: 'incidents',
            row: input.id,
            set: {
              title,
              description,
              typeCode,
              place,
              position,
              placedBy,
              area,
              occurred,
              circumstances,
              received: input.report.received,
              informationState: 'received',
              isSample: options.isSample,
            },
          },
          reportRow(input.id, 'first', input.report, now),
        ],
        check: async (tx) => {
          if ((await tx.get('SELECT 1 AS found FROM incidents WHERE id = ?', [input.id])) !== null)
            throw new WanglouError('DUPLICATE', { incident: input.id })
        },
      },
      ...input.statements.map((statement) => statementAct(input.id, statement, by, now)),
      ...input.attachments.map((attachment) => attachmentAct(input.id, attachment, by, now)),
    ])
  }

  async list(filter: ListInput): Promise<IncidentSummary[]> {
    const rows = await this.#repository.list(filter)
    const summaries = await this.#summaries(rows)
    return filter.grade === null ? summaries : summaries.filter((summary) => summary.grade === filter.grade)
  }

  /** @throws WanglouError NOT_FOUND */
  async detail(id: string): Promise<IncidentDetail> {
    const row = await this.#row(id)
    const [[summary], statements, choices, reports, attachments, merged] = await Promise.all([
      this.#summaries([row]),
      this.#repository.statements([id]),
      this.#repository.choices([id]),
      this.#repository.reports(id),
      this.#repository.attachments(id),
      this.#repository.merged(id),
    ])
    if (summary === undefined) throw new WanglouError('NOT_FOUND', { incident: id })
    const figures = figuresOf(statements.get(id) ?? [], choices.get(id) ?? new Map<Metric, string>())
    const circumstances = parsed<Circumstance[]>(row.circumstances) ?? []
    const { values } = figureValues(figures)
    return {
      ...summary,
      description: row.description ?? '',
      placedBy: row.placedBy as IncidentDetail['placedBy'],
      firstPhoned: parsed(row.firstPhoned),
      written: parsed(row.written),
      transferredTo: row.transferredTo,
      circumstances,
      confirmedBasis: row.confirmedBasis,
      confirmedBy: row.confirmedBy,
      proposal: await this.#proposal(row, statements.get(id) ?? [], choices.get(id)),
      mustReport: mustReport(values, circumstances, this.#rules),
      figures,
      reports,
      attachments,
      merged: await Promise.all(merged.map(async (child) => ({ ...child, entry: await this.#mergeEntry(child.id, id) }))),
    }
  }

  /** What other features may know of it. @throws WanglouError NOT_FOUND */
  async facts(id: string): Promise<IncidentFacts> {
    const row = await this.#row(id)
    const [[summary], reports] = await Promise.all([this.#summaries([row]), this.#repository.reports(id)])
    if (summary === undefined) throw new WanglouError('NOT_FOUND', { incident: id })
    return {
      id,
      title: summary.title,
      typeCode: summary.typeCode,
      typeName: summary.typeName,
      position: summary.position,
      area: summary.area,
      grade: summary.grade,
      isGradeConfirmed: summary.isGradeConfirmed,
      words: [row.title, row.place, row.description, ...reports.map((report) => report.words)].join('\n'),
      happenedAt: summary.occurred?.at ?? summary.received?.at ?? null,
      isClosed: summary.closedAt !== null,
    }
  }

  /**
   * Edits one field, if it still holds what the form had shown.
   * @throws WanglouError CONFLICT {field, theirs, by, at} when another console wrote meanwhile: nothing is written
   */
  async edit(input: EditInput, by: ActingPerson): Promise<void> {
    refuseMarked(input.value)
    const checked = fieldSchemas[input.field].safeParse(input.value)
    if (!checked.success) throw new WanglouError('INVALID_INPUT', { field: input.field })
    const value = checked.data as z.infer<ReturnType<typeof z.json>>
    if (input.field === 'typeCode' && value !== null && (await this.#types.find(String(value))) === null)
      throw new WanglouError('INVALID_INPUT', { field: 'typeCode' })
    const subject = { dataset: 'incidents', row: input.incident }
    let theirs: unknown = null
    try {
      await this.#journal.write({
        actor: by.account,
        action: 'incidents.edit',
        subject,
        rows: [{ ...subject, set: { [input.field]: value } }],
        check: async (tx) => {
          const row = await tx.get<Record<string, string | null>>(`SELECT ${input.field} AS now FROM incidents WHERE id = ? AND _deleted = 0`, [
            input.incident,
          ])
          if (row === null) throw new WanglouError('NOT_FOUND', { incident: input.incident })
          const now = jsonFields.includes(input.field) ? parsed<unknown>(row['now'] ?? null) : (row['now'] ?? null)
          if (same(now, input.seen) || same(now, value)) return
          theirs = now
          throw new WanglouError('CONFLICT', { field: input.field })
        },
      })
    } catch (error) {
      if (!(error instanceof WanglouError) || error.code !== 'CONFLICT') throw error
      throw new WanglouError('CONFLICT', {
        field: input.field,
        theirs: JSON.stringify(theirs),
        ...(await this.#lastWrite(input.incident, input.field)),
      })
    }
  }

  async setState(input: SetStateInput, by: ActingPerson): Promise<void> {
    if ((input.state === 'false' || input.state === 'transferred') && input.words.trim() === '') throw new WanglouError('REASON_REQUIRED')
    await this.#set(
      input.incident,
      'incidents.state',
      { informationState: input.state, ...(input.state === 'transferred' ? { transferredTo: input.words } : {}) },
      by,
      {
        happenedAt: input.happenedAt,
        words: input.words,
        check: (row) => {
          if (row.informationState === 'merged') throw new WanglouError('STATE_NOT_ALLOWED', { from: 'merged', to: input.state })
        },
      },
    )
  }

  /** A person takes the proposed grade, another one (with words why), or withdraws it (null). */
  async confirmGrade(input: ConfirmGradeInput, by: ActingPerson): Promise<void> {
    const proposed = (await this.detail(input.incident)).proposal.grade
    if (input.grade !== null && input.grade !== proposed && input.basis.trim() === '') throw new WanglouError('REASON_REQUIRED')
    const set = {
      confirmedGrade: input.grade,
      confirmedBasis: input.basis,
      confirmedBy: input.grade === null ? null : input.confirmedBy.trim() || by.name,
    }
    await this.#set(input.incident, 'incidents.confirmGrade', set, by, { happenedAt: null, words: input.basis, check: () => undefined })
  }

  async close(input: CloseInput, by: ActingPerson): Promise<void> {
    if (input.words.trim() === '') throw new WanglouError('REASON_REQUIRED')
    await this.#set(
      input.incident,
      input.isClosed ? 'incidents.close' : 'incidents.reopen',
      { closedAt: input.isClosed ? (input.happenedAt?.at ?? Date.now()) : null },
      by,
      {
        happenedAt: input.happenedAt,
        words: input.words,
        check: (row) => {
          if ((row.closedAt !== null) === input.isClosed) throw new WanglouError('STATE_NOT_ALLOWED', { to: input.isClosed ? 'closed' : 'open' })
        },
      },
    )
  }

  async #set(
    id: string,
    action: string,
    set: Record<string, string | number | null>,
    by: ActingPerson,
    options: { happenedAt: HappenedAt | null; words: string; check: (row: { informationState: string; closedAt: number | null }) => void },
  ): Promise<void> {
    refuseMarked(options.words)
    const subject = { dataset: 'incidents', row: id }
    await this.#journal.write({
      actor: by.account,
      action,
      subject,
      happenedAt: options.happenedAt,
      note: options.words.trim() === '' ? null : { words: options.words },
      rows: [{ ...subject, set }],
      check: async (tx) => {
        const row = await tx.get<{ informationState: string; closedAt: number | null }>(
          'SELECT informationState, closedAt FROM incidents WHERE id = ? AND _deleted = 0',
          [id],
        )
        if (row === null) throw new WanglouError('NOT_FOUND', { incident: id })
        options.check(row)
      },
    })
  }

  async #row(id: string): Promise<IncidentRow> {
    const row = await this.#repository.get(id)
    if (row === null) throw new WanglouError('NOT_FOUND', { incident: id })
    return row
  }

  async #summaries(rows: readonly IncidentRow[]): Promise<IncidentSummary[]> {
    const ids = rows.map((row) => row.id)
    const [statements, choices] = await Promise.all([this.#repository.statements(ids), this.#repository.choices(ids)])
    return Promise.all(
      rows.map(async (row) => {
        const type = await this.#types.find(row.typeCode)
        const confirmed = row.confirmedGrade as IncidentSummary['grade']
        const grade = confirmed ?? (await this.#proposal(row, statements.get(row.id) ?? [], choices.get(row.id))).grade
        return {
          id: row.id,
          title: row.title,
          typeCode: row.typeCode,
          typeName: type?.name ?? null,
          place: row.place,
          position: parsed<LonLat>(row.position),
          area: row.area,
          occurred: parsed<HappenedAt>(row.occurred),
          received: parsed<HappenedAt>(row.received),
          informationState: row.informationState as InformationState,
          mergedInto: row.mergedInto,
          grade,
          isGradeConfirmed: confirmed !== null,
          reportingState: (row.reporting ?? 'none') as ReportingState,
          closedAt: row.closedAt,
          isSample: row.isSample === 1,
          conflicts: row._conflicts,
        }
      }),
    )
  }

  async #proposal(
    row: IncidentRow,
    statements: readonly Statement[],
    choices: ReadonlyMap<Metric, string> | undefined,
  ): Promise<IncidentDetail['proposal']> {
    const { values, differing } = figureValues(figuresOf(statements, choices ?? new Map<Metric, string>()))
    const type = await this.#types.find(row.typeCode)
    return proposeGrade(
      {
        typeCode: type === null ? null : row.typeCode,
        hazard: type?.hazard ?? null,
        values,
        differing,
        circumstances: parsed<Circumstance[]>(row.circumstances) ?? [],
      },
      this.#tables,
    )
  }

  /** The entry that merged `child`, while it can still be undone. */
  async #mergeEntry(child: string, into: string): Promise<string | null> {
    const entries = await this.#journal.timeline({ dataset: 'incidents', row: into }, { by: 'known' })
    const found = entries.findLast((entry) => entry.action === 'incidents.merge' && entry.cells.some(([, row]) => row === child))
    return found === undefined ? null : `${found.station}/${found.scope}/${found.seq}`
  }

  async #lastWrite(incident: string, field: string): Promise<{ by: string; at: number }> {
    const entries = await this.#journal.timeline({ dataset: 'incidents', row: incident }, { by: 'known' })
    const last = entries.findLast((entry) =>
      entry.cells.some(([dataset, row, column]) => dataset === 'incidents' && row === incident && column === field),
    )
    return { by: last === undefined ? '' : await this.#nameOf(last.actor), at: last?.at ?? 0 }
  }
}

/** Equality of JSON values whatever the order of keys. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => key in b && same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
  )
}
