// Incidents: what was reported, by whom, how grave it is proposed to be, and what stands side by side until somebody chooses.
import { z } from 'zod'
import { defineDatasets } from './dataset.ts'
import { AreaCode, EventGrade, HappenedAt, Id, LonLat, Sha256, text } from './scalars.ts'

/** Datasets of the feature; every entry that writes them has the incident as its subject. */
export const incidentDatasets = defineDatasets({
  incidents: {
    scope: 'centre',
    columns: {
      title: { type: 'text' },
      description: { type: 'text', personal: true },
      typeCode: { type: 'text' },
      place: { type: 'text' },
      position: { type: 'json' },
      placedBy: { type: 'text' },
      area: { type: 'text' },
      /** The four typed times: 事发, 接报, 首次电话报告, 书面报送; each a HappenedAt or null. */
      occurred: { type: 'json', personal: ['source'] },
      received: { type: 'json', personal: ['source'] },
      firstPhoned: { type: 'json', personal: ['source'] },
      written: { type: 'json', personal: ['source'] },
      informationState: { type: 'text' },
      mergedInto: { type: 'id' },
      transferredTo: { type: 'text' },
      circumstances: { type: 'json' },
      confirmedGrade: { type: 'text' },
      confirmedBasis: { type: 'text' },
      confirmedBy: { type: 'text' },
      closedAt: { type: 'at' },
      isSample: { type: 'boolean' },
    },
  },
  incidentReports: {
    scope: 'centre',
    columns: {
      incident: { type: 'id' },
      kind: { type: 'text' },
      words: { type: 'text', personal: true },
      reporter: { type: 'text', personal: true },
      reporterUnit: { type: 'text' },
      reporterPhone: { type: 'text', personal: true },
      channel: { type: 'text' },
      received: { type: 'json', personal: ['source'] },
      enteredAt: { type: 'at' },
    },
  },
  incidentStatements: {
    scope: 'centre',
    columns: {
      incident: { type: 'id' },
      metric: { type: 'text' },
      value: { type: 'real' },
      source: { type: 'text', personal: true },
      asOf: { type: 'json', personal: ['source'] },
      state: { type: 'text' },
      enteredAt: { type: 'at' },
      enteredBy: { type: 'text' },
    },
  },
  /** Which statement was chosen for a figure: one row per incident and metric, so that two choices meet as a conflict. */
  incidentFigures: { scope: 'centre', columns: { incident: { type: 'id' }, metric: { type: 'text' }, statement: { type: 'id' } } },
  incidentAttachments: {
    scope: 'centre',
    columns: {
      incident: { type: 'id' },
      sha256: { type: 'text' },
      name: { type: 'text' },
      sizeBytes: { type: 'integer' },
      mime: { type: 'text' },
      enteredAt: { type: 'at' },
    },
  },
  /** The customer's edits of the shipped code table, and whole tables of their own under another `system`. */
  eventTypes: {
    scope: 'centre',
    columns: {
      system: { type: 'text' },
      code: { type: 'text' },
      parent: { type: 'text' },
      name: { type: 'text' },
      hazard: { type: 'text' },
      isActive: { type: 'boolean' },
    },
  },
  /** Which code table is in force: one row, `key` = `eventTypes`. */
  codeTables: { scope: 'centre', columns: { name: { type: 'text' }, inForce: { type: 'text' } } },
})

/** What is known of the information itself: 接报, 核实中, 已核实, 误报, 转办, 并案. Independent of response and reporting. */
export const InformationState = z.enum(['received', 'checking', 'verified', 'false', 'transferred', 'merged'])
export type InformationState = z.infer<typeof InformationState>

/** How far the centre's own reports are: nothing, 拟稿, 已签发, 已报送. The clocks come on top of it. */
export type ReportingState = 'none' | 'drafted' | 'submitted' | 'signed' | 'sent'

/** 口径 of a figure. 失联 (outOfContact) and 被困 (trapped) are never counted as 死亡; 失踪 (missing) is the established one. */
export const Metric = z.enum([
  'deaths',
  'missing',
  'outOfContact',
  'trapped',
  'seriousInjuries',
  'acutePoisoning',
  'minorInjuries',
  'hospitalised',
  'evacuated',
  'atRisk',
  'directLossYuan',
  'directLossGdpPercent',
  'burnedForestHa',
  'magnitude',
])
export type Metric = z.infer<typeof Metric>
/** Figures that count people: whole numbers. */
export const peopleMetrics: readonly Metric[] = [
  'deaths',
  'missing',
  'outOfContact',
  'trapped',
  'seriousInjuries',
  'acutePoisoning',
  'minorInjuries',
  'hospitalised',
  'evacuated',
  'atRisk',
]

