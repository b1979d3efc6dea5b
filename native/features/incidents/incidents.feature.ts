// The rooms of incidents, put together: rule and code tables are read once at the start.
import { join } from 'node:path'
import type { IncidentFacts, Task } from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import type { Blobs, Store } from '../../store/types.ts'
import { BulletinsService } from './bulletins.service.ts'
import { DraftsRepository } from './drafts.repository.ts'
import { EventTypesService } from './event-types.service.ts'
import { FollowUpsService } from './followups.service.ts'
import { IncidentsService } from './incidents.service.ts'
import { MergeService } from './merge.service.ts'
import { TimelinesService } from './timelines.service.ts'
import { readGradeTables, readMustReportRules, readShippedCodes } from './rule-tables.ts'

export interface Incidents {
  incidents: IncidentsService
  followUps: FollowUpsService
  merges: MergeService
  drafts: DraftsRepository
  types: EventTypesService
  bulletins: BulletinsService
  timelines: TimelinesService
  facts: (incident: string) => Promise<IncidentFacts>
}

/**
 * @param options `resources`: the folder of codes and templates; `tasks`, `response` and `unit` are asked only when a bulletin is written, so they may be built later
 */
export async function buildIncidents(options: {
  store: Store
  journal: Journal
  blobs: Blobs
  resources: string
  nameOf: (account: string) => Promise<string>
  tasks: (incident: string) => Promise<Task[]>
  response: (incident: string) => Promise<string | null>
  unit: () => Promise<string>
}): Promise<Incidents> {
  const { store, journal, blobs } = options
  const codes = join(options.resources, 'codes')
  const [tables, rules, shipped] = await Promise.all([readGradeTables(codes), readMustReportRules(codes), readShippedCodes(codes)])
  const types = new EventTypesService({ store, journal, blobs, shipped })
  const incidents = new IncidentsService({ reads: store, journal, types, tables, rules, nameOf: options.nameOf })
  return {
    incidents,
    types,
    followUps: new FollowUpsService({ journal, blobs, reads: store }),
    merges: new MergeService({ journal, reads: store }),
    drafts: new DraftsRepository(store),
    bulletins: new BulletinsService({
      journal,
      blobs,
      reads: store,
      shippedTemplate: join(options.resources, 'templates', 'duty-bulletin.docx'),
      detail: (id) => incidents.detail(id),
      tasks: options.tasks,
      response: options.response,
      unit: options.unit,
    }),
    timelines: new TimelinesService({ journal, reads: store, nameOf: options.nameOf }),
    facts: (id) => incidents.facts(id),
  }
}
