// Reporting clocks as the page calls them.
import { router } from '../../door/trpc.ts'
import type { Clocks } from './clocks.feature.ts'

export function clocksRouter(_clocks: Clocks) {
  return router({})
}
