// Reads the 值班日志: newest first, with what a line said before it was put right.
import { addDays, type HappenedAt, type LogCorrection, type LogLine, type LogQuery, type LogWords, startOfDay } from '../../contract/index.ts'
import type { Reads, SqlValue } from '../../store/types.ts'

/** Later than this after it happened, a line is 补录. */
export const lateEntryMs = 15 * 60_000

type Row = Omit<LogLine, 'happenedAt' | 'isNotable' | 'isLateEntry' | 'isSample' | 'corrections'> & {
  happenedAt: string
  isNotable: number | null
  isSample: number | null
}

const columns = `l.id, l.happenedAt, l.direction, l.party, l.matter, l.result, l.who, l.incident, l.isNotable, l.enteredAt, l.isSample,
  (SELECT i.title FROM incidents i WHERE i.id = l.incident) AS incidentTitle`
const at = `json_extract(l.happenedAt, '$.at')`

export class LogRepository {
  readonly #reads: Reads
  constructor(reads: Reads) {
    this.#reads = reads
  }

  query({ day, query, incident, limit }: LogQuery): Promise<LogLine[]> {
    const where = ['l._deleted = 0']
    const params: SqlValue[] = []
    if (day !== null) {
      where.push(`${at} >= ? AND ${at} < ?`)
      params.push(startOfDay(day), startOfDay(addDays(day, 1)))
    }
    if (incident !== null) {
      where.push('l.incident = ?')
      params.push(incident)
    }
    for (const word of query
      .trim()
      .split(/\s+/)
      .filter((one) => one !== '')
      .slice(0, 6)) {
      where.push(`(instr(l.party, ?) > 0 OR instr(l.matter, ?) > 0 OR instr(l.result, ?) > 0 OR instr(l.who, ?) > 0
        OR EXISTS (SELECT 1 FROM dutyLogCorrections c WHERE c.line = l.id AND c._deleted = 0 AND instr(c.former, ?) > 0))`)
      params.push(word, word, word, word, word)
    }
    return this.#lines(this.#reads, `WHERE ${where.join(' AND ')} ORDER BY ${at} DESC, l.enteredAt DESC LIMIT ?`, [...params, limit])
  }

  /** Oldest first. */
  async between(from: number, to: number): Promise<LogLine[]> {
    return this.#lines(this.#reads, `WHERE l._deleted = 0 AND ${at} >= ? AND ${at} < ? ORDER BY ${at}, l.enteredAt`, [from, to])
  }

  async line(id: string, reads: Reads = this.#reads): Promise<LogLine | null> {
    return (await this.#lines(reads, 'WHERE l._deleted = 0 AND l.id = ?', [id]))[0] ?? null
  }

  async #lines(reads: Reads, rest: string, params: SqlValue[]): Promise<LogLine[]> {
    const rows = await reads.all<Row>(`SELECT ${columns} FROM dutyLog l ${rest}`, params)
    const corrections = await this.#corrections(
      reads,
      rows.map(({ id }) => id),
    )
    return rows.map((row) => {
      const happenedAt = JSON.parse(row.happenedAt) as HappenedAt
      return {
        ...row,
        happenedAt,
        isNotable: row.isNotable === 1,
        isSample: row.isSample === 1,
        isLateEntry: row.enteredAt - happenedAt.at > lateEntryMs,
        corrections: corrections.get(row.id) ?? [],
      }
    })
  }

  async #corrections(reads: Reads, lines: readonly string[]): Promise<Map<string, LogCorrection[]>> {
    const rows = await reads.all<Omit<LogCorrection, 'former'> & { line: string; former: string | null }>(
      `SELECT id, line, former, reason, enteredAt, enteredByName FROM dutyLogCorrections
       WHERE _deleted = 0 AND line IN (SELECT value FROM json_each(?)) ORDER BY enteredAt, key`,
      [JSON.stringify(lines)],
    )
    const found = new Map<string, LogCorrection[]>()
    for (const { line, former, ...row } of rows) {
      // Former words that were erased (个人信息) leave the correction without them.
      if (former === null) continue
      const one = { ...row, former: JSON.parse(former) as LogWords }
      found.set(line, [...(found.get(line) ?? []), one])
    }
    return found
  }
}
