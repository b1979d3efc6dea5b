// Incidents that are samples, and what was said and written about them.
import type { SampleTable } from '../packs/samples.ts'

const about = ['incidentReports', 'incidentStatements', 'incidentFigures', 'incidentAttachments', 'sceneWeather']

export const incidentSamples: readonly SampleTable[] = [
  { dataset: 'incidents', isMarked: true, hangsOn: [] },
  ...about.map((dataset) => ({ dataset, isMarked: false, hangsOn: [{ dataset: 'incidents', column: 'incident' }] })),
]
