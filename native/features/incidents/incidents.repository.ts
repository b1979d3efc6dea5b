// Reads incidents and what belongs to them; a merged incident's statements, reports and files are read with the one it went into.
import { areaPrefix, type Attachment, type IncidentReport, type ListInput, type Metric, type Statement } from '../../contract/index.ts'
import type { Reads, SqlValue } from '../../store/types.ts'

export interface IncidentRow {
  id: string
  title: string
  /** Null once erased. */
  description: string | null
  typeCode: string | null
  place: string
  position: string | null
  placedBy: string | null
  area: string | null
  occurred: string | null
  received: string | null
  firstPhoned: string | null
  written: string | null
  informationState: string
  mergedInto: string | null
  transferredTo: string | null
  circumstances: string | null
  confirmedGrade: string | null
  confirmedBasis: string | null
  confirmedBy: string | null
  closedAt: number | null
  isSample: number | null
  _conflicts: number
  /** How far its reports are: `sent` over `signed` over `submitted` over `drafted`. */
  reporting: string | null
}

const columns = `i.*, (SELECT CASE
    WHEN EXISTS (SELECT 1 FROM reportSends s WHERE s.incident = i.id AND s._deleted = 0) THEN 'sent'
    WHEN EXISTS (SELECT 1 FROM reportSteps p WHERE p.incident = i.id AND p.step = 'sign' AND p.way <> 'spoken' AND p._deleted = 0) THEN 'signed'
    WHEN EXISTS (SELECT 1 FROM reportSteps p WHERE p.incident = i.id AND p.step IN ('submit', 'review') AND p._deleted = 0
      AND NOT EXISTS (SELECT 1 FROM reportSteps q WHERE q.report = p.report AND q.step IN ('return', 'discard') AND q._deleted = 0 AND (q.enteredAt, q.id) > (p.enteredAt, p.id))) THEN 'submitted'
    WHEN EXISTS (SELECT 1 FROM reports r WHERE r.incident = i.id AND r._deleted = 0) THEN 'drafted' END) AS reporting`

/** `ids` and everything merged into them, each with the incident it counts for. */
const family = `WITH RECURSIVE family (root, id) AS (
  SELECT value, value FROM json_each(?1)
  UNION SELECT family.root, i.id FROM incidents i JOIN family ON i.mergedInto = family.id WHERE i._deleted = 0)`

export class IncidentsRepository {
  readonly #reads: Reads
  constructor(reads: Reads) {
    this.#reads = reads
  }

  get(id: string): Promise<IncidentRow | null> {
    return this.#reads.get<IncidentRow>(`SELECT ${columns} FROM incidents i WHERE i.id = ? AND i._deleted = 0`, [id])
  }