/** 待核, 已核实, 有出入. */
export const StatementState = z.enum(['unverified', 'verified', 'disputed'])
export type StatementState = z.infer<typeof StatementState>

/** What makes it reportable or decides a rule besides figures; the duty officer ticks them. */
export const Circumstance = z.enum([
  'severe-pollution',
  'important-site',
  'sensitive-area',
  'sensitive-time',
  'sensitive-people',
  'public-attention',
  'dense-population',
  'fairly-dense-population',
])
export type Circumstance = z.infer<typeof Circumstance>

/** The way a report came in. */
export const Channel = z.enum(['telephone', 'form', 'pasted', 'radio', 'fax', 'in-person', 'other'])
export type Channel = z.infer<typeof Channel>

export const PlacedBy = z.enum(['map', 'name', 'coordinates', 'area'])
export type PlacedBy = z.infer<typeof PlacedBy>

/** The four typed times. */
export const IncidentTime = z.enum(['occurred', 'received', 'firstPhoned', 'written'])
export type IncidentTime = z.infer<typeof IncidentTime>

/** A figure as somebody stated it. `value` is a count of people, yuan, hectares, percent or magnitude by its metric. */
export const StatementInput = z
  .object({
    metric: Metric,
    value: z.number().min(0).max(1e13),
    source: text(200).refine((words) => words.trim() !== '', { error: 'source.required' }),
    asOf: HappenedAt,
    state: StatementState,
  })
  .refine((input) => !peopleMetrics.includes(input.metric) || Number.isInteger(input.value), { error: 'value.whole', path: ['value'] })
export type StatementInput = z.infer<typeof StatementInput>

/** Who said it and how it came. */
export const ReportInput = z.object({
  words: text(6000),
  reporter: text(100),
  reporterUnit: text(200),
  reporterPhone: text(50),
  channel: Channel,
  received: HappenedAt,
})
export type ReportInput = z.infer<typeof ReportInput>

/** One intake (接报), whole: what the form sends on Enter. */
export const IntakeInput = z.object({
  id: Id,
  title: text(200).refine((words) => words.trim() !== '', { error: 'title.required' }),
  description: text(6000),
  typeCode: text(20).nullable(),
  place: text(300),
  position: LonLat.nullable(),
  placedBy: PlacedBy.nullable(),
  area: AreaCode.nullable(),
  occurred: HappenedAt.nullable(),
  circumstances: z.array(Circumstance).max(20),
  report: ReportInput,
  statements: z.array(StatementInput).max(50),
  attachments: z.array(z.object({ sha256: Sha256, name: text(255), sizeBytes: z.int().min(0), mime: text(100) })).max(50),
})
export type IntakeInput = z.infer<typeof IntakeInput>

/** 续报 on an incident that is already known. */
export const FollowUpInput = z.object({ incident: Id, report: ReportInput, statements: z.array(StatementInput).max(50) })
export type FollowUpInput = z.infer<typeof FollowUpInput>

/** Fields a person may edit one by one. */
export const EditableField = z.enum([
  'title',
  'description',
  'typeCode',
  'place',
  'position',
  'area',
  'occurred',
  'received',
  'firstPhoned',
  'written',
  'circumstances',
])
export type EditableField = z.infer<typeof EditableField>

/** One field's new value beside the value the form had shown: when another console wrote meanwhile, CONFLICT and nothing is lost. */
export const EditInput = z.object({ incident: Id, field: EditableField, value: z.json(), seen: z.json() })
export type EditInput = z.infer<typeof EditInput>

export const SetStateInput = z.object({
  incident: Id,
  state: InformationState.exclude(['merged']),
  words: text(500),
  happenedAt: HappenedAt.nullable(),
})
export type SetStateInput = z.infer<typeof SetStateInput>

/** 办结 (true) or taken up again (false), with words why. */
export const CloseInput = z.object({ incident: Id, isClosed: z.boolean(), words: text(500), happenedAt: HappenedAt.nullable() })
export type CloseInput = z.infer<typeof CloseInput>

export const StatementStateInput = z.object({ statement: Id, state: StatementState, words: text(500) })
export const ChooseInput = z.object({ incident: Id, metric: Metric, statement: Id.nullable(), seen: Id.nullable() })
export const AttachInput = z.object({ incident: Id, id: Id, sha256: Sha256, name: text(255), sizeBytes: z.int().min(0), mime: text(100) })
export const MergeInput = z.object({ incident: Id, into: Id, words: text(500) })
export const ListInput = z.object({
  query: text(100),
  informationState: InformationState.nullable(),
  grade: EventGrade.nullable(),
  area: AreaCode.nullable(),
  isOpen: z.boolean().nullable(),
  limit: z.int().min(1).max(1000),
})
export type ListInput = z.infer<typeof ListInput>

