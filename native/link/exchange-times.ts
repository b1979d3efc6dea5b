// The waits of an exchange: configuration, so that half an hour of silence is tested in seconds.
export interface ExchangeTimes {
  /** After entries came: how long until we say what we hold, ms. */
  tellMs: number
  /** How often both sides compare everything whatever happened, ms. */
  compareMs: number
  /** With nothing else to say, how often we show that we are there, ms. */
  aliveMs: number
  /** First wait after a failure, and the longest, ms. */
  retryMs: number
  longestRetryMs: number
  /** The longest wait before what they did not take is offered again, ms. */
  longestHoldBackMs: number
}

export const exchangeTimes: ExchangeTimes = {
  tellMs: 200,
  compareMs: 5 * 60_000,
  aliveMs: 60_000,
  retryMs: 1_000,
  longestRetryMs: 15_000,
  longestHoldBackMs: 5 * 60_000,
}
