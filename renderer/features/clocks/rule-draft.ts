// The editor's work on the table of limits: what was changed, added, removed, until it is saved as one act. Pure.
import type { ClockRule, ClockRuleInput, SaveRulesInput } from '../../../native/contract/index.ts'

/** Plain JSON, so that it can be kept as a draft. */
export interface RuleDraft {
  /** By id: the row as edited beside the row as the editor had seen it (null = new). */
  changes: Record<string, { rule: ClockRuleInput; seen: ClockRuleInput | null }>
  /** Own rows to remove, shipped ones to bring back; as they were seen. */
  removed: Record<string, ClockRuleInput>
}

export type DraftRow = ClockRule & { isEdited: boolean; isRemoved: boolean }

export const emptyDraft = (): RuleDraft => ({ changes: {}, removed: {} })

/** Without the page's marks on it: what goes into a form, over the line or into a draft. */
export function copyOf<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T
}

export function bare({ origin: _origin, ...rule }: ClockRule): ClockRuleInput {
  return rule
}

/** The table as it would be: saved rows in their order with what was done to them, then new ones. */
export function draftRows(saved: readonly ClockRule[], draft: RuleDraft): DraftRow[] {
  const known = saved.map((rule): DraftRow => {
    const change = draft.changes[rule.id]
    return { ...rule, ...change?.rule, isEdited: change !== undefined, isRemoved: rule.id in draft.removed }
  })
  const added = Object.values(draft.changes)
    .filter(({ rule }) => !saved.some(({ id }) => id === rule.id))
    .map(({ rule }): DraftRow => ({ ...rule, origin: 'own', isEdited: true, isRemoved: false }))
  return [...known, ...added]
}

/** What the what-if asks with: rows that stay. A shipped row that is to be brought back is not known here until it is saved. */
export function draftRules(saved: readonly ClockRule[], draft: RuleDraft): ClockRuleInput[] {
  return draftRows(saved, draft)
    .filter((row) => !(row.isRemoved && row.origin === 'own'))
    .map(({ origin: _origin, isEdited: _isEdited, isRemoved: _isRemoved, ...rule }) => rule)
}

/** Puts one row's new values in; a row that is again as it was saved is no change. */
export function change(draft: RuleDraft, saved: readonly ClockRule[], rule: ClockRuleInput): void {
  const before = saved.find(({ id }) => id === rule.id)
  const seen = draft.changes[rule.id]?.seen ?? (before === undefined ? null : bare(before))
  delete draft.removed[rule.id]
  if (seen !== null && isSame(seen, rule)) delete draft.changes[rule.id]
  else draft.changes[rule.id] = { rule, seen }
}

/** Takes an own row out, or a changed shipped one back to how it came; a new one is forgotten. */
export function remove(draft: RuleDraft, saved: readonly ClockRule[], id: string): void {
  const before = saved.find((rule) => rule.id === id)
  delete draft.changes[id]
  if (before !== undefined && before.origin !== 'shipped') draft.removed[id] = bare(before)
}

export function countChanges(draft: RuleDraft): number {
  return Object.keys(draft.changes).length + Object.keys(draft.removed).length
}

export function toSave(draft: RuleDraft): SaveRulesInput {
  return { changes: Object.values(draft.changes), removed: Object.entries(draft.removed).map(([id, seen]) => ({ id, seen })) }
}

function isSame(a: ClockRuleInput, b: ClockRuleInput): boolean {
  return (Object.keys(a) as (keyof ClockRuleInput)[]).every((key) => JSON.stringify(a[key]) === JSON.stringify(b[key]))
}
