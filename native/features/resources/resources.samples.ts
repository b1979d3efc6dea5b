// Resources that are samples, their stock, and who reserved what for a sample incident: a real team must not stay held by it.
import type { SampleTable } from '../packs/samples.ts'

const onResource = { dataset: 'resources', column: 'resource' }
const onIncident = { dataset: 'incidents', column: 'incident' }

export const resourceSamples: readonly SampleTable[] = [
  { dataset: 'resources', isMarked: true, hangsOn: [] },
  { dataset: 'stockMovements', isMarked: true, hangsOn: [onResource] },
  { dataset: 'reservations', isMarked: false, hangsOn: [onResource, onIncident] },
  { dataset: 'reservationAnswers', isMarked: false, hangsOn: [{ dataset: 'reservations', column: 'reservation' }] },
]
