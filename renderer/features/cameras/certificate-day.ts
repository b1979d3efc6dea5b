// A day as it stands in a certificate: with its year, whichever that is.
import type { EpochMs } from '../../../native/contract/index.ts'
import { wallClock } from '../../ui/time-words.ts'

/** `2027-03-05`, in the centre's zone. */
export function dayWords(at: EpochMs): string {
  const { year, month, day } = wallClock(at)
  return [year, String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-')
}
