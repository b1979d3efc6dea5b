// How an entry becomes bytes, and how it is hashed: SHA-256(header ‖ SHA-256(body)), so that a body can go without breaking the chain.
import { hash } from 'node:crypto'
import type { Cell, CellValue, Entry, EntryId, HappenedAt, Hlc, Scope, Subject } from '../contract/index.ts'

/** The form of entries this release writes; a newer one is stored, not applied, and named. */
export const entryForm = 1
/** `prev` of the first entry of a chain. */
export const chainStart = '0'.repeat(64)
/** Longest body in bytes; larger values are blobs. */
export const bodyLimitBytes = 64 * 1024
export const eraseAction = 'journal.erase'
/** An erasure carries what is left of the longest body, and beside it the reason and names. */
export const erasureLimitBytes = bodyLimitBytes + 8 * 1024

/** What is hashed as header, in this order; all of it stays when a body is erased. */
export interface Header {
  v: number
  station: string
  scope: Scope
  seq: number
  hlc: Hlc
  at: number
  actor: string
  action: string
  subject: Subject
}

/** What can be erased: the cells with their values, the words, and when it happened. */
export interface Body {
  happenedAt: HappenedAt | null
  cells: Cell[]
  note: Record<string, CellValue> | null
}

/** @returns SHA-256 as 64 hexadecimal digits */
export function sha256(text: string): string {
  return hash('sha256', text)
}

/** @param bodyHash SHA-256 of the body's bytes as hexadecimal digits */
export function entryHash(header: Header, prev: string, bodyHash: string): string {
  const { v, station, scope, seq, hlc, at, actor, action, subject } = header
  const bytes = JSON.stringify([v, station, scope, seq, hlc.ms, hlc.counter, at, actor, action, subject.dataset, subject.row, prev])
  return hash('sha256', Buffer.concat([Buffer.from(bytes, 'utf8'), Buffer.from(bodyHash, 'hex')]))
}

export function entryId(entry: { station: string; scope: string; seq: number }): EntryId {
  return `${entry.station}/${entry.scope}/${entry.seq}`
}

/** @returns the parts of an identity; null when it is none */
export function parseEntryId(id: string): { station: string; scope: Scope; seq: number } | null {
  const match = /^([^/]+)\/([^/]+)\/(\d{1,15})$/.exec(id)
  if (match === null) return null
  return { station: match[1] ?? '', scope: (match[2] ?? '') as Scope, seq: Number(match[3]) }
}

/** JSON with the keys of objects sorted, so that equal values are equal texts. */
export function canonical(value: CellValue): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const pairs = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${pairs.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(',')}}`
}

/** Orders entries: clock, counter, then the station's id. */
export function compareHlc(a: { hlc: Hlc; station: string }, b: { hlc: Hlc; station: string }): number {
  return a.hlc.ms - b.hlc.ms || a.hlc.counter - b.hlc.counter || (a.station < b.station ? -1 : a.station > b.station ? 1 : 0)
}

/** A row of the table `journal`, with hashes as hexadecimal digits. */
export interface EntryRow {
  arrival: number
  v: number
  station: string
  scope: Scope
  seq: number
  hlcMs: number
  hlcCounter: number
  at: number
  receivedAt: number
  actor: string
  action: string
  dataset: string
  row: string
  body: string | null
  bodyHash: string
  hash: string
  state: number
}

/** Columns of `EntryRow` for a SELECT from `journal AS j`. */
export const entryColumns = `j.arrival, j.v, j.station, j.scope, j.seq, j.hlcMs, j.hlcCounter, j.at, j.receivedAt, j.actor, j.action, j.dataset, j.row,
  j.body, lower(hex(j.bodyHash)) AS bodyHash, lower(hex(j.hash)) AS hash, j.state`

export function headerOf(row: EntryRow): Header {
  const { v, station, scope, seq, at, actor, action } = row
  return {
    v,
    station,
    scope,
    seq,
    at,
    actor,
    action,
    hlc: { ms: row.hlcMs, counter: row.hlcCounter },
    subject: { dataset: row.dataset, row: row.row },
  }
}

/** @param body as it counts: after an erasure what is left of it @param prev hash of the entry before it in its chain */
export function entryOf(row: EntryRow, body: Body, prev: string): Entry {
  return { ...headerOf(row), ...body, prev, hash: row.hash }
}
