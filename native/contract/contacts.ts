// 通讯录 and telephone: who sits where, under which number, when that was last checked, and what came of each call.
import { z } from 'zod'
import type { ReportingEvidence } from './clocks.ts'
import type { Unit } from './areas.ts'
import { defineDatasets } from './dataset.ts'
import type { Subject } from './entry.ts'
import { EpochMs, HappenedAt, Id, text } from './scalars.ts'

export const contactDatasets = defineDatasets({
  contacts: {
    scope: 'centre',
    columns: {
      /** Row id of the unit; null = none of the tree. */
      unit: { type: 'id' },
      /** What the unit was called when this was written: shown when the tree has it no more, or never had. */
      unitName: { type: 'text' },
      /** 岗位: 值班室, 带班领导, 应急科科长 … Shown before the name. */
      post: { type: 'text' },
      name: { type: 'text', personal: true },
      /** `[{ kind, number }]`, the one to try first in front. */
      telephones: { type: 'json', personal: true },
      /** Order within the unit, small first. */
      rank: { type: 'integer' },
      /** What is known of its numbers: `[{ number, verifiedAt, verifiedByName, wrong }]`; that of a number no longer hers counts for nothing. */
      checks: { type: 'json', personal: true },
      note: { type: 'text', personal: true },
      source: { type: 'text' },
      sourceKey: { type: 'text' },
      isSample: { type: 'boolean' },
    },
  },
  calls: {
    scope: 'centre',
    columns: {
      incident: { type: 'id' },
      unit: { type: 'id' },
      contact: { type: 'id' },
      party: { type: 'text', personal: true },
      number: { type: 'text', personal: true },
      purpose: { type: 'text' },
      outcome: { type: 'text' },
      who: { type: 'text', personal: true },
      words: { type: 'text' },
      happenedAt: { type: 'json' },
      enteredAt: { type: 'at' },
      enteredBy: { type: 'text' },
      enteredByName: { type: 'text' },
      /** The call that this one repeats. */
      redialOf: { type: 'id' },
      /** What it was about beside the incident: `{ dataset, row }` of an order, a report. */
      about: { type: 'json' },
      /** Why the record was put right afterwards; null = it never was. */
      amendedWhy: { type: 'text' },
      isSample: { type: 'boolean' },
    },
  },
})

/** 值班, 办公, 手机, 传真, 卫星. */
export const TelephoneKind = z.enum(['duty', 'office', 'mobile', 'fax', 'satellite'])
export type TelephoneKind = z.infer<typeof TelephoneKind>

/** Digits with what people write between them, an extension behind 转, #, * or a comma: `0913-0100001 转 801`. */
export const TelephoneNumber = text(60).refine((value) => isTelephone(value), { error: 'telephone.malformed' })

