// Reporting clocks, put together: what `app.ts` builds and the router calls.
import { join } from 'node:path'
import type { ClockEvidence, OpenMatter, ReadClockSubjects, ReadOnDuty, ReadReportingEvidence } from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import type { Blobs, Store } from '../../store/types.ts'
import { ClocksRepository } from './clocks.repository.ts'
import { ClocksService } from './clocks.service.ts'
import { Heartbeat } from './heartbeat.ts'
import { MissedService } from './missed.service.ts'
import { openMatters } from './open-matters.ts'
import { RuleFilesService } from './rule-files.service.ts'
import { RulesService } from './rules.service.ts'
import { readShippedRules } from './shipped-rules.ts'

export interface ClocksOptions {
  store: Store
  journal: Journal
  blobs: Blobs
  directory: string
  /** The program's folder `resources`. */
  resources: string
  subjects: ReadClockSubjects
  /** Calls somebody took (contacts) and receipts (reports). */
  calls: ReadReportingEvidence
  receipts: ReadReportingEvidence
  onDuty: ReadOnDuty
  /** The unit this centre is; null = it has not said. */
  centreUnit: () => Promise<string | null>
  onError: (error: unknown) => void
  now?: () => number
}

export type Clocks = Awaited<ReturnType<typeof buildClocks>>

export async function buildClocks(options: ClocksOptions) {
  const { store, journal, blobs, directory, onError } = options
  const now = options.now ?? Date.now
  const repository = new ClocksRepository(store)
  const rules: RulesService = new RulesService({
    journal,
    repository,
    shipped: await readShippedRules(join(options.resources, 'codes')),
    derive: (incident, table) => clocks.derive(incident, table),
  })
  const clocks = new ClocksService({
    journal,
    repository,
    rules: () => rules.list(),
    subjects: options.subjects,
    evidence: (incident) => evidenceOf(options, incident),
    onDuty: options.onDuty,
    centreUnit: options.centreUnit,
    now,
  })
  const heartbeat = new Heartbeat({ directory, now, onError })
  return {
    rules,
    clocks,
    files: new RuleFilesService({ blobs, repository, directory, resources: options.resources }),
    missed: new MissedService({ journal, heartbeat, all: () => clocks.all(), now }),
    openMatters: async (): Promise<OpenMatter[]> => openMatters(await clocks.open(), now()),
    name: 'clocks',
    start: () => heartbeat.start(),
    stop: () => heartbeat.stop(),
  }
}

/** A room that cannot answer leaves its clocks running: too loud is better than silent. */
async function evidenceOf({ calls, receipts, onError }: ClocksOptions, incident: string): Promise<ClockEvidence[]> {
  const ask = async (read: ReadReportingEvidence, origin: 'call' | 'receipt') => {
    try {
      return (await read(incident)).map((one): ClockEvidence => ({ ...one, recipientKey: null, origin }))
    } catch (error) {
      onError(error)
      return []
    }
  }
  return (await Promise.all([ask(calls, 'call'), ask(receipts, 'receipt')])).flat()
}
