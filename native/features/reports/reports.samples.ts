// Reports of sample incidents, with their steps, sends and receipts.
import type { SampleTable } from '../packs/samples.ts'

export const reportSamples: readonly SampleTable[] = [
  'reports',
  'reportFields',
  'reportSteps',
  'reportSends',
  'reportReceipts',
  'receivedReports',
].map((dataset) => ({
  dataset,
  isMarked: dataset === 'reports',
  hangsOn: [{ dataset: 'incidents', column: 'incident' }],
}))
