// Plans (预案) as structure: what is stored of a document, what the reader shows, what a search finds.
import { z } from 'zod'
import { defineDatasets } from './dataset.ts'
import { AreaCode, type EpochMs, EventGrade, Id, ResponseTier, Sha256, text } from './scalars.ts'

export const planDatasets = defineDatasets({
  plans: {
    scope: 'centre',
    columns: {
      title: { type: 'text' },
      issuer: { type: 'text' },
      /** AreaCode it applies to, all below included. */
      area: { type: 'text' },
      /** Codes of event types; `11A00` covers all of `11A`. */
      eventTypes: { type: 'json' },
      /** Words that speak for this plan, e.g. 氯气. */
      keywords: { type: 'json' },
      /** Id of the version in force; null while the first import is being taken in. */
      currentVersion: { type: 'id' },
      isRetired: { type: 'boolean' },
      isSample: { type: 'boolean' },
      /** Reasons why a person should look at title, area or event types; empty = sure. */
      unsure: { type: 'json' },
    },
  },
  planVersions: {
    scope: 'centre',
    columns: {
      plan: { type: 'id' },
      number: { type: 'integer' },
      blob: { type: 'text' },
      fileName: { type: 'text' },
      format: { type: 'text' },
      importedAt: { type: 'at' },
      importedBy: { type: 'text' },
      /** Rows of each kind that belong to it, so that a half-projected version is known as such. */
      counts: { type: 'json' },
    },
  },
  planParagraphs: {
    scope: 'centre',
    columns: {
      plan: { type: 'id' },
      version: { type: 'id' },
      position: { type: 'integer' },
      kind: { type: 'text' },
      /** Depth of a heading, 1 = chapter or annex; null for text. */
      depth: { type: 'integer' },
      /** The number as written or as Word would draw it: 第一章, （二）, 4.2.1. */
      number: { type: 'text' },
      body: { type: 'text', personal: true },
      /** Cells of a table row, merged ones repeated. */
      cells: { type: 'json' },
      isHeaderRow: { type: 'boolean' },
      /** 响应级别 whose part of the plan it stands in. */
      tiers: { type: 'json' },
      unsure: { type: 'json' },
    },
  },
  planTiers: {
    scope: 'centre',
    columns: {
      plan: { type: 'id' },
      version: { type: 'id' },
      position: { type: 'integer' },
      tier: { type: 'text' },
      /** 启动条件 in the plan's words. */
      condition: { type: 'text' },
      /** EventGrades the plan answers with this tier. */
      grades: { type: 'json' },
      /** Who approves, in the plan's words. */
      approver: { type: 'text' },
      clause: { type: 'text' },
      paragraph: { type: 'id' },
      unsure: { type: 'json' },
    },
  },
  planActions: {
    scope: 'centre',
    columns: {
      plan: { type: 'id' },
      version: { type: 'id' },
      position: { type: 'integer' },
      tier: { type: 'text' },
      /** 责任单位. */
      role: { type: 'text' },
      action: { type: 'text' },
      deadlineMinutes: { type: 'integer' },
      deadlineWords: { type: 'text' },
      /** Ids of actions that come first. */
      after: { type: 'json' },
      afterWords: { type: 'text' },
      clause: { type: 'text' },
      paragraph: { type: 'id' },
      unsure: { type: 'json' },
    },
  },
  planContacts: {
    scope: 'centre',
    columns: {
      plan: { type: 'id' },
      version: { type: 'id' },
      position: { type: 'integer' },
      unit: { type: 'text' },
      post: { type: 'text' },
      name: { type: 'text', personal: true },
      telephone: { type: 'text', personal: true },
      paragraph: { type: 'id' },
      unsure: { type: 'json' },
    },
  },
  planUnits: {
    scope: 'centre',
    columns: {
      plan: { type: 'id' },
      version: { type: 'id' },
      position: { type: 'integer' },
      unit: { type: 'text' },
      members: { type: 'text' },
      duties: { type: 'text' },
      paragraph: { type: 'id' },
      unsure: { type: 'json' },
    },
  },
})

export const PlanFormat = z.enum(['docx', 'pdf', 'md', 'txt'])
export type PlanFormat = z.infer<typeof PlanFormat>

