// Sample cameras, and alarms that hang on them or on a sample incident.
import type { SampleTable } from '../packs/samples.ts'

export const cameraSamples: readonly SampleTable[] = [
  { dataset: 'cameras', isMarked: true, hangsOn: [] },
  {
    dataset: 'cameraAlarms',
    isMarked: false,
    hangsOn: [
      { dataset: 'incidents', column: 'incident' },
      { dataset: 'cameras', column: 'camera' },
    ],
  },
]
