// Orders (指令): who is asked to do what, where and by when; each state is a row with its evidence, the shown state is derived.
import { z } from 'zod'
import { defineDatasets } from './dataset.ts'
import { EpochMs, HappenedAt, Id, LonLat, Sha256, text } from './scalars.ts'

export const taskDatasets = defineDatasets({
  tasks: {
    scope: 'centre',
    columns: {
      incident: { type: 'id' },
      kind: { type: 'text' },
      inNameOf: { type: 'text' },
      unit: { type: 'text' },
      resource: { type: 'id' },
      contact: { type: 'text', personal: true },
      phone: { type: 'text', personal: true },
      task: { type: 'text' },
      place: { type: 'text' },
      position: { type: 'json' },
      deadline: { type: 'at' },
      dueState: { type: 'text' },
      signWithinMinutes: { type: 'integer' },
      replaces: { type: 'id' },
      isSample: { type: 'boolean' },
    },
  },
  taskStates: {
    scope: 'centre',
    columns: {
      task: { type: 'id' },
      incident: { type: 'id' },
      state: { type: 'text' },
      happenedAt: { type: 'json', personal: ['source'] },
      evidence: { type: 'json', personal: ['who', 'number', 'words'] },
      reason: { type: 'text' },
      position: { type: 'json' },
      enteredAt: { type: 'at' },
      enteredBy: { type: 'text' },
      enteredByName: { type: 'text' },
    },
  },
})

/** 指令 (own and subordinate units), 商请 (fire and rescue, health, transport, military), 邀请 (social forces). */
export const TaskKind = z.enum(['instruction', 'request', 'invitation'])
export type TaskKind = z.infer<typeof TaskKind>

/** 下达 → 签收 → 出动 → 到场 → 处置 → 完成 → 归队, and 拒绝, 改派, 撤回. */
export const TaskState = z.enum(['issued', 'signed', 'departed', 'arrived', 'working', 'done', 'returned', 'refused', 'reassigned', 'withdrawn'])
export type TaskState = z.infer<typeof TaskState>
/** The ordinary course, in order. */
export const courseOfTask = ['issued', 'signed', 'departed', 'arrived', 'working', 'done', 'returned'] as const satisfies readonly TaskState[]

/** 电话, 电台, 短信回执, 终端签收, 现场视频, 定位. */
export const EvidenceKind = z.enum(['telephone', 'radio', 'sms-receipt', 'terminal', 'video', 'position'])
export type EvidenceKind = z.infer<typeof EvidenceKind>

/** How the state is known. `who` and, for a telephone, `number` are asked for; nothing moves without. */
export const Evidence = z.object({ kind: EvidenceKind, who: text(100), number: text(50), words: text(1000), sha256: Sha256.nullable() })
export type Evidence = z.infer<typeof Evidence>

export const IssueTaskInput = z.object({
  id: Id,
  incident: Id,
  kind: TaskKind,
  /** 以谁的名义. */
  inNameOf: text(200),
  unit: text(200).refine((words) => words.trim() !== '', { error: 'unit.required' }),
  resource: Id.nullable(),
  contact: text(100),
  phone: text(50),
  task: text(2000).refine((words) => words.trim() !== '', { error: 'task.required' }),
  place: text(300),
  position: LonLat.nullable(),
  deadline: EpochMs.nullable(),
  /** The state the deadline asks for. */
  dueState: z.enum(['arrived', 'done']),
  /** Minutes after 下达 within which it should be signed for; null = not watched. */
  signWithinMinutes: z.int().min(1).max(1440).nullable(),
  happenedAt: HappenedAt,
  evidence: Evidence,
})
export type IssueTaskInput = z.infer<typeof IssueTaskInput>

export const RecordStateInput = z.object({
  id: Id,
  task: Id,
  state: TaskState.exclude(['issued', 'reassigned']),
  happenedAt: HappenedAt,
  evidence: Evidence,
  /** Asked for with 拒绝 and 撤回. */
  reason: text(500),
  /** Where the unit reported it was; null = not reported. */
  position: LonLat.nullable(),
})
export type RecordStateInput = z.infer<typeof RecordStateInput>

/** 改派: the old order ends as 改派 with the reason, a new one goes to another unit. */
export const ReassignInput = z.object({ task: Id, reason: text(500), next: IssueTaskInput })
export type ReassignInput = z.infer<typeof ReassignInput>

export interface TaskStateRow {
  id: Id
  task: Id
  state: TaskState
  happenedAt: HappenedAt
  evidence: Evidence
  reason: string
  position: LonLat | null
  enteredAt: EpochMs
  enteredBy: string
  enteredByName: string
  /** Typed more than 15 minutes after it happened (补录). */
  isLateEntry: boolean
}

/** Why an order needs somebody now; `sinceAt` is the limit that passed. */
export interface Overdue {
  kind: 'unsigned' | 'deadline'
  sinceAt: EpochMs
}

/** Where a unit is drawn: where it reported, or where it was last told to be (无定位). */
export interface UnitPosition {
  position: LonLat
  basis: 'reported' | 'told'
  at: EpochMs
}

export interface Task extends Omit<IssueTaskInput, 'happenedAt' | 'evidence'> {
  /** Derived from the state rows. */
  state: TaskState
  stateAt: HappenedAt
  isOpen: boolean
  /** The states a person may record next. */
  nextStates: TaskState[]
  overdue: Overdue | null
  /** Reached its due state, but after the deadline: milliseconds late; null = in time or not yet. */
  lateMs: number | null
  replaces: Id | null
  replacedBy: Id | null
  unitPosition: UnitPosition | null
  states: TaskStateRow[]
  isSample: boolean
}
