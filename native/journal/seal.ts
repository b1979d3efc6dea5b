// The one sealing format for the wire, packages and export: a batch of entries of one chain, ending in a seal its station signed.
import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import type { CellValue, Hlc, Scope, Subject } from '../contract/index.ts'
import { entryHash, type EntryRow, type Header, headerOf, sha256 } from './encode.ts'

export interface Seal {
  station: string
  scope: Scope
  /** The last entry it covers. */
  seq: number
  headHash: string
  /** Ed25519, base64. */
  signature: string
}

/** An entry as it travels: `prev` and `hash` are computed by whoever receives it. */
export interface SealedEntry {
  v: number
  seq: number
  hlc: Hlc
  at: number
  actor: string
  action: string
  subject: Subject
  /** Byte for byte as it was written; null once erased. */
  body: string | null
  /** Only of an erased body. */
  bodyHash?: string
}

export interface SealedBatch {
  v: 1
  station: string
  scope: Scope
  entries: SealedEntry[]
  seal: Seal
  /** Hash of the entry before the first one, of a batch that goes ahead of what precedes it; the seal covers it, because every hash does. */
  prev?: string
}

function sealBytes(seal: Omit<Seal, 'signature'>): Buffer {
  return Buffer.from(JSON.stringify(['wanglou-seal-1', seal.station, seal.scope, seal.seq, seal.headHash]), 'utf8')
}

export function makeSeal(seal: Omit<Seal, 'signature'>, privateKey: KeyObject): Seal {
  return { ...seal, signature: sign(null, sealBytes(seal), privateKey).toString('base64') }
}

/** @param publicKey SPKI, base64 */
export function isSealGood(seal: Seal, publicKey: string): boolean {
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
  return verify(null, sealBytes(seal), key, Buffer.from(seal.signature, 'base64'))
}

export function sealedEntry(row: EntryRow): SealedEntry {
  const { v, seq, hlc, at, actor, action, subject } = headerOf(row)
  return { v, seq, hlc, at, actor, action, subject, body: row.body, ...(row.body === null ? { bodyHash: row.bodyHash } : {}) }
}

export interface Hashed {
  header: Header
  body: string | null
  bodyHash: string
  hash: string
}

/** Hashes the entries of a batch along their chain. @param prev hash of the entry before the first */
export function hashAlong(batch: SealedBatch, prev: string): Hashed[] {
  const hashed: Hashed[] = []
  let last = prev
  for (const { v, seq, hlc, at, actor, action, subject, body, bodyHash: erased } of batch.entries) {
    const header: Header = { v, station: batch.station, scope: batch.scope, seq, hlc, at, actor, action, subject }
    const bodyHash = body === null ? (erased ?? '') : sha256(body)
    last = entryHash(header, last, bodyHash)
    hashed.push({ header, body, bodyHash, hash: last })
  }
  return hashed
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isHash = (value: unknown): value is string => isText(value) && /^[0-9a-f]{64}$/.test(value)
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

/** Whether a value from outside has the form of a batch whose entries follow one another without gap. */
export function isSealedBatch(value: unknown): value is SealedBatch {
  const batch = value as SealedBatch | null
  if (batch === null || typeof batch !== 'object' || batch.v !== 1 || !isText(batch.station) || !isText(batch.scope) || !Array.isArray(batch.entries))
    return false
  const { seal, entries, prev } = batch
  if (prev !== undefined && !isHash(prev)) return false
  if (seal === null || typeof seal !== 'object' || !isText(seal.headHash) || !isText(seal.signature)) return false
  if (seal.station !== batch.station || seal.scope !== batch.scope || entries.length === 0 || seal.seq !== entries.at(-1)?.seq) return false
  const first = entries[0]?.seq ?? 0
  return entries.every((entry, index) => isSealedEntry(entry) && entry.seq === first + index && first >= 1)
}

function isSealedEntry(entry: SealedEntry | null): boolean {
  if (entry === null || typeof entry !== 'object') return false
  const { v, seq, hlc, at, actor, action, subject, body, bodyHash } = entry
  if (![v, seq, hlc?.ms, hlc?.counter, at].every(isCount) || !isText(actor) || !isText(action)) return false
  if (!isText(subject?.dataset) || !isText(subject.row)) return false
  return isText(body) || (body === null && isHash(bodyHash))
}

/** Free words of a note that are no cells. */
export type Note = Record<string, CellValue>
