// Plans that are samples with their parts, and what was decided for a sample incident.
import type { SampleTable } from '../packs/samples.ts'

const parts = ['planVersions', 'planParagraphs', 'planTiers', 'planActions', 'planContacts', 'planUnits']
const onIncident = { dataset: 'incidents', column: 'incident' }

export const planSamples: readonly SampleTable[] = [
  { dataset: 'plans', isMarked: true, hangsOn: [] },
  ...parts.map((dataset) => ({ dataset, isMarked: false, hangsOn: [{ dataset: 'plans', column: 'plan' }] })),
  ...['responses', 'responseDecisions', 'responseTasks'].map((dataset) => ({ dataset, isMarked: false, hangsOn: [onIncident] })),
]
