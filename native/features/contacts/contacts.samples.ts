// Sample contacts and calls; a real person noted under a sample unit stays when the samples go.
import type { SampleTable } from '../packs/samples.ts'

export const contactSamples: readonly SampleTable[] = [
  { dataset: 'contacts', isMarked: true, hangsOn: [] },
  { dataset: 'calls', isMarked: true, hangsOn: [{ dataset: 'incidents', column: 'incident' }] },
]
