// The order being given: what the form holds and what is sent. Pure.
import type { Evidence, IncidentFacts, IssueTaskInput, LonLat, TaskKind } from '../../../native/contract/index.ts'
import type { SpokenTime } from '../../ui/spoken-time.ts'

export interface OrderForm {
  kind: TaskKind
  inNameOf: string
  unit: string
  resource: string | null
  contact: string
  phone: string
  task: string
  place: string
  position: LonLat | null
  deadline: SpokenTime | null
  dueState: 'arrived' | 'done'
  signWithinMinutes: string
  happened: SpokenTime | null
  evidence: Evidence
}

export const noEvidence = (): Evidence => ({ kind: 'telephone', who: '', number: '', words: '', sha256: null })

/** What another room proposes to send: a unit of the ledger, or nothing. */
export type Proposed = Partial<Pick<OrderForm, 'unit' | 'resource' | 'contact' | 'phone' | 'task' | 'kind'>>

export function orderForm(proposed: Proposed, now: number): OrderForm {
  return {
    kind: 'instruction',
    inNameOf: '',
    unit: '',
    resource: null,
    contact: '',
    phone: '',
    task: '',
    place: '',
    position: null,
    deadline: null,
    dueState: 'arrived',
    signWithinMinutes: '10',
    happened: { at: now, precision: 'exact' },
    ...proposed,
    evidence: { ...noEvidence(), who: proposed.contact ?? '', number: proposed.phone ?? '' },
  }
}

export type OrderFault = 'unit' | 'task' | 'happened' | 'who' | 'number'
export function orderFaults(form: OrderForm): OrderFault[] {
  return [
    ...(form.unit.trim() === '' ? ['unit' as const] : []),
    ...(form.task.trim() === '' ? ['task' as const] : []),
    ...(form.happened === null ? ['happened' as const] : []),
    ...(form.evidence.who.trim() === '' ? ['who' as const] : []),
    ...(form.evidence.kind === 'telephone' && form.evidence.number.trim() === '' ? ['number' as const] : []),
  ]
}

export function orderInput(id: string, incident: IncidentFacts, form: OrderForm, now: number): IssueTaskInput {
  const minutes = Number(form.signWithinMinutes.normalize('NFKC'))
  return {
    id,
    incident: incident.id,
    kind: form.kind,
    inNameOf: form.inNameOf.trim(),
    unit: form.unit.trim(),
    resource: form.resource,
    contact: form.contact.trim(),
    phone: form.phone.trim(),
    task: form.task.trim(),
    place: form.place.trim(),
    position: form.position ?? incident.position,
    deadline: form.deadline?.at ?? null,
    dueState: form.dueState,
    signWithinMinutes: Number.isInteger(minutes) && minutes >= 1 && minutes <= 1440 ? minutes : null,
    happenedAt: { ...(form.happened ?? { at: now, precision: 'exact' }), source: form.evidence.who.trim() },
    evidence: form.evidence,
  }
}
