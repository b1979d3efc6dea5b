// The sample watch: roster, holidays, log with its corrections, notes for the next watch.
import type { SampleTable } from '../packs/samples.ts'

export const dutySamples: readonly SampleTable[] = [
  ...['dutyRoster', 'dutyHolidays', 'dutyLog', 'dutyNotes'].map((dataset) => ({ dataset, isMarked: true, hangsOn: [] })),
  { dataset: 'dutyLogCorrections', isMarked: false, hangsOn: [{ dataset: 'dutyLog', column: 'line' }] },
]
