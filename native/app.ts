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
import { readAreaTables } from './features/areas/area-tables.ts'
import { areaBoundaryProjection } from './features/areas/areas.projection.ts'
import { AreasService } from './features/areas/areas.service.ts'
import { auditExportRoute } from './features/audit/audit.router.ts'
import { AuditService } from './features/audit/audit.service.ts'
import { chainState } from './features/audit/chain-state.ts'
import { Cameras } from './features/cameras/cameras.feature.ts'
import { buildClocks } from './features/clocks/clocks.feature.ts'
import { ConflictsService } from './features/conflicts/conflicts.service.ts'
import { Conferences } from './features/conference/conference.feature.ts'
import { recordingsRoute } from './features/conference/recordings.route.ts'
import { rollCallRoute } from './features/conference/roll-call.route.ts'
import { Contacts } from './features/contacts/contacts.feature.ts'
import { contactsExportRoute } from './features/contacts/contacts.router.ts'
import { DraftsService } from './features/drafts/drafts.service.ts'
import { isDigestDrafted } from './features/duty/digest.ts'
import { Duty } from './features/duty/duty.feature.ts'
import { dutyExportRoutes } from './features/duty/duty.router.ts'
import { everyIncident, incidentsOfDay } from './features/duty/incidents-of-day.ts'
import { deviceMatters, incidentMatters, taskMatters } from './features/duty/matters.ts'
import { ErasuresService } from './features/erasures/erasures.service.ts'
import { ImportsService } from './features/imports/imports.service.ts'
import { attachmentAct } from './features/incidents/incident-acts.ts'
import { buildIncidents } from './features/incidents/incidents.feature.ts'
import { Instructions } from './features/instructions/instructions.feature.ts'
import { Layers } from './features/layers/layers.feature.ts'
import { unconfigured } from './features/link/link-port.ts'
import { unsentExportRoute } from './features/link/link.router.ts'
import { LinkService } from './features/link/link.service.ts'
import { linkNote } from './features/link/note.ts'
import { OriginsService } from './features/link/origins.service.ts'
import { PackagesService } from './features/link/packages.service.ts'
import { Packs } from './features/packs/packs.feature.ts'
import { Plans } from './features/plans/plans.feature.ts'
import { areaNames } from './features/plans/plans.repository.ts'
import { figure as figureWords } from './features/reports/compose/paragraphs.ts'
import { momentWords } from './features/reports/compose/wording.ts'
import { Reports } from './features/reports/reports.feature.ts'
import { resourceProjection } from './features/resources/resources.projection.ts'
import { resourcePointsRoute } from './features/resources/resources.router.ts'
import { ResourcesService } from './features/resources/resources.service.ts'
import { StationService } from './features/station/station.service.ts'
import { UnitTree } from './features/station/unit-tree.ts'
import { WaitingService } from './features/station/waiting.service.ts'
import { TasksService } from './features/tasks/tasks.service.ts'
import { ScreenDoor } from './features/wall/screen-door.ts'
import { Wall } from './features/wall/wall.feature.ts'
import { findProgram } from './kernel/binaries.ts'
import { type MachineConfig, programDirectory } from './kernel/config.ts'
import { readEventWords } from './kernel/event-words.ts'
import { readTownNames } from './kernel/town-names.ts'
import type { Lifecycle } from './kernel/lifecycle.ts'
import type { LogState } from './kernel/log.ts'
import { MachineKey } from './kernel/machine-key.ts'
import { LocalJournal } from './journal/journal.ts'
import { Sfu } from './media/sfu/sfu.ts'
import { findWorker } from './media/sfu/worker-program.ts'
import { HeldStore } from './link/held-store.ts'
import { Link } from './link/link.ts'
import { withNeighbours } from './link/permits.ts'
import { tryLinkSettings } from './link/settings.ts'
import { adoptSnapshot, ownBatches } from './link/snapshot/adopt.ts'
import { Backups } from './store/backup.ts'
import { signersOf, teamOf } from './ports/accounts-port.ts'
import { conferencePeople } from './ports/conference-people.ts'
import { consolesPort } from './ports/consoles-port.ts'
import { ownersPort } from './ports/owners-port.ts'
import { sampleRooms } from './ports/sample-rooms.ts'
import { stationsPort } from './ports/stations-port.ts'
import { wallRooms } from './ports/wall-rooms.ts'
import { samples } from './samples.ts'
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
  /** Ends this process so that it is started again. */
  restart: () => void
}

