// Where a film stands by the station's clock, and how it is brought there. Pure.

/** Farther off than this it is set; nearer, its speed brings it there unseen. */
export const jumpS = 0.4
/** As near as this a film that spans screens must be to be shown: it looks like one picture. */
export const nearS = 0.08
/** Less than half a frame is left alone: a rate that always changes is itself a jitter. */
const restS = 0.012
/** More than this is seen as slow or fast motion. */
const mostRate = 0.15
/** It is brought there within about so long. */
const withinS = 1

/** How far ahead (behind: below zero) of the clock it is, seconds; the nearer way round its end. */
export function aheadS(positionS: number, options: { nowMs: number; durationS: number }): number {
  const { nowMs, durationS } = options
  const off = positionS - wantedS(nowMs, durationS)
  return off - Math.round(off / durationS) * durationS
}

/** Every screen shows the same place of a film, over and over from the beginning of time. */
export function wantedS(nowMs: number, durationS: number): number {
  return (nowMs / 1000) % durationS
}

/** The farther off, the faster, within what nobody sees. */
export function rateOf(aheadOfS: number): number {
  return Math.abs(aheadOfS) < restS ? 1 : 1 - Math.min(mostRate, Math.max(-mostRate, aheadOfS / withinS))
}
