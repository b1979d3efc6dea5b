// Reports and their life as the page calls them.
import { router } from '../../door/trpc.ts'
import type { Reports } from './reports.feature.ts'

export function reportsRouter(_reports: Reports) {
  return router({})
}
