// Reads plans, their versions and parts from the projected tables; JSON and booleans become values here.
import type {
  LonLat,
  PlanAction,
  PlanContact,
  PlanCounts,
  PlanFormat,
  PlanParagraph,
  PlanSummary,
  PlanTier,
  PlanUnit,
  PlanVersion,
  ResponseTier,
  Unsure,
} from '../../contract/index.ts'
import type { Reads } from '../../store/types.ts'

interface SummaryRow {
  id: string
  title: string
  issuer: string | null
  area: string | null
  eventTypes: string | null
  keywords: string | null
  currentVersion: string | null
  isRetired: number | null
  isSample: number | null
  unsure: string | null
  versionNumber: number | null
  importedAt: number | null
  format: PlanFormat | null
  fileName: string | null
  counts: string | null
  tiers: string | null
  unsureCount: number
}

const parts = ['Paragraphs', 'Tiers', 'Actions', 'Contacts', 'Units'] as const
const unsureCount = parts
  .map(
    (part) =>
      `(SELECT count(*) FROM plan${part} u WHERE u.version = p.currentVersion AND u._deleted = 0 AND u.unsure IS NOT NULL AND u.unsure <> '[]')`,
  )
  .join(' + ')
const summarySql = `SELECT p.id, p.title, p.issuer, p.area, p.eventTypes, p.keywords, p.currentVersion, p.isRetired, p.isSample, p.unsure,
    v.number AS versionNumber, v.importedAt, v.format, v.fileName, v.counts,
    (SELECT json_group_array(DISTINCT t.tier) FROM planTiers t WHERE t.version = p.currentVersion AND t._deleted = 0) AS tiers,
    ${unsureCount} AS unsureCount
  FROM plans p LEFT JOIN planVersions v ON v.id = p.currentVersion WHERE p._deleted = 0`

export function listOf<T>(json: string | null | undefined): T[] {
  return json === null || json === undefined ? [] : ((JSON.parse(json) as T[] | null) ?? [])
}

export class PlansRepository {
  readonly #reads: Reads
  constructor(reads: Reads) {
    this.#reads = reads
  }

  async summaries(): Promise<PlanSummary[]> {
    return (await this.#reads.all<SummaryRow>(`${summarySql} ORDER BY p.title`)).map(summaryOf)
  }

  async summary(plan: string, from = this.#reads): Promise<PlanSummary | null> {
    const row = await from.get<SummaryRow>(`${summarySql} AND p.id = ?`, [plan])
    return row === null ? null : summaryOf(row)
  }

  async versions(plan: string): Promise<PlanVersion[]> {
    const rows = await this.#reads.all<Omit<PlanVersion, 'counts'> & { counts: string }>(
      'SELECT id, plan, number, blob, fileName, format, importedAt, importedBy, counts FROM planVersions WHERE plan = ? AND _deleted = 0 ORDER BY number DESC',
      [plan],
    )
    return rows.map((row) => ({ ...row, counts: JSON.parse(row.counts) as PlanCounts }))
  }

