// Reports (报告) are documents with a life: 拟稿 → 审核 → 签发 → 已报送 → 已签收; what was signed is frozen by its hash.
import { z } from 'zod'
import { defineDatasets } from './dataset.ts'
import type { Subject } from './entry.ts'
import { ReportField as Field, type ReportFields, ReportKind, type SigningPath } from './report-kinds.ts'
import { type EpochMs, HappenedAt, Id, Sha256, text } from './scalars.ts'

export * from './report-kinds.ts'
export * from './report-wording.ts'

/** Entries about an incident's report have the incident as their subject, those of a 值班要情 the report. */
export const reportDatasets = defineDatasets({
  reports: {
    scope: 'centre',
    columns: {
      /** null = of the watch, not of one incident (值班要情). */
      incident: { type: 'id' },
      kind: { type: 'text' },
      /** The order, 批示 or decision it was drafted from. */
      about: { type: 'json' },
      /** 更正: the signed report that this one puts right. */
      corrects: { type: 'id' },
      /** What of the incident it tells, so that the next one tells only what changed. */
      told: { type: 'json' },
      /** Map picture, by its hash. */
      map: { type: 'text' },
      draftedAt: { type: 'at' },
      draftedBy: { type: 'text' },
      draftedByName: { type: 'text' },
      isSample: { type: 'boolean' },
    },
  },
  /** One row a field, so that two consoles writing different fields do not meet. */
  reportFields: {
    scope: 'centre',
    columns: {
      report: { type: 'id' },
      incident: { type: 'id' },
      name: { type: 'text' },
      value: { type: 'json', personal: true },
      sources: { type: 'json', personal: true },
    },
  },
  /** Each step of its life; 签发 carries the frozen text, its hash, the document's hash and the 期号. */
  reportSteps: {
    scope: 'centre',
    columns: {
      report: { type: 'id' },
      incident: { type: 'id' },
      step: { type: 'text' },
      at: { type: 'json' },
      by: { type: 'text' },
      byName: { type: 'text' },
      enteredAt: { type: 'at' },
      words: { type: 'text' },
      way: { type: 'text' },
      signer: { type: 'text' },
      signerName: { type: 'text' },
      number: { type: 'text', personal: true },
      overrides: { type: 'json' },
      series: { type: 'text' },
      serial: { type: 'integer' },
      sequence: { type: 'integer' },
      fields: { type: 'json', personal: true },
      hash: { type: 'text' },
      blob: { type: 'text' },
      template: { type: 'text' },
    },
  },
  reportSends: {
    scope: 'centre',
    columns: {
      report: { type: 'id' },
      incident: { type: 'id' },
      unit: { type: 'id' },
      recipient: { type: 'text' },
      channel: { type: 'text' },
      target: { type: 'text', personal: true },
      sentAt: { type: 'json' },
      words: { type: 'text' },
      receiptWithinMinutes: { type: 'integer' },
      blob: { type: 'text' },
      enteredAt: { type: 'at' },
      enteredBy: { type: 'text' },
      enteredByName: { type: 'text' },
    },
  },
  reportReceipts: {
    scope: 'centre',
    columns: {
      report: { type: 'id' },
      incident: { type: 'id' },
      send: { type: 'id' },
      kind: { type: 'text' },
      who: { type: 'text', personal: true },
      how: { type: 'text' },
      number: { type: 'text', personal: true },
      words: { type: 'text' },
      at: { type: 'json' },
      enteredAt: { type: 'at' },
      enteredBy: { type: 'text' },
      enteredByName: { type: 'text' },
    },
  },
  /** A signed report as it goes up by the link, row id = the send's; whoever receives it answers with rows of `reportReceipts`. */
  receivedReports: {
    scope: 'up',
    columns: {
      /** Unit of the other side, and ours, as they stand in scopes. */
      toUnit: { type: 'text' },
      fromUnit: { type: 'text' },
      fromName: { type: 'text' },
      report: { type: 'id' },
      incident: { type: 'id' },
      kind: { type: 'text' },
      title: { type: 'text' },
      incidentTitle: { type: 'text' },
      words: { type: 'text' },
      signerName: { type: 'text' },
      /** The document as signed, by its hash: a file. */
      blob: { type: 'text' },
      sentAt: { type: 'json' },
      sentByName: { type: 'text' },
    },
  },
  /** The customer's own document template of a kind; without a row the shipped one is used. */
  documentTemplates: { scope: 'centre', columns: { kind: { type: 'text' }, blob: { type: 'text' }, name: { type: 'text' } } },
})

