// Which schedules come due between two moments, by the wall clock of Asia/Shanghai (no summer time). Pure.
import type { WallSchedule } from '../../contract/index.ts'

const dayMs = 86_400_000
const shanghaiMs = 8 * 3_600_000

/** @param span after `from`, up to and with `to` */
export function dueSchedules(schedules: readonly WallSchedule[], { from, to }: { from: number; to: number }): WallSchedule[] {
  return schedules.filter(({ isOn, minute, days }) => {
    if (!isOn) return false
    for (let day = Math.floor((from + shanghaiMs) / dayMs); day <= Math.floor((to + shanghaiMs) / dayMs); day += 1) {
      const at = day * dayMs + minute * 60_000 - shanghaiMs
      // 1970-01-01 was a Thursday; the week begins on Monday.
      if (at > from && at <= to && days[(day + 3) % 7] === '1') return true
    }
    return false
  })
}