  async counts(version: string): Promise<PlanCounts> {
    const count = (part: string) => `(SELECT count(*) FROM plan${part} WHERE version = ?1)`
    const row = await this.#reads.get<PlanCounts>(
      `SELECT ${count('Paragraphs')} AS paragraphs, ${count('Tiers')} AS tiers, ${count('Actions')} AS actions, ${count('Contacts')} AS contacts, ${count('Units')} AS units`,
      [version],
    )
    return row ?? { paragraphs: 0, tiers: 0, actions: 0, contacts: 0, units: 0 }
  }

  async paragraphs(version: string): Promise<PlanParagraph[]> {
    type Row = Omit<PlanParagraph, 'cells' | 'isHeaderRow' | 'tiers' | 'unsure'> & {
      cells: string | null
      isHeaderRow: number | null
      tiers: string | null
      unsure: string | null
    }
    const rows = await this.#rows<Row>('Paragraphs', "kind, depth, number, ifnull(body, '') AS body, cells, isHeaderRow, tiers", version)
    return rows.map((row) => ({
      ...row,
      cells: row.cells === null ? null : (JSON.parse(row.cells) as string[] | null),
      isHeaderRow: row.isHeaderRow === 1,
      tiers: listOf<ResponseTier>(row.tiers),
      unsure: listOf<Unsure>(row.unsure),
    }))
  }

  async tiers(version: string): Promise<PlanTier[]> {
    type Row = Omit<PlanTier, 'grades' | 'unsure'> & { grades: string | null; unsure: string | null }
    const rows = await this.#rows<Row>('Tiers', 'tier, condition, grades, approver, clause, paragraph', version)
    return rows.map((row) => ({ ...row, grades: listOf(row.grades), unsure: listOf(row.unsure) }))
  }

  async actions(version: string): Promise<PlanAction[]> {
    type Row = Omit<PlanAction, 'after' | 'unsure'> & { after: string | null; unsure: string | null }
    const rows = await this.#rows<Row>(
      'Actions',
      'tier, role, action, deadlineMinutes, deadlineWords, "after", afterWords, clause, paragraph',
      version,
    )
    return rows.map((row) => ({ ...row, after: listOf(row.after), unsure: listOf(row.unsure) }))
  }

  async contacts(version: string): Promise<PlanContact[]> {
    type Row = Omit<PlanContact, 'unsure'> & { unsure: string | null }
    const rows = await this.#rows<Row>('Contacts', "unit, post, name, ifnull(telephone, '') AS telephone, paragraph", version)
    return rows.map((row) => ({ ...row, unsure: listOf(row.unsure) }))
  }

  async units(version: string): Promise<PlanUnit[]> {
    type Row = Omit<PlanUnit, 'unsure'> & { unsure: string | null }
    const rows = await this.#rows<Row>('Units', 'unit, members, duties, paragraph', version)
    return rows.map((row) => ({ ...row, unsure: listOf(row.unsure) }))
  }

  /** The version a part belongs to; null = no such part. */
  async part(dataset: string, id: string): Promise<{ plan: string; version: string; unsure: string | null } | null> {
    return this.#reads.get(`SELECT plan, version, unsure FROM ${dataset} WHERE id = ? AND _deleted = 0`, [id])
  }

  async lastPosition(dataset: string, version: string): Promise<number> {
    return (await this.#reads.get<{ last: number | null }>(`SELECT max(position) AS last FROM ${dataset} WHERE version = ?`, [version]))?.last ?? 0
  }

  #rows<Row>(part: (typeof parts)[number], columns: string, version: string): Promise<Row[]> {
    return this.#reads.all<Row>(
      `SELECT id, position, unsure, ${columns} FROM plan${part} WHERE version = ? AND _deleted = 0 ORDER BY position, key`,
      [version],
    )
  }
}

function summaryOf(row: SummaryRow): PlanSummary {
  return {
    id: row.id,
    title: row.title,
    issuer: row.issuer,
    area: row.area,
    eventTypes: listOf(row.eventTypes),
    keywords: listOf(row.keywords),
    currentVersion: row.currentVersion,
    isRetired: row.isRetired === 1,
    isSample: row.isSample === 1,
    versionNumber: row.versionNumber,
    importedAt: row.importedAt,
    format: row.format,
    fileName: row.fileName,
    tiers: listOf<ResponseTier>(row.tiers).toSorted(),
    counts: row.counts === null ? null : (JSON.parse(row.counts) as PlanCounts),
    unsureCount: row.unsureCount + listOf(row.unsure).length,
    unsure: listOf(row.unsure),
  }
}

/** Names of areas down to counties, with their seats: what a plan's title or a report may speak of. */
export async function areaNames(reads: Reads): Promise<{ code: string; name: string; centre: LonLat | null }[]> {
  const rows = await reads.all<{ code: string; name: string; lon: number | null; lat: number | null }>(
    'SELECT code, name, lon, lat FROM areas WHERE _deleted = 0 AND length(code) <= 6 AND length(name) >= 2',
  )
  return rows.map(({ code, name, lon, lat }) => ({ code, name, centre: lon === null || lat === null ? null : [lon, lat] }))
}
