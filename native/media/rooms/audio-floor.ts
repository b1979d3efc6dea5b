// Under loss a conference goes down to sound before it breaks off: when pictures are held back, and when they come again. Pure.

export interface LineSample {
  at: number
  /** What the SFU believes can be sent there, bits per second; null = not known yet. */
  availableBps: number | null
  /** Share of packets lost on the way there, 0…1; null = not reported. */
  lost: number | null
}

export interface Floor {
  isAudioOnly: boolean
  /** Since when the line has been saying the opposite; null = it agrees. */
  changingSince: number | null
  /** How often pictures went since the line was last good for a minute: each time they are tried again later. */
  falls: number
  /** When pictures last came or went. */
  changedAt: number
}

export const onFloor: Floor = { isAudioOnly: false, changingSince: null, falls: 0, changedAt: 0 }

/** Lines are looked at so often. */
export const lookEveryMs = 2_000
/** Below this one small picture beside the sound does not fit. */
const tooLittleBps = 120_000
const tooMuchLost = 0.15
const littleLost = 0.05
/** Bad for so long before pictures go: one burst is none. */
const downAfterMs = 4_000
/** Good for so long before they are tried again, doubled with each fall: they must not flicker. */
const firstUpAfterMs = 10_000
const longestUpAfterMs = 80_000
const forgivenAfterMs = 60_000

export function nextFloor(floor: Floor, sample: LineSample): Floor {
  const { isAudioOnly, changingSince, falls, changedAt } = floor
  if (!(isAudioOnly ? isGood(sample) : isBad(sample))) {
    const isForgiven = !isAudioOnly && sample.at - changedAt > forgivenAfterMs
    return { ...floor, changingSince: null, falls: isForgiven ? 0 : falls }
  }
  const since = changingSince ?? sample.at
  const afterMs = isAudioOnly ? Math.min(firstUpAfterMs * 2 ** (falls - 1), longestUpAfterMs) : downAfterMs
  if (sample.at - since < afterMs) return { ...floor, changingSince: since }
  return { isAudioOnly: !isAudioOnly, changingSince: null, falls: isAudioOnly ? falls : falls + 1, changedAt: sample.at }
}

/** 0…10 beside the SFU's scores of what it gets: worst where pictures would go, middling where they would not come back yet. */
export function lineScore(sample: LineSample): number {
  if (isBad(sample)) return 3
  return isGood(sample) ? 10 : 6
}

function isBad({ availableBps, lost }: LineSample): boolean {
  return (availableBps !== null && availableBps < tooLittleBps) || (lost !== null && lost > tooMuchLost)
}

/** By loss alone: with sound only nothing is sent that would show how much more fits. */
function isGood({ lost }: LineSample): boolean {
  return lost === null || lost < littleLost
}
