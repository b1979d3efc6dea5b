// The parts of a plan as rows to look at and put right: what stands in the line, which fields its form has, how it is saved.
import { EventGrade, type PlanDocument, type PlanPart, ResponseTier, type Unsure } from '../../../native/contract/index.ts'
import { rpc } from '../../app/rpc.ts'
import { deadlineText } from './words.ts'

type T = (key: string, values?: Record<string, unknown>) => string

export interface PartField {
  key: string
  /** Full i18n key. */
  titleKey: string
  kind: 'line' | 'area' | 'number' | 'choice' | 'choices'
  options?: { value: string; title: string }[]
  isRequired?: boolean
}
export type PartValues = Record<string, string | number | string[] | null>
export interface PartRow {
  part: PlanPart
  id: string
  paragraph: string | null
  title: string
  detail: string
  unsure: Unsure[]
  fields: PartField[]
  values: PartValues
  save: (values: PartValues) => Promise<unknown>
}

const line = (key: string, isRequired = false): PartField => ({ key, titleKey: `plans.field.${key}`, kind: 'line', isRequired })
const area = (key: string, isRequired = false): PartField => ({ key, titleKey: `plans.field.${key}`, kind: 'area', isRequired })
const words = (value: PartValues[string]) => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null)
const list = (value: PartValues[string]) => (Array.isArray(value) ? value : [])
const tierOf = (value: PartValues[string]) => ResponseTier.parse(value)

export function partRows(document: PlanDocument, part: PlanPart, t: T): PartRow[] {
  const tiers = ResponseTier.options.map((value) => ({ value, title: t(`ui.tier.${value}`) }))
  switch (part) {
    case 'Actions':
      return document.actions.map((one) => ({
        part,
        id: one.id,
        paragraph: one.paragraph,
        unsure: one.unsure,
        title: `${t(`ui.tier.${one.tier}`)} · ${one.role ?? t('plans.noRole')}：${one.action}`,
        detail: [
          deadlineText(one.deadlineMinutes, t),
          one.deadlineMinutes === null ? one.deadlineWords : null,
          one.clause,
          one.after.length > 0 ? t('plans.afterCount', { count: one.after.length }) : one.afterWords,
        ]
          .filter(Boolean)
          .join(' · '),
        fields: [
          { key: 'tier', titleKey: 'ui.tier.name', kind: 'choice', options: tiers },
          line('role'),
          area('action', true),
          { key: 'deadlineMinutes', titleKey: 'plans.field.deadlineMinutes', kind: 'number' },
          {
            key: 'after',
            titleKey: 'plans.field.after',
            kind: 'choices',
            options: document.actions
              .filter((other) => other.tier === one.tier && other.id !== one.id)
              .map((other) => ({ value: other.id, title: `${other.role ?? ''} ${other.action}`.slice(0, 40) })),
          },
        ],
        values: { tier: one.tier, role: one.role, action: one.action, deadlineMinutes: one.deadlineMinutes, after: one.after },
        save: (values) =>
          rpc.plans.fixAction.mutate({
            id: one.id,
            tier: tierOf(values.tier ?? null),
            role: words(values.role ?? null),
            action: words(values.action ?? null) ?? one.action,
            deadlineMinutes: numberOf(values.deadlineMinutes ?? null),
            after: list(values.after ?? null),
          }),
      }))
    case 'Contacts':
      return document.contacts.map((one) => ({
        part,
        id: one.id,
        paragraph: one.paragraph,
        unsure: one.unsure,
        title: `${one.unit ?? t('plans.noUnit')} ${one.telephone}`,
        detail: [one.post, one.name].filter(Boolean).join(' '),
        fields: [line('unit'), line('post'), line('name'), line('telephone', true)],
        values: { unit: one.unit, post: one.post, name: one.name, telephone: one.telephone },
        save: (values) =>
          rpc.plans.fixContact.mutate({
            id: one.id,
            unit: words(values.unit ?? null),
            post: words(values.post ?? null),
            name: words(values.name ?? null),
            telephone: words(values.telephone ?? null) ?? '',
          }),
      }))
    case 'Units':
      return document.units.map((one) => ({
        part,
        id: one.id,
        paragraph: one.paragraph,
        unsure: one.unsure,
        title: one.unit,
        detail: [one.members, one.duties].filter(Boolean).join(' '),
        fields: [line('unit', true), area('members'), area('duties')],
        values: { unit: one.unit, members: one.members, duties: one.duties },
        save: (values) =>
          rpc.plans.fixUnit.mutate({
            id: one.id,
            unit: words(values.unit ?? null) ?? one.unit,
            members: words(values.members ?? null),
            duties: words(values.duties ?? null),
          }),
      }))
    case 'Tiers':
      return document.tiers.map((one) => ({
        part,
        id: one.id,
        paragraph: one.paragraph,
        unsure: one.unsure,
        title: `${t(`ui.tier.${one.tier}`)} · ${one.grades.map((grade) => t(`ui.grade.${grade}`)).join(t('app.listSeparator')) || t('plans.noGrade')}`,
        detail: [one.approver === null ? t('plans.noApprover') : t('plans.approvedBy', { approver: one.approver }), one.condition].join(' · '),
        fields: [
          area('condition'),
          {
            key: 'grades',
            titleKey: 'plans.field.grades',
            kind: 'choices',
            options: EventGrade.options.map((value) => ({ value, title: t(`ui.grade.${value}`) })),
          },
          line('approver'),
        ],
        values: { condition: one.condition, grades: one.grades, approver: one.approver },
        save: (values) =>
          rpc.plans.fixTier.mutate({
            id: one.id,
            condition: words(values.condition ?? null) ?? '',
            grades: list(values.grades ?? null).map((grade) => EventGrade.parse(grade)),
            approver: words(values.approver ?? null),
          }),
      }))
    case 'Paragraphs':
      return document.paragraphs.filter((one) => one.unsure.length > 0).map((one) => paragraphRow(one, t))
    default:
      return part satisfies never
  }
}

