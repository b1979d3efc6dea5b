// How what stands in a certificate is written for people.
import type { EpochMs } from '../../../native/contract/index.ts'
import { wallClock } from '../../ui/time-words.ts'

/** `2027-03-05`, in the centre's zone: with its year, whichever that is. */
export function dayWords(at: EpochMs): string {
  const { year, month, day } = wallClock(at)
  return [year, String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-')
}

/** Four hexadecimal digits each: what is read out over the telephone in one breath. */
export function fingerprintGroups(fingerprint: string): string[] {
  return fingerprint.replaceAll(':', '').match(/.{1,4}/g) ?? []
}
