// Scores how much a new report looks like a known incident, and says why: place, time, type, words. Pure.
import type { LikelyDuplicate, LonLat } from '../../contract/index.ts'

export interface DuplicateSubject {
  words: string
  typeCode: string | null
  position: LonLat | null
  area: string | null
  /** When it happened, else when it was received. */
  atMs: number
}

type Reason = LikelyDuplicate['reasons'][number]

/** Below this a pair is not shown. */
export const duplicateThreshold = 0.45
/** Further back than this nothing is compared. */
export const duplicateWindowMs = 24 * 3_600_000

// What each kind of likeness can add; place and words carry most, since two calls about one leak rarely agree on anything else.
const weights = { place: 0.35, time: 0.2, type: 0.15, words: 0.3 }

/** @returns score 0…1 over what both sides know; a side that knows nothing of a kind neither helps nor hurts, but no kind alone can carry it above 0.6 */
export function likeness(a: DuplicateSubject, b: DuplicateSubject): { score: number; reasons: Reason[] } {
  const reasons = [placeReason(a, b), timeReason(a, b), typeReason(a, b), wordsReason(a, b)].filter((reason) => reason !== null)
  const known = reasons.reduce((sum, reason) => sum + weights[reason.kind], 0)
  const points = reasons.reduce((sum, reason) => sum + weights[reason.kind] * reason.points, 0)
  const score = known === 0 ? 0 : points / Math.max(known, 0.6)
  return { score, reasons: reasons.filter((reason) => reason.points > 0).sort((x, y) => y.points * weights[y.kind] - x.points * weights[x.kind]) }
}

function placeReason(a: DuplicateSubject, b: DuplicateSubject): Reason | null {
  if (a.position !== null && b.position !== null) {
    const metres = Math.round(distanceM(a.position, b.position))
    // Callers place a thing to a kilometre or so: 1 at the spot, a half at 2 km, nothing beyond 10 km.
    const points = metres > 10_000 ? 0 : 1 / (1 + (metres / 2000) ** 2)
    return { kind: 'place', points, detail: { metres } }
  }
  if (a.area === null || b.area === null) return null
  const same = commonPrefix(a.area, b.area)
  return { kind: 'place', points: same >= 9 ? 0.8 : same >= 6 ? 0.5 : same >= 4 ? 0.2 : 0, detail: { area: a.area.slice(0, same) } }
}

function timeReason(a: DuplicateSubject, b: DuplicateSubject): Reason {
  const minutes = Math.round(Math.abs(a.atMs - b.atMs) / 60_000)
  // 20 minutes apart is still the same thing; six hours hardly.
  return { kind: 'time', points: 1 / (1 + (minutes / 90) ** 2), detail: { minutes } }
}

function typeReason(a: DuplicateSubject, b: DuplicateSubject): Reason | null {
  if (a.typeCode === null || b.typeCode === null) return null
  const points = a.typeCode === b.typeCode ? 1 : a.typeCode.slice(0, 3) === b.typeCode.slice(0, 3) ? 0.6 : 0
  return { kind: 'type', points, detail: { code: b.typeCode } }
}

function wordsReason(a: DuplicateSubject, b: DuplicateSubject): Reason | null {
  const [left, right] = [pairs(a.words), pairs(b.words)]
  if (left.size < 2 || right.size < 2) return null
  const shared = [...left].filter((pair) => right.has(pair))
  const points = Math.min(1, (shared.length / Math.min(left.size, right.size)) * 1.25)
  return { kind: 'words', points, detail: { words: runs(a.words, new Set(shared)).slice(0, 5).join('、') } }
}

// Words that every report has say nothing about this one.
const empty = /据报|报告|报警|发生|现场|有关|目前|情况|接到|反映|疑似|群众|人员|左右|大约|正在|已经|时许|分许|请求|我们|这里|那边|你好/gu

/** Character pairs of Han runs, whole tokens of others. */
function pairs(words: string): Set<string> {
  const found = new Set<string>()
  for (const run of words
    .normalize('NFKC')
    .replace(empty, ' ')
    .match(/\p{Script=Han}+|[\p{L}\p{N}]+/gu) ?? []) {
    if (!/^\p{Script=Han}/u.test(run)) {
      if (run.length > 1) found.add(run.toLowerCase())
      continue
    }
    for (let at = 0; at + 1 < run.length; at += 1) found.add(run.slice(at, at + 2))
  }
  return found
}

/** The longest stretches of `words` made of shared pairs, to show what was found alike. */
function runs(words: string, shared: ReadonlySet<string>): string[] {
  const text = words.normalize('NFKC')
  const found = new Set<string>()
  let from = -1
  for (let at = 0; at <= text.length; at += 1) {
    const isShared = shared.has(text.slice(at, at + 2).toLowerCase()) && at + 1 < text.length
    if (isShared && from === -1) from = at
    if (!isShared && from !== -1) {
      found.add(text.slice(from, at + 1))
      from = -1
    }
  }
  return [...found].sort((a, b) => b.length - a.length)
}

function commonPrefix(a: string, b: string): number {
  let at = 0
  while (at < a.length && at < b.length && a[at] === b[at]) at += 1
  return at
}

/** Great-circle distance in metres on a sphere of 6 371 008.8 m. */
function distanceM([lonA, latA]: LonLat, [lonB, latB]: LonLat): number {
  const rad = Math.PI / 180
  const h = Math.sin(((latB - latA) * rad) / 2) ** 2 + Math.cos(latA * rad) * Math.cos(latB * rad) * Math.sin(((lonB - lonA) * rad) / 2) ** 2
  return 2 * 6_371_008.8 * Math.asin(Math.min(1, Math.sqrt(h)))
}
