// Reads responses, decisions and checklist items from the projected tables.
import type { ChecklistItem, HappenedAt, OverdueItem, ResponseDecision, ResponseState, ResponseSummary } from '../../contract/index.ts'
import type { Reads } from '../../store/types.ts'
import { listOf } from './plans.repository.ts'

export interface ResponseRow {
  id: string
  incident: string
  sequence: number
  state: ResponseState
  plan: string | null
  version: string | null
  approvedAt: number | null
  endedAt: number | null
}

type DecisionRow = Omit<ResponseDecision, 'proposedAt' | 'approvedAt'> & { proposedAt: string; approvedAt: string | null }
type ItemRow = Omit<ChecklistItem, 'after' | 'doneAt'> & { after: string | null; doneAt: string | null }

const itemColumns =
  't.id, t.incident, t.response, t.origin, t.planAction, t.tier, t.position, t.role, t.action, t.contact, t.telephone, t.dueAt, t."after", t.clause, t.state, t.doneAt, t.doneBy, t.evidence, t.skipReason'

/** Every reader takes where to read from, so that a check inside a transaction sees what is committed. */
export const responsesRepository = {
  /** The latest response to an incident: there is one at a time. */
  latest(reads: Reads, incident: string): Promise<ResponseRow | null> {
    return reads.get<ResponseRow>(
      'SELECT id, incident, sequence, state, plan, version, approvedAt, endedAt FROM responses WHERE incident = ? AND _deleted = 0 ORDER BY sequence DESC LIMIT 1',
      [incident],
    )
  },

  async decisions(reads: Reads, incident: string): Promise<ResponseDecision[]> {
    const rows = await reads.all<DecisionRow>(
      `SELECT d.id, d.incident, d.response, d.kind, d.state, d.tier, d.fromTier, d.plan, d.version, p.title AS planTitle, d.grade, d.clause, d.reason, d.proposedAt, d.proposedBy,
         d.approver, d.approvalWay, d.approvalNumber, d.approvedAt, d.evidence
       FROM responseDecisions d LEFT JOIN plans p ON p.id = d.plan WHERE d.incident = ? AND d._deleted = 0 ORDER BY d.key`,
      [incident],
    )
    return rows.map(decisionOf)
  },

  async decision(reads: Reads, id: string): Promise<ResponseDecision | null> {
    const row = await reads.get<DecisionRow>(
      'SELECT d.*, p.title AS planTitle FROM responseDecisions d LEFT JOIN plans p ON p.id = d.plan WHERE d.id = ? AND d._deleted = 0',
      [id],
    )
    return row === null ? null : decisionOf(row)
  },

  async items(reads: Reads, response: string): Promise<ChecklistItem[]> {
    return (
      await reads.all<ItemRow>(`SELECT ${itemColumns} FROM responseTasks t WHERE t.response = ? AND t._deleted = 0 ORDER BY t.position, t.key`, [
        response,
      ])
    ).map(itemOf)
  },

  async item(reads: Reads, id: string): Promise<ChecklistItem | null> {
    const row = await reads.get<ItemRow>(`SELECT ${itemColumns} FROM responseTasks t WHERE t.id = ? AND t._deleted = 0`, [id])
    return row === null ? null : itemOf(row)
  },

  async summary(reads: Reads, incident: string): Promise<ResponseSummary> {
    const row = await reads.get<ResponseRow & { planTitle: string | null }>(
      'SELECT r.*, p.title AS planTitle FROM responses r LEFT JOIN plans p ON p.id = r.plan WHERE r.incident = ? AND r._deleted = 0 ORDER BY r.sequence DESC LIMIT 1',
      [incident],
    )
    if (row === null)
      return { incident, response: null, state: 'not-started', plan: null, version: null, planTitle: null, approvedAt: null, endedAt: null }
    return {
      incident,
      response: row.id,
      state: row.state,
      plan: row.plan,
      version: row.version,
      planTitle: row.planTitle,
      approvedAt: row.approvedAt,
      endedAt: row.endedAt,
    }
  },

  /** Items of running responses whose time has passed, longest first. */
  overdue(reads: Reads, at: number, limit: number): Promise<OverdueItem[]> {
    return reads.all<OverdueItem>(
      `SELECT t.id AS task, t.incident, i.title AS incidentTitle, t.role, t.action, t.telephone, t.dueAt
       FROM responseTasks t JOIN responses r ON r.id = t.response LEFT JOIN incidents i ON i.id = t.incident
       WHERE t.state = 'open' AND t.dueAt < ? AND t._deleted = 0 AND r.state IN ('tier-1', 'tier-2', 'tier-3', 'tier-4') ORDER BY t.dueAt LIMIT ?`,
      [at, limit],
    )
  },

  /** Proposals that wait for a leader. */
  waiting(
    reads: Reads,
  ): Promise<{ decision: string; incident: string; incidentTitle: string | null; kind: string; tier: string | null; proposedAt: string }[]> {
    return reads.all(
      `SELECT d.id AS decision, d.incident, i.title AS incidentTitle, d.kind, d.tier, d.proposedAt FROM responseDecisions d LEFT JOIN incidents i ON i.id = d.incident
       WHERE d.state = 'proposed' AND d._deleted = 0 ORDER BY d.key LIMIT 100`,
    )
  },
}

function decisionOf(row: DecisionRow): ResponseDecision {
  return {
    ...row,
    proposedAt: JSON.parse(row.proposedAt) as HappenedAt,
    approvedAt: row.approvedAt === null ? null : (JSON.parse(row.approvedAt) as HappenedAt | null),
  }
}
function itemOf(row: ItemRow): ChecklistItem {
  return { ...row, after: listOf<string>(row.after), doneAt: row.doneAt === null ? null : (JSON.parse(row.doneAt) as HappenedAt | null) }
}
