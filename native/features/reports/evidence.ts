// Proof for the clocks that somebody was told: receipts of a person; a send by itself proves nothing.
import type { HappenedAt, ReadReportingEvidence, ReportKind } from '../../contract/index.ts'
import type { Reads } from '../../store/types.ts'
import { nameOf } from './life.ts'
import { readSettings } from './settings.ts'

interface Row {
  id: string
  incident: string
  unit: string | null
  recipient: string
  channel: string
  who: string
  words: string
  at: string
  kind: ReportKind
  corrects: string | null
  sequence: number | null
}

/** By telephone where the report was read out, in writing by every other channel. Samples prove nothing. */
export function reportingEvidence(reads: Reads): ReadReportingEvidence {
  return async (incident) => {
    const where = incident === null ? 'i.closedAt IS NULL' : 'c.incident = ?'
    const rows = await reads.all<Row>(
      `SELECT c.id, c.incident, s.unit, s.recipient, s.channel, c.who, c.words, c.at, r.kind, r.corrects,
         (SELECT p.sequence FROM reportSteps p WHERE p.report = r.id AND p.step = 'sign' AND p._deleted = 0 ORDER BY p.enteredAt LIMIT 1) AS sequence
       FROM reportReceipts c JOIN reportSends s ON s.id = c.send JOIN reports r ON r.id = c.report JOIN incidents i ON i.id = c.incident
       WHERE c.kind <> 'delivered' AND c._deleted = 0 AND s._deleted = 0 AND r._deleted = 0 AND i._deleted = 0 AND ifnull(r.isSample, 0) = 0 AND ${where}
       ORDER BY json_extract(c.at, '$.at')`,
      incident === null ? [] : [incident],
    )
    const { firstName } = await readSettings(reads)
    return rows.map((row) => ({
      incident: row.incident,
      unit: row.unit,
      recipient: row.recipient,
      means: row.channel === 'telephone' ? 'telephone' : 'writing',
      at: JSON.parse(row.at) as HappenedAt,
      who: row.who,
      words: row.words,
      source: { dataset: 'reportReceipts', row: row.id },
      report: `${row.corrects === null ? '' : '更正·'}${nameOf(row.kind, row.sequence, firstName)}`,
    }))
  }
}
