// What was said of the clocks of sample incidents.
import type { SampleTable } from '../packs/samples.ts'

export const clockSamples: readonly SampleTable[] = ['clockEvidence', 'clockWaivers'].map((dataset) => ({
  dataset,
  isMarked: false,
  hangsOn: [{ dataset: 'incidents', column: 'incident' }],
}))
