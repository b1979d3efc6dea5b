// Times as people say them, with what each must mean; and whatever is printed is read back.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSpokenTime } from './spoken-time.ts'
import { fromWallClock, minuteMs, wallClock } from './time-words.ts'

// Tuesday 24 November 2026, 15:42:07 in Shanghai.
const now = fromWallClock({ year: 2026, month: 11, day: 24, hour: 15, minute: 42, second: 7 })

function read(text: string, direction: 'past' | 'future' = 'past'): string {
  const spoken = parseSpokenTime(text, { now, direction })
  if (spoken === null) return 'not understood'
  const { year, month, day, hour, minute } = wallClock(spoken.at)
  return `${year}-${month}-${day} ${hour}:${String(minute).padStart(2, '0')} ${spoken.precision}`
}

describe('a moment as people say it', () => {
  it.each([
    ['14:30', '2026-11-24 14:30 exact'],
    ['１４：３０', '2026-11-24 14:30 exact'],
    ['1430', '2026-11-24 14:30 exact'],
    ['14时30分', '2026-11-24 14:30 exact'],
    ['16:30', '2026-11-23 16:30 exact'],
    ['昨天22点', '2026-11-23 22:00 hour'],
    ['昨天 22 点', '2026-11-23 22:00 hour'],
    ['约14时20分', '2026-11-24 14:20 about'],
    ['14时20分许', '2026-11-24 14:20 about'],
    ['下午三点左右', '2026-11-24 15:00 about'],
    ['十四点二十', '2026-11-24 14:20 exact'],
    ['下午两点半', '2026-11-24 14:30 exact'],
    ['上午十点一刻', '2026-11-24 10:15 exact'],
    ['3点三刻', '2026-11-24 3:45 exact'],
    ['12点整', '2026-11-24 12:00 exact'],
    ['昨晚11点半', '2026-11-23 23:30 exact'],
    ['昨晚1点', '2026-11-24 1:00 hour'],
    ['昨夜12点', '2026-11-24 0:00 hour'],
    ['今天凌晨2点', '2026-11-24 2:00 hour'],
    ['中午1点', '2026-11-24 13:00 hour'],
    ['前天', '2026-11-22 0:00 day'],
    ['11月3日', '2026-11-3 0:00 day'],
    ['11月3日8时', '2026-11-3 8:00 hour'],
    ['12月3日8时', '2025-12-3 8:00 hour'],
    ['3号 8:05', '2026-11-3 8:05 exact'],
    ['28号', '2026-10-28 0:00 day'],
    ['2025-06-30 08:00', '2025-6-30 8:00 exact'],
    ['二〇二五年六月三十日', '2025-6-30 0:00 day'],
    ['上周五 9:00', '2026-11-20 9:00 exact'],
    ['10分钟前', '2026-11-24 15:32 about'],
    ['十来分钟前', '2026-11-24 15:32 about'],
    ['二十多分钟前', '2026-11-24 15:22 about'],
    ['半个多小时前', '2026-11-24 15:12 about'],
    ['半小时前', '2026-11-24 15:12 about'],
    ['三刻钟前', '2026-11-24 14:57 about'],
    ['一个半小时前', '2026-11-24 14:12 about'],
    ['两小时二十分钟前', '2026-11-24 13:22 about'],
    ['三天前', '2026-11-21 0:00 day'],
    ['现在', '2026-11-24 15:42 exact'],
    ['刚才', '2026-11-24 15:42 about'],
    ['yesterday 22:00', '2026-11-23 22:00 exact'],
    ['about 2:20 pm', '2026-11-24 14:20 about'],
    ['20 minutes ago', '2026-11-24 15:22 about'],
  ])('%s', (text, meant) => expect(read(text)).toBe(meant))

  it.each([
    ['17:30', '2026-11-24 17:30 exact'],
    ['14:30', '2026-11-25 14:30 exact'],
    ['明早8点', '2026-11-25 8:00 hour'],
    ['3日', '2026-12-3 0:00 day'],
  ])('%s as a deadline', (text, meant) => expect(read(text, 'future')).toBe(meant))

  it.each(['', '25:00', '14:61', '2月30日', '快了', '14:30 到 15:00', '昨天下午大概吧', '12'])('does not guess at “%s”', (text) =>
    expect(read(text)).toBe('not understood'),
  )

  it('reads back every minute it is shown', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 * 24 * 60 }), (minutes) => {
        const at = now - (now % minuteMs) - minutes * minuteMs
        const { year, month, day, hour, minute } = wallClock(at)
        expect(parseSpokenTime(`${year}年${month}月${day}日${hour}时${minute}分`, { now, direction: 'past' })).toEqual({ at, precision: 'exact' })
        expect(parseSpokenTime(`${year}-${month}-${day} ${hour}:${String(minute).padStart(2, '0')}`, { now, direction: 'past' })).toEqual({
          at,
          precision: 'exact',
        })
      }),
    )
  })
})