/** Where a report stands: 拟稿, 待审核, 待签发, 已签发, 已报送, 已签收, 作废 (a draft thrown away). */
export const ReportState = z.enum(['drafted', 'submitted', 'reviewed', 'signed', 'sent', 'receipted', 'discarded'])
export type ReportState = z.infer<typeof ReportState>

/** 送审, 审核, 退回, 签发, 补签, 作废. */
export const ReportStepKind = z.enum(['submit', 'review', 'return', 'sign', 'countersign', 'discard'])
export type ReportStepKind = z.infer<typeof ReportStepKind>

/** 当面 (a session holding `reports.sign`), 电话授权, or nothing to sign (电话口述稿). */
export const SignWay = z.enum(['in-person', 'telephone', 'spoken'])
export type SignWay = z.infer<typeof SignWay>

/** 电话, 传真或纸质, 电子邮件, 统一系统 (copy sheet), 短信或微信, 当面, 望楼链路. */
export const SendChannel = z.enum(['telephone', 'fax', 'email', 'copy-sheet', 'message', 'in-person', 'link'])
export type SendChannel = z.infer<typeof SendChannel>

/** 送达 (by a machine) ≠ 签收 (a person) ≠ 阅示 (a leader). */
export const ReceiptKind = z.enum(['delivered', 'signed', 'read'])
export type ReceiptKind = z.infer<typeof ReceiptKind>
/** How it is known. */
export const ReceiptHow = z.enum(['telephone', 'fax', 'system', 'message', 'email', 'in-person', 'link'])
export type ReceiptHow = z.infer<typeof ReceiptHow>

/** What stands behind words of a field: 据谁, 截至, and the row that says so. */
export const FieldSource = z.object({
  field: Field,
  /** The words as drafted; when they no longer stand in the field a person wrote them anew. */
  words: text(500),
  who: text(300),
  asOf: HappenedAt.nullable(),
  state: z.enum(['unverified', 'verified', 'disputed']).nullable(),
  ref: z.object({ dataset: z.string().max(60), row: Id }).nullable(),
})
export type FieldSource = z.infer<typeof FieldSource>

const said = (max: number, error: string) => text(max).refine((words) => words.trim() !== '', { error })

/** Begins a draft; every field is filled from what is known. The id is made by the page. */
export const DraftInput = z.object({
  id: Id,
  kind: ReportKind,
  incident: Id.nullable(),
  about: z.object({ dataset: z.string().max(60), row: Id }).nullable(),
  corrects: Id.nullable(),
})
export type DraftInput = z.infer<typeof DraftInput>

/** Fields' new values beside those the form had shown: when another console wrote meanwhile, CONFLICT and nothing is written. */
export const EditReportInput = z.object({
  report: Id,
  changes: z
    .array(z.object({ field: Field, value: z.json(), seen: z.json() }))
    .min(1)
    .max(20),
})
export type EditReportInput = z.infer<typeof EditReportInput>

/** What is being typed and not yet kept as an act: on disk at each pause. */
export const TypedInput = z.object({
  report: Id,
  body: z.partialRecord(Field, z.object({ value: z.json(), seen: z.json() })).refine((body) => JSON.stringify(body).length <= 100_000),
})
export type TypedInput = z.infer<typeof TypedInput>

/** A warning of the wording check that was read and overridden: its words and why. */
export const WordingOverride = z.object({ kind: text(20), words: text(200), reason: said(300, 'reason.required') })
export type WordingOverride = z.infer<typeof WordingOverride>

/** 签发 in person. `seen` is the hash of what the signer read: something else is not signed. */
export const SignInput = z.object({ report: Id, seen: Sha256, overrides: z.array(WordingOverride).max(100) })
export type SignInput = z.infer<typeof SignInput>
/** 电话授权签发, entered by the officer: who, when, whose telephone. */
export const TelephoneSignInput = SignInput.extend({
  signer: Id.nullable(),
  signerName: said(100, 'signer.required'),
  number: said(50, 'number.required'),
  at: HappenedAt,
  words: text(500),
})
export type TelephoneSignInput = z.infer<typeof TelephoneSignInput>

export const StepInput = z.object({ report: Id, words: text(1000) })
export type StepInput = z.infer<typeof StepInput>

/** `takenBy`: who took it, known at once by telephone and in person: that is its receipt. */
export const SendInput = z.object({
  report: Id,
  channel: SendChannel,
  recipients: z
    .array(z.object({ id: Id, unit: Id.nullable(), name: said(200, 'recipient.required'), target: text(200), takenBy: text(100) }))
    .min(1)
    .max(50),
  sentAt: HappenedAt,
  /** What the other side said. */
  words: text(1000),
})
export type SendInput = z.infer<typeof SendInput>

