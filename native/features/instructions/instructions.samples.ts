// Sample 批示 with what came back on them.
import type { SampleTable } from '../packs/samples.ts'

const onInstruction = { dataset: 'instructions', column: 'instruction' }

export const instructionSamples: readonly SampleTable[] = [
  { dataset: 'instructions', isMarked: true, hangsOn: [{ dataset: 'incidents', column: 'incident' }] },
  { dataset: 'instructionFeedback', isMarked: true, hangsOn: [onInstruction] },
  { dataset: 'instructionPhotos', isMarked: false, hangsOn: [onInstruction] },
]
