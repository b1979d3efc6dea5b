// Row ids: UUIDv7 for what is made here, UUIDv5 for what is imported.
import { v5, v7 } from 'uuid'

const importNamespace = '6f0c1f5e-6f5d-5d3a-9a51-77616e676c6f'

/** A new row id, ordered by time of creation. */
export function newId(): string {
  return v7()
}

/** The same row of the same source always gets the same id: `uuidv5(dataset, source, key)`. */
export function importedId(dataset: string, source: string, key: string): string {
  return v5(JSON.stringify([dataset, source, key]), importNamespace)
}
