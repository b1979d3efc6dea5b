// Orders: gives them, records each state with its evidence, turns them to another unit, takes them back; shows what is late.
import {
  type Evidence,
  type IssueTaskInput,
  type LonLat,
  type ActingPerson,
  type ReassignInput,
  type ReadIncidentFacts,
  type RecordStateInput,
  type Task,
  type TaskState,
  type TaskStateRow,
  WanglouError,
} from '../../contract/index.ts'
import type { Act, Journal, RowWrite } from '../../journal/types.ts'
import { newId } from '../../kernel/ids.ts'
import { refuseMarked } from '../../kernel/marking.ts'
import type { Reads } from '../../store/types.ts'
import { fitsInTime, isOpen, nextStates, shownState } from './course.ts'
import { lateMs, overdue } from './overdue.ts'
import { type TaskRow, TasksRepository } from './tasks.repository.ts'
import { unitPosition } from './unit-position.ts'

export class TasksService {
  readonly #journal: Journal
  readonly #repository: TasksRepository
  readonly #facts: ReadIncidentFacts

  constructor(options: { journal: Journal; reads: Reads; incidentFacts: ReadIncidentFacts }) {
    this.#journal = options.journal
    this.#repository = new TasksRepository(options.reads)
    this.#facts = options.incidentFacts
  }

  /** Orders of one incident, or of all that are not closed (null), as they stand at `nowMs`. */
  async list(incident: string | null, nowMs: number = Date.now()): Promise<Task[]> {
    const rows = await this.#repository.list(incident)
    const states = await this.#repository.states(rows.map((row) => row.id))
    const replacedBy = new Map(rows.flatMap((row) => (row.replaces === null ? [] : [[row.replaces, row.id] as const])))
    return rows.flatMap((row) => shown(row, states.get(row.id) ?? [], replacedBy.get(row.id) ?? null, nowMs) ?? [])
  }

  /** 下达. @throws WanglouError NOT_FOUND, EVIDENCE_REQUIRED, DUPLICATE, STATE_NOT_ALLOWED when the incident is closed */
  async issue(input: IssueTaskInput, by: ActingPerson, options: { isSample: boolean } = { isSample: false }): Promise<void> {
    refuseMarked(input)
    await this.#mustBeOpen(input.incident)
    await this.#journal.write(issueAct(input, by, { replaces: null, isSample: options.isSample }))
  }

  /**
   * One state, as somebody told it.
   * @throws WanglouError EVIDENCE_REQUIRED, REASON_REQUIRED; STATE_NOT_ALLOWED {from, to} when it may not follow, or {to, time} when it does not fit between
   * the states before and after it
   */
  async record(input: RecordStateInput, by: ActingPerson): Promise<void> {
    refuseMarked(input)
    checkEvidence(input.evidence)
    if ((input.state === 'refused' || input.state === 'withdrawn') && input.reason.trim() === '') throw new WanglouError('REASON_REQUIRED')
    const task = await this.#row(input.task)
    await this.#journal.write({
      actor: by.account,
      action: `tasks.${input.state}`,
      subject: { dataset: 'incidents', row: task.incident },
      happenedAt: input.happenedAt,
      rows: [stateRow(task, input, by)],
      check: (tx) => this.#mustFollow(tx, input.task, input.state, input.happenedAt),
    })
  }

  /** 改派: ends the order and gives it to another unit, in one transaction. */
  async reassign(input: ReassignInput, by: ActingPerson): Promise<void> {
    refuseMarked(input)
    if (input.reason.trim() === '') throw new WanglouError('REASON_REQUIRED')
    checkEvidence(input.next.evidence)
    const task = await this.#row(input.task)
    if (input.next.incident !== task.incident) throw new WanglouError('INVALID_INPUT', { field: 'incident' })
    const { happenedAt, evidence } = input.next
    await this.#journal.writeAll([
      {
        actor: by.account,
        action: 'tasks.reassigned',
        subject: { dataset: 'incidents', row: task.incident },
        happenedAt,
        rows: [stateRow(task, { id: newId(), state: 'reassigned', happenedAt, evidence, reason: input.reason, position: null }, by)],
        check: (tx) => this.#mustFollow(tx, input.task, 'reassigned', happenedAt),
      },
      issueAct(input.next, by, { replaces: input.task, isSample: task.isSample === 1 }),
    ])
  }

  async #mustFollow(tx: Reads, id: string, state: TaskState, happenedAt: RecordStateInput['happenedAt']): Promise<void> {
    const rows = (await this.#repository.states([id], tx)).get(id) ?? []
    if (!nextStates(rows).includes(state)) throw new WanglouError('STATE_NOT_ALLOWED', { from: shownState(rows)?.state ?? null, to: state })
    if (!fitsInTime(rows, state, happenedAt)) throw new WanglouError('STATE_NOT_ALLOWED', { to: state, time: happenedAt.at })
  }

  async #row(id: string): Promise<TaskRow> {
    const row = await this.#repository.get(id)
    if (row === null) throw new WanglouError('NOT_FOUND', { task: id })
    return row
  }

  async #mustBeOpen(incident: string): Promise<void> {
    if ((await this.#facts(incident)).isClosed) throw new WanglouError('STATE_NOT_ALLOWED', { from: 'closed', to: 'issued' })
  }
}

