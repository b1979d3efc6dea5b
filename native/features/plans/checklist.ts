// Turns a tier's part of a plan into checklist items: who, with telephone, what, by when, after what. Pure but for the ids.
import type { CellValue, ChecklistItem, EpochMs, PlanAction, PlanContact, ResponseTier } from '../../contract/index.ts'

export interface NewItem {
  id: string
  set: Record<string, CellValue>
}

export interface ChecklistSource {
  tier: ResponseTier
  actions: readonly PlanAction[]
  contacts: readonly PlanContact[]
  approvedAt: EpochMs
  /** Items there already: the same action of the plan, or the same words by the same unit, is not asked for twice. */
  existing: readonly ChecklistItem[]
  newId: () => string
}

/** Deadlines are counted from the approval; an item waits for those it names that are in the list. */
export function itemsOf(source: ChecklistSource): NewItem[] {
  const { tier, approvedAt, existing, newId } = source
  const isKnown = (action: PlanAction) =>
    existing.some(
      (item) => item.state !== 'skipped' && (item.planAction === action.id || (item.role === action.role && item.action === action.action)),
    )
  const actions = source.actions.filter((action) => action.tier === tier && !isKnown(action))
  const ids = new Map<string, string>(existing.flatMap((item) => (item.planAction === null ? [] : [[item.planAction, item.id]])))
  for (const action of actions) ids.set(action.id, newId())
  const first = Math.max(0, ...existing.map((item) => item.position)) + 1
  return actions.map((action, index) => {
    const contact = contactOf(action.role, source.contacts)
    const set: Record<string, CellValue> = {
      origin: 'plan',
      planAction: action.id,
      tier,
      position: first + index,
      role: action.role,
      action: action.action,
      after: action.after.flatMap((id) => ids.get(id) ?? []),
      clause: action.clause,
      state: 'open',
      dueAt: action.deadlineMinutes === null ? null : approvedAt + action.deadlineMinutes * 60_000,
    }
    if (contact !== null)
      Object.assign(set, {
        contact: [contact.post, contact.name].filter((words) => words !== null && words !== '').join(' '),
        telephone: contact.telephone,
      })
    return { id: ids.get(action.id) ?? newId(), set }
  })
}

/** The plan's own contact for a unit: the same name, else the one whose name holds or is held by it. Doubtful numbers are left out. */
export function contactOf(role: string | null, contacts: readonly PlanContact[]): PlanContact | null {
  if (role === null) return null
  const usable = contacts.filter((contact) => contact.unit !== null && !contact.unsure.includes('telephone'))
  const lead = role.split(/[、，,]/u)[0] ?? role
  return (
    usable.find((contact) => contact.unit === role || contact.unit === lead) ??
    usable.find(
      (contact) =>
        contact.unit !== null && contact.unit.length >= 4 && (lead.includes(contact.unit) || (lead.length >= 4 && contact.unit.includes(lead))),
    ) ??
    null
  )
}
