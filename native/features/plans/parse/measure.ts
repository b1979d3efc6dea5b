// Compares what the parser found with what the author of a document says stands in it: precision and recall, for the tests.
import type { ResponseTier } from '../../../contract/index.ts'
import { halfWidth } from './headings.ts'
import { plainPhone } from './phrases.ts'
import type { ParsedPlan } from './structure.ts'

export interface PlanLabels {
  title: string
  issuer: string
  headings: { number: string; title: string; depth: number }[]
  actions: { tier: ResponseTier; role: string; minutes: number | null; after: number[]; words: string }[]
  contacts: { unit: string; telephone: string }[]
  units: string[]
  tiers: { tier: ResponseTier; grade: string; approver: string }[]
}
export interface Score {
  precision: number
  recall: number
  missing: string[]
  invented: string[]
}

export function score(found: readonly string[], wanted: readonly string[]): Score {
  const left = [...wanted]
  const invented: string[] = []
  for (const item of found) {
    const at = left.indexOf(item)
    if (at < 0) invented.push(item)
    else left.splice(at, 1)
  }
  const hits = wanted.length - left.length
  return {
    precision: found.length === 0 ? (wanted.length === 0 ? 1 : 0) : hits / found.length,
    recall: wanted.length === 0 ? 1 : hits / wanted.length,
    missing: left,
    invented,
  }
}

const squeeze = (text: string) => halfWidth(text).replace(/\s/gu, '')

/** An action counts as found only with its tier, role, deadline and words right; a contact with unit and number; a heading with number and depth. */
export function measure(plan: ParsedPlan, labels: PlanLabels): Record<'headings' | 'actions' | 'order' | 'contacts' | 'units' | 'tiers', Score> {
  const inTier = new Map<ResponseTier, number[]>()
  for (const [index, action] of plan.actions.entries()) inTier.set(action.tier, [...(inTier.get(action.tier) ?? []), index])
  const foundAfter = plan.actions.flatMap((action, index) => {
    const peers = inTier.get(action.tier) ?? []
    return action.after.map((at) => `${action.tier} ${peers.indexOf(at)}>${peers.indexOf(index)}`)
  })
  const counts = new Map<ResponseTier, number>()
  const wantedAfter = labels.actions.flatMap((action) => {
    const index = counts.get(action.tier) ?? 0
    counts.set(action.tier, index + 1)
    return action.after.map((at) => `${action.tier} ${at}>${index}`)
  })
  return {
    headings: score(
      plan.paragraphs
        .filter((paragraph) => paragraph.kind === 'heading')
        .map((paragraph) => squeeze(`${paragraph.depth} ${(paragraph.number ?? '').replace(/[.．]$/u, '')} ${paragraph.body}`)),
      labels.headings.map((heading) => squeeze(`${heading.depth} ${heading.number.replace(/[.．]$/u, '')} ${heading.title}`)),
    ),
    actions: score(
      plan.actions.map((action) => squeeze(`${action.tier} ${action.role ?? ''} ${action.deadlineMinutes} ${action.action.slice(-6)}`)),
      labels.actions.map((action) => squeeze(`${action.tier} ${action.role} ${action.minutes} ${action.words.slice(-6)}`)),
    ),
    order: score(foundAfter, wantedAfter),
    contacts: score(
      plan.contacts
        .filter((contact) => !contact.unsure.includes('telephone'))
        .map((contact) => squeeze(`${contact.unit ?? ''} ${contact.telephone}`)),
      labels.contacts.map((contact) => squeeze(`${contact.unit} ${plainPhone(contact.telephone)}`)),
    ),
    units: score(
      plan.units.map((unit) => squeeze(unit.unit)),
      labels.units.map(squeeze),
    ),
    tiers: score(
      plan.tiers.map((tier) => squeeze(`${tier.tier} ${tier.grades.join()} ${tier.approver ?? ''}`)),
      labels.tiers.map((tier) => squeeze(`${tier.tier} ${tier.grade} ${tier.approver}`)),
    ),
  }
}
