// Responses (应急响应): what was proposed, who approved it, the checklist it became and how far that is from the plan.
import { z } from 'zod'
import { defineDatasets } from './dataset.ts'
import { type EpochMs, EventGrade, HappenedAt, Id, ResponseTier, Sha256, text } from './scalars.ts'

/** Every entry that writes them has the incident as its subject. */
export const responseDatasets = defineDatasets({
  /** One row an incident and start; the id is made of both, so that two consoles cut off from each other meet in one row. */
  responses: {
    scope: 'centre',
    columns: {
      incident: { type: 'id' },
      sequence: { type: 'integer' },
      state: { type: 'text' },
      plan: { type: 'id' },
      version: { type: 'id' },
      approvedAt: { type: 'at' },
      endedAt: { type: 'at' },
    },
  },
  responseDecisions: {
    scope: 'centre',
    columns: {
      incident: { type: 'id' },
      response: { type: 'id' },
      kind: { type: 'text' },
      state: { type: 'text' },
      tier: { type: 'text' },
      fromTier: { type: 'text' },
      plan: { type: 'id' },
      version: { type: 'id' },
      grade: { type: 'text' },
      clause: { type: 'text' },
      reason: { type: 'text' },
      proposedAt: { type: 'json' },
      proposedBy: { type: 'text' },
      /** Name and post as told. */
      approver: { type: 'text' },
      approvalWay: { type: 'text' },
      approvalNumber: { type: 'text' },
      approvedAt: { type: 'json' },
      evidence: { type: 'text' },
      evidenceBlob: { type: 'text' },
      enteredBy: { type: 'text' },
    },
  },
  responseTasks: {
    scope: 'centre',
    columns: {
      incident: { type: 'id' },
      response: { type: 'id' },
      decision: { type: 'id' },
      origin: { type: 'text' },
      /** The plan's action it came from; null = added by a person. */
      planAction: { type: 'id' },
      tier: { type: 'text' },
      position: { type: 'integer' },
      role: { type: 'text' },
      action: { type: 'text' },
      contact: { type: 'text', personal: true },
      telephone: { type: 'text', personal: true },
      dueAt: { type: 'at' },
      after: { type: 'json' },
      clause: { type: 'text' },
      state: { type: 'text' },
      doneAt: { type: 'json' },
      doneBy: { type: 'text' },
      evidence: { type: 'text' },
      evidenceBlob: { type: 'text' },
      skipReason: { type: 'text' },
      enteredBy: { type: 'text' },
    },
  },
})

/** 未启动, 一级…四级, 终止. */
export const ResponseState = z.enum(['not-started', ...ResponseTier.options, 'ended'])
export type ResponseState = z.infer<typeof ResponseState>
export const DecisionKind = z.enum(['start', 'change', 'end'])
export type DecisionKind = z.infer<typeof DecisionKind>
export const DecisionState = z.enum(['proposed', 'approved', 'refused', 'withdrawn'])
export type DecisionState = z.infer<typeof DecisionState>
/** 当面, 电话授权. */
export const ApprovalWay = z.enum(['in-person', 'telephone'])
export type ApprovalWay = z.infer<typeof ApprovalWay>
export const ChecklistState = z.enum(['open', 'done', 'skipped'])
export type ChecklistState = z.infer<typeof ChecklistState>

const said = (max: number, error: string) => text(max).refine((words) => words.trim() !== '', { error })

export const ProposeResponseInput = z.object({
  /** Made by the page, so that a repeated send is one proposal. */
  id: Id,
  incident: Id,
  kind: DecisionKind,
  /** Needed to start and to change; null to end. */
  tier: ResponseTier.nullable(),
  /** Needed to start; null = the plan that is running. */
  plan: Id.nullable(),
  grade: EventGrade.nullable(),
  clause: text(500),
  reason: said(2000, 'reason.required'),
  proposedAt: HappenedAt,
})
export type ProposeResponseInput = z.infer<typeof ProposeResponseInput>

