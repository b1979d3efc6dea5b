// Which video alarms sound.
import type { CameraAlarm } from '../../../native/contract/index.ts'
import type { Ringing } from '../../app/ring.ts'

/** So long after it was last told an alarm that nobody takes rings again and again; an old one stays in 待办, in silence. */
const freshAlarmMs = 30 * 60_000
const alarmTones = [990, 660, 990, 660]

/** What sounds, and what goes on sounding: a sample is looked at, it does not call anybody. */
export function alarmRings(open: readonly CameraAlarm[], now: number): Ringing[] {
  return open.filter(({ isSample }) => !isSample).map(({ id, lastAt }) => ({ key: id, tones: alarmTones, isRepeated: now - lastAt < freshAlarmMs }))
}
