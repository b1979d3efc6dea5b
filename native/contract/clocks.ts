// Reporting clocks (报送时限): which run for an incident, from when, until when, and the evidence that stops them.
import { z } from 'zod'
import { type ClockRecipient, ReportingMeans } from './clock-rules.ts'
import { defineDatasets } from './dataset.ts'
import type { Subject } from './entry.ts'
import { type EpochMs, type EventGrade, HappenedAt, Id, text } from './scalars.ts'

export const clockDatasets = defineDatasets({
  /** The centre's own rules, and its changes of shipped ones (same id); see `ClockRule`. */
  clockRules: {
    scope: 'centre',
    columns: {
      level: { type: 'text' },
      ourUnit: { type: 'id' },
      events: { type: 'json' },
      grades: { type: 'json' },
      reasons: { type: 'json' },
      recipient: { type: 'text' },
      recipientName: { type: 'text' },
      recipientUnit: { type: 'id' },
      means: { type: 'text' },
      limitMinutes: { type: 'integer' },
      countedFrom: { type: 'text' },
      followUpMinutes: { type: 'integer' },
      followUpHours: { type: 'json' },
      finalMinutes: { type: 'integer' },
      clause: { type: 'text' },
      source: { type: 'text' },
      isExample: { type: 'boolean' },
      isActive: { type: 'boolean' },
    },
  },
  /** Evidence typed by hand: a person of the recipient who was told, and what they said. */
  clockEvidence: {
    scope: 'centre',
    columns: {
      incident: { type: 'id' },
      recipientKey: { type: 'text' },
      recipientUnit: { type: 'id' },
      recipient: { type: 'text' },
      means: { type: 'text' },
      stage: { type: 'text' },
      happenedAt: { type: 'json' },
      who: { type: 'text', personal: true },
      number: { type: 'text', personal: true },
      said: { type: 'text', personal: true },
      enteredAt: { type: 'at' },
      enteredByName: { type: 'text' },
      isWithdrawn: { type: 'boolean' },
    },
  },
  /** A clock declared not applicable (不适用), with its reason. */
  clockWaivers: {
    scope: 'centre',
    columns: {
      incident: { type: 'id' },
      rule: { type: 'id' },
      stage: { type: 'text' },
      reason: { type: 'text' },
      enteredAt: { type: 'at' },
      enteredByName: { type: 'text' },
      isWithdrawn: { type: 'boolean' },
    },
  },
  clockSettings: { scope: 'centre', columns: { name: { type: 'text' }, value: { type: 'json' } } },
  /** A stretch in which this station was not running and limits ran out, and who has read of it. */
  clockGaps: {
    scope: 'self',
    columns: { fromAt: { type: 'at' }, toAt: { type: 'at' }, seenAt: { type: 'at' }, seenByName: { type: 'text' } },
  },
})

/** Proof that a recipient was told: a call somebody took, a receipt. "Sent" is none. */
export interface ReportingEvidence {
  incident: Id
  /** Unit told; null = only its name is known. */
  unit: Id | null
  /** Name of the recipient as written. */
  recipient: string
  means: ReportingMeans
  at: HappenedAt
  /** Who took the call or signed the receipt. */
  who: string
  words: string
  /** The row that proves it. */
  source: Subject
  /** Which report it was, in words (首报, 续报二 …); empty by telephone. */
  report: string
}
/** Calls (contacts) and receipts (reports) hand one each to the clocks through `app.ts`. @param incident null = every open one */
export type ReadReportingEvidence = (incident: Id | null) => Promise<ReportingEvidence[]>

/** 首报, 续报, 终报. */
export const ClockStage = z.enum(['first', 'follow-up', 'final'])
export type ClockStage = z.infer<typeof ClockStage>

/** Evidence as the clocks use it. `recipientKey`: the recipient it was typed for; null = it is found by unit or name. */
export interface ClockEvidence extends ReportingEvidence {
  recipientKey: string | null
  /** Typed by hand (and may be withdrawn), a call, a receipt, or one of the incident's four typed times. */
  origin: 'typed' | 'call' | 'receipt' | 'incident'
}

/** What may start a clock, as known from `at` on. */
export interface CauseMoment {
  at: EpochMs
  grade: EventGrade | null
  /** The figures known fall below every grade of the table: 不构成等级; otherwise null grade = 无法初判. */
  isBelowTable: boolean
  /** Ids of `must-report.json`. */
  reasons: string[]
  /** Code of the event type, those above it, and its hazard. */
  lineage: string[]
}

