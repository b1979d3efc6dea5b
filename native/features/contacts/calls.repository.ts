// Reads calls: of an incident with what was merged into it, of a unit, or the newest.
import { type Call, type CallsInput, type HappenedAt, lateEntryMs, type Subject } from '../../contract/index.ts'
import type { Reads } from '../../store/types.ts'

type CallSql = Omit<Call, 'happenedAt' | 'about' | 'isSample' | 'isLateEntry'> & { happenedAt: string; about: string | null; isSample: number | null }

const columns = `c.id, c.incident, c.unit, c.contact, c.party, c.number, c.purpose, c.outcome, c.who, c.words, c.happenedAt, c.enteredAt, c.enteredByName, c.redialOf, c.about, c.amendedWhy, c.isSample,
  (SELECT i.title FROM incidents i WHERE i.id = c.incident) AS incidentTitle`
const momentSql = "json_extract(c.happenedAt, '$.at')"
/** Incidents merged into one are the same matter: `family (id)`. */
const familySql = `WITH RECURSIVE family (id) AS (SELECT ? UNION SELECT i.id FROM incidents i JOIN family ON i.mergedInto = family.id WHERE i._deleted = 0)`
const longestList = 2000

export class CallsRepository {
  readonly #reads: Reads

  constructor(reads: Reads) {
    this.#reads = reads
  }

  async get(id: string, reads: Reads = this.#reads): Promise<Call | null> {
    const row = await reads.get<CallSql>(`SELECT ${columns} FROM calls c WHERE c.id = ? AND c._deleted = 0`, [id])
    return row === null ? null : callOf(row)
  }

  /** Newest first. */
  async list({ unit, incident, before, limit }: CallsInput): Promise<Call[]> {
    const conditions: [sql: string, params: (string | number)[]][] = [['c._deleted = 0', []]]
    if (incident !== null) conditions.push(['c.incident IN (SELECT id FROM family)', []])
    if (unit !== null) conditions.push(['c.unit = ?', [unit]])
    if (before !== null) conditions.push([`${momentSql} < ?`, [before]])
    const where = conditions.map(([sql]) => sql).join(' AND ')
    const rows = await this.#reads.all<CallSql>(
      `${incident === null ? '' : familySql} SELECT ${columns} FROM calls c WHERE ${where} ORDER BY ${momentSql} DESC, c.key DESC LIMIT ?`,
      [...(incident === null ? [] : [incident]), ...conditions.flatMap(([, params]) => params), limit],
    )
    return rows.map(callOf)
  }

  /** Oldest first, of one incident and what was merged into it, or all that happened since. */
  async facts(of: { incident: string } | { sinceAt: number }): Promise<Call[]> {
    const rows =
      'incident' in of
        ? await this.#reads.all<CallSql>(
            `${familySql} SELECT ${columns} FROM calls c WHERE c._deleted = 0 AND c.incident IN (SELECT id FROM family) ORDER BY ${momentSql}, c.key LIMIT ?`,
            [of.incident, longestList],
          )
        : await this.#reads.all<CallSql>(
            `SELECT ${columns} FROM calls c WHERE c._deleted = 0 AND ${momentSql} >= ? ORDER BY ${momentSql}, c.key LIMIT ?`,
            [of.sinceAt, longestList],
          )
    return rows.map(callOf)
  }

  /** Calls that told somebody, of one incident or of every open one, each under the incident that it has become part of. */
  async reports(incident: string | null): Promise<(Call & { matter: string; unitName: string | null })[]> {
    const roots = incident === null ? 'SELECT id, id FROM incidents WHERE closedAt IS NULL AND mergedInto IS NULL AND _deleted = 0' : 'SELECT ?, ?'
    const rows = await this.#reads.all<CallSql & { matter: string; unitName: string | null }>(
      `WITH RECURSIVE family (id, matter) AS (${roots} UNION SELECT i.id, family.matter FROM incidents i JOIN family ON i.mergedInto = family.id WHERE i._deleted = 0)
       SELECT ${columns}, f.matter, (SELECT u.name FROM units u WHERE u.id = c.unit) AS unitName FROM family f JOIN calls c ON c.incident = f.id
       WHERE c._deleted = 0 AND c.purpose = 'report' AND c.outcome IN ('answered', 'relayed') ORDER BY ${momentSql}, c.key`,
      incident === null ? [] : [incident, incident],
    )
    return rows.map((row) => ({ ...callOf(row), matter: row.matter, unitName: row.unitName }))
  }

  /** Of what a call is made: whether the incident, the unit and the contact are there, and samples. */
  async parties(
    input: { incident: string | null; unit: string | null; contact: string | null },
    reads: Reads = this.#reads,
  ): Promise<Record<'incident' | 'unit' | 'contact', boolean | null>> {
    const row = await reads.get<Record<'incident' | 'unit' | 'contact', number | null>>(
      `SELECT (SELECT coalesce(isSample, 0) FROM incidents WHERE id = ? AND _deleted = 0) AS incident, (SELECT coalesce(isSample, 0) FROM units WHERE id = ? AND _deleted = 0) AS unit,
        (SELECT coalesce(isSample, 0) FROM contacts WHERE id = ? AND _deleted = 0) AS contact`,
      [input.incident, input.unit, input.contact],
    )
    const known = (value: number | null | undefined) => (value === null || value === undefined ? null : value === 1)
    return { incident: known(row?.incident), unit: known(row?.unit), contact: known(row?.contact) }
  }
}

function callOf({ happenedAt, about, isSample, ...row }: CallSql): Call {
  const moment = JSON.parse(happenedAt) as HappenedAt
  return {
    id: row.id,
    incident: row.incident,
    unit: row.unit,
    contact: row.contact,
    party: row.party,
    number: row.number,
    purpose: row.purpose,
    outcome: row.outcome,
    who: row.who,
    words: row.words,
    happenedAt: moment,
    enteredAt: row.enteredAt,
    enteredByName: row.enteredByName,
    redialOf: row.redialOf,
    about: about === null ? null : (JSON.parse(about) as Subject | null),
    amendedWhy: row.amendedWhy,
    isSample: isSample === 1,
    isLateEntry: row.enteredAt - moment.at > lateEntryMs,
    incidentTitle: row.incidentTitle,
  }
}
