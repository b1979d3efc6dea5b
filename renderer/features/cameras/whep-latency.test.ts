// What an officer reads as latency is that of the last pictures, not of all since the tile was opened.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { latencyMsOf, readCounts, type WhepCounts } from './whep-latency.ts'

const seed = Date.now() % 2_147_483_647
console.log(`latency: fast-check seed ${seed}`)

const stats = (video: object, pair: object = {}) => [
  { type: 'transport' },
  { type: 'candidate-pair', state: 'failed', nominated: false, currentRoundTripTime: 9 },
  { type: 'candidate-pair', state: 'succeeded', nominated: true, ...pair },
  { type: 'inbound-rtp', kind: 'audio', jitterBufferDelay: 99, jitterBufferEmittedCount: 1 },
  { type: 'inbound-rtp', kind: 'video', ...video },
]

test('a picture that has become late is said to be late at once, after hours of good ones too', () => {
  const hours = readCounts(
    stats(
      { jitterBufferDelay: 9_000, jitterBufferEmittedCount: 180_000, totalDecodeTime: 900, framesDecoded: 180_000 },
      { currentRoundTripTime: 0.02 },
    ),
  )!
  expect(latencyMsOf(hours, null)).toBe(10 + 50 + 5)
  // Twenty-five pictures later: each of them waited a second.
  const later: WhepCounts = { ...hours, bufferedS: 9_025, emitted: 180_025, decodingS: 900.125, decoded: 180_025 }
  expect(latencyMsOf(later, hours)).toBe(10 + 1_000 + 5)
})

test('no picture since the last look, or none at all: nothing is made up', () => {
  const counts = readCounts(stats({ jitterBufferDelay: 1, jitterBufferEmittedCount: 20, totalDecodeTime: 1, framesDecoded: 20 }))!
  expect(latencyMsOf(counts, counts)).toBeNull()
  expect(latencyMsOf(readCounts(stats({}))!, null)).toBeNull()
  expect(readCounts([{ type: 'transport' }])).toBeNull()
})

test('looks in between change nothing of the whole: their latencies, weighed by pictures, are that of all', () => {
  const step = fc.record({ frames: fc.integer({ min: 1, max: 100 }), waitedS: fc.double({ min: 0, max: 5, noNaN: true }) })
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 20 }), (steps) => {
      let before: WhepCounts | null = null
      let now: WhepCounts = { bufferedS: 0, emitted: 0, decodingS: 0, decoded: 0, roundTripS: 0 }
      let sum = 0
      for (const { frames, waitedS } of steps) {
        now = { ...now, bufferedS: now.bufferedS + waitedS * frames, emitted: now.emitted + frames, decoded: now.decoded + frames }
        const latency = latencyMsOf(now, before)!
        expect(Math.abs(latency - waitedS * 1000)).toBeLessThanOrEqual(1)
        sum += latency * frames
        before = now
      }
      expect(Math.abs(sum / now.decoded - latencyMsOf(now, null)!)).toBeLessThanOrEqual(1.01)
    }),
    { seed },
  )
})
