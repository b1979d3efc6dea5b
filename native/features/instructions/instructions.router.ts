// 领导批示 as the page calls them.
import { router } from '../../door/trpc.ts'
import type { Instructions } from './instructions.feature.ts'

export function instructionsRouter(_instructions: Instructions) {
  return router({})
}
