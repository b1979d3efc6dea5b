// A station with incidents and clocks, and a moment that the test moves.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { OnDuty, ReportingEvidence } from '../../../contract/index.ts'
import { readEventWords } from '../../../kernel/event-words.ts'
import { noTowns } from '../../../kernel/town-names.ts'
import { openTestStation } from '../../../testing/station.ts'
import { buildIncidents } from '../../incidents/incidents.feature.ts'
import { buildClocks } from '../clocks.feature.ts'

export const resources = fileURLToPath(new URL('../../../../resources', import.meta.url))

export async function openClocks(options: { directory?: string } = {}) {
  const station = await openTestStation(options)
  const incidents = await buildIncidents({
    ...station,
    resources,
    areas: () => Promise.resolve([]),
    words: await readEventWords(join(resources, 'codes')),
    towns: noTowns,
    nameOf: () => Promise.resolve('样例值班员'),
  })
  const told = { calls: [] as ReportingEvidence[], watch: null as OnDuty | null, unit: null as string | null, now: null as number | null }
  const errors: unknown[] = []
  const open = () =>
    buildClocks({
      ...station,
      resources,
      subjects: incidents.clockSubjects,
      calls: (incident) => Promise.resolve(told.calls.filter((call) => incident === null || call.incident === incident)),
      receipts: () => Promise.reject(new Error('the room of reports is out of order')),
      onDuty: () => Promise.resolve(told.watch),
      centreUnit: () => Promise.resolve(told.unit),
      onError: (error) => errors.push(error),
      now: () => told.now ?? Date.now(),
    })
  return { ...station, incidents, ...(await open()), told, errors, open }
}