export const ConfirmGradeInput = z.object({ incident: Id, grade: EventGrade.nullable(), basis: text(500), confirmedBy: text(100) })
export type ConfirmGradeInput = z.infer<typeof ConfirmGradeInput>

/** One criterion of a rule that was met, in figures. */
export interface GradeReason {
  metrics: Metric[]
  /** Sum of the figures used. */
  value: number
  /** The bounds it was compared with: `min` inclusive, `above` and `below` exclusive; null = none. */
  min: number | null
  above: number | null
  below: number | null
  when: Circumstance | null
  grade: EventGrade
  clause: string
}

/** 初判: never a grade without a rule and its clause. */
export interface GradeProposal {
  outcome: 'graded' | 'no-type' | 'no-table' | 'no-figures' | 'below-table'
  grade: EventGrade | null
  hazard: string | null
  /** Title of the rule table and the text it is from. */
  table: string | null
  source: string | null
  boundary: string | null
  reasons: GradeReason[]
  /** Figures the table asks for that nobody has stated. */
  missing: Metric[]
  /** Figures that differ and are not chosen: the highest was used. */
  differing: Metric[]
}

/** Why it must be reported anyway, apart from its grade. */
export interface MustReport {
  id: string
  name: string
  clause: string
  /** Sum and limit for a figure; null for a circumstance. */
  value: number | null
  min: number | null
}

export interface Statement extends StatementInput {
  id: Id
  incident: Id
  enteredAt: number
  enteredBy: string
}

/** All that was said about one metric; `chosen` is the statement a person chose, or the only value said, or null while they differ. */
export interface Figure {
  metric: Metric
  chosen: Statement | null
  isChosenByPerson: boolean
  isDiffering: boolean
  statements: Statement[]
}

export interface IncidentReport extends ReportInput {
  id: Id
  incident: Id
  kind: 'first' | 'follow-up'
  enteredAt: number
  /** Something of it was erased as personal data. */
  isErased: boolean
}

export interface Attachment {
  id: Id
  incident: Id
  sha256: string
  name: string
  sizeBytes: number
  mime: string
  enteredAt: number
}

export interface IncidentSummary {
  id: Id
  title: string
  typeCode: string | null
  typeName: string | null
  place: string
  position: LonLat | null
  area: AreaCode | null
  occurred: HappenedAt | null
  received: HappenedAt | null
  informationState: InformationState
  mergedInto: Id | null
  /** Confirmed by a person, else proposed by the rules, else null. */
  grade: EventGrade | null
  isGradeConfirmed: boolean
  reportingState: ReportingState
  closedAt: number | null
  isSample: boolean
  conflicts: number
}

export interface IncidentDetail extends IncidentSummary {
  description: string
  placedBy: PlacedBy | null
  firstPhoned: HappenedAt | null
  written: HappenedAt | null
  transferredTo: string | null
  circumstances: Circumstance[]
  confirmedBasis: string | null
  confirmedBy: string | null
  proposal: GradeProposal
  mustReport: MustReport[]
  figures: Figure[]
  reports: IncidentReport[]
  attachments: Attachment[]
  /** Incidents merged into this one (并案); each stays whole. `entry` undoes the merge. */
  merged: { id: Id; title: string; entry: string | null }[]
}

/** Why a new report looks like a known incident: `score` is the probability 0…1 that they are one; `points` is what a reason adds to its log odds, always above 0. */
export interface LikelyDuplicate {
  incident: Id
  title: string
  place: string
  informationState: InformationState
  receivedAt: number
  score: number
  reasons: { kind: 'place' | 'time' | 'type' | 'words'; points: number; detail: Record<string, string | number> }[]
}

export const DuplicateQuery = z.object({
  except: Id.nullable(),
  words: text(20_000),
  typeCode: text(20).nullable(),
  position: LonLat.nullable(),
  area: AreaCode.nullable(),
  at: z.int().min(0),
})
export type DuplicateQuery = z.infer<typeof DuplicateQuery>

export interface EventType {
  system: string
  code: string
  parent: string | null
  name: string
  /** Which rule table grades it; null = none, so 无法初判. */
  hazard: string | null
  /** Names from the class downwards, e.g. 事故灾难 / 危险化学品事故. */
  path: string
  isActive: boolean
}

/** Who does it: the account and the name people know. */
export interface ActingPerson {
  account: string
  name: string
}

/** One act of an incident's time line, which is the journal: its own entries and those of what was merged into it. */
export interface TimelineItem {
  entry: string
  action: string
  /** The person's name. */
  who: string
  knownAt: number
  happenedAt: HappenedAt | null
  /** What it set, by column; long texts are cut. */
  values: Record<string, unknown>
  words: string | null
}

/** A draft of the intake, kept by account; any JSON the form holds. */
export interface IncidentDraft {
  id: Id
  body: unknown
  updatedAt: number
}
