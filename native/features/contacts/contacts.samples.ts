// Sample contacts and calls: they go with the sample unit or the sample incident they belong to.
import type { SampleTable } from '../packs/samples.ts'

export const contactSamples: readonly SampleTable[] = [
  { dataset: 'contacts', isMarked: true, hangsOn: [{ dataset: 'units', column: 'unit' }] },
  { dataset: 'calls', isMarked: true, hangsOn: [{ dataset: 'incidents', column: 'incident' }] },
]
