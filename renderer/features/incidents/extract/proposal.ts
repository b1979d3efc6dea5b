// What a rule found in pasted or dictated words: a value beside the words it came from, taken only by a key. Nothing is inferred past the words.
import type { Metric } from '../../../../native/contract/index.ts'
import type { SpokenTime } from '../../../ui/spoken-time.ts'

/** `[start, end)` in UTF-16 units of the text as it was given. */
export interface WordsAt {
  start: number
  end: number
  words: string
}

export type Proposal = WordsAt &
  (
    | { field: 'occurred'; value: SpokenTime }
    /** Address or name of a place, as written. */
    | { field: 'place'; value: string }
    /** Enterprise, school, site: whose the thing is, as written. */
    | { field: 'unit'; value: string }
    | { field: 'telephone'; value: string }
    /** Substance by the name that was used. */
    | { field: 'substance'; value: string }
    /** A count of people by its 口径. `isUnsure`: the words say about, more than, perhaps. */
    | { field: 'figure'; metric: Metric; value: number; isUnsure: boolean }
  )
export type ProposalField = Proposal['field']

export type Figure = Extract<Proposal, { field: 'figure' }>

/** One clause of the text with its place in it. */
export interface Clause {
  text: string
  start: number
  /** The mark that ends it; empty at the end of the text. */
  end: string
}

export function wordsAt(clause: Clause, index: number, words: string): WordsAt {
  return { start: clause.start + index, end: clause.start + index + words.length, words }
}
