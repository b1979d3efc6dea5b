// Reports: drafts one from what is known, lets several consoles write it, shows it whole; what was signed is never written again.
import {
  type ActingPerson,
  type DraftInput,
  type EditReportInput,
  emptyFields,
  type FieldSource,
  kindNames,
  type ReportDetail,
  type ReportField,
  ReportFields,
  type ReportListInput,
  type ReportSettings,
  type ReportSummary,
  WanglouError,
} from '../../contract/index.ts'
import type { Journal, RowWrite } from '../../journal/types.ts'
import { importedId } from '../../kernel/ids.ts'
import { refuseMarked } from '../../kernel/marking.ts'
import type { Reads } from '../../store/types.ts'
import type { Drafting } from './drafting.ts'
import { isFrozen, stateOf } from './life.ts'
import { type ReportRow, ReportsRepository } from './reports.repository.ts'
import { readSettings } from './settings.ts'
import { detail, type Parts, summary } from './views.ts'

export class ReportsService {
  readonly #journal: Journal
  readonly #reads: Reads
  readonly #repository: ReportsRepository
  readonly #drafting: Drafting

  constructor(options: { journal: Journal; reads: Reads; drafting: Drafting }) {
    this.#journal = options.journal
    this.#reads = options.reads
    this.#repository = new ReportsRepository(options.reads)
    this.#drafting = options.drafting
  }

