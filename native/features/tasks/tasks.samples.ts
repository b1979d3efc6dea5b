// Orders given for a sample incident or to a sample unit in training, with their states.
import type { SampleTable } from '../packs/samples.ts'

export const taskSamples: readonly SampleTable[] = [
  { dataset: 'tasks', isMarked: true, hangsOn: [{ dataset: 'incidents', column: 'incident' }] },
  { dataset: 'taskStates', isMarked: false, hangsOn: [{ dataset: 'tasks', column: 'task' }] },
]