/** Who said it; by telephone also the number. Nothing moves without. */
function checkEvidence(evidence: Evidence): void {
  if (evidence.who.trim() === '') throw new WanglouError('EVIDENCE_REQUIRED', { field: 'who' })
  if (evidence.kind === 'telephone' && evidence.number.trim() === '') throw new WanglouError('EVIDENCE_REQUIRED', { field: 'number' })
}

function issueAct(input: IssueTaskInput, by: ActingPerson, options: { replaces: string | null; isSample: boolean }): Act {
  checkEvidence(input.evidence)
  const { id, happenedAt, evidence, ...task } = input
  return {
    actor: by.account,
    action: 'tasks.issued',
    subject: { dataset: 'incidents', row: input.incident },
    happenedAt,
    rows: [
      { dataset: 'tasks', row: id, set: { ...task, ...options } },
      stateRow({ id, incident: input.incident }, { id: newId(), state: 'issued', happenedAt, evidence, reason: '', position: null }, by),
    ],
    check: async (tx) => {
      if ((await tx.get('SELECT 1 AS found FROM tasks WHERE id = ?', [id])) !== null) throw new WanglouError('DUPLICATE', { task: id })
    },
  }
}

function stateRow(
  task: { id: string; incident: string },
  input: Pick<TaskStateRow, 'id' | 'state' | 'happenedAt' | 'evidence' | 'reason' | 'position'>,
  by: ActingPerson,
): RowWrite {
  const { id, state, happenedAt, evidence, reason, position } = input
  return {
    dataset: 'taskStates',
    row: id,
    set: {
      task: task.id,
      incident: task.incident,
      state,
      happenedAt,
      evidence,
      reason,
      position,
      enteredAt: Date.now(),
      enteredBy: by.account,
      enteredByName: by.name,
    },
  }
}

function shown(row: TaskRow, states: TaskStateRow[], replacedBy: string | null, nowMs: number): Task | null {
  const state = shownState(states)
  if (state === null) return null
  const { incidentPosition, position: told, ...task } = row
  const position = parsed(told)
  const due = { deadline: row.deadline, dueState: row.dueState as Task['dueState'], signWithinMinutes: row.signWithinMinutes }
  return {
    id: task.id,
    incident: task.incident,
    kind: task.kind as Task['kind'],
    inNameOf: task.inNameOf,
    unit: task.unit,
    resource: task.resource,
    contact: task.contact ?? '',
    phone: task.phone ?? '',
    task: task.task,
    place: task.place,
    position,
    ...due,
    replaces: task.replaces,
    isSample: task.isSample === 1 || task.isSampleUnit === 1,
    state: state.state,
    stateAt: state.happenedAt,
    isOpen: isOpen(states),
    nextStates: nextStates(states),
    overdue: overdue(due, states, nowMs),
    lateMs: lateMs(due, states),
    replacedBy,
    unitPosition: unitPosition(states, position ?? parsed(incidentPosition)),
    states,
  }
}

function parsed(json: string | null): LonLat | null {
  return json === null ? null : (JSON.parse(json) as LonLat | null)
}
