// Property test of the course of an order: whatever is told in whatever order, the rules hold.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { courseOfTask, TaskState } from '../../contract/index.ts'
import { fitsInTime, isOpen, nextStates, shownState, type StateFact } from './course.ts'
import { lateMs, overdue } from './overdue.ts'
import { unitPosition } from './unit-position.ts'

const seed = Number(process.env['FC_SEED'] ?? Date.now() % 2 ** 31)
console.info(`course.test seed ${String(seed)}`)

const fact = (state: TaskState, at: number): StateFact => ({ state, happenedAt: { at, precision: 'exact', source: '' }, enteredAt: at })
/** Takes each suggestion only if the rules let it through, as the service does. */
function play(suggestions: readonly TaskState[]): StateFact[] {
  const rows = [fact('issued', 0)]
  for (const [at, state] of suggestions.entries()) if (nextStates(rows).includes(state)) rows.push(fact(state, at + 1))
  return rows
}
const suggestions = fc.array(fc.constantFrom(...TaskState.options), { maxLength: 30 })

describe('the course of an order', () => {
  test('holds whatever is suggested', () => {
    fc.assert(
      fc.property(suggestions, (told) => {
        const rows = play(told)
        const states = rows.map((row) => row.state)
        const shown = shownState(rows)?.state
        expect(new Set(states).size).toBe(states.length)
        const isEnded = states.includes('withdrawn') || states.includes('reassigned')
        if (isEnded) {
          expect(nextStates(rows)).toEqual([])
          expect(isOpen(rows)).toBe(false)
          expect(states).not.toContain('done')
        }
        expect(states.includes('withdrawn') && states.includes('reassigned')).toBe(false)
        if (shown === 'refused') expect(states.some((state) => ['departed', 'arrived', 'working', 'done', 'returned'].includes(state))).toBe(false)
        if (!isEnded && shown !== 'refused') {
          // the furthest of what was told
          expect(shown).toBe(courseOfTask.findLast((state) => states.includes(state)))
        }
        if (states.includes('done')) expect(nextStates(rows)).not.toContain('withdrawn')
        for (const next of nextStates(rows)) expect(states).not.toContain(next)
      }),
      { seed, numRuns: 2000 },
    )
  })

  test('is the same in whatever order the rows arrive', () => {
    fc.assert(
      fc.property(suggestions, fc.infiniteStream(fc.nat()), (told, order) => {
        const rows = play(told)
        const shuffled = rows
          .map((row) => ({ row, at: order.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ row }) => row)
        expect(shownState(shuffled)?.state).toBe(shownState(rows)?.state)
        expect([...nextStates(shuffled)].sort()).toEqual([...nextStates(rows)].sort())
      }),
      { seed, numRuns: 500 },
    )
  })

  test('walks from 下达 to 归队 and no further', () => {
    const rows: StateFact[] = [fact('issued', 0)]
    for (const state of courseOfTask.slice(1)) {
      expect(nextStates(rows)[0]).toBe(state)
      rows.push(fact(state, rows.length))
    }
    expect(nextStates(rows)).toEqual([])
    expect(isOpen(rows)).toBe(false)
  })

  test('a refused order can be withdrawn, reassigned, or the unit goes after all', () => {
    const rows = [fact('issued', 0), fact('refused', 1)]
    expect(nextStates(rows).sort()).toEqual(['departed', 'reassigned', 'withdrawn'])
    expect(shownState([...rows, fact('departed', 2)])?.state).toBe('departed')
  })

  test('a state that was missed is added afterwards, in its place in time', () => {
    const rows = [fact('issued', 0), fact('arrived', 30 * 60_000)]
    expect(nextStates(rows)).toContain('departed')
    expect(fitsInTime(rows, 'departed', { at: 10 * 60_000, precision: 'about', source: '' })).toBe(true)
    expect(fitsInTime(rows, 'departed', { at: 40 * 60_000, precision: 'exact', source: '' })).toBe(false)
    expect(fitsInTime(rows, 'departed', { at: 40 * 60_000, precision: 'hour', source: '' })).toBe(true)
    expect(fitsInTime(rows, 'working', { at: 10 * 60_000, precision: 'exact', source: '' })).toBe(false)
    expect(fitsInTime(rows, 'withdrawn', { at: -10 * 60_000, precision: 'exact', source: '' })).toBe(false)
  })
})

describe('what is late', () => {
  const due = { deadline: 60 * 60_000, dueState: 'arrived' as const, signWithinMinutes: 10 }
  const minute = 60_000
  test('unsigned after its minutes, then past the deadline, and neither once it is there', () => {
    const issued = [fact('issued', 0)]
    expect(overdue(due, issued, 10 * minute)).toBeNull()
    expect(overdue(due, issued, 10 * minute + 1)).toEqual({ kind: 'unsigned', sinceAt: 10 * minute })
    expect(overdue(due, issued, 60 * minute + 1)).toEqual({ kind: 'deadline', sinceAt: 60 * minute })
    const signed = [...issued, fact('signed', minute)]
    expect(overdue(due, signed, 11 * minute)).toBeNull()
    expect(overdue(due, [...signed, fact('departed', 2 * minute)], 61 * minute)).toEqual({ kind: 'deadline', sinceAt: 60 * minute })
    const arrived = [...signed, fact('arrived', 70 * minute)]
    expect(overdue(due, arrived, 80 * minute)).toBeNull()
    expect(lateMs(due, arrived)).toBe(10 * minute)
    expect(overdue(due, [...issued, fact('withdrawn', minute)], 80 * minute)).toBeNull()
  })
})

describe('where a unit is drawn', () => {
  test('where it last reported, else where it was told to be, never between', () => {
    const at = (state: TaskState, time: number, position: [number, number] | null) => ({ ...fact(state, time), position })
    const issued = at('issued', 5, null)
    expect(unitPosition([issued], [109.5, 34.5])).toEqual({ position: [109.5, 34.5], basis: 'told', at: 5 })
    expect(unitPosition([issued, at('departed', 9, null)], [109.5, 34.5])).toEqual({ position: [109.5, 34.5], basis: 'told', at: 5 })
    expect(unitPosition([issued, at('departed', 9, [109, 34]), at('arrived', 20, null)], [109.5, 34.5])).toEqual({
      position: [109, 34],
      basis: 'reported',
      at: 9,
    })
    expect(unitPosition([issued], null)).toBeNull()
  })
})
