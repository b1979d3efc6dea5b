// Reads reports with their fields, steps, sends and receipts: a query a table, whatever the number of reports.
import {
  emptyFields,
  type FieldSource,
  type HappenedAt,
  type ReportField,
  type ReportFields,
  type ReportKind,
  type ReportListInput,
  type ReportReceipt,
  type ReportStep,
  type Subject,
} from '../../contract/index.ts'
import type { Reads, SqlValue } from '../../store/types.ts'
import type { Told } from './compose/facts.ts'

export interface ReportRow {
  id: string
  kind: ReportKind
  incident: string | null
  incidentTitle: string | null
  about: Subject | null
  corrects: string | null
  told: Told | null
  map: string | null
  draftedAt: number
  draftedBy: string
  draftedByName: string
  isSample: boolean
  /** Names of fields that two consoles wrote differently. */
  conflicts: number
}

export interface StepRow extends ReportStep {
  report: string
  incident: string | null
  series: string | null
  sequence: number | null
  fields: ReportFields | null
}

export interface SendRow {
  id: string
  report: string
  incident: string | null
  unit: string | null
  recipient: string
  channel: string
  target: string
  sentAt: HappenedAt
  words: string
  receiptWithinMinutes: number
  blob: string | null
  enteredAt: number
  enteredByName: string
}

export interface ReceiptRow extends ReportReceipt {
  report: string
  incident: string | null
}

type Raw = Record<string, SqlValue>

// A report on a sample incident is a sample, whoever drafted it.
const reportColumns = `r.id, r.kind, r.incident, i.title AS incidentTitle, r.about, r.corrects, r.told, r.map, r.draftedAt, r.draftedBy, r.draftedByName,
  max(ifnull(r.isSample, 0), ifnull(i.isSample, 0)) AS isSample, r._conflicts AS conflicts`
const from = 'FROM reports r LEFT JOIN incidents i ON i.id = r.incident'

export class ReportsRepository {
  readonly #reads: Reads
  constructor(reads: Reads) {
    this.#reads = reads
  }

  async get(id: string, reads: Reads = this.#reads): Promise<ReportRow | null> {
    const row = await reads.get<Raw>(`SELECT ${reportColumns} ${from} WHERE r.id = ? AND r._deleted = 0`, [id])
    return row === null ? null : reportRow(row)
  }

