// The same dots for every page of the bench: a fixed sequence over Shaanxi, and the one per cent that changes each second.
import type { LonLat } from '../../../native/contract/index.ts'
import type { Tone } from '../types.ts'

export interface Dot {
  id: string
  position: LonLat
  tone: Tone
}

const tones: Tone[] = ['resource', 'target', 'hazard', 'incident', 'neutral']

/** A small generator with a fixed seed (mulberry32), so that both pages draw the same. */
export function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export function makeDots(count: number): Dot[] {
  const next = random(20260301)
  return Array.from({ length: count }, (_, index) => ({
    id: `dot-${index}`,
    position: [105.5 + next() * 5.7, 31.7 + next() * 7.9],
    tone: tones[index % tones.length]!,
  }))
}

/** Which dots change in a tick and how: index, new place, new tone. */
export function changes(count: number, tick: number): { index: number; position: LonLat; tone: Tone }[] {
  const next = random(7 + tick)
  return Array.from({ length: Math.ceil(count / 100) }, () => ({
    index: Math.floor(next() * count),
    position: [105.5 + next() * 5.7, 31.7 + next() * 7.9],
    tone: tones[Math.floor(next() * tones.length)]!,
  }))
}