export const ReceiptInput = z.object({
  id: Id,
  send: Id,
  kind: ReceiptKind,
  who: text(100),
  how: ReceiptHow,
  number: text(50),
  words: text(1000),
  at: HappenedAt,
})
export type ReceiptInput = z.infer<typeof ReceiptInput>

/** 签收 or 阅示 of a report that came by the link; the answer goes down as an entry of ours. */
export const AnswerReceivedInput = z.object({ received: Id, kind: z.enum(['signed', 'read']), who: text(100), words: text(1000) })
export type AnswerReceivedInput = z.infer<typeof AnswerReceivedInput>

/** A report from a centre below. */
export interface ReceivedReport {
  id: Id
  fromUnit: string
  fromName: string
  kind: ReportKind
  title: string
  incidentTitle: string
  words: string
  signerName: string
  /** The document, by its hash; it may come after its entry. */
  blob: string
  hasDocument: boolean
  sentAt: HappenedAt
  sentByName: string
  /** When it came here. */
  receivedAt: EpochMs
  receipts: ReportReceipt[]
}

export const ReportListInput = z.object({
  query: text(100),
  incident: Id.nullable(),
  kind: ReportKind.nullable(),
  state: ReportState.nullable(),
  limit: z.int().min(1).max(1000),
})
export type ReportListInput = z.infer<typeof ReportListInput>

export interface ReportStep {
  id: Id
  step: ReportStepKind
  at: HappenedAt
  by: string
  byName: string
  enteredAt: EpochMs
  words: string
  way: SignWay | null
  /** Account of whoever signed or authorised; null = not one of the team's. */
  signer: Id | null
  signerName: string | null
  number: string | null
  overrides: WordingOverride[]
  serial: number | null
  hash: string | null
  blob: string | null
}

export interface ReportReceipt {
  id: Id
  send: Id
  kind: ReceiptKind
  who: string
  how: ReceiptHow
  number: string
  words: string
  at: HappenedAt
  enteredAt: EpochMs
  enteredByName: string
}

export interface ReportSend {
  id: Id
  report: Id
  unit: Id | null
  recipient: string
  channel: SendChannel
  target: string
  sentAt: HappenedAt
  words: string
  receiptWithinMinutes: number
  /** E-mail file, by its hash. */
  blob: string | null
  enteredAt: EpochMs
  enteredByName: string
  receipts: ReportReceipt[]
  /** Somebody signed for it, or a leader has read it. */
  isSigned: boolean
  /** Since when it should have been signed for; null = it was, or there is time. */
  urgeSince: EpochMs | null
}

export interface ReportSummary {
  id: Id
  kind: ReportKind
  /** 首报, 续报二, 值班快报 …; a 续报 not yet signed has the number it would take now. */
  name: string
  incident: Id | null
  incidentTitle: string | null
  title: string
  state: ReportState
  stateAt: EpochMs
  serial: number | null
  year: number | null
  draftedBy: string
  draftedByName: string
  draftedAt: EpochMs
  path: SigningPath
  /** 退回 with these words and not sent on since. */
  returned: { byName: string; words: string; at: EpochMs } | null
  /** 电话授权 that still waits for 补签. */
  needsCountersign: { signer: Id | null; signerName: string; at: EpochMs } | null
  sends: number
  /** Sends nobody has signed for. */
  unsigned: number
  /** The longest overdue of them. */
  urge: { recipient: string; channel: SendChannel; since: EpochMs } | null
  corrects: Id | null
  correctedBy: Id | null
  isSample: boolean
}

export interface ReportDetail extends ReportSummary {
  fields: ReportFields
  sources: FieldSource[]
  /** Of the fields as they stand: what a signer says she has read. */
  fieldsHash: string
  /** The document as signed, by its hash. */
  blob: string | null
  map: string | null
  steps: ReportStep[]
  sendRows: ReportSend[]
  /** What came to be known after it was drafted and is not in it. */
  news: string[]
  about: Subject | null
}

/** A template as the station reads it: what it asks for, what it leaves out. */
export interface TemplateReport {
  kind: ReportKind
  /** Null = the shipped one. */
  name: string | null
  fields: string[]
  /** Fields of ours that it does not print. */
  unused: string[]
  /** Why the customer's own could not be used, so that the shipped one is; null = it is well. */
  problem: { code: string; params: Record<string, string | number | boolean | null> } | null
}
