// What the wall asks of other rooms: lines for its boards and charts, places for its globe, pictures of cameras and conferences.
import type { WallCamera } from '../contract/index.ts'
import type { HttpRoute } from '../door/http-types.ts'
import type { AreasService } from '../features/areas/areas.service.ts'
import type { Cameras } from '../features/cameras/cameras.feature.ts'
import type { Conferences } from '../features/conference/conference.feature.ts'
import { everyIncident } from '../features/duty/incidents-of-day.ts'
import { incidentMatters, taskMatters } from '../features/duty/matters.ts'
import type { Duty } from '../features/duty/duty.feature.ts'
import type { Incidents } from '../features/incidents/incidents.feature.ts'
import type { Layers } from '../features/layers/layers.feature.ts'
import type { Plans } from '../features/plans/plans.feature.ts'
import { figure } from '../features/reports/compose/paragraphs.ts'
import { metricWords } from '../features/reports/compose/wording.ts'
import type { TasksService } from '../features/tasks/tasks.service.ts'
import type { WallConferences } from '../features/wall/screen-tiles.ts'
import { type Rooms, wallSources, type WallSources } from '../features/wall/sources.ts'
import type { Reads } from '../store/types.ts'

export interface WallRoomsOptions {
  reads: Reads
  incidents: Incidents
  plans: Plans
  tasks: TasksService
  duty: Duty
  areas: AreasService
  layers: Layers
  cameras: Cameras
  conference: Conferences
  alarms: Rooms['alarms']
}

export function wallRooms(rooms: WallRoomsOptions): WallSources & { media: HttpRoute[]; maps: HttpRoute; conferences: WallConferences } {
  const { reads, incidents, plans, tasks, duty, areas, layers, cameras, conference, alarms } = rooms
  return {
    ...wallSources({
      reads,
      alarms,
      incidentMatters,
      incidents: (isOpen) => incidents.incidents.list({ ...everyIncident, isOpen }),
      detail: (incident) => incidents.incidents.detail(incident),
      figureWords: (stated) => figure(stated).words,
      metricWord: (metric) => metricWords[metric][0],
      orders: async (incident) => taskMatters(await tasks.list(incident)),
      tasks: () => tasks.list(null),
      duty: () => duty.readOnDuty(Date.now()),
      response: (incident) => plans.checklist.view(incident),
      plan: (plan) => plans.plans.document(plan, null),
      weather: (incident) => incidents.weather.list(incident),
      cameras: (ids) => camerasOnWall(cameras, ids),
      drawings: () => layers.drawings.list(null),
      maps: { list: () => layers.service.list(), views: (account) => layers.service.views(account) },
      outlines: () => areas.boundaries(['province', 'city', 'county'], null),
    }),
    media: cameras.routes,
    maps: layers.tilesRoute,
    conferences: {
      attend: (place, { session, name }, signal) => {
        const nobody = { account: `screen:${session}`, unitName: '', unit: null, level: '', trunk: null, movedFrom: null, about: null, camera: null }
        return conference.seats.attend({ ...place, ...nobody, session, name, isScreen: true }, { signal, isRelayed: false })
      },
      call: (call, input, session) => conference.seats.call(call, input as never, session),
    },
  }
}

async function camerasOnWall(cameras: Cameras, ids: readonly string[]): Promise<WallCamera[]> {
  const known = new Map((await cameras.service.some(ids)).map((camera) => [camera.id, camera]))
  return ids.flatMap((id) => {
    const camera = known.get(id)
    if (camera === undefined) return []
    const { name, player, hasSub } = camera
    const states = cameras.states([
      { id, quality: 'main' },
      { id, quality: 'sub' },
    ])
    return [{ id, name, player, hasSub, state: (states[`${id}/sub`] ?? states[`${id}/main`])?.state ?? null }]
  })
}
