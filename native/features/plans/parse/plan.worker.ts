// The thread in which a plan document is read and parsed, away from the station's memory.
import { serveWorker } from '../../../kernel/workers.ts'
import type { PlanHints } from './plan-head.ts'
import { readDocument } from './read-document.ts'
import { planOf } from './structure.ts'

export interface PlanWorkerData {
  path: string
  hints: PlanHints
}

serveWorker(async ({ path, hints }: PlanWorkerData, report: (share: number) => void) => {
  const { format, blocks } = await readDocument(path, hints.fileName, report)
  return { format, plan: planOf(blocks, hints) }
})
