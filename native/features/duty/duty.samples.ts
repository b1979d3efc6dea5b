// The sample watch: roster with its changes, holidays, log with its corrections, notes for the next watch.
import type { SampleTable } from '../packs/samples.ts'

export const dutySamples: readonly SampleTable[] = [
  ...['dutyRoster', 'dutyChanges', 'dutyHolidays', 'dutyNotes'].map((dataset) => ({ dataset, isMarked: true, hangsOn: [] })),
  { dataset: 'dutyLog', isMarked: true, hangsOn: [{ dataset: 'incidents', column: 'incident' }] },
  { dataset: 'dutyLogCorrections', isMarked: false, hangsOn: [{ dataset: 'dutyLog', column: 'line' }] },
]
