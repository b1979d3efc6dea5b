// No two placed boxes overlap, and none is refused without cause: against the plain comparison of all pairs.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Box, Declutter } from './declutter.ts'

const box = fc.record({
  x: fc.integer({ min: -50, max: 900 }),
  y: fc.integer({ min: -50, max: 900 }),
  width: fc.integer({ min: 1, max: 200 }),
  height: fc.integer({ min: 1, max: 40 }),
})
const overlaps = (a: Box, b: Box) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

test('as the plain comparison', () => {
  fc.assert(
    fc.property(fc.array(box, { maxLength: 80 }), (boxes) => {
      const declutter = new Declutter()
      const placed: Box[] = []
      for (const each of boxes) {
        const isFree = !placed.some((other) => overlaps(each, other))
        expect(declutter.place(each)).toBe(isFree)
        if (isFree) placed.push(each)
      }
    }),
  )
})