  /**
   * 拟稿: every field filled from what is known, kept at once.
   * @throws WanglouError DUPLICATE when that draft was begun already; NOT_FOUND; STATE_NOT_ALLOWED when what it corrects is not signed
   */
  async draft(input: DraftInput, by: ActingPerson): Promise<void> {
    const former = input.corrects === null ? null : await this.#signed(input.corrects)
    const incident = input.corrects === null ? input.incident : (former?.row.incident ?? null)
    const { fields, sources, told } =
      former === null ? await this.#drafting.draft(input, by) : { fields: former.fields, sources: former.sources, told: former.row.told }
    refuseMarked(fields)
    const kind = former?.row.kind ?? input.kind
    await this.#journal.write({
      actor: by.account,
      action: input.corrects === null ? 'reports.draft' : 'reports.correct',
      subject: subjectOf({ id: input.id, incident }),
      note: { kind, words: kindNames[kind] },
      rows: [
        {
          dataset: 'reports',
          row: input.id,
          set: {
            incident,
            kind,
            about: input.about === null ? null : { ...input.about },
            corrects: input.corrects,
            told,
            draftedAt: Date.now(),
            draftedBy: by.account,
            draftedByName: by.name,
            isSample: former?.row.isSample ?? false,
          },
        },
        ...fieldRows({ id: input.id, incident }, fields, sources),
      ],
      check: async (tx) => {
        if ((await tx.get('SELECT 1 AS found FROM reports WHERE id = ?', [input.id])) !== null)
          throw new WanglouError('DUPLICATE', { report: input.id })
        if (incident !== null && (await tx.get('SELECT 1 AS found FROM incidents WHERE id = ? AND _deleted = 0', [incident])) === null)
          throw new WanglouError('NOT_FOUND', { incident })
      },
    })
  }

  /**
   * Writes fields, if each still holds what the form had shown.
   * @throws WanglouError REPORT_FROZEN once it is signed; CONFLICT {fields: JSON of field → theirs} when another console wrote meanwhile: nothing is written
   */
  async edit(input: EditReportInput, by: ActingPerson): Promise<void> {
    const values = input.changes.map(({ field, value }) => [field, checked(field, value)] as const)
    refuseMarked(input.changes.map(({ value }) => value))
    const row = await this.#row(input.report)
    await this.#journal.write({
      actor: by.account,
      action: 'reports.edit',
      subject: subjectOf(row),
      note: { kind: row.kind, words: `${kindNames[row.kind]} ${values.map(([field]) => field).join('、')}` },
      rows: values.map(([field, value]) => ({
        dataset: 'reportFields',
        row: fieldRow(row.id, field),
        set: { report: row.id, incident: row.incident, name: field, value },
      })),
      check: async (tx) => {
        await this.mustBeOpen(tx, row.id)
        const now = (await this.#repository.fields([row.id], tx)).get(row.id)?.fields
        const theirs = input.changes.filter(({ field, value, seen }) => !same(now?.[field], seen) && !same(now?.[field], value))
        if (theirs.length === 0) return
        const shown = Object.fromEntries(theirs.map(({ field }) => [field, now?.[field] ?? '']))
        throw new WanglouError('CONFLICT', { field: theirs[0]?.field ?? null, fields: JSON.stringify(shown) })
      },
    })
  }

  /** Drafts anew from what is known now, into the same report; what persons typed is replaced, and stays in the journal. */
  async refresh(report: string, by: ActingPerson): Promise<void> {
    const row = await this.#row(report)
    const { fields, sources, told } = await this.#drafting.draft({ kind: row.kind, incident: row.incident, about: row.about }, by)
    const body = { ...fields }
    refuseMarked(body.正文)
    await this.#journal.write({
      actor: by.account,
      action: 'reports.refresh',
      subject: subjectOf(row),
      note: { kind: row.kind, words: kindNames[row.kind] },
      rows: [{ dataset: 'reports', row: report, set: { told } }, ...fieldRows(row, { 正文: body.正文 }, sources)],
      check: (tx) => this.mustBeOpen(tx, report),
    })
  }

  /** The map picture that goes into the document (null = none). */
  async setMap(options: { report: string; map: string | null }, by: ActingPerson): Promise<void> {
    const row = await this.#row(options.report)
    await this.#journal.write({
      actor: by.account,
      action: 'reports.map',
      subject: subjectOf(row),
      note: { kind: row.kind, words: kindNames[row.kind] },
      rows: [{ dataset: 'reports', row: row.id, set: { map: options.map } }],
      check: (tx) => this.mustBeOpen(tx, row.id),
    })
  }

  async list(filter: ReportListInput, nowMs: number = Date.now()): Promise<ReportSummary[]> {
    const settings = await readSettings(this.#reads)
    const all = (await this.#parts(await this.#repository.list(filter))).map((parts) => summary(parts, settings, nowMs))
    return filter.state === null ? all.filter((one) => one.state !== 'discarded') : all.filter((one) => one.state === filter.state)
  }

  /** @throws WanglouError NOT_FOUND */
  async get(report: string, nowMs: number = Date.now()): Promise<ReportDetail> {
    const [parts] = await this.#parts([await this.#row(report)])
    if (parts === undefined) throw new WanglouError('NOT_FOUND', { report })
    const news = isFrozen(stateOf(parts.steps, parts.sends, parts.receipts)) ? [] : await this.#drafting.news(parts.row)
    return detail(parts, await readSettings(this.#reads), { news, nowMs })
  }

  settings(): Promise<ReportSettings> {
    return readSettings(this.#reads)
  }

  /** In the transaction that writes: a signed text never changes. @throws WanglouError REPORT_FROZEN */
  async mustBeOpen(tx: Reads, report: string): Promise<void> {
    const steps = (await this.#repository.steps([report], tx)).get(report) ?? []
    if (isFrozen(stateOf(steps, [], []))) throw new WanglouError('REPORT_FROZEN', { report })
  }

  async #signed(report: string): Promise<{ row: ReportRow; fields: ReportFields; sources: FieldSource[] }> {
    const [parts] = await this.#parts([await this.#row(report)])
    const fields = parts?.steps.find((step) => step.step === 'sign')?.fields ?? null
    if (parts === undefined || fields === null) throw new WanglouError('STATE_NOT_ALLOWED', { to: 'correct' })
    return { row: parts.row, fields, sources: parts.current.sources }
  }

  async #row(report: string): Promise<ReportRow> {
    const row = await this.#repository.get(report)
    if (row === null) throw new WanglouError('NOT_FOUND', { report })
    return row
  }

  async #parts(rows: readonly ReportRow[]): Promise<Parts[]> {
    const ids = rows.map((row) => row.id)
    const [fields, steps, sends, receipts, corrections] = await Promise.all([
      this.#repository.fields(ids),
      this.#repository.steps(ids),
      this.#repository.sends(ids),
      this.#repository.receipts(ids),
      this.#repository.corrections(ids),
    ])
    return Promise.all(
      rows.map(async (row) => ({
        row,
        steps: steps.get(row.id) ?? [],
        sends: sends.get(row.id) ?? [],
        receipts: receipts.get(row.id) ?? [],
        current: fields.get(row.id) ?? { fields: emptyFields, sources: [] },
        correctedBy: corrections.get(row.id) ?? null,
        nextSequence: row.kind === 'follow-up' && row.incident !== null ? (await this.#repository.course(row.incident)).followUps + 1 : null,
      })),
    )
  }
}

/** Entries about an incident's report stand on its time line. */
export function subjectOf(row: { id: string; incident: string | null }): { dataset: string; row: string } {
  return row.incident === null ? { dataset: 'reports', row: row.id } : { dataset: 'incidents', row: row.incident }
}

export function fieldRow(report: string, field: string): string {
  return importedId('reportFields', report, field)
}

/** Rows of the fields that say something. */
export function fieldRows(row: { id: string; incident: string | null }, fields: Partial<ReportFields>, sources: readonly FieldSource[]): RowWrite[] {
  return Object.entries(fields)
    .filter(([, value]) => value.length > 0)
    .map(([name, value]) => ({
      dataset: 'reportFields',
      row: fieldRow(row.id, name),
      set: {
        report: row.id,
        incident: row.incident,
        name,
        value,
        sources: sources.filter((source) => source.field === name).map((one) => ({ ...one })),
      },
    }))
}

function checked(field: ReportField, value: unknown): string | string[] {
  const read = ReportFields.shape[field].safeParse(value)
  if (!read.success) throw new WanglouError('INVALID_INPUT', { field })
  return read.data
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? '') === JSON.stringify(b ?? '')
}
