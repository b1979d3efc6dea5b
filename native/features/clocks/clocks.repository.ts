// Reads the rows of the clocks: the centre's rules, typed evidence, waivers, settings, and the units that recipients are.
import {
  type ClockEvidence,
  type ClockRuleInput,
  ClockSettings,
  type ClockStage,
  type HappenedAt,
  type ReportingMeans,
} from '../../contract/index.ts'
import type { Reads } from '../../store/types.ts'
import type { WaiverRow } from './derive.ts'
import type { UnitRow } from './recipients.ts'

type RuleRow = Omit<ClockRuleInput, 'events' | 'grades' | 'reasons' | 'followUpHours' | 'isExample' | 'isActive'> &
  Record<'events' | 'grades' | 'reasons' | 'followUpHours', string | null> &
  Record<'isExample' | 'isActive', number | null>

export interface EvidenceRow {
  id: string
  incident: string
  recipientKey: string
  recipientUnit: string | null
  recipient: string
  means: ReportingMeans
  stage: ClockStage
  happenedAt: string
  who: string | null
  said: string | null
  isWithdrawn: number | null
}

const stageWords: Record<ClockStage, string> = { first: '首报', 'follow-up': '续报', final: '终报' }

export class ClocksRepository {
  readonly #reads: Reads
  constructor(reads: Reads) {
    this.#reads = reads
  }

  async rules(reads: Reads = this.#reads): Promise<ClockRuleInput[]> {
    const rows = await reads.all<RuleRow>(
      `SELECT id, level, ourUnit, events, grades, reasons, recipient, recipientName, recipientUnit, means, limitMinutes, countedFrom, followUpMinutes,
       followUpHours, finalMinutes, clause, source, isExample, isActive FROM clockRules WHERE _deleted = 0 ORDER BY key`,
    )
    return rows.map((row) => ({
      ...row,
      recipientName: row.recipientName ?? '',
      clause: row.clause ?? '',
      events: list<string>(row.events),
      grades: list<ClockRuleInput['grades'][number]>(row.grades),
      reasons: list<string>(row.reasons),
      followUpHours: list<string>(row.followUpHours),
      isExample: row.isExample === 1,
      isActive: row.isActive === 1,
    }))
  }

  /** Typed evidence that was not withdrawn. */
  async evidence(incidents: readonly string[]): Promise<ClockEvidence[]> {
    const rows = await this.#reads.all<EvidenceRow>(
      `SELECT id, incident, recipientKey, recipientUnit, recipient, means, stage, happenedAt, who, said, isWithdrawn
       FROM clockEvidence WHERE incident IN (SELECT value FROM json_each(?)) AND _deleted = 0 AND COALESCE(isWithdrawn, 0) = 0`,
      [JSON.stringify(incidents)],
    )
    return rows.map((row) => ({
      incident: row.incident,
      unit: row.recipientUnit,
      recipient: row.recipient,
      recipientKey: row.recipientKey,
      means: row.means,
      at: JSON.parse(row.happenedAt) as HappenedAt,
      who: row.who ?? '',
      words: row.said ?? '',
      source: { dataset: 'clockEvidence', row: row.id },
      report: stageWords[row.stage],
      origin: 'typed',
    }))
  }

  evidenceRow(id: string): Promise<{ incident: string; recipient: string; isWithdrawn: number | null } | null> {
    return this.#reads.get('SELECT incident, recipient, isWithdrawn FROM clockEvidence WHERE id = ? AND _deleted = 0', [id])
  }

  waivers(incidents: readonly string[]): Promise<WaiverRow[]> {
    return this.#reads.all<WaiverRow>(
      `SELECT id, incident, rule, stage, reason, enteredByName AS "by", enteredAt AS at FROM clockWaivers
       WHERE incident IN (SELECT value FROM json_each(?)) AND _deleted = 0 AND COALESCE(isWithdrawn, 0) = 0`,
      [JSON.stringify(incidents)],
    )
  }

  waiverRow(id: string): Promise<{ incident: string } | null> {
    return this.#reads.get('SELECT incident FROM clockWaivers WHERE id = ? AND _deleted = 0 AND COALESCE(isWithdrawn, 0) = 0', [id])
  }

  async settings(): Promise<ClockSettings> {
    const rows = await this.#reads.all<{ name: string; value: string }>('SELECT name, value FROM clockSettings WHERE _deleted = 0')
    return ClockSettings.parse(Object.fromEntries(rows.map((row) => [row.name, JSON.parse(row.value) as unknown])))
  }

  async units(): Promise<Map<string, UnitRow>> {
    const rows = await this.#reads.all<Omit<UnitRow, 'isSample' | 'covers'> & { isSample: number | null; covers: string | null }>(
      'SELECT id, name, kind, superior, covers, dutyTelephone, isSample FROM units WHERE _deleted = 0',
    )
    return new Map(rows.map((row) => [row.id, { ...row, covers: list<string>(row.covers), isSample: row.isSample === 1 }]))
  }
}

function list<T>(json: string | null): T[] {
  return json === null ? [] : (JSON.parse(json) as T[])
}
