// What is heard of what rings: once when it comes, again every two minutes while it waits, nothing of what was there before the page.
import { expect, test } from 'vitest'
import { listener, type Ringing } from './ring.ts'

const soft = (key: string): Ringing => ({ key, tones: [1], isRepeated: false })
const loud = (key: string): Ringing => ({ key, tones: [2], isRepeated: true })
const minute = 60_000

test('what comes is heard once; what waits is heard again in its turn; what has gone is not', () => {
  const hear = listener()
  let now = 10 * minute
  expect(hear([], now)).toBeNull()
  expect(hear([soft('a')], now)).toEqual([1])
  expect(hear([soft('a')], (now += 3 * minute))).toBeNull()
  expect(hear([soft('a'), loud('b')], (now += 1))).toEqual([2])
  expect(hear([loud('b')], (now += minute))).toBeNull()
  expect(hear([loud('b'), loud('c')], (now += 1))).toEqual([2])
  expect(hear([loud('b'), loud('c')], (now += 2 * minute))).toEqual([2])
  expect(hear([], (now += 2 * minute))).toBeNull()
  expect(hear([loud('b')], now)).toEqual([2])
})

test('what rang before the page was opened, and lasts, is heard from the first look on; what does not last is only shown', () => {
  expect(listener()([soft('a')], 10 * minute)).toBeNull()
  expect(listener()([loud('a')], 10 * minute)).toEqual([2])
})
