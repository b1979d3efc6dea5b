// What other rooms say, turned into the lines of the wall's boards and the scenes it offers.
import {
  type BoardLine,
  type ChecklistItem,
  type IncidentSummary,
  type OnDuty,
  type OpenMatter,
  type Precipitation,
  type ResponseView,
  type SceneWeather,
  type WallPhase,
  windPoint,
} from '../../contract/index.ts'
import type { Reads } from '../../store/types.ts'
import type { BoardSources } from './boards.ts'
import type { OpenIncident } from './scenes.service.ts'

export interface Rooms {
  reads: Reads
  incidents: (isOpen: boolean) => Promise<IncidentSummary[]>
  incidentMatters: (incidents: readonly IncidentSummary[]) => OpenMatter[]
  orders: (incident: string | null) => Promise<OpenMatter[]>
  alarms: () => Promise<OpenMatter[]>
  duty: () => Promise<OnDuty | null>
  response: (incident: string) => Promise<ResponseView>
  weather: (incident: string) => Promise<SceneWeather[]>
}

/** A closed incident is still offered its last scene for so long. */
const endedForMs = 12 * 3_600_000

const kindWords: Readonly<Record<string, string>> = {
  team: '救援队伍',
  store: '物资库',
  equipment: '装备',
  shelter: '避难场所',
  hospital: '医院',
  expert: '专家',
  'fire-station': '消防站',
  'protection-target': '防护目标',
}
const stateWords: Readonly<Record<ChecklistItem['state'], string>> = { open: '待办', done: '已完成', skipped: '已跳过' }

const precipitationWords: Readonly<Record<Precipitation, string>> = {
  none: '无降水',
  drizzle: '毛毛雨',
  rain: '雨',
  'heavy-rain': '大雨',
  snow: '雪',
  fog: '雾',
}

export function wallSources(rooms: Rooms): { boards: BoardSources; incidents: () => Promise<OpenIncident[]> } {
  /** The one named, else the one that came last: a wall shows what is going on. */
  async function meant(incident: string | null): Promise<string | null> {
    if (incident !== null) return incident
    const open = await rooms.incidents(true)
    return open.toSorted((a, b) => (b.received?.at ?? 0) - (a.received?.at ?? 0))[0]?.id ?? null
  }

  return {
    boards: {
      incidents: async () => rooms.incidentMatters(await rooms.incidents(true)),
      orders: rooms.orders,
      alarms: rooms.alarms,
      duty: rooms.duty,
      checklist: async (incident) => {
        const id = await meant(incident)
        return id === null ? [] : checklistLines(await rooms.response(id))
      },
      weather: async (incident) => {
        const id = await meant(incident)
        return id === null ? [] : (await rooms.weather(id)).slice(0, 6).map(weatherLine)
      },
      resources: async () => resourceLines(rooms.reads),
    },
    incidents: async () => {
      const open = await Promise.all(
        (await rooms.incidents(true)).map(async (incident) => ({ incident, response: await rooms.response(incident.id) })),
      )
      const lately = (await rooms.incidents(false)).filter(({ closedAt }) => closedAt !== null && closedAt > Date.now() - endedForMs)
      return [
        ...open.map(({ incident, response }) => ({ ...asOffered(incident), phase: phaseOf(incident.informationState, response) })),
        ...lately.map((incident) => ({ ...asOffered(incident), phase: 'ended' as const })),
      ]
    },
  }
}

function asOffered({ id, title, typeCode }: IncidentSummary): Omit<OpenIncident, 'phase'> {
  return { id, title, typeCode }
}

/** 响应 from the approval of a response until something of it is done, then 处置; without a response 接报 until it is verified. */
export function phaseOf(state: IncidentSummary['informationState'], { summary, items }: Pick<ResponseView, 'summary' | 'items'>): WallPhase {
  if (summary.approvedAt !== null && summary.endedAt === null) return items.some((item) => item.state === 'done') ? 'handling' : 'response'
  return state === 'received' || state === 'checking' ? 'received' : 'handling'
}

function checklistLines({ items }: ResponseView): BoardLine[] {
  return items.map(({ id, action, role, state, dueAt }) => ({
    id,
    title: action,
    detail: [stateWords[state], role].filter((part) => part !== null && part !== '').join(' '),
    at: null,
    dueAt: state === 'open' ? dueAt : null,
  }))
}

function weatherLine({ id, windFromDeg, windSpeedMs, windForce, temperatureC, precipitation, happenedAt, source }: SceneWeather): BoardLine {
  const parts = [
    windFromDeg === null ? '' : `${windPoint(windFromDeg)}风`,
    windSpeedMs === null ? (windForce === null ? '' : `${windForce} 级`) : `${windSpeedMs} m/s`,
    temperatureC === null ? '' : `${temperatureC} ℃`,
    precipitation === null ? '' : precipitationWords[precipitation],
  ].filter((part) => part !== '')
  return { id, title: parts.join('　'), detail: source, at: happenedAt.at, dueAt: null }
}

async function resourceLines(reads: Reads): Promise<BoardLine[]> {
  const rows = await reads.all<{ kind: string; total: number; ready: number }>(
    `SELECT kind, count(*) AS total, count(*) FILTER (WHERE readiness IN ('ready', 'available')) AS ready FROM resources WHERE _deleted = 0 AND kind IS NOT NULL GROUP BY kind ORDER BY total DESC`,
  )
  return rows.map(({ kind, total, ready }) => ({
    id: kind,
    title: kindWords[kind] ?? kind,
    detail: `共 ${total}，可用 ${ready}`,
    at: null,
    dueAt: null,
  }))
}
