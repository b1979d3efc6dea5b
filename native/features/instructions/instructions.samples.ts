// Sample 批示 with what came back on them, and those of sample incidents.
import type { SampleTable } from '../packs/samples.ts'

const onIncident = { dataset: 'incidents', column: 'incident' }
const onInstruction = { dataset: 'instructions', column: 'instruction' }

export const instructionSamples: readonly SampleTable[] = [
  { dataset: 'instructions', isMarked: true, hangsOn: [onIncident] },
  { dataset: 'instructionFeedback', isMarked: true, hangsOn: [onIncident, onInstruction] },
  { dataset: 'instructionPhotos', isMarked: false, hangsOn: [onIncident, onInstruction] },
]
