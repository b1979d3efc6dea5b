// The rooms of incidents, put together: rule and code tables are read once at the start.
import { join } from 'node:path'
import type { IncidentFacts, ReadClockSubjects } from '../../contract/index.ts'
import type { EventWords } from '../../kernel/event-words.ts'
import type { TownNames } from '../../kernel/town-names.ts'
import type { Journal } from '../../journal/types.ts'
import type { Blobs, Store } from '../../store/types.ts'
import { ClockSubjectsService } from './clock-subjects.service.ts'
import type { NamedArea } from './area-words.ts'
import { DraftsRepository } from './drafts.repository.ts'
import { DuplicatesService } from './duplicates.service.ts'
import { EventTypesService } from './event-types.service.ts'
import { FollowUpsService } from './followups.service.ts'
import { IncidentsService } from './incidents.service.ts'
import { MergeService } from './merge.service.ts'
import { SceneWeatherService } from './scene-weather.service.ts'
import { TimelinesService } from './timelines.service.ts'
import { readGradeTables, readMustReportRules, readShippedCodes } from './rule-tables.ts'

export interface Incidents {
  incidents: IncidentsService
  duplicates: DuplicatesService
  followUps: FollowUpsService
  merges: MergeService
  drafts: DraftsRepository
  types: EventTypesService
  timelines: TimelinesService
  weather: SceneWeatherService
  facts: (incident: string) => Promise<IncidentFacts>
  /** For the reporting clocks: since when grade, reasons and type stand as they do. */
  clockSubjects: ReadClockSubjects
}

/** @param options `resources`: the folder of codes; `areas`: every area with its name; `words`: what people say of which class of event; `towns`: names of towns */
export async function buildIncidents(options: {
  store: Store
  journal: Journal
  blobs: Blobs
  resources: string
  areas: () => Promise<NamedArea[]>
  words: EventWords
  towns: TownNames
  nameOf: (account: string) => Promise<string>
}): Promise<Incidents> {
  const { store, journal, blobs } = options
  const codes = join(options.resources, 'codes')
  const [tables, rules, shipped] = await Promise.all([readGradeTables(codes), readMustReportRules(codes), readShippedCodes(codes)])
  const types = new EventTypesService({ store, journal, blobs, shipped, words: options.words })
  const subjects = new ClockSubjectsService({ reads: store, journal, types, tables, rules })
  const incidents = new IncidentsService({ reads: store, journal, types, tables, rules, nameOf: options.nameOf })
  return {
    incidents,
    types,
    duplicates: new DuplicatesService({ reads: store, types, areas: options.areas, events: options.words, towns: options.towns }),
    followUps: new FollowUpsService({ journal, blobs, reads: store }),
    merges: new MergeService({ journal, reads: store }),
    drafts: new DraftsRepository(store),
    timelines: new TimelinesService({ journal, reads: store, nameOf: options.nameOf }),
    weather: new SceneWeatherService({ journal, reads: store }),
    facts: (id) => incidents.facts(id),
    clockSubjects: (id) => subjects.read(id),
  }
}
