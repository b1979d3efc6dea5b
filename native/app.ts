// Every construction of the station, in order. A feature is a line to build it, a line in the router and, where it has any, its routes.
import { join } from 'node:path'
import type { Logger } from 'pino'
import { appRouter } from './app-router.ts'
import { BLOB_LIMIT_BYTES, blobsRoutes } from './door/blobs-route.ts'
import { ChangeFeed } from './door/change-feed.ts'
import { Door } from './door/door.ts'
import type { HttpRoute } from './door/http-types.ts'
import { Page } from './door/page.ts'
import { cookieName, Sessions } from './door/sessions.ts'
import { Accounts } from './features/accounts/accounts.feature.ts'
import type { ScryptCost } from './features/accounts/verifiers.ts'
import { areaSamples } from './features/areas/areas.samples.ts'
import { areaBoundaryProjection } from './features/areas/areas.projection.ts'
import { AreasService } from './features/areas/areas.service.ts'
import { readAreaTables } from './features/areas/area-tables.ts'
import { auditExportRoute } from './features/audit/audit.router.ts'
import { AuditService } from './features/audit/audit.service.ts'
import { chainState } from './features/audit/chain-state.ts'
import { ConflictsService } from './features/conflicts/conflicts.service.ts'
import { ErasuresService } from './features/erasures/erasures.service.ts'
import { ImportsService } from './features/imports/imports.service.ts'
import { buildIncidents } from './features/incidents/incidents.feature.ts'
import { incidentSamples } from './features/incidents/incidents.samples.ts'
import { layerSamples } from './features/layers/layers.samples.ts'
import { Layers } from './features/layers/layers.feature.ts'
import { Packs } from './features/packs/packs.feature.ts'
import { Plans } from './features/plans/plans.feature.ts'
import { planSamples } from './features/plans/plans.samples.ts'
import { areaNames } from './features/plans/plans.repository.ts'
import { resourceSamples } from './features/resources/resources.samples.ts'
import { resourceProjection } from './features/resources/resources.projection.ts'
import { ResourcesService } from './features/resources/resources.service.ts'
import { resourcePointsRoute } from './features/resources/resources.router.ts'
import { StationService } from './features/station/station.service.ts'
import { UnitTree } from './features/station/unit-tree.ts'
import { WaitingService } from './features/station/waiting.service.ts'
import { taskSamples } from './features/tasks/tasks.samples.ts'
import { TasksService } from './features/tasks/tasks.service.ts'
import { type MachineConfig, programDirectory } from './kernel/config.ts'
import type { Lifecycle } from './kernel/lifecycle.ts'
import type { LogState } from './kernel/log.ts'
import { MachineKey } from './kernel/machine-key.ts'
import { LocalJournal } from './journal/journal.ts'
import { Backups } from './store/backup.ts'
import { FileBlobs } from './store/blobs.ts'
import { SqliteStore } from './store/store.ts'

export interface AppOptions {
  directory: string
  pageDirectory: string
  version: string
  port: number
  config: MachineConfig
  log: Logger
  logState: LogState
  lifecycle: Lifecycle
  /** What one guess at a password costs. */
  cost: ScryptCost
}

export type App = Awaited<ReturnType<typeof createApp>>

