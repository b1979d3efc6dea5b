// Where a report stands, from its steps, sends and receipts: nothing is stored that the rows do not say. Pure.
import type { EpochMs, HappenedAt, ReportKind, ReportState, ReportStepKind, SigningPath } from '../../contract/index.ts'
import { courseKinds, kindNames } from '../../contract/index.ts'
import { ordinalWords } from './compose/wording.ts'

export interface StepFact {
  id: string
  step: ReportStepKind
  at: HappenedAt
  enteredAt: EpochMs
}
export interface SendFact {
  id: string
  enteredAt: EpochMs
}
export interface ReceiptFact {
  send: string
  kind: string
  enteredAt: EpochMs
}

/** The signature that counts: the first that was entered; consoles cut off from each other may have made two. */
export function signatureOf<T extends StepFact>(steps: readonly T[]): T | null {
  const signed = steps.filter((one) => one.step === 'sign')
  return signed.sort((a, b) => a.enteredAt - b.enteredAt || (a.id < b.id ? -1 : 1))[0] ?? null
}

/** @param steps in the order they were entered */
export function stateOf(steps: readonly StepFact[], sends: readonly SendFact[], receipts: readonly ReceiptFact[]): ReportState {
  if (signatureOf(steps) !== null) {
    if (sends.length === 0) return 'signed'
    return sends.every((send) => receipts.some((receipt) => receipt.send === send.id && receipt.kind !== 'delivered')) ? 'receipted' : 'sent'
  }
  let state: ReportState = 'drafted'
  for (const { step } of steps) {
    if (step === 'submit') state = 'submitted'
    else if (step === 'review') state = 'reviewed'
    else if (step === 'return') state = 'drafted'
    else if (step === 'discard') state = 'discarded'
  }
  return state
}

/** Steps that may be taken now; 签发 by telephone is a 签发. */
export function allowedSteps(state: ReportState, path: SigningPath): ReportStepKind[] {
  switch (state) {
    case 'drafted':
      return path === 'review-sign' ? ['submit', 'discard'] : path === 'sign' ? ['submit', 'sign', 'discard'] : ['discard']
    case 'submitted':
      return path === 'review-sign' ? ['review', 'return', 'discard'] : ['sign', 'return', 'discard']
    case 'reviewed':
      return ['sign', 'return', 'discard']
    case 'signed':
    case 'sent':
    case 'receipted':
      return ['countersign']
    case 'discarded':
      return []
    default:
      return state satisfies never
  }
}

export function isFrozen(state: ReportState): boolean {
  return state === 'signed' || state === 'sent' || state === 'receipted' || state === 'discarded'
}

/** 首报 (or as the centre calls it), 续报二, 值班快报. @param sequence place among the 续报 of its incident; null = none */
export function nameOf(kind: ReportKind, sequence: number | null, firstName: string): string {
  if (kind === 'first') return firstName
  return kind === 'follow-up' && sequence !== null ? `续报${ordinalWords(sequence)}` : kindNames[kind]
}

export function isOfCourse(kind: ReportKind): boolean {
  return courseKinds.includes(kind)
}
