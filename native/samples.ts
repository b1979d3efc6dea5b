// Every feature's tables with samples, in one list: what the removal of a sample pack goes through.
import { areaSamples } from './features/areas/areas.samples.ts'
import { cameraSamples } from './features/cameras/cameras.samples.ts'
import { clockSamples } from './features/clocks/clocks.samples.ts'
import { conferenceSamples } from './features/conference/conference.samples.ts'
import { contactSamples } from './features/contacts/contacts.samples.ts'
import { dutySamples } from './features/duty/duty.samples.ts'
import { incidentSamples } from './features/incidents/incidents.samples.ts'
import { instructionSamples } from './features/instructions/instructions.samples.ts'
import { layerSamples } from './features/layers/layers.samples.ts'
import type { SampleTable } from './features/packs/samples.ts'
import { planSamples } from './features/plans/plans.samples.ts'
import { reportSamples } from './features/reports/reports.samples.ts'
import { resourceSamples } from './features/resources/resources.samples.ts'
import { taskSamples } from './features/tasks/tasks.samples.ts'

export const samples: readonly SampleTable[] = [
  ...areaSamples,
  ...cameraSamples,
  ...clockSamples,
  ...conferenceSamples,
  ...contactSamples,
  ...dutySamples,
  ...incidentSamples,
  ...instructionSamples,
  ...layerSamples,
  ...planSamples,
  ...reportSamples,
  ...resourceSamples,
  ...taskSamples,
]
