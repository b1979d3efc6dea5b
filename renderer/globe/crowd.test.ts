// Units at one place: none covers the sign, none covers another, whoever covers nothing stays where it is.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dotReachPx, placesAround, spreadOut, type Standing } from './crowd.ts'

const at = (max: number) => fc.record({ x: fc.integer({ min: 0, max }), y: fc.integer({ min: 0, max }) })
const apart = (a: { x: number; y: number }, b: { x: number; y: number }) => Math.hypot(a.x - b.x, a.y - b.y)

describe('units at the scene', () => {
  it('cover neither the sign nor one another, whatever their number', () => {
    fc.assert(
      fc.property(fc.array(at(600), { minLength: 1, maxLength: 3 }), fc.array(at(600), { maxLength: 40 }), fc.nat(12), (signs, dots, same) => {
        // Some of them told to the very place of the sign.
        const there = dots.map((dot, index) => (index < same ? signs[0]! : dot))
        const things: Standing[] = [...signs.map((sign) => ({ ...sign, isSign: true })), ...there.map((dot) => ({ ...dot, isSign: false }))]
        const moved = spreadOut(things).map(({ dx, dy }, index) => ({ ...things[index]!, x: things[index]!.x + dx, y: things[index]!.y + dy }))
        for (const [index, thing] of moved.entries()) {
          if (thing.isSign) expect(thing).toEqual(things[index])
          for (const other of moved.slice(index + 1)) {
            if (thing.isSign && other.isSign) continue
            expect(apart(thing, other)).toBeGreaterThanOrEqual((thing.isSign ? 30 : dotReachPx) - 1e-6)
          }
        }
      }),
    )
  })

  it('leaves alone what covers nothing', () => {
    const things = [
      { x: 100, y: 100, isSign: true },
      { x: 160, y: 100, isSign: false },
      { x: 160, y: 130, isSign: false },
    ]
    expect(spreadOut(things)).toEqual(things.map(() => ({ dx: 0, dy: 0 })))
  })

  it('keeps the sign’s own words free: no place to its right at its height, and a line for each place’s words', () => {
    const ring = [...placesAround(1)]
    expect(ring.filter(({ dx, dy }) => dx > 0 && Math.abs(dy) < 14)).toEqual([])
    for (const side of [-1, 1]) {
      const rows = ring.filter(({ dx }) => Math.sign(dx) === side).map(({ dy }) => dy)
      for (const [index, dy] of rows.entries()) for (const other of rows.slice(index + 1)) expect(Math.abs(dy - other)).toBeGreaterThanOrEqual(19)
    }
    expect(ring.length).toBeGreaterThanOrEqual(8)
  })
})