export async function createApp(options: AppOptions) {
  const { directory, config, log, lifecycle } = options
  const onError = (error: unknown) => log.error({ error }, 'background work failed')

  const store = await SqliteStore.open({ directory })
  await lifecycle.start([{ name: 'store', start: async () => {}, stop: () => store.close() }])
  const blobs = await FileBlobs.open(join(directory, 'blobs'))
  const backups = new Backups({ directory, path: store.path })
  const key = await MachineKey.open(directory)
  const journal = new LocalJournal({ store, blobs, directory, unit: config.unit })
  const feed = new ChangeFeed({ journal })
  const sessions = new Sessions({ store, directory })
  const unitTree = new UnitTree({ store, journal })

  const accounts = new Accounts({
    store,
    journal,
    sessions,
    key,
    cost: options.cost,
    rules: { idleLockMs: config.idleLockMinutes * 60_000, lockoutMs: config.lockoutMinutes * 60_000 },
    covers: (granted, asked) => unitTree.covers(granted, asked),
    tell: () => feed.tell('accounts', null),
    onError,
  })
  const nameOf = (account: string) => accounts.directory.byId(account)?.name ?? null
  const audit = new AuditService({
    reads: store,
    verifyChains: () => chainState(store),
    nameOf,
    trail: accounts.trail,
  })
  const conflicts = new ConflictsService({ journal, store })
  const erasures = new ErasuresService({ journal, reads: store, nameOf })
  const waiting = new WaitingService({ journal, nameOf })
  const station = new StationService({
    store,
    journal,
    directory,
    version: options.version,
    lowDiskBytes: config.lowDiskBytes,
    logState: options.logState,
    sources: [() => journal.health(), () => backups.health()],
  })

  const incidents = await buildIncidents({
    store,
    journal,
    blobs,
    resources: join(programDirectory, 'resources'),
    nameOf: async (account) => nameOf(account) ?? '',
    tasks: (incident) => tasks.list(incident),
    response: (incident) => plans.responses.wordsOf(incident),
    unit: async () => '',
  })
  const plans = new Plans({ store, journal, blobs, facts: incidents.facts, eventTypes: () => incidents.types.list(), areas: () => areaNames(store) })
  const tasks = new TasksService({ journal, reads: store, incidentFacts: incidents.facts })

  journal.project(areaBoundaryProjection)
  journal.project(resourceProjection)
  const areas = new AreasService({ store, journal, blobs, tables: await readAreaTables(join(programDirectory, 'resources', 'codes')) })
  const imports = new ImportsService({ store, journal, blobs, areas, directory, onError })
  const resources = new ResourcesService({ store, journal, areas, incident: incidents.facts })

  const samples = [...areaSamples, ...incidentSamples, ...layerSamples, ...planSamples, ...resourceSamples, ...taskSamples]
  const packs = new Packs({ store, journal, blobs, imports, plans, samples, resources: join(programDirectory, 'resources'), log })

  const layers = new Layers({ store, journal, blobs, key, directory })

  const routes: HttpRoute[] = [
    ...blobsRoutes({ blobs, limitBytes: BLOB_LIMIT_BYTES }),
    auditExportRoute(audit),
    ...layers.routes,
    resourcePointsRoute(resources),
  ]
  const router = appRouter({
    feed,
    startUrl: () => startUrl(false),
    accounts,
    areas,
    audit,
    imports,
    resources,
    conflicts,
    erasures,
    waiting,
    layers,
    packs: packs.service,
    plans,
    station,
    incidents,
    tasks,
  })
  const door = new Door({
    router,
    routes,
    sessions,
    contextOf: (session) => accounts.view.contextOf(session),
    health: () => station.health(),
    onRefused: (context, path) => {
      if (context.actor !== null) void accounts.trail.refused(context.actor.account, path).catch(onError)
    },
    page: new Page({ directory: options.pageDirectory }),
    port: options.port,
    cookieName: cookieName(directory),
    log,
  })

  /** The address with a one-time token. @param isFirst the start's own link stays good until it is used */
  function startUrl(isFirst: boolean): string {
    return `${door.origin}/?token=${sessions.mint(isFirst ? null : undefined)}`
  }

  await lifecycle.start([
    { name: 'journal', start: () => journal.start(), stop: () => journal.stop() },
    { name: 'feed', start: async () => feed.start(), stop: async () => feed.stop() },
    { name: 'units', start: () => unitTree.start(onError), stop: async () => unitTree.stop() },
    { name: 'sessions', start: () => sessions.start(), stop: async () => {} },
    { name: 'accounts', start: () => accounts.start(), stop: async () => accounts.stop() },
    { name: 'layers', start: async () => {}, stop: () => layers.stop() },
    { name: 'plans', start: async () => {}, stop: () => plans.stop() },
    areas,
    imports,
    resources,
    { name: 'backups', start: () => backups.start(), stop: () => backups.stop() },
    { name: 'door', start: () => door.start(), stop: () => door.stop() },
  ])
  return { store, blobs, journal, accounts, packs, audit, station, feed, sessions, router, routes, door, startUrl }
}
