// Numbers that people read: each console draws from blocks it has reserved.
import { defineDatasets } from './dataset.ts'

/** A console's claim on `first…last` of a series, e.g. `incidents/2026`. Claims are entries, so everybody in the centre sees them. */
export const numberDatasets = defineDatasets({
  numberBlocks: {
    scope: 'centre',
    columns: { series: { type: 'text' }, first: { type: 'integer' }, last: { type: 'integer' }, station: { type: 'id' } },
  },
})