export function paragraphRow(one: PlanDocument['paragraphs'][number], t: T): PartRow {
  const tiers = ResponseTier.options.map((value) => ({ value, title: t(`ui.tier.${value}`) }))
  return {
    part: 'Paragraphs',
    id: one.id,
    paragraph: one.id,
    unsure: one.unsure,
    title: `${one.number ?? ''} ${one.body}`.slice(0, 120),
    detail: t(`plans.kind.${one.kind}`),
    fields: [
      {
        key: 'kind',
        titleKey: 'plans.field.kind',
        kind: 'choice',
        options: ['heading', 'text', 'row', 'title', 'toc'].map((value) => ({ value, title: t(`plans.kind.${value}`) })),
      },
      { key: 'depth', titleKey: 'plans.field.depth', kind: 'number' },
      line('number'),
      area('body', true),
      { key: 'tiers', titleKey: 'ui.tier.name', kind: 'choices', options: tiers },
    ],
    values: { kind: one.kind, depth: one.depth, number: one.number, body: one.body, tiers: one.tiers },
    save: (values) => {
      const kind = ['heading', 'text', 'row', 'title', 'toc'].find((known) => known === values.kind) as PlanDocument['paragraphs'][number]['kind']
      return rpc.plans.fixParagraph.mutate({
        id: one.id,
        kind,
        depth: kind === 'heading' ? (numberOf(values.depth ?? null) ?? 1) : null,
        number: words(values.number ?? null),
        body: String(values.body ?? ''),
        tiers: list(values.tiers ?? null).map((tier) => ResponseTier.parse(tier)),
      })
    },
  }
}

function numberOf(value: PartValues[string]): number | null {
  if (typeof value === 'number') return value
  const number = Number(value)
  return value === null || value === '' || !Number.isInteger(number) || number < 0 ? null : number
}
