// How long a stream waits before it asks its camera again: for ever, quickly while the outage is young, at most 30 s, and slowly where a password was refused.
import { faultHops, type StreamFaultCode } from '../../contract/index.ts'

const firstMs = 400
/** In the first minutes: a camera that comes back is seen within five seconds. */
const youngLimitMs = 2000
const youngForMs = 5 * 60_000
export const backOffLimitMs = 30_000
/** Cameras lock an account after a handful of wrong passwords; the person who mends it asks again at once. */
const loginWaitMs = 5 * 60_000

/** @param attempt from 0 @param outageMs since it played last, or was asked for first @param random 0–1 */
export function waitBeforeMs(options: { code: StreamFaultCode; attempt: number; outageMs: number; random: number }): number {
  const { code, attempt, outageMs, random } = options
  if (code === 'unauthorised' || code === 'password-missing') return loginWaitMs
  const limitMs = outageMs < youngForMs ? youngLimitMs : backOffLimitMs
  const grown = Math.min(limitMs, firstMs * 2 ** Math.min(attempt, 10))
  // Fifty cameras behind one switch do not come back in one instant.
  return Math.round(grown * (0.75 + random * 0.25))
}

/** @returns whether asking again cannot help until a person has changed something */
export function needsPerson(code: StreamFaultCode): boolean {
  const hop = faultHops[code]
  return (
    hop === 'address' ||
    hop === 'login' ||
    hop === 'certificate' ||
    hop === 'codec' ||
    code === 'no-such-stream' ||
    code === 'forbidden' ||
    code === 'no-video'
  )
}
