// Holds findings against labelled messages: precision and recall by field. Used by the test alone.
import { fromWallClock } from '../../../ui/time-words.ts'
import { extract } from './extract.ts'
import type { Proposal } from './proposal.ts'

export interface Labelled {
  /** `2026-03-12 14:40`, Shanghai. */
  at: string
  text: string
  labels: {
    occurred?: string
    place?: string
    unit?: string
    telephone?: string[]
    substance?: string[]
    figures?: Record<string, number>
  }
}

export interface Score {
  proposed: number
  right: number
  labelled: number
  misses: string[]
}

export function score(set: readonly Labelled[]): Map<string, Score> {
  const scores = new Map<string, Score>()
  for (const message of set) {
    const wanted = wantedOf(message)
    const got = extract(message.text, moment(message.at)).map(factOf)
    for (const [field, value] of wanted) {
      const tally = of(scores, field)
      tally.labelled += 1
      if (!got.some(([one, words]) => one === field && isSame(field, words, value))) tally.misses.push(`missed ${field} ${value} in ${message.text}`)
    }
    for (const [field, value] of got) {
      const tally = of(scores, field)
      tally.proposed += 1
      if (wanted.some(([one, words]) => one === field && isSame(field, value, words))) tally.right += 1
      else tally.misses.push(`wrong ${field} ${value} in ${message.text}`)
    }
  }
  return scores
}

export function sum(scores: Iterable<Score>): { precision: number; recall: number } {
  const all = [...scores]
  const total = (key: 'proposed' | 'right' | 'labelled') => all.reduce((count, one) => count + one[key], 0)
  return { precision: total('right') / total('proposed'), recall: total('right') / total('labelled') }
}

function wantedOf({ labels }: Labelled): [string, string][] {
  return [
    ...(labels.occurred === undefined ? [] : [['occurred', String(moment(labels.occurred))] as [string, string]]),
    ...(labels.place === undefined ? [] : [['place', labels.place] as [string, string]]),
    ...(labels.unit === undefined ? [] : [['unit', labels.unit] as [string, string]]),
    ...(labels.telephone ?? []).map((number): [string, string] => ['telephone', number]),
    ...(labels.substance ?? []).map((name): [string, string] => ['substance', name]),
    ...Object.entries(labels.figures ?? {}).map(([metric, value]): [string, string] => ['figure', `${metric} ${value}`]),
  ]
}

function factOf(one: Proposal): [string, string] {
  if (one.field === 'occurred') return ['occurred', String(one.value.at)]
  return one.field === 'figure' ? ['figure', `${one.metric} ${one.value}`] : [one.field, one.value]
}

/** A place may be told with a little more or less around it; everything else must be the same. */
function isSame(field: string, a: string, b: string): boolean {
  if (a === b) return true
  if (field !== 'place' && field !== 'unit') return false
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  return long.includes(short) && short.length / long.length >= 0.6
}

function of(scores: Map<string, Score>, field: string): Score {
  const known = scores.get(field) ?? { proposed: 0, right: 0, labelled: 0, misses: [] }
  scores.set(field, known)
  return known
}

function moment(words: string): number {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = words.split(/[- :]/).map(Number)
  return fromWallClock({ year, month, day, hour, minute })
}
