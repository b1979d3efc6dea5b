// Reads a pasted message or a caller's words by rules: time, place, unit, telephone, substance, counts of people; each beside its words.
import { clausesOf, halfWidth, withoutDenied, withoutStamps } from './clauses.ts'
import { figuresOf } from './figures.ts'
import { type Clause, type Proposal, wordsAt } from './proposal.ts'
import { substancesOf } from './substances.ts'
import { whenOf } from './when.ts'
import { placesOf } from './where.ts'

export type { Proposal, ProposalField } from './proposal.ts'

/** No message is longer; she types while this is read. */
const longest = 20_000
const telephone = /(?<![\d-])(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|400-?\d{3}-?\d{4})(?![\d-])/gu

/** @param now when the message came, epoch ms: bare clocks are read as the last such moment @returns findings in the order of the words; empty when the words say nothing certain */
export function extract(text: string, now: number): Proposal[] {
  const folded = halfWidth(text.slice(0, longest))
  const stated = withoutDenied(folded)
  const clauses = clausesOf(stated)
  const found = [
    ...whenOf(clausesOf(withoutStamps(stated)), now),
    ...placesOf(clausesOf(stated, /[,。;!?\n:“”]/u)),
    ...telephonesOf({ text: folded, start: 0, end: '' }),
    ...substancesOf(clauses),
    ...figuresOf(clauses),
  ]
  return found.map((one) => ({ ...one, words: text.slice(one.start, one.end) })).toSorted((a, b) => a.start - b.start || a.end - b.end)
}

function telephonesOf(clause: Clause): Proposal[] {
  return [...clause.text.matchAll(telephone)].map((match) => ({ field: 'telephone', value: match[0], ...wordsAt(clause, match.index, match[0]) }))
}