/** 批准: who, how, when; by telephone also from which number. */
export const ApproveResponseInput = z.object({
  decision: Id,
  approver: said(100, 'approver.required'),
  approvalWay: ApprovalWay,
  /** The number that was called or that called; needed when by telephone. */
  approvalNumber: text(50),
  approvedAt: HappenedAt,
  evidence: said(1000, 'evidence.required'),
  evidenceBlob: Sha256.nullable(),
  /** On a change: what becomes of open items of the former tier. */
  openTasks: z.enum(['keep', 'skip']),
})
export type ApproveResponseInput = z.infer<typeof ApproveResponseInput>
export const RefuseResponseInput = z.object({
  decision: Id,
  state: z.enum(['refused', 'withdrawn']),
  approver: text(100),
  reason: said(1000, 'reason.required'),
})

export const ChecklistDoneInput = z.object({
  task: Id,
  doneAt: HappenedAt,
  /** Who did it, as told. */
  doneBy: said(200, 'doneBy.required'),
  evidence: said(1000, 'evidence.required'),
  evidenceBlob: Sha256.nullable(),
  /** Set when an item that should come first is still open and the officer says it is done all the same. */
  isOutOfOrder: z.boolean(),
})
export type ChecklistDoneInput = z.infer<typeof ChecklistDoneInput>
export const ChecklistSkipInput = z.object({ task: Id, reason: said(1000, 'reason.required') })
export const ChecklistReopenInput = z.object({ task: Id, reason: said(1000, 'reason.required') })
export const ChecklistAddInput = z.object({
  id: Id,
  incident: Id,
  role: said(200, 'role.required'),
  action: said(2000, 'action.required'),
  telephone: text(50),
  dueAt: z.int().min(0).nullable(),
  after: z.array(Id).max(20),
})
export type ChecklistAddInput = z.infer<typeof ChecklistAddInput>
/** A moment to look back to: as it happened, or as this station knew it; null = now. */
export const ResponseMomentInput = z.object({ incident: Id, at: z.union([z.object({ happened: z.int() }), z.object({ known: z.int() })]).nullable() })

export interface ResponseDecision {
  id: Id
  incident: Id
  response: Id
  kind: DecisionKind
  state: DecisionState
  tier: ResponseTier | null
  fromTier: ResponseTier | null
  plan: Id | null
  version: Id | null
  planTitle: string | null
  grade: EventGrade | null
  clause: string
  reason: string
  proposedAt: HappenedAt
  proposedBy: string
  approver: string | null
  approvalWay: ApprovalWay | null
  approvalNumber: string | null
  approvedAt: HappenedAt | null
  evidence: string | null
}

export interface ChecklistItem {
  id: Id
  incident: Id
  response: Id
  origin: 'plan' | 'extra'
  planAction: Id | null
  tier: ResponseTier
  position: number
  role: string | null
  action: string
  contact: string | null
  telephone: string | null
  /** Approval + the plan's minutes; null = the plan says none. */
  dueAt: EpochMs | null
  after: Id[]
  clause: string | null
  state: ChecklistState
  doneAt: HappenedAt | null
  doneBy: string | null
  evidence: string | null
  skipReason: string | null
}

/** How far the response is from its plan. `late`: done after its time, or open and past it. `missing`: skipped, or still open when the response ended. */
export interface Deviation {
  at: EpochMs
  total: number
  done: number
  late: { task: Id; action: string; minutes: number; isOpen: boolean }[]
  missing: { task: Id; action: string; reason: string | null }[]
  extra: { task: Id; action: string }[]
  /** Done while something that should come first was open. */
  outOfOrder: { task: Id; action: string }[]
}

/** What others may know of the response to an incident. */
export interface ResponseSummary {
  incident: Id
  /** null = never proposed. */
  response: Id | null
  state: ResponseState
  plan: Id | null
  version: Id | null
  planTitle: string | null
  approvedAt: EpochMs | null
  endedAt: EpochMs | null
}
/** Handed to other services by `app.ts`. */
export type ReadResponse = (incident: Id) => Promise<ResponseSummary>

export interface ResponseView {
  summary: ResponseSummary
  /** The proposal that waits for approval. */
  pending: ResponseDecision | null
  decisions: ResponseDecision[]
  items: ChecklistItem[]
  deviation: Deviation
}
export interface OverdueItem {
  task: Id
  incident: Id
  incidentTitle: string | null
  role: string | null
  action: string
  telephone: string | null
  dueAt: EpochMs
}
