// The watch as the page calls them.
import { router } from '../../door/trpc.ts'
import type { Duty } from './duty.feature.ts'

export function dutyRouter(_duty: Duty) {
  return router({})
}
