// Every feature's procedures under its own word; the page imports only the type.
import { changesProcedure } from './door/changes-procedure.ts'
import type { ChangeFeed } from './door/change-feed.ts'
import { router } from './door/trpc.ts'
import type { Accounts } from './features/accounts/accounts.feature.ts'
import { accountsRouter } from './features/accounts/accounts.router.ts'
import { areasRouter } from './features/areas/areas.router.ts'
import type { AreasService } from './features/areas/areas.service.ts'
import { auditRouter } from './features/audit/audit.router.ts'
import type { AuditService } from './features/audit/audit.service.ts'
import { erasuresRouter } from './features/erasures/erasures.router.ts'
import type { ErasuresService } from './features/erasures/erasures.service.ts'
import { conflictsRouter } from './features/conflicts/conflicts.router.ts'
import type { ConflictsService } from './features/conflicts/conflicts.service.ts'
import type { Conferences } from './features/conference/conference.feature.ts'
import { conferenceRouter } from './features/conference/conference.router.ts'
import type { Contacts } from './features/contacts/contacts.feature.ts'
import { contactsRouter } from './features/contacts/contacts.router.ts'
import type { Duty } from './features/duty/duty.feature.ts'
import { dutyRouter } from './features/duty/duty.router.ts'
import type { Reports } from './features/reports/reports.feature.ts'
import { reportsRouter } from './features/reports/reports.router.ts'
import type { Clocks } from './features/clocks/clocks.feature.ts'
import { clocksRouter } from './features/clocks/clocks.router.ts'
import type { Cameras } from './features/cameras/cameras.feature.ts'
import { cameraAlarmsRouter } from './features/cameras/alarms.router.ts'
import { cameraCaptureRouter } from './features/cameras/capture.router.ts'
import { cameraCertificatesRouter } from './features/cameras/certificates.router.ts'
import { cameraControlRouter } from './features/cameras/control.router.ts'
import { cameraTalkRouter } from './features/cameras/talk.router.ts'
import { camerasRouter } from './features/cameras/cameras.router.ts'
import type { Instructions } from './features/instructions/instructions.feature.ts'
import { instructionsRouter } from './features/instructions/instructions.router.ts'
import { draftsRouter } from './features/drafts/drafts.router.ts'
import type { DraftsService } from './features/drafts/drafts.service.ts'
import { importsRouter } from './features/imports/imports.router.ts'
import type { ImportsService } from './features/imports/imports.service.ts'
import type { Incidents } from './features/incidents/incidents.feature.ts'
import { incidentsRouter } from './features/incidents/incidents.router.ts'
import type { Layers } from './features/layers/layers.feature.ts'
import { type LinkRooms, linkRouter } from './features/link/link.router.ts'
import { packsRouter } from './features/packs/packs.router.ts'
import type { PacksService } from './features/packs/packs.service.ts'
import { resourcesRouter } from './features/resources/resources.router.ts'
import type { ResourcesService } from './features/resources/resources.service.ts'
import { drawingsRouter, layersRouter } from './features/layers/layers.router.ts'
import type { Plans } from './features/plans/plans.feature.ts'
import { plansRouter, responsesRouter } from './features/plans/plans.router.ts'
import { stationRouter } from './features/station/station.router.ts'
import type { StationService } from './features/station/station.service.ts'
import type { WaitingService } from './features/station/waiting.service.ts'
import { tasksRouter } from './features/tasks/tasks.router.ts'
import type { TasksService } from './features/tasks/tasks.service.ts'
import type { Wall } from './features/wall/wall.feature.ts'
import { wallRouter } from './features/wall/wall.router.ts'

/** What `app.ts` has built: one line a feature. */
export interface Services {
  feed: ChangeFeed
  startUrl: () => string
  accounts: Accounts
  areas: AreasService
  imports: ImportsService
  resources: ResourcesService
  audit: AuditService
  packs: PacksService
  layers: Layers
  link: LinkRooms
  conflicts: ConflictsService
  erasures: ErasuresService
  station: StationService
  waiting: WaitingService
  incidents: Incidents
  plans: Plans
  tasks: TasksService
  conference: Conferences
  contacts: Contacts
  duty: Duty
  reports: Reports
  clocks: Clocks
  instructions: Instructions
  cameras: Cameras
  drafts: DraftsService
  wall: Wall
}

export type AppRouter = ReturnType<typeof appRouter>

/** Routers are built from the services that `app.ts` hands over. */
export function appRouter(services: Services) {
  return router({
    changes: changesProcedure(services.feed),
    accounts: accountsRouter(services.accounts, services.startUrl),
    areas: areasRouter(services.areas),
    imports: importsRouter(services.imports),
    resources: resourcesRouter(services.resources),
    packs: packsRouter(services.packs),
    audit: auditRouter(services.audit),
    drawings: drawingsRouter(services.layers.drawings),
    layers: layersRouter(services.layers.service),
    link: linkRouter(services.link),
    conflicts: conflictsRouter(services.conflicts),
    erasures: erasuresRouter(services.erasures),
    plans: plansRouter(services.plans),
    responses: responsesRouter(services.plans),
    station: stationRouter(services.station, services.waiting),
    incidents: incidentsRouter(services.incidents),
    tasks: tasksRouter(services.tasks),
    conference: conferenceRouter(services.conference),
    contacts: contactsRouter(services.contacts),
    duty: dutyRouter(services.duty),
    reports: reportsRouter(services.reports),
    clocks: clocksRouter(services.clocks),
    instructions: instructionsRouter(services.instructions),
    cameras: camerasRouter(services.cameras),
    cameraAlarms: cameraAlarmsRouter(services.cameras),
    cameraCapture: cameraCaptureRouter(services.cameras),
    cameraCertificates: cameraCertificatesRouter(services.cameras),
    cameraControl: cameraControlRouter(services.cameras),
    cameraTalk: cameraTalkRouter(services.cameras),
    drafts: draftsRouter(services.drafts),
    wall: wallRouter(services.wall),
  })
}