/** `title` stands once; `heading` opens a part; `toc` lines are kept but belong to nothing. */
export const ParagraphKind = z.enum(['title', 'heading', 'text', 'row', 'toc'])
export type ParagraphKind = z.infer<typeof ParagraphKind>

/**
 * Why the parser asks a person. heading: may or may not be one · number-gap: numbers not in sequence · tier: which 响应级别 is meant · role: no 责任单位 found ·
 * deadline-vague: 立即, 尽快 · deadline-base: counted from something other than the approval · deadline-repeat: 每…一次 · after: the step that comes first was not
 * found · telephone: not a number that can be dialled · contact: whose number · unit: whose duties · pdf-table: columns guessed from positions · approver, grade:
 * not said · title, area, type: guessed · characters: unreadable ones were replaced · cells: a table with uneven rows
 */
export const Unsure = z.enum([
  'heading',
  'number-gap',
  'tier',
  'role',
  'deadline-vague',
  'deadline-base',
  'deadline-repeat',
  'after',
  'telephone',
  'contact',
  'unit',
  'pdf-table',
  'approver',
  'grade',
  'title',
  'area',
  'type',
  'characters',
  'cells',
])
export type Unsure = z.infer<typeof Unsure>

/** One part of a plan that a person can fix: the dataset is `plan` + this word. */
export const PlanPart = z.enum(['Paragraphs', 'Tiers', 'Actions', 'Contacts', 'Units'])
export type PlanPart = z.infer<typeof PlanPart>

export interface PlanParagraph {
  id: Id
  position: number
  kind: ParagraphKind
  depth: number | null
  number: string | null
  body: string
  cells: string[] | null
  isHeaderRow: boolean
  tiers: ResponseTier[]
  unsure: Unsure[]
}
export interface PlanTier {
  id: Id
  position: number
  tier: ResponseTier
  condition: string
  grades: EventGrade[]
  approver: string | null
  clause: string | null
  paragraph: Id | null
  unsure: Unsure[]
}
export interface PlanAction {
  id: Id
  position: number
  tier: ResponseTier
  role: string | null
  action: string
  /** Minutes after the response was approved; null = none said. */
  deadlineMinutes: number | null
  deadlineWords: string | null
  after: Id[]
  afterWords: string | null
  clause: string | null
  paragraph: Id | null
  unsure: Unsure[]
}
export interface PlanContact {
  id: Id
  position: number
  unit: string | null
  post: string | null
  name: string | null
  telephone: string
  paragraph: Id | null
  unsure: Unsure[]
}
export interface PlanUnit {
  id: Id
  position: number
  unit: string
  members: string | null
  duties: string | null
  paragraph: Id | null
  unsure: Unsure[]
}

/** How many things of each kind, and how many still wait for a person. */
export interface PlanCounts {
  paragraphs: number
  tiers: number
  actions: number
  contacts: number
  units: number
}
export interface PlanSummary {
  id: Id
  title: string
  issuer: string | null
  area: AreaCode | null
  eventTypes: string[]
  keywords: string[]
  currentVersion: Id | null
  isRetired: boolean
  isSample: boolean
  versionNumber: number | null
  importedAt: EpochMs | null
  format: PlanFormat | null
  fileName: string | null
  tiers: ResponseTier[]
  counts: PlanCounts | null
  unsureCount: number
  unsure: Unsure[]
}
export interface PlanVersion {
  id: Id
  plan: Id
  number: number
  blob: Sha256
  fileName: string
  format: PlanFormat
  importedAt: EpochMs
  importedBy: string
  counts: PlanCounts
}
/** A plan opened: one version whole, beside the list of all. */
export interface PlanDocument {
  plan: PlanSummary
  version: PlanVersion
  versions: PlanVersion[]
  /** False while its rows are still being taken in. */
  isComplete: boolean
  paragraphs: PlanParagraph[]
  tiers: PlanTier[]
  actions: PlanAction[]
  contacts: PlanContact[]
  units: PlanUnit[]
}

