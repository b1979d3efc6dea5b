// A report as the page sees it, put together from its rows at a moment.
import { createHash } from 'node:crypto'
import {
  type FieldSource,
  fieldsOf,
  pathOf,
  type ReportDetail,
  type ReportFields,
  type ReportKind,
  type ReportSend,
  type ReportSettings,
  type ReportSummary,
} from '../../contract/index.ts'
import { nameOf, signatureOf, stateOf } from './life.ts'
import { isSignedFor, urgeSince } from './overdue.ts'
import { yearOf } from './numbering.ts'
import type { ReceiptRow, ReportRow, SendRow, StepRow } from './reports.repository.ts'

export interface Parts {
  row: ReportRow
  steps: StepRow[]
  sends: SendRow[]
  receipts: ReceiptRow[]
  current: { fields: ReportFields; sources: FieldSource[] }
  correctedBy: string | null
  /** Place a 续报 would take if it were signed now. */
  nextSequence: number | null
}

/** Hash of what a signer reads: kind and fields, in the order of the kind. */
export function hashOfFields(kind: ReportKind, fields: ReportFields): string {
  return createHash('sha256')
    .update(JSON.stringify([kind, fieldsOf(kind).map((name) => [name, fields[name]])]))
    .digest('hex')
}

export function summary(parts: Parts, settings: ReportSettings, nowMs: number): ReportSummary {
  const { row, steps, sends, receipts } = parts
  const signature = signatureOf(steps)
  const fields = signature?.fields ?? parts.current.fields
  const rows = sendRows(sends, receipts, nowMs)
  const late = rows.filter((send) => send.urgeSince !== null).sort((a, b) => (a.urgeSince ?? 0) - (b.urgeSince ?? 0))[0]
  const sequence = signature === null ? parts.nextSequence : signature.sequence
  return {
    id: row.id,
    kind: row.kind,
    name: `${row.corrects === null ? '' : '更正·'}${nameOf(row.kind, row.kind === 'follow-up' ? sequence : null, settings.firstName)}`,
    incident: row.incident,
    incidentTitle: row.incidentTitle,
    title: fields.标题 || (fields.正文[0] ?? '').slice(0, 60),
    state: stateOf(steps, sends, receipts),
    stateAt: [...steps, ...sends, ...receipts].reduce((latest, one) => Math.max(latest, one.enteredAt), row.draftedAt),
    serial: signature?.serial ?? null,
    year: signature === null || signature.serial === null ? null : yearOf(signature.at.at),
    draftedBy: row.draftedBy,
    draftedByName: row.draftedByName,
    draftedAt: row.draftedAt,
    path: pathOf(row.kind, settings),
    returned: returnedOf(steps),
    needsCountersign: countersignOf(steps),
    sends: sends.length,
    unsigned: rows.filter((send) => !send.isSigned).length,
    urge: late === undefined ? null : { recipient: late.recipient, channel: late.channel, since: late.urgeSince ?? nowMs },
    corrects: row.corrects,
    correctedBy: parts.correctedBy,
    isSample: row.isSample,
  }
}

export function detail(parts: Parts, settings: ReportSettings, options: { news: string[]; nowMs: number }): ReportDetail {
  const { row, steps, sends, receipts, current } = parts
  const signature = signatureOf(steps)
  const fields = signature?.fields ?? current.fields
  return {
    ...summary(parts, settings, options.nowMs),
    fields,
    sources: current.sources,
    fieldsHash: hashOfFields(row.kind, fields),
    blob: signature?.blob ?? null,
    map: row.map,
    steps: steps.map(({ fields: _fields, report: _report, incident: _incident, series: _series, sequence: _sequence, ...step }) => step),
    sendRows: sendRows(sends, receipts, options.nowMs),
    news: options.news,
    about: row.about,
  }
}

export function sendRows(sends: readonly SendRow[], receipts: readonly ReceiptRow[], nowMs: number): ReportSend[] {
  return sends.map(({ incident: _incident, ...send }) => {
    const own = receipts.filter((receipt) => receipt.send === send.id)
    return {
      ...send,
      channel: send.channel as ReportSend['channel'],
      receipts: own.map(({ report: _report, incident: _of, ...receipt }) => receipt),
      isSigned: isSignedFor(own),
      urgeSince: urgeSince(send, own, nowMs),
    }
  })
}

function returnedOf(steps: readonly StepRow[]): ReportSummary['returned'] {
  const last = steps.at(-1)
  return last?.step === 'return' ? { byName: last.byName, words: last.words, at: last.enteredAt } : null
}

function countersignOf(steps: readonly StepRow[]): ReportSummary['needsCountersign'] {
  const signature = signatureOf(steps)
  if (signature?.way !== 'telephone' || steps.some((step) => step.step === 'countersign')) return null
  return { signer: signature.signer, signerName: signature.signerName ?? '', at: signature.enteredAt }
}
