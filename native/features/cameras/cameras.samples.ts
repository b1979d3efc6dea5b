// Sample cameras.
import type { SampleTable } from '../packs/samples.ts'

export const cameraSamples: readonly SampleTable[] = [{ dataset: 'cameras', isMarked: true, hangsOn: [] }]
