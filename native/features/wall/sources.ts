// What other rooms say, turned into the lines of the wall's boards and the scenes it offers.
import {
  type BoardLine,
  type ChecklistItem,
  type EventGrade,
  type Figure,
  type IncidentDetail,
  type IncidentSummary,
  type OnDuty,
  type OpenMatter,
  type PlanDocument,
  type Precipitation,
  type ResponseTier,
  type ResponseView,
  type SceneWeather,
  type Task,
  type WallCamera,
  type WallPhase,
  windPoint,
} from '../../contract/index.ts'
import type { Reads } from '../../store/types.ts'
import type { BoardSources } from './boards.ts'
import type { ChartSources } from './charts.ts'
import type { GlobeSources } from './globe-data.ts'
import { kindWords } from './kind-words.ts'
import { KnownNames } from './names.ts'
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
  detail: (incident: string) => Promise<IncidentDetail>
  /** 死亡3人（据…，截至…，待核） */
  figureWords: (figure: Figure) => string
  metricWord: ChartSources['metricWord']
  plan: (plan: string) => Promise<PlanDocument>
  tasks: () => Promise<Task[]>
  outlines: GlobeSources['outlines']
  drawings: GlobeSources['drawings']
  maps: GlobeSources['maps']
  /** In this order; one that is gone is left out. */
  cameras: (ids: readonly string[]) => Promise<WallCamera[]>
}

/** A closed incident is still offered its last scene for so long. */
const endedForMs = 12 * 3_600_000

const gradeWords: Readonly<Record<EventGrade, string>> = { 'particularly-major': '特别重大', major: '重大', larger: '较大', general: '一般' }
const tierWords: Readonly<Record<ResponseTier, string>> = { 'tier-1': '一级响应', 'tier-2': '二级响应', 'tier-3': '三级响应', 'tier-4': '四级响应' }
const stateWords: Readonly<Record<ChecklistItem['state'], string>> = { open: '待办', done: '已完成', skipped: '已跳过' }

const precipitationWords: Readonly<Record<Precipitation, string>> = {
  none: '无降水',
  drizzle: '毛毛雨',
  rain: '雨',
  'heavy-rain': '大雨',
  snow: '雪',
  fog: '雾',
}

export interface WallSources {
  boards: BoardSources
  charts: ChartSources
  globe: GlobeSources
  cameras: Rooms['cameras']
  /** For the scenes that are offered. */
  incidents: () => Promise<OpenIncident[]>
}

export function wallSources(rooms: Rooms): WallSources {
  /** The one named, else the one that came last: a wall shows what is going on. */
  async function meant(incident: string | null): Promise<string | null> {
    if (incident !== null) return incident
    const open = await rooms.incidents(true)
    return open.toSorted((a, b) => (b.received?.at ?? 0) - (a.received?.at ?? 0))[0]?.id ?? null
  }

  const names = new KnownNames(rooms.reads)
  return {
    boards: {
      names: () => names.list(),
      incident: async (incident) => incidentLines(await rooms.detail(incident), rooms.figureWords),
      plan: async (plan) => planLines(await rooms.plan(plan)),
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
    charts: { reads: rooms.reads, metricWord: rooms.metricWord, meant, titleOf: async (incident) => (await rooms.detail(incident)).title },
    globe: rooms,
    cameras: rooms.cameras,
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

function asOffered({ id, title, typeCode, received }: IncidentSummary): Omit<OpenIncident, 'phase'> {
  return { id, title, typeCode, since: received?.at ?? 0 }
}

/** 响应 from the approval of a response until something of it is done, then 处置; without a response 接报 until it is verified. */
export function phaseOf(state: IncidentSummary['informationState'], { summary, items }: Pick<ResponseView, 'summary' | 'items'>): WallPhase {
  if (summary.approvedAt !== null && summary.endedAt === null) return items.some((item) => item.state === 'done') ? 'handling' : 'response'
  return state === 'received' || state === 'checking' ? 'received' : 'handling'
}

function incidentLines(incident: IncidentDetail, figureWords: Rooms['figureWords']): BoardLine[] {
  const { id, title, typeName, place, received, grade, isGradeConfirmed, figures } = incident
  const line = (key: string, head: string, detail = ''): BoardLine => ({ id: `${id} ${key}`, title: head, detail, at: null, dueAt: null })
  return [
    { ...line('title', title, [typeName ?? '', place].filter(Boolean).join(' · ')), at: received?.at ?? null },
    ...(grade === null ? [] : [line('grade', `事件等级 ${gradeWords[grade]}`, isGradeConfirmed ? '已确认' : '初判')]),
    ...figures.map((figure) => line(figure.metric, figureWords(figure))),
  ]
}

function planLines({ plan, actions }: PlanDocument): BoardLine[] {
  const head = { id: plan.id, title: plan.title, detail: plan.issuer ?? '', at: null, dueAt: null }
  const due = ({ deadlineMinutes, deadlineWords }: PlanDocument['actions'][number]) =>
    deadlineMinutes === null ? (deadlineWords ?? '') : `启动后 ${deadlineMinutes} 分钟内`
  return [
    head,
    ...actions.map((action) => ({
      id: action.id,
      title: action.action,
      detail: [tierWords[action.tier], action.role ?? '', due(action)].filter(Boolean).join(' · '),
      at: null,
      dueAt: null,
    })),
  ]
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