/** Whether somebody could dial it: at least three digits, nothing but digits, separators and one extension. */
export function isTelephone(value: string): boolean {
  const words = value.normalize('NFKC').trim()
  return /^\+?[\d\s()\-./]{2,}\d(?:\s*(?:转|分机|ext\.?|[,#*])\s*\d{1,8})?$/iu.test(words) && (words.match(/\d/g)?.length ?? 0) >= 3
}

/** Digits alone, for searching and comparing: `0913-0100001 转 801` → `09130100001801`. */
export function telephoneDigits(value: string): string {
  return value.normalize('NFKC').replaceAll(/\D/g, '')
}

export const Telephone = z.object({ kind: TelephoneKind, number: TelephoneNumber })
export type Telephone = z.infer<typeof Telephone>

/** 号码有误: who said so, when, in which words. */
export interface WrongReport {
  at: EpochMs
  by: string
  byName: string
  words: string
}

/** Whether a number was verified, when and by whom, and whether somebody has found it wrong since. */
export interface NumberCheck {
  /** null = never. */
  verifiedAt: EpochMs | null
  verifiedByName: string
  wrong: WrongReport | null
}
export type CheckedTelephone = Telephone & NumberCheck

export interface Contact {
  id: Id
  unit: Id | null
  unitName: string | null
  post: string
  name: string
  telephones: CheckedTelephone[]
  rank: number
  note: string
  source: string | null
  isSample: boolean
}

/** What a unit is in the tree; the words are the page's. `government` is the 总值班室 of the same level. */
export const UnitKind = z.enum(['ministry', 'province', 'city', 'county', 'town', 'government', 'department', 'enterprise', 'other'])
export type UnitKind = z.infer<typeof UnitKind>

/** A unit as the tree shows it. */
export interface UnitRow extends Unit {
  kind: UnitKind
  /** Order among the units of one superior, small first. */
  rank: number
  address: string
  note: string
  dutyTelephoneVerifiedByName: string
  wrong: WrongReport | null
  source: string | null
  contacts: number
  /** Contacts with a number reported wrong. */
  wrongContacts: number
}

export interface UnitTreeAnswer {
  units: UnitRow[]
  /** The unit this centre is; null = not chosen, or no longer there. */
  ourUnit: Id | null
  /** A number not verified for longer than this is shown as stale. */
  staleAfterDays: number
  /** Contacts whose unit is none of the tree. */
  homeless: number
}

/** The rank of what nobody has given one: behind the others. */
export const lastRank = 9_999

const named = (longest: number) => text(longest).refine((value) => value.trim() !== '', { error: 'text.empty' })

export const UnitFields = z.object({
  code: text(40).nullable(),
  name: named(120),
  superior: Id.nullable(),
  kind: UnitKind,
  covers: z.array(z.string().regex(/^\d{2,12}$/)).max(200),
  dutyTelephone: TelephoneNumber.nullable(),
  address: text(200),
  note: text(1000),
  rank: z.int().min(0).max(lastRank),
})
export type UnitFields = z.infer<typeof UnitFields>
export const AddUnitInput = UnitFields.extend({ id: Id })
export type AddUnitInput = z.infer<typeof AddUnitInput>

export const ContactFields = z.object({
  unit: Id.nullable(),
  post: text(80),
  name: text(80),
  telephones: z.array(Telephone).max(12),
  rank: z.int().min(0).max(lastRank),
  note: text(1000),
})
export type ContactFields = z.infer<typeof ContactFields>
export const AddContactInput = ContactFields.extend({ id: Id })
export type AddContactInput = z.infer<typeof AddContactInput>

/** Only what was changed, and what stood there when the form was opened: if another has changed it since, CONFLICT. */
export const ChangeUnitInput = z.object({ id: Id, set: UnitFields.partial(), seen: UnitFields.partial() })
export type ChangeUnitInput = z.infer<typeof ChangeUnitInput>
export const ChangeContactInput = z.object({ id: Id, set: ContactFields.partial(), seen: ContactFields.partial() })
export type ChangeContactInput = z.infer<typeof ChangeContactInput>

/** A number of the book: of a unit its 7×24 duty telephone, of a contact one of its telephones. */
export const NumberRef = z.union([z.object({ unit: Id }), z.object({ contact: Id, number: text(60) })])
export type NumberRef = z.infer<typeof NumberRef>
export const ReportWrongInput = z.object({ which: NumberRef, words: text(200) })

/** A number reported wrong, as the 待办 and the 交接班 show it. */
export interface WrongEntry extends WrongReport {
  number: string
  unit: Id | null
  contact: Id | null
  /** Unit and post. */
  party: string
}

/** A unit to choose. */
export interface UnitName {
  id: Id
  name: string
  /** Name of the unit above; '' = none. */
  superior: string
  isSample: boolean
}

/** One answer of the search: words, digits, full pinyin or initials. */
export interface ContactHit {
  kind: 'unit' | 'contact'
  id: Id
  /** The unit's own id, or the contact's unit. */
  unit: Id | null
  title: string
  detail: string
  telephone: string | null
  telephoneKind: TelephoneKind
  verifiedAt: EpochMs | null
  isWrong: boolean
  isSample: boolean
}
export const ContactSearchInput = z.object({ query: text(80), limit: z.int().min(1).max(200).default(20) })

/** 接通, 未接, 占线, 转告 (told to somebody who passes it on). */
export const CallOutcome = z.enum(['answered', 'no-answer', 'busy', 'relayed'])
export type CallOutcome = z.infer<typeof CallOutcome>

/** Why somebody was called: a report by telephone, 催收, 叫应 of an order, anything else. */
export const CallPurpose = z.enum(['report', 'urge', 'order', 'other'])
export type CallPurpose = z.infer<typeof CallPurpose>

/** A call that was made, as other features read it. */
export interface CallFact {
  id: Id
  incident: Id | null
  /** The unit called; null = a person or a number outside the tree. */
  unit: Id | null
  /** Unit and post, or name, as shown. */
  party: string
  number: string
  purpose: CallPurpose
  outcome: CallOutcome
  /** Who took the call, in their words. */
  who: string
  words: string
  happenedAt: HappenedAt
  /** What it was about beside the incident: an order, a report. */
  about: Subject | null
  /** Typed for training: a sample party or a sample incident. */
  isSample: boolean
}
/** Handed to other features by `app.ts`. @param incident null = all of the last seven days */
export type ReadCalls = (incident: Id | null) => Promise<CallFact[]>

export interface Call extends CallFact {
  contact: Id | null
  redialOf: Id | null
  enteredAt: EpochMs
  enteredByName: string
  /** Typed more than 15 minutes after it happened (补录). */
  isLateEntry: boolean
  amendedWhy: string | null
  incidentTitle: string | null
}

const SubjectInput = z.object({ dataset: text(60), row: Id })
export const RecordCallInput = z.object({
  id: Id,
  incident: Id.nullable(),
  unit: Id.nullable(),
  contact: Id.nullable(),
  party: named(200),
  number: TelephoneNumber,
  purpose: CallPurpose,
  outcome: CallOutcome,
  /** Asked for with 接通 and 转告 when the call was a report, 催收 or 叫应. */
  who: text(100),
  words: text(1000),
  happenedAt: HappenedAt,
  redialOf: Id.nullable(),
  about: SubjectInput.nullable(),
  /** Outcome typed for training; a record marked 样例 can have no other. */
  isSample: z.boolean(),
})
export type RecordCallInput = z.infer<typeof RecordCallInput>
export const AmendCallInput = RecordCallInput.pick({ outcome: true, who: true, words: true }).extend({ call: Id, why: named(200) })
export type AmendCallInput = z.infer<typeof AmendCallInput>

export const CallsInput = z.object({
  unit: Id.nullable().default(null),
  incident: Id.nullable().default(null),
  /** Those that happened before; null = the newest. */
  before: EpochMs.nullable().default(null),
  limit: z.int().min(1).max(200).default(50),
})
export type CallsInput = z.infer<typeof CallsInput>

export const ExportInput = z.object({
  format: z.enum(['xlsx', 'csv']),
  /** XLSX holds both, CSV one of them. */
  table: z.enum(['contacts', 'units']),
  /** This unit and what is below it; null = everything. */
  unit: Id.nullable(),
})

/** 本级总值班室 and 上级应急部门 are told both (条块双报); farther up only where a rule says so (越级). */
export interface RecipientAbove {
  unit: Unit
  relation: 'government' | 'superior'
  /** 0 = our own level, 1 = the level directly above, 2 and more = 越级. */
  steps: number
}

/** Handed to other features by `app.ts`; null = no such unit (any more). */
export type ReadUnit = (unit: Id) => Promise<Unit | null>
/** The unit above; null = none, or the unit is not known. */
export type ReadSuperior = (unit: Id) => Promise<Unit | null>
/** The unit this centre is; null = nobody has chosen one. */
export type ReadOurUnit = () => Promise<Unit | null>
/** Whom we report to, nearest first; empty = our own unit is not chosen. */
export type ReadRecipientsAbove = () => Promise<RecipientAbove[]>
/** Calls of purpose `report` that somebody took or passed on, as evidence for the clocks. */
export type ReadCallEvidence = (incident: Id | null) => Promise<ReportingEvidence[]>