/** What the clocks must know of an incident and of what was merged into it. */
export interface ClockSubject {
  incident: Id
  title: string
  isSample: boolean
  occurred: HappenedAt | null
  /** The earliest 接报 of the family. */
  received: EpochMs
  firstPhoned: HappenedAt | null
  written: HappenedAt | null
  closedAt: EpochMs | null
  /** 误报, 转办, 并案: nothing more is to be reported from here. */
  ended: 'false' | 'transferred' | 'merged' | null
  /** In order of time, never empty. */
  causes: CauseMoment[]
  /** The incident and all that was merged into it. */
  family: Id[]
}
/** Handed in by `app.ts`. @param incident null = every one that is open, or was closed in the last 30 days and is no sample */
export type ReadClockSubjects = (incident: Id | null) => Promise<ClockSubject[]>

export interface ClockRecipientView {
  key: string
  kind: ClockRecipient
  /** Its own name; null = only the kind is known (本级总值班室). */
  name: string | null
  unit: Id | null
  telephone: string | null
  isSampleUnit: boolean
}

export interface ClockWaiver {
  id: Id
  stage: ClockStage
  reason: string
  by: string
  at: EpochMs
}

/** One limit: who is to be told by what means until when, and what stopped it. Says nothing about now: see `clockPhase`. */
export interface Clock {
  /** `<incident>/<rule>/<stage><number>` */
  id: string
  incident: Id
  incidentTitle: string
  isSample: boolean
  rule: Id
  stage: ClockStage
  /** Of a follow-up, from 1; else 0. */
  number: number
  recipient: ClockRecipientView
  means: ReportingMeans
  /** Null at fixed hours. */
  limitMinutes: number | null
  from: EpochMs
  countedFrom: 'occurred' | 'received' | 'grade' | 'reason' | 'type' | 'previous' | 'closed'
  /** What its cause was when it became known: the grade, the reasons. */
  cause: { grade: EventGrade | null; reasons: string[] }
  /** The cause no longer holds (a figure corrected downward); the clock runs on all the same. */
  isCauseGone: boolean
  dueAt: EpochMs
  evidence: ClockEvidence | null
  waiver: ClockWaiver | null
  ended: ClockSubject['ended']
  /** The recipient has been told of it by telephone, whatever else is still owed. */
  isTold: boolean
  clause: string
  source: string
  isExample: boolean
}

export const ClockSettings = z.object({
  /** Level of this centre while it has not said which unit it is. */
  level: z.enum(['province', 'city', 'county']).default('city'),
  /** Minutes after the limit until the 带班领导 is asked too. */
  escalateMinutes: z.int().min(0).max(240).default(10),
})
export type ClockSettings = z.infer<typeof ClockSettings>

export interface ClockBoard {
  clocks: Clock[]
  settings: ClockSettings
  /** Whether somebody of that role is on the roster now; without, the next one is asked from the start. */
  isOfficerOn: boolean
  isShiftLeaderOn: boolean
}

/** Evidence offered but not certain: a call about the incident to somebody whose name is not exactly the recipient's. */
export interface EvidenceOffer {
  clock: string
  evidence: ClockEvidence
}

const said = (max: number, error: string) => text(max).refine((words) => words.trim() !== '', { error })

export const ClockEvidenceInput = z.object({
  /** Made by the page, so that a repeated send is one row. */
  id: Id,
  incident: Id,
  recipientKey: said(140, 'recipient.required'),
  recipientUnit: Id.nullable(),
  recipient: said(200, 'recipient.required'),
  means: ReportingMeans,
  stage: ClockStage,
  happenedAt: HappenedAt,
  who: said(100, 'who.required'),
  number: text(50),
  said: text(1000),
})
export type ClockEvidenceInput = z.infer<typeof ClockEvidenceInput>

export const WithdrawClockInput = z.object({ id: Id, reason: said(500, 'reason.required') })
export const WaiveInput = z.object({
  incident: Id,
  /** Several in one act: those of one cause. */
  clocks: z
    .array(z.object({ rule: Id, stage: ClockStage }))
    .min(1)
    .max(60),
  reason: said(500, 'reason.required'),
})
export type WaiveInput = z.infer<typeof WaiveInput>

/** A stretch in which the station did not run, and the limits that ran out in it. */
export interface MissedLimits {
  from: EpochMs
  to: EpochMs
  clocks: Clock[]
}

/** The rules as they would be: what the what-if compares. */
export interface WhatIf {
  before: Clock[]
  after: Clock[]
}
