// The machine's own clock.
import type { Timing } from './types.ts'

export const machineTiming: Timing = {
  now: () => Date.now(),
  after(ms, call) {
    const timer = setTimeout(call, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