  /** Newest draft first. A query is looked for in titles and texts. */
  async list(filter: Omit<ReportListInput, 'state'>): Promise<ReportRow[]> {
    const where = ['r._deleted = 0']
    const params: SqlValue[] = []
    const given = (sql: string, value: string | null) => {
      if (value === null || value === '') return
      where.push(sql)
      params.push(value)
    }
    given('r.incident = ?', filter.incident)
    given('r.kind = ?', filter.kind)
    given('EXISTS (SELECT 1 FROM reportFields f WHERE f.report = r.id AND f._deleted = 0 AND instr(f.value, ?) > 0)', filter.query.trim())
    const rows = await this.#reads.all<Raw>(`SELECT ${reportColumns} ${from} WHERE ${where.join(' AND ')} ORDER BY r.draftedAt DESC LIMIT ?`, [
      ...params,
      filter.limit,
    ])
    return rows.map(reportRow)
  }

  /** Fields as they stand now, unsigned. */
  async fields(ids: readonly string[], reads: Reads = this.#reads): Promise<Map<string, { fields: ReportFields; sources: FieldSource[] }>> {
    const found = new Map(ids.map((id) => [id, { fields: { ...emptyFields }, sources: [] as FieldSource[] }]))
    const rows = await reads.all<{ report: string; name: ReportField; value: string | null; sources: string | null }>(
      'SELECT report, name, value, sources FROM reportFields WHERE _deleted = 0 AND report IN (SELECT value FROM json_each(?))',
      [JSON.stringify(ids)],
    )
    for (const row of rows) {
      const one = found.get(row.report)
      if (one === undefined) continue
      one.fields = { ...one.fields, [row.name]: parsed(row.value) ?? (row.name === '正文' ? [] : '') }
      one.sources.push(...(parsed<FieldSource[]>(row.sources) ?? []))
    }
    return found
  }

  /** In the order they were entered. */
  async steps(ids: readonly string[], reads: Reads = this.#reads): Promise<Map<string, StepRow[]>> {
    const rows = await reads.all<Raw>(
      `SELECT id, report, incident, step, at, "by", byName, enteredAt, words, way, signer, signerName, number, overrides, series, serial, sequence, fields, hash, blob
       FROM reportSteps WHERE _deleted = 0 AND report IN (SELECT value FROM json_each(?)) ORDER BY enteredAt, id`,
      [JSON.stringify(ids)],
    )
    return grouped(ids, rows.map(stepRow))
  }

  async sends(ids: readonly string[], reads: Reads = this.#reads): Promise<Map<string, SendRow[]>> {
    const rows = await reads.all<Raw>(
      `SELECT id, report, incident, unit, recipient, channel, target, sentAt, words, receiptWithinMinutes, blob, enteredAt, enteredByName
       FROM reportSends WHERE _deleted = 0 AND report IN (SELECT value FROM json_each(?)) ORDER BY enteredAt, id`,
      [JSON.stringify(ids)],
    )
    return grouped(
      ids,
      rows.map((row) => ({ ...row, sentAt: parsed<HappenedAt>(row['sentAt']) }) as unknown as SendRow),
    )
  }

  async receipts(ids: readonly string[], reads: Reads = this.#reads): Promise<Map<string, ReceiptRow[]>> {
    const rows = await reads.all<Raw>(
      `SELECT id, report, incident, send, kind, who, how, number, words, at, enteredAt, enteredByName
       FROM reportReceipts WHERE _deleted = 0 AND report IN (SELECT value FROM json_each(?)) ORDER BY json_extract(at, '$.at'), enteredAt`,
      [JSON.stringify(ids)],
    )
    return grouped(
      ids,
      rows.map((row) => ({ ...row, at: parsed<HappenedAt>(row['at']) }) as unknown as ReceiptRow),
    )
  }

  /** What corrects each of these. */
  async corrections(ids: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.#reads.all<{ corrects: string; id: string }>(
      'SELECT corrects, id FROM reports WHERE _deleted = 0 AND corrects IN (SELECT value FROM json_each(?)) ORDER BY draftedAt',
      [JSON.stringify(ids)],
    )
    return new Map(rows.map((row) => [row.corrects, row.id]))
  }

  /** Signed reports of the course of an incident: which 续报 the next one is, and what the last one told. */
  async course(incident: string, reads: Reads = this.#reads): Promise<{ followUps: number; told: Told | null }> {
    const rows = await reads.all<{ kind: ReportKind; told: string | null }>(
      `SELECT r.kind, r.told FROM reports r JOIN reportSteps s ON s.report = r.id AND s.step = 'sign' AND s._deleted = 0
       WHERE r.incident = ? AND r._deleted = 0 AND r.corrects IS NULL AND r.kind IN ('first', 'follow-up', 'final') ORDER BY s.enteredAt`,
      [incident],
    )
    return { followUps: rows.filter((row) => row.kind === 'follow-up').length, told: parsed<Told>(rows.at(-1)?.told) }
  }

  /** Fields of the last signed report of a kind: whom it usually goes to. Never a sample's: its recipients are made up. */
  async usual(kind: ReportKind): Promise<ReportFields | null> {
    const row = await this.#reads.get<{ fields: string }>(
      `SELECT s.fields FROM reportSteps s JOIN reports r ON r.id = s.report WHERE s.step = 'sign' AND s._deleted = 0 AND ifnull(r.isSample, 0) = 0 AND r.kind IN (?1, 'bulletin', 'first')
       ORDER BY r.kind = ?1 DESC, s.enteredAt DESC LIMIT 1`,
      [kind],
    )
    return parsed<ReportFields>(row?.fields)
  }
}

function reportRow(row: Raw): ReportRow {
  return { ...row, about: parsed(row['about']), told: parsed(row['told']), isSample: row['isSample'] === 1 } as unknown as ReportRow
}

function stepRow(row: Raw): StepRow {
  const { at, overrides, fields } = row
  return { ...row, at: parsed(at), overrides: parsed(overrides) ?? [], fields: parsed(fields), words: row['words'] ?? '' } as unknown as StepRow
}

function parsed<T>(json: SqlValue | undefined): T | null {
  return typeof json === 'string' ? (JSON.parse(json) as T) : null
}

function grouped<T extends { report: string }>(ids: readonly string[], rows: readonly T[]): Map<string, T[]> {
  const found = new Map<string, T[]>(ids.map((id) => [id, []]))
  for (const row of rows) found.get(row.report)?.push(row)
  return found
}
