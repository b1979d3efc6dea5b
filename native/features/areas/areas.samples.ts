// Units of the reporting tree that are samples; areas and outlines are reference data and stay.
import type { SampleTable } from '../packs/samples.ts'

export const areaSamples: readonly SampleTable[] = [{ dataset: 'units', isMarked: true, hangsOn: [] }]
