// How long the line to the station waits before it tries again. Pure.
const firstRetryMs = 250
const longestRetryMs = 5_000

/** Doubles from 250 ms to 5 s, with a fifth of chance so that several consoles do not come back in step. */
export function retryDelayMs(attempt: number, random = Math.random()): number {
  return Math.round(Math.min(longestRetryMs, firstRetryMs * 2 ** attempt) * (0.9 + random * 0.2))
}
