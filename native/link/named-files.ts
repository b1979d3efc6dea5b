// Which files entries name: the rows of an import, the table it was read from, and attachments by their SHA-256 wherever in a cell.
import { bulkNote, parseBody } from '../journal/body.ts'
import type { SealedBatch } from '../journal/seal.ts'

export interface NamedFiles {
  /** Files of rows: an import is incomplete without. */
  imports: Set<string>
  /** All others: texts that may be the hash of a file, to be looked for. */
  others: Set<string>
}

/** Looked for as text, which is quick: of thousands of entries hardly one names a file. */
export function namedFiles({ entries }: Pick<SealedBatch, 'entries'>): NamedFiles {
  const named: NamedFiles = { imports: new Set(), others: new Set() }
  for (const { body: text } of entries) {
    const hashes = text === null ? [] : [...text.matchAll(/"([0-9a-f]{64})(?=")/g)].map(([, hash = '']) => hash)
    if (text === null || hashes.length === 0) continue
    const body = parseBody(text)
    const bulk = body === null ? null : bulkNote(body)
    for (const sha256 of hashes) (sha256 === bulk?.blob ? named.imports : named.others).add(sha256)
  }
  return named
}
