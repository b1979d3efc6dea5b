// Reads a pasted message or a caller's words by rules: time, place, unit, telephone, substance, counts of people; each beside its words.
import { clausesOf, halfWidth } from './clauses.ts'
import { figuresOf, wordsAt } from './figures.ts'
import type { Clause, Proposal } from './proposal.ts'
import { substancesOf } from './substances.ts'
import { whenOf } from './when.ts'
import { placesOf } from './where.ts'

export type { Proposal, ProposalField } from './proposal.ts'

const telephone = /(?<![\d-])(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|400-?\d{3}-?\d{4})(?![\d-])/gu

/** @param now when the message came, epoch ms: bare clocks are read as the last such moment @returns findings in the order of the words; empty when the words say nothing certain */
export function extract(text: string, now: number): Proposal[] {
  const folded = halfWidth(text)
  const clauses = clausesOf(folded)
  const found = [
    ...whenOf(clauses, now),
    ...placesOf(clausesOf(folded, /[,。;!?\n:]/u)),
    ...telephonesOf({ text: folded, start: 0 }),
    ...substancesOf(clauses),
    ...figuresOf(clauses),
  ]
  return found.map((one) => ({ ...one, words: text.slice(one.start, one.end) })).toSorted((a, b) => a.start - b.start || a.end - b.end)
}

function telephonesOf(clause: Clause): Proposal[] {
  return [...clause.text.matchAll(telephone)].map((match) => ({ field: 'telephone', value: match[0], ...wordsAt(clause, match.index, match[0]) }))
}
