// A paragraph of a draft with what stands behind its words.
import type { FieldSource, HappenedAt, Statement, Subject } from '../../../contract/index.ts'

export type Source = Omit<FieldSource, 'field'>

export interface Piece {
  words: string
  sources: Source[]
}

export function plain(words: string): Piece {
  return { words, sources: [] }
}

export function sourced(words: string, source: { who: string; asOf: HappenedAt | null; ref: Subject | null }): Source {
  return { words: words.slice(0, 500), who: source.who, asOf: source.asOf, state: null, ref: source.ref }
}

export function stated(words: string, statement: Statement): Source {
  return {
    words: words.slice(0, 500),
    who: statement.source,
    asOf: statement.asOf,
    state: statement.state,
    ref: { dataset: 'incidentStatements', row: statement.id },
  }
}

/** Joined into one paragraph. */
export function joined(pieces: readonly Piece[], between: string): Piece {
  return { words: pieces.map((piece) => piece.words).join(between), sources: pieces.flatMap((piece) => piece.sources) }
}