export type App = Awaited<ReturnType<typeof createApp>>

export async function createApp(options: AppOptions) {
  const { directory, config, log, lifecycle } = options
  const onError = (error: unknown) => log.error({ error }, 'background work failed')

  // A console that has just joined its centre begins with the centre's data.
  const setAside = await adoptSnapshot({ directory, now: Date.now(), onError })
  if (setAside !== null) log.info({ setAside }, 'the data of the centre were taken over')
  const store = await SqliteStore.open({ directory })
  await lifecycle.start([{ name: 'store', start: async () => {}, stop: () => store.close() }])
  const blobs = await FileBlobs.open(join(directory, 'blobs'))
  const backups = new Backups({ directory, path: store.path })
  const key = await MachineKey.open(directory)
  const { settings: linkSettings, trouble: linkTrouble } = await tryLinkSettings(directory)
  if (linkTrouble !== null) log.error({ detail: linkTrouble }, 'link.json')
  const unit = linkSettings?.unit ?? config.unit
  const journal = new LocalJournal({ store, blobs, directory, unit, ownBatches: () => ownBatches(directory) })
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
  const sfu = new Sfu({
    findWorker: () => findWorker(config.programs.sfuWorker),
    ...config.media,
    onError: (error) => log.warn({ error }, 'sfu'),
  })
  const station = new StationService({
    store,
    journal,
    directory,
    version: options.version,
    lowDiskBytes: config.lowDiskBytes,
    logState: options.logState,
    sources: [() => journal.health(), () => backups.health(), () => link.health(), () => [sfu.health()]],
  })

  const held = new HeldStore(store)
  const engine =
    linkSettings === null
      ? null
      : new Link({
          store,
          journal,
          blobs,
          held,
          directory,
          settings: linkSettings,
          superiors: () => unitTree.linked,
          nameOf: (unit) => unitTree.nameOf(unit),
          onError: (error) => log.warn({ error }, 'link'),
        })

  const programFolder = join(programDirectory, 'resources')
  const codes = join(programFolder, 'codes')
  const [eventWords, townNames] = await Promise.all([readEventWords(codes), readTownNames(codes)])
  const incidents = await buildIncidents({
    store,
    journal,
    blobs,
    resources: programFolder,
    areas: () => areaNames(store),
    words: eventWords,
    towns: townNames,
    nameOf: async (account) => nameOf(account) ?? '',
  })
  const plans = new Plans({
    store,
    journal,
    blobs,
    facts: incidents.facts,
    eventTypes: () => incidents.types.list(),
    areas: () => areaNames(store),
    words: eventWords,
  })
  const tasks = new TasksService({ journal, reads: store, incidentFacts: incidents.facts })

  journal.project(areaBoundaryProjection)
  journal.project(resourceProjection)
  const areas = new AreasService({ store, journal, blobs, tables: await readAreaTables(codes, townNames) })
  const contacts = new Contacts({
    store,
    journal,
    settings: () => station.settings(),
    setSettings: (set, actor) => station.setSettings({ set, seen: null, actor }),
  })
  const imports = new ImportsService({ store, journal, blobs, areas, directory, onError, existing: contacts.existingRows })
  const resources = new ResourcesService({
    store,
    journal,
    areas,
    incident: incidents.facts,
    owners: ownersPort({ unit, settings: linkSettings, asking: engine?.asking ?? null, tree: unitTree }),
    centreName: () => contacts.ourName(),
    onError,
  })
  engine?.asking.answeredBy((entry) => resources.deciding.answer(entry))

  const duty: Duty = new Duty({
    store,
    journal,
    team: () => teamOf(accounts),
    prove: (beside) => accounts.signIn.prove(beside),
    may: (account, permission) => accounts.directory.can(account, permission, null),
    rooms: [
      async () => incidentMatters(await incidents.incidents.list({ ...everyIncident, isOpen: true })),
      async () => taskMatters(await tasks.list(null)),
      async () => deviceMatters((await station.health()).health),
      () => contacts.readOpenMatters(),
      () => reports.openMatters(),
      () => clocks.openMatters(),
      () => instructions.openMatters(),
    ],
    incidents: (from, to) => incidentsOfDay(incidents.incidents, { from, to }),
    instructions: () => instructions.service.facts(null),
    wording: { figure: figureWords, moment: momentWords },
    hasReport: async (day) => isDigestDrafted(day, await reports.service.list({ query: '', incident: null, kind: 'digest', state: null, limit: 30 })),
    readTable: (file) => imports.wholeTable(file),
    fillDocument: (name, values) => reports.documents.fill(name, values),
    unit: () => contacts.ourName(),
    onError,
  })
  const reports: Reports = new Reports({
    store,
    journal,
    blobs,
    resources: programFolder,
    sources: {
      detail: (incident) => incidents.incidents.detail(incident),
      tasks: (incident) => tasks.list(incident),
      response: (incident) => plans.responses.wordsOf(incident),
      decisions: async (incident) => (await plans.checklist.view(incident)).decisions,
      instructions: (incident) => instructions.service.facts(incident),
      weather: (incident) => incidents.weather.list(incident),
      onDuty: duty.readOnDuty,
      digest: duty.readDigest,
      unit: () => contacts.ourName(),
      superior: async () => (await contacts.recipientsAbove()).find(({ steps }) => steps === 1)?.unit.name ?? '',
    },
    recipients: () => contacts.recipientsAbove(),
    signers: () => signersOf(accounts),
    upward: {
      unit,
      name: () => contacts.ourName(),
      linkedUnit: (id) => {
        const unit = id === null ? null : unitTree.linkName(id)
        return unit !== null && engine?.reaches(unit) === true ? unit : null
      },
    },
    isHost: linkSettings?.isHost ?? false,
    isDrill: false,
    onError,
  })
  const clocks = await buildClocks({
    store,
    journal,
    blobs,
    directory,
    resources: programFolder,
    subjects: incidents.clockSubjects,
    calls: (incident) => contacts.readEvidence(incident),
    receipts: (incident) => reports.evidence(incident),
    onDuty: duty.readOnDuty,
    centreUnit: async () => (await contacts.ourUnit())?.id ?? null,
    onError,
  })
  const instructions = new Instructions({ store, journal, blobs })
  const cameras = new Cameras({
    store,
    journal,
    key,
    directory,
    sfu,
    push: config.media.push,
    events: config.media.events,
    blobs,
    attachment: (incident, file, by) => attachmentAct(incident, file, by, Date.now()).rows,
    consoles: consolesPort({ journal, unit, settings: linkSettings, engine, hosts: () => conference.hosts }),
    onPushRefused: (refusal) => log.warn(refusal, 'a device pushed with a key that nobody has'),
    tell: (ids) => feed.tell('streams', ids),
    onError,
  })

  const conference: Conferences = new Conferences({
    store,
    journal,
    sfu,
    camera: (id) => cameras.seat(id),
    capture: (input, signal) => cameras.captures.serve(input, signal),
    ...conferencePeople({ accounts, contacts, engine, tree: unitTree }),
    blobs,
    hosting: config.hosting,
    ffmpeg: () => findProgram({ name: 'ffmpeg', variable: 'WANGLOU_FFMPEG', setting: config.programs.ffmpeg }).path,
    directory,
    stations: stationsPort({ journal, unit, settings: linkSettings, engine, tree: unitTree }),
    tell: () => feed.tell('conferences', null),
    onError,
  })
  engine?.hosting({ address: () => conference.hosts.address, onHost: (address) => conference.hosts.know(address) })

  const packs = new Packs({
    samples,
    store,
    journal,
    blobs,
    imports,
    plans,
    rooms: sampleRooms({ contacts, duty, instructions, reports }),
    resources: programFolder,
    log,
  })

  const layers = new Layers({ store, journal, blobs, key, directory })
  const packages = new PackagesService({
    store,
    journal,
    blobs,
    unit,
    superiors: () => (linkSettings === null ? unitTree.linked : withNeighbours(unitTree.linked, linkSettings)),
    held,
    onHeld: (unit, held) => engine?.theyHold(unit, held),
    note: linkNote(journal),
  })
  const origins = new OriginsService({ port: engine ?? unconfigured, reads: store, unit, nameOf })
  const link: LinkService = new LinkService({
    port: engine ?? unconfigured,
    trouble: linkTrouble,
    reads: store,
    station: () => journal.station,
    layers: () => layers.service.list(),
    nameOf,
    note: linkNote(journal),
    tell: () => feed.tell('link', null),
    hasSfu: () => sfu.isAvailable,
    restart: options.restart,
  })

  const [blobsRoute, ...moreBlobs] = blobsRoutes({ blobs, limitBytes: BLOB_LIMIT_BYTES }) as [HttpRoute, HttpRoute]
  const wall = new Wall({
    store,
    journal,
    key,
    network: config.wall,
    blobs: blobsRoute,
    tell: (dataset) => feed.tell(dataset, null),
    onError,
    ...wallRooms({
      ...{ reads: store, incidents, plans, tasks, duty, areas, layers, cameras, conference },
      alarms: async () => [...(await clocks.openMatters()), ...deviceMatters((await station.health()).health)],
    }),
  })
  const routes: HttpRoute[] = [
    blobsRoute,
    ...moreBlobs,
    auditExportRoute(audit),
    unsentExportRoute(link),
    ...layers.routes,
    resourcePointsRoute(resources),
    contactsExportRoute(contacts),
    ...dutyExportRoutes(duty),
    ...cameras.routes,
    recordingsRoute(conference.recordings),
    rollCallRoute(conference.rollCalls),
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
    link: { view: link, packages, origins },
    packs: packs.service,
    plans,
    station,
    incidents,
    tasks,
    conference,
    contacts,
    duty,
    reports,
    clocks,
    instructions,
    cameras,
    drafts: new DraftsService({ store }),
    wall,
  })
  const page = new Page({ directory: options.pageDirectory })
  const door = new Door({
    router,
    routes,
    sessionRoutes: wall.routes,
    sessions,
    contextOf: (session) => accounts.view.contextOf(session),
    health: () => station.health(),
    onRefused: (context, path) => {
      if (context.actor !== null) void accounts.trail.refused(context.actor.account, path).catch(onError)
    },
    page,
    port: options.port,
    cookieName: cookieName(directory),
    log,
  })

  const { listen } = config.wall
  const screenDoor =
    listen === null
      ? []
      : [
          new ScreenDoor({
            wall,
            listen,
            sessions,
            contextOf: (session) => accounts.view.contextOf(session),
            page,
            cookieName: cookieName(directory),
            log,
          }),
        ]

  /** The address with a one-time token. @param isFirst the start's own link stays good until it is used */
  function startUrl(isFirst: boolean): string {
    return `${door.origin}/?token=${sessions.mint(isFirst ? null : undefined)}`
  }

  await lifecycle.start([
    { name: 'journal', start: () => journal.start(), stop: () => journal.stop() },
    { name: 'feed', start: async () => feed.start(), stop: async () => feed.stop() },
    { name: 'units', start: () => unitTree.start(onError), stop: async () => unitTree.stop() },
    ...(engine === null ? [] : [engine]),
    { name: 'sessions', start: () => sessions.start(), stop: async () => {} },
    { name: 'accounts', start: () => accounts.start(), stop: async () => accounts.stop() },
    { name: 'layers', start: async () => {}, stop: () => layers.stop() },
    { name: 'plans', start: async () => {}, stop: () => plans.stop() },
    areas,
    imports,
    resources,
    contacts,
    clocks,
    reports.received,
    link,
    sfu,
    conference,
    cameras,
    wall,
    { name: 'backups', start: () => backups.start(), stop: () => backups.stop() },
    ...screenDoor,
    { name: 'door', start: () => door.start(), stop: () => door.stop() },
  ])
  return { store, blobs, journal, accounts, packs, cameras, conference, wall, audit, station, feed, sessions, router, routes, door, startUrl }
}
