// What was drawn for a sample incident.
import type { SampleTable } from '../packs/samples.ts'

export const layerSamples: readonly SampleTable[] = [
  { dataset: 'drawings', isMarked: false, hangsOn: [{ dataset: 'incidents', column: 'incident' }] },
]
