// Row ids: UUIDv7 for what is made here, UUIDv5 for what is imported.
import { hash } from 'node:crypto'
import { v7 } from 'uuid'

const importNamespace = Buffer.from('6f0c1f5e6f5d5d3a9a5177616e676c6f', 'hex')

/** A new row id, ordered by time of creation. */
export function newId(): string {
  return v7()
}

/** The same row of the same source always gets the same id: `uuidv5(dataset, source, key)`. */
export function importedId(dataset: string, source: string, key: string): string {
  const hex = hash('sha1', Buffer.concat([importNamespace, Buffer.from(JSON.stringify([dataset, source, key]))]))
  const variant = ((parseInt(hex.charAt(16), 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
