// Which files an entry names: the rows of an import, and attachments by their SHA-256 in a cell.
import type { CellValue } from '../../contract/index.ts'
import { bulkNote, parseBody } from '../../journal/body.ts'
import type { SealedBatch } from '../../journal/seal.ts'

export interface NamedFiles {
  /** Files of rows: an import is incomplete without. */
  imports: Set<string>
  /** Texts in cells that may be the hash of a file. */
  attachments: Set<string>
}

/** The file an import was read from (`note.file`) is not among them: it may hold more about people than was imported. */
export function namedFiles(batch: SealedBatch): NamedFiles {
  const named: NamedFiles = { imports: new Set(), attachments: new Set() }
  for (const { body: text } of batch.entries) {
    const body = text === null ? null : parseBody(text)
    if (body === null) continue
    const bulk = bulkNote(body)
    if (bulk !== null) named.imports.add(bulk.blob)
    for (const cell of body.cells) collect(cell[3], named.attachments)
  }
  return named
}

function collect(value: CellValue, into: Set<string>): void {
  if (typeof value === 'string') {
    if (/^[0-9a-f]{64}$/.test(value)) into.add(value)
  } else if (value !== null && typeof value === 'object') {
    for (const one of Object.values(value)) collect(one as CellValue, into)
  }
}
