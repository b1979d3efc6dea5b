import { describe, expect, it } from 'vitest'
import { clockText, deadlineText, piecesOf } from './words.ts'

const t = (key: string, values: Record<string, unknown> = {}) => `${key}${JSON.stringify(values)}`

describe('words of plans', () => {
  it('says a deadline in the largest whole unit', () => {
    expect(deadlineText(null, t)).toBe('plans.deadline.none{}')
    expect(deadlineText(30, t)).toBe('plans.deadline.minutes{"n":30}')
    expect(deadlineText(0, t)).toBe('plans.deadline.minutes{"n":0}')
    expect(deadlineText(120, t)).toBe('plans.deadline.hours{"n":2}')
    expect(deadlineText(90, t)).toBe('plans.deadline.minutes{"n":90}')
    expect(deadlineText(2880, t)).toBe('plans.deadline.days{"n":2}')
  })
  it('tells the time in Shanghai, with the day when it is another', () => {
    const now = Date.parse('2026-11-23T06:00:00Z')
    expect(clockText(now + 35 * 60_000, now)).toBe('14:35')
    expect(clockText(now + 12 * 3_600_000, now)).toBe('11/24 02:00')
  })
  it('cuts a text at its hits without losing any of it', () => {
    const pieces = piecesOf('氯气泄漏，氯气', [
      [0, 2],
      [5, 7],
    ])
    expect(pieces).toEqual([
      { text: '氯气', isHit: true },
      { text: '泄漏，', isHit: false },
      { text: '氯气', isHit: true },
    ])
    expect(piecesOf('无', [])).toEqual([{ text: '无', isHit: false }])
  })
})
