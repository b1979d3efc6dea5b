// Who a rule means: the superior from the tree of units, a bound unit, or a kind by its usual name; and whom a piece of evidence was told to. Pure.
import type {
  ClockEvidence,
  ClockRecipient,
  ClockRecipientView,
  ClockRuleInput,
  ClockSubject,
  HappenedAt,
  ReportingMeans,
} from '../../contract/index.ts'

export interface UnitRow {
  id: string
  name: string
  kind: string
  superior: string | null
  /** Area codes. */
  covers: readonly string[]
  dutyTelephone: string | null
  isSample: boolean
}
export type Units = ReadonlyMap<string, UnitRow>

/** The kinds as an officer calls them, where no unit is named. */
export const kindWords: Record<ClockRecipient, string> = {
  superior: '上级应急管理部门',
  skip: '越级（上级的上一级）',
  government: '本级党委政府总值班室',
  fire: '消防救援',
  police: '公安',
  health: '卫生健康',
  environment: '生态环境',
  weather: '气象',
  publicity: '宣传网信',
  other: '其他',
}
/** What the name of such a unit is likely to hold. */
const likelyWords: Record<ClockRecipient, readonly string[]> = {
  superior: [],
  skip: [],
  government: ['总值班室'],
  fire: ['消防'],
  police: ['公安'],
  health: ['卫健', '卫生健康'],
  environment: ['生态环境', '环保'],
  weather: ['气象'],
  publicity: ['宣传', '网信'],
  other: [],
}

export function recipientOf(
  rule: Pick<ClockRuleInput, 'recipient' | 'recipientName' | 'recipientUnit'>,
  ourUnit: string | null,
  units: Units,
): ClockRecipientView {
  const id = rule.recipientUnit ?? unitOf(rule.recipient, ourUnit, units)
  const unit = id === null ? undefined : units.get(id)
  const typed = rule.recipientName.trim()
  return {
    key: rule.recipientUnit !== null ? `unit:${rule.recipientUnit}` : rule.recipient === 'other' ? `other:${foldName(typed)}` : rule.recipient,
    kind: rule.recipient,
    name: typed !== '' ? typed : (unit?.name ?? null),
    unit: unit?.id ?? null,
    telephone: unit?.dutyTelephone ?? null,
    isSampleUnit: unit?.isSample ?? false,
  }
}

/** From the tree of units: the superior, the one above it, the 总值班室 or department of our own area. Two that fit are none. */
function unitOf(kind: ClockRecipient, ourUnit: string | null, units: Units): string | null {
  if (kind === 'superior') return above(ourUnit, units)
  if (kind === 'skip') return above(above(ourUnit, units), units)
  const own = ourUnit === null ? undefined : units.get(ourUnit)
  if (own === undefined || kind === 'other') return null
  const wanted = kind === 'government' ? 'government' : 'department'
  const beside = [...units.values()].filter(
    (unit) =>
      unit.kind === wanted &&
      unit.id !== own.id &&
      unit.covers.some((code) => own.covers.includes(code)) &&
      (kind === 'government' || likelyWords[kind].some((word) => unit.name.includes(word))),
  )
  return beside.length === 1 ? (beside[0]?.id ?? null) : null
}

function above(unit: string | null, units: Units): string | null {
  return unit === null ? null : (units.get(unit)?.superior ?? null)
}

/** Names are compared without 样例 marks, brackets, blanks. */
export function foldName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[(（](?:样例|sample)[)）]|[\s\p{P}]/gu, '')
}

/** Surely told to this recipient: typed for it, the same unit, or exactly its name. A likeness is only offered (`isLikely`). */
export function isToldTo(evidence: ClockEvidence, recipient: ClockRecipientView): boolean {
  if (evidence.recipientKey !== null) return evidence.recipientKey === recipient.key
  if (evidence.unit !== null && recipient.unit !== null) return evidence.unit === recipient.unit
  const name = foldName(evidence.recipient)
  return name !== '' && [recipient.name ?? '', kindWords[recipient.kind]].some((known) => known !== '' && foldName(known) === name)
}

/** A call to 消防救援支队指挥中心 may well be the one to 消防: a person says so. */
export function isLikely(evidence: ClockEvidence, recipient: ClockRecipientView): boolean {
  if (evidence.recipientKey !== null || isToldTo(evidence, recipient)) return false
  return namesWithin(evidence.recipient, recipient)
}

function namesWithin(words: string, recipient: ClockRecipientView): boolean {
  const folded = foldName(words)
  return [recipient.name ?? '', ...likelyWords[recipient.kind]].some((name) => name !== '' && folded.includes(foldName(name)))
}

/**
 * 首次电话报告 and 书面报送 of the incident, when they say who: for whom they name, else for the superior, as the words mean it.
 * Without a source they prove nothing.
 */
export function typedTimes(subject: ClockSubject, recipients: readonly ClockRecipientView[]): ClockEvidence[] {
  const times: [HappenedAt | null, ReportingMeans][] = [
    [subject.firstPhoned, 'telephone'],
    [subject.written, 'writing'],
  ]
  return times.flatMap(([moment, means]) => {
    if (moment === null || moment.source.trim() === '') return []
    const named = recipients.filter((recipient) => recipient.kind !== 'superior' && namesWithin(moment.source, recipient)).map(({ key }) => key)
    const superiors = recipients.filter(({ kind }) => kind === 'superior').map(({ key }) => key)
    return [...new Set(named.length > 0 ? named : superiors)].map((recipientKey) => ({
      incident: subject.incident,
      unit: null,
      recipient: moment.source,
      recipientKey,
      means,
      at: moment,
      who: moment.source,
      words: '',
      source: { dataset: 'incidents', row: subject.incident },
      report: '',
      origin: 'incident' as const,
    }))
  })
}
