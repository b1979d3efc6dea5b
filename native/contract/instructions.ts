// 领导批示: whose, when, what words; who carries it out, by when, what came of it.
import { defineDatasets } from './dataset.ts'
import type { EpochMs, Id } from './scalars.ts'

export const instructionDatasets = defineDatasets({})

/** A 批示 as other features read it. */
export interface InstructionFact {
  id: Id
  incident: Id | null
  from: string
  words: string
  /** 承办. */
  owner: string
  dueAt: EpochMs | null
  isDone: boolean
}
/** Handed to other features by `app.ts`. */
export type ReadInstructions = (incident: Id | null) => Promise<InstructionFact[]>
