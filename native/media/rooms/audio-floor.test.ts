// Pictures go only when the line stays bad, come back only when it stays good, and never flicker.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Floor, nextFloor, onFloor } from './audio-floor.ts'

const good = { availableBps: 1_000_000, lost: 0 }
const lossy = { availableBps: 1_000_000, lost: 0.3 }
const narrow = { availableBps: 60_000, lost: 0 }

/** @returns when pictures went and came, in seconds */
function changes(line: (second: number) => typeof good, seconds: number): number[] {
  let floor: Floor = onFloor
  const at: number[] = []
  for (let second = 0; second < seconds; second += 2) {
    const next = nextFloor(floor, { at: second * 1_000, ...line(second) })
    if (next.isAudioOnly !== floor.isAudioOnly) at.push(second)
    floor = next
  }
  return at
}

test('a burst of loss takes nothing away; loss that stays does, and so does a line too narrow', () => {
  expect(changes((second) => (second === 10 ? lossy : good), 60)).toEqual([])
  expect(changes((second) => (second < 10 ? good : lossy), 60)).toEqual([14])
  expect(changes((second) => (second < 10 ? good : narrow), 20)).toEqual([14])
})

test('pictures come back after ten good seconds', () => {
  expect(changes((second) => (second >= 10 && second < 20 ? lossy : good), 60)).toEqual([14, 30])
})

test('a line that only carries sound is tried again, each time later', () => {
  // With pictures it is lossy, without them it is clean: what a thin line looks like.
  let floor: Floor = onFloor
  const tries: number[] = []
  for (let second = 0; second < 400; second += 2) {
    const next = nextFloor(floor, { at: second * 1_000, ...(floor.isAudioOnly ? { availableBps: 60_000, lost: 0 } : lossy) })
    if (floor.isAudioOnly && !next.isAudioOnly) tries.push(second)
    floor = next
  }
  const waits = tries.slice(1).map((second, index) => second - (tries[index] ?? 0))
  expect(waits.length).toBeGreaterThan(2)
  for (const [index, wait] of waits.entries()) expect(wait).toBeGreaterThanOrEqual(waits[index - 1] ?? 0)
})

test('never two changes within four seconds, whatever the line does', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(good, lossy, narrow), { minLength: 5, maxLength: 200 }), (samples) => {
      const at = changes((second) => samples[second / 2] ?? good, samples.length * 2)
      for (const [index, second] of at.entries()) expect(second - (at[index - 1] ?? -9)).toBeGreaterThanOrEqual(4)
    }),
  )
})
