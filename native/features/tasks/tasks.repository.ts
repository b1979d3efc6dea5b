// Reads orders with their state rows: two queries, whatever the number.
import type { Evidence, HappenedAt, LonLat, TaskState, TaskStateRow } from '../../contract/index.ts'
import type { Reads } from '../../store/types.ts'

export interface TaskRow {
  id: string
  incident: string
  kind: string
  inNameOf: string
  unit: string
  resource: string | null
  /** Null once erased. */
  contact: string | null
  phone: string | null
  task: string
  place: string
  position: string | null
  deadline: number | null
  dueState: string
  signWithinMinutes: number | null
  replaces: string | null
  isSample: number | null
  incidentPosition: string | null
  isSampleUnit: number | null
}

/** Later than this after it happened, an entry is 补录. */
const lateEntryMs = 15 * 60_000

// The number of a sample unit must not be dialled, whoever ordered it.
const columns = `t.*, (SELECT i.position FROM incidents i WHERE i.id = t.incident) AS incidentPosition,
  (SELECT r.isSample FROM resources r WHERE r.id = t.resource) AS isSampleUnit`

export class TasksRepository {
  readonly #reads: Reads
  constructor(reads: Reads) {
    this.#reads = reads
  }

  /** All orders of an incident, or of all incidents that are not closed (null). */
  list(incident: string | null): Promise<TaskRow[]> {
    const where = incident === null ? 't.incident IN (SELECT id FROM incidents WHERE closedAt IS NULL AND _deleted = 0)' : 't.incident = ?'
    return this.#reads.all<TaskRow>(
      `SELECT ${columns} FROM tasks t WHERE t._deleted = 0 AND ${where} ORDER BY t.key`,
      incident === null ? [] : [incident],
    )
  }

  get(id: string, reads: Reads = this.#reads): Promise<TaskRow | null> {
    return reads.get<TaskRow>(`SELECT ${columns} FROM tasks t WHERE t.id = ? AND t._deleted = 0`, [id])
  }

  async states(tasks: readonly string[], reads: Reads = this.#reads): Promise<Map<string, TaskStateRow[]>> {
    const rows = await reads.all<
      Record<'id' | 'task' | 'state' | 'happenedAt' | 'evidence' | 'reason' | 'enteredBy' | 'enteredByName', string> & {
        position: string | null
        enteredAt: number
      }
    >(
      `SELECT id, task, state, happenedAt, evidence, reason, position, enteredAt, enteredBy, enteredByName FROM taskStates
       WHERE _deleted = 0 AND task IN (SELECT value FROM json_each(?)) ORDER BY json_extract(happenedAt, '$.at'), enteredAt`,
      [JSON.stringify(tasks)],
    )
    const found = new Map<string, TaskStateRow[]>(tasks.map((task) => [task, []]))
    for (const row of rows) {
      const happenedAt = JSON.parse(row.happenedAt) as HappenedAt
      found.get(row.task)?.push({
        ...row,
        state: row.state as TaskState,
        happenedAt,
        evidence: JSON.parse(row.evidence) as Evidence,
        position: row.position === null ? null : (JSON.parse(row.position) as LonLat | null),
        isLateEntry: row.enteredAt - happenedAt.at > lateEntryMs,
      })
    }
    return found
  }
}