export const PlanSearchInput = z.object({
  query: text(200),
  plan: Id.nullable(),
  tier: ResponseTier.nullable(),
  limit: z.int().min(1).max(200),
})
export interface PlanHit {
  paragraph: Id
  plan: Id
  planTitle: string
  version: Id
  position: number
  kind: ParagraphKind
  number: string | null
  body: string
  /** `[start, end)` in UTF-16 units of `body`. */
  ranges: [number, number][]
  tiers: ResponseTier[]
}
export interface PlanSearchResult {
  hits: PlanHit[]
  /** More than `limit` were found. */
  hasMore: boolean
}

export const ImportPlanInput = z.object({
  /** Made by the page; asks for progress, cancels. */
  job: Id,
  blob: Sha256,
  fileName: text(255).refine((name) => name.trim() !== '', { error: 'fileName.required' }),
  /** A new version of this plan; null = a new plan. */
  plan: Id.nullable(),
  /** Where it applies, as the person says; null = as read from the document. */
  area: AreaCode.nullable(),
  isSample: z.boolean(),
})
export type ImportPlanInput = z.infer<typeof ImportPlanInput>

export interface PlanImportState {
  job: Id
  fileName: string
  stage: 'reading' | 'parsing' | 'storing' | 'done' | 'failed'
  /** 0…1 */
  share: number
  plan: Id | null
  version: Id | null
  counts: PlanCounts | null
  unsureCount: number
  error: { code: string; params: Record<string, string | number | boolean | null> } | null
}

const words = (max: number) => text(max).nullable()
const PlanHead = z.object({
  title: text(200).refine((title) => title.trim() !== '', { error: 'title.required' }),
  issuer: words(200),
  area: AreaCode.nullable(),
  eventTypes: z.array(z.string().regex(/^[0-9A-Za-z]{1,12}$/)).max(50),
  keywords: z.array(text(40)).max(50),
  isRetired: z.boolean(),
})
/** `seen`: the head as the form had shown it. A field left so is not set; one that another has changed since is CONFLICT; null = nothing was shown. */
export const UpdatePlanInput = PlanHead.extend({ plan: Id, seen: PlanHead.extend({ title: text(200) }).nullable() })
export const FixParagraphInput = z.object({
  id: Id,
  kind: ParagraphKind,
  depth: z.int().min(1).max(9).nullable(),
  number: words(40),
  body: text(20_000),
  tiers: z.array(ResponseTier).max(4),
})
export const FixTierInput = z.object({ id: Id, condition: text(4000), grades: z.array(EventGrade).max(4), approver: words(200) })
export const FixActionInput = z.object({
  id: Id,
  tier: ResponseTier,
  role: words(200),
  action: text(2000).refine((action) => action.trim() !== '', { error: 'action.required' }),
  deadlineMinutes: z
    .int()
    .min(0)
    .max(60 * 24 * 90)
    .nullable(),
  after: z.array(Id).max(20),
})
export const AddActionInput = FixActionInput.omit({ id: true }).extend({ version: Id })
export const FixContactInput = z.object({ id: Id, unit: words(200), post: words(100), name: words(40), telephone: text(100) })
export const FixUnitInput = z.object({ id: Id, unit: text(200), members: words(4000), duties: words(8000) })
export const ConfirmPartInput = z.object({ part: PlanPart, id: Id })

/** Why a plan was proposed, each with what it rests on. */
export type MatchReason =
  | { kind: 'type'; planType: string; incidentType: string; isExact: boolean }
  | { kind: 'type-name'; word: string }
  | { kind: 'area'; area: AreaCode }
  | { kind: 'area-unknown' }
  | { kind: 'words'; found: string[] }
  | { kind: 'grade'; grade: EventGrade; tier: ResponseTier; clause: string | null }
export interface PlanMatch {
  plan: Id
  version: Id
  title: string
  isSample: boolean
  score: number
  reasons: MatchReason[]
  /** Every tier the plan has. */
  tiers: PlanTier[]
  /** What the plan answers to the proposed grade; null = the plan does not say. */
  proposedTier: ResponseTier | null
}
/** `matches` empty = 无匹配预案; `because` says of each plan that was left out why. */
export interface MatchResult {
  matches: PlanMatch[]
  because: { plan: Id; title: string; why: 'other-type' | 'other-area' | 'no-word' | 'retired' }[]
}
