// Finds every row that is a sample or hangs on one, in chunks that fit an entry.
import type { Reads } from '../../store/types.ts'

/** Rows an entry may delete and stay below 64 KiB. */
const rowsPerEntry = 300

/** Tables with samples, and what hangs on a sample by which column. */
const samples: { dataset: string; children: { dataset: string; column: string }[] }[] = [
  {
    dataset: 'incidents',
    children: [
      { dataset: 'incidentReports', column: 'incident' },
      { dataset: 'incidentStatements', column: 'incident' },
      { dataset: 'incidentFigures', column: 'incident' },
      { dataset: 'incidentAttachments', column: 'incident' },
      ...['reportReceipts', 'reportSends', 'reportSteps', 'reportFields', 'reports'].map((dataset) => ({ dataset, column: 'incident' })),
      { dataset: 'calls', column: 'incident' },
      ...['clockEvidence', 'clockWaivers', 'sceneWeather', 'instructionFeedback', 'instructionPhotos', 'instructions'].map((dataset) => ({
        dataset,
        column: 'incident',
      })),
    ],
  },
  { dataset: 'dutyRoster', children: [] },
  { dataset: 'dutyHolidays', children: [] },
  { dataset: 'dutyLog', children: [{ dataset: 'dutyLogCorrections', column: 'line' }] },
  { dataset: 'dutyNotes', children: [] },
  {
    dataset: 'instructions',
    children: [
      { dataset: 'instructionFeedback', column: 'instruction' },
      { dataset: 'instructionPhotos', column: 'instruction' },
    ],
  },
  { dataset: 'stockMovements', children: [] },
  { dataset: 'resources', children: [{ dataset: 'stockMovements', column: 'resource' }] },
  { dataset: 'units', children: [] },
  { dataset: 'contacts', children: [] },
  { dataset: 'calls', children: [] },
  {
    dataset: 'plans',
    children: ['planVersions', 'planParagraphs', 'planTiers', 'planActions', 'planContacts', 'planUnits'].map((dataset) => ({
      dataset,
      column: 'plan',
    })),
  },
]

/** @returns deletes, at most 300 to an entry, children first; empty when there is no sample */
export async function sampleDeletes(reads: Reads): Promise<{ dataset: string; row: string }[][]> {
  const rows: { dataset: string; row: string }[] = []
  for (const { dataset, children } of samples) {
    for (const child of children) {
      const sql = `SELECT id FROM "${child.dataset}" WHERE _deleted = 0 AND "${child.column}" IN (SELECT id FROM "${dataset}" WHERE isSample = 1 AND _deleted = 0)`
      rows.push(...(await reads.all<{ id: string }>(sql)).map(({ id }) => ({ dataset: child.dataset, row: id })))
    }
    rows.push(
      ...(await reads.all<{ id: string }>(`SELECT id FROM "${dataset}" WHERE isSample = 1 AND _deleted = 0`)).map(({ id }) => ({ dataset, row: id })),
    )
  }
  const distinct = [...new Map(rows.map((row) => [`${row.dataset}/${row.row}`, row])).values()]
  return Array.from({ length: Math.ceil(distinct.length / rowsPerEntry) }, (_, index) =>
    distinct.slice(index * rowsPerEntry, (index + 1) * rowsPerEntry),
  )
}