  /** Newest 接报 first; a query is looked for in title, place and description. */
  list(filter: Omit<ListInput, 'grade'>): Promise<IncidentRow[]> {
    const where = ['i._deleted = 0']
    const params: SqlValue[] = []
    if (filter.query.trim() !== '') {
      where.push(`(instr(i.title, ?) > 0 OR instr(i.place, ?) > 0 OR instr(i.description, ?) > 0)`)
      params.push(filter.query.trim(), filter.query.trim(), filter.query.trim())
    }
    if (filter.informationState !== null) {
      where.push('i.informationState = ?')
      params.push(filter.informationState)
    }
    if (filter.area !== null) {
      const prefix = areaPrefix(filter.area)
      where.push('substr(i.area, 1, ?) = ?')
      params.push(prefix.length, prefix)
    }
    if (filter.isOpen !== null) where.push(filter.isOpen ? 'i.closedAt IS NULL' : 'i.closedAt IS NOT NULL')
    return this.#reads.all<IncidentRow>(
      `SELECT ${columns} FROM incidents i WHERE ${where.join(' AND ')} ORDER BY json_extract(i.received, '$.at') DESC LIMIT ?`,
      [...params, filter.limit],
    )
  }

  /** Incidents received (or happened) after `fromMs`, with all words said about them; newest first. */
  recent(fromMs: number, limit: number): Promise<(IncidentRow & { allWords: string | null })[]> {
    return this.#reads.all(
      `SELECT ${columns}, (SELECT group_concat(r.words, '
') FROM incidentReports r WHERE r.incident = i.id AND r._deleted = 0) AS allWords
       FROM incidents i WHERE i._deleted = 0 AND json_extract(i.received, '$.at') >= ? ORDER BY json_extract(i.received, '$.at') DESC LIMIT ?`,
      [fromMs, limit],
    )
  }

  /** Statements by incident, those of merged incidents under the one they went into. */
  async statements(ids: readonly string[]): Promise<Map<string, Statement[]>> {
    const rows = await this.#reads.all<{ root: string; asOf: string } & Omit<Statement, 'asOf'>>(
      `${family} SELECT f.root, s.id, s.incident, s.metric, s.value, ifnull(s.source, '') AS source, s.asOf, s.state, s.enteredAt, s.enteredBy
       FROM family f JOIN incidentStatements s ON s.incident = f.id WHERE s._deleted = 0`,
      [JSON.stringify(ids)],
    )
    return grouped(rows.map(({ root, asOf, ...row }) => [root, { ...row, asOf: JSON.parse(asOf) as Statement['asOf'] }]))
  }

  /** Chosen statement by metric, for each incident. */
  async choices(ids: readonly string[]): Promise<Map<string, Map<Metric, string>>> {
    const rows = await this.#reads.all<{ incident: string; metric: Metric; statement: string }>(
      `SELECT incident, metric, statement FROM incidentFigures WHERE _deleted = 0 AND statement IS NOT NULL AND incident IN (SELECT value FROM json_each(?))`,
      [JSON.stringify(ids)],
    )
    const found = new Map<string, Map<Metric, string>>()
    for (const row of rows) found.set(row.incident, (found.get(row.incident) ?? new Map<Metric, string>()).set(row.metric, row.statement))
    return found
  }

  async reports(id: string): Promise<IncidentReport[]> {
    const rows = await this.#reads.all<Omit<IncidentReport, 'received' | 'isErased'> & { received: string; isErased: number }>(
      `${family} SELECT r.id, r.incident, r.kind, ifnull(r.words, '') AS words, ifnull(r.reporter, '') AS reporter, r.reporterUnit,
         ifnull(r.reporterPhone, '') AS reporterPhone, r.channel, r.received, r.enteredAt, r.words IS NULL OR r.reporter IS NULL OR r.reporterPhone IS NULL AS isErased
       FROM family f JOIN incidentReports r ON r.incident = f.id WHERE r._deleted = 0 ORDER BY json_extract(r.received, '$.at'), r.enteredAt`,
      [JSON.stringify([id])],
    )
    return rows.map((row) => ({ ...row, received: JSON.parse(row.received) as IncidentReport['received'], isErased: row.isErased === 1 }))
  }

  attachments(id: string): Promise<Attachment[]> {
    return this.#reads.all<Attachment>(
      `${family} SELECT a.id, a.incident, a.sha256, a.name, a.sizeBytes, a.mime, a.enteredAt
       FROM family f JOIN incidentAttachments a ON a.incident = f.id WHERE a._deleted = 0 ORDER BY a.enteredAt`,
      [JSON.stringify([id])],
    )
  }

  /** Incidents merged into this one, directly. */
  merged(id: string): Promise<{ id: string; title: string }[]> {
    return this.#reads.all(`SELECT id, title FROM incidents WHERE mergedInto = ? AND _deleted = 0 ORDER BY key`, [id])
  }

  /** Whether `id` is `other` or was merged, over any number of steps, into it. */
  async isWithin(reads: Reads, id: string, other: string): Promise<boolean> {
    const row = await reads.get(`${family} SELECT 1 AS found FROM family WHERE id = ?2`, [JSON.stringify([other]), id])
    return row !== null
  }
}

function grouped<T>(pairs: [string, T][]): Map<string, T[]> {
  const found = new Map<string, T[]>()
  for (const [key, value] of pairs) {
    const list = found.get(key)
    if (list === undefined) found.set(key, [value])
    else list.push(value)
  }
  return found
}

/** A JSON column; null = not set. */
export function parsed<T>(json: string | null): T | null {
  return json === null ? null : (JSON.parse(json) as T)
}
