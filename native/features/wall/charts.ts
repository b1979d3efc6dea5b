// What the charts of a scene show, from what this station really has: resources, what was stated of an incident's casualties, orders.
import { type ChartData, type Metric, peopleMetrics, type TaskState, type WallChart } from '../../contract/index.ts'
import type { Reads } from '../../store/types.ts'
import { kindWords } from './kind-words.ts'

export interface ChartSources {
  reads: Reads
  /** The incident named, else the newest open one; null = there is none. */
  meant: (incident: string | null) => Promise<string | null>
  titleOf: (incident: string) => Promise<string>
  /** As the centre's papers call it: 死亡. */
  metricWord: (metric: Metric) => string
}

/** People who were moved or are at risk are thousands beside few dead: no casualties, and not of one scale. */
const uncharted: readonly Metric[] = ['evacuated', 'atRisk']
const taskWords: Readonly<Record<TaskState, string>> = {
  issued: '已下达',
  signed: '已签收',
  departed: '已出动',
  arrived: '已到场',
  working: '处置中',
  done: '已完成',
  returned: '已归队',
  refused: '被拒绝',
  reassigned: '已改派',
  withdrawn: '已撤回',
}
/** More are not told apart from five metres away. */
const mostBars = 8
const mostSteps = 200

export function chartOf(chart: WallChart, incident: string | null, sources: ChartSources & { now: number }): Promise<ChartData> {
  switch (chart) {
    case 'resources':
      return resources(sources)
    case 'tasks':
      return tasks(incident, sources)
    case 'casualties':
      return casualties(incident, sources)
    default:
      return chart satisfies never
  }
}

async function resources({ reads, now }: { reads: Reads; now: number }): Promise<ChartData> {
  const rows = await reads.all<{ kind: string; total: number; ready: number }>(
    `SELECT kind, count(*) AS total, count(*) FILTER (WHERE readiness IN ('ready', 'available')) AS ready
     FROM resources WHERE _deleted = 0 AND kind IS NOT NULL GROUP BY kind ORDER BY total DESC LIMIT ${mostBars}`,
  )
  return bars({
    title: '应急资源',
    names: rows.map(({ kind }) => kindWords[kind] ?? kind),
    series: [
      { name: '可用', values: rows.map(({ ready }) => ready) },
      { name: '其余', values: rows.map(({ total, ready }) => total - ready) },
    ],
    source: '据本席位资源台账',
    readAt: now,
  })
}

async function tasks(incident: string | null, { reads, titleOf, now }: ChartSources & { now: number }): Promise<ChartData> {
  const rows = await reads.all<{ state: TaskState; count: number }>(
    `SELECT state, count(*) AS count FROM (
       SELECT (SELECT s.state FROM taskStates s WHERE s.task = t.id AND s._deleted = 0 ORDER BY s.key DESC LIMIT 1) AS state
       FROM tasks t JOIN incidents i ON i.id = t.incident WHERE t._deleted = 0 AND ${incident === null ? 'i.closedAt IS NULL AND i._deleted = 0' : 't.incident = ?'})
     WHERE state IS NOT NULL GROUP BY state`,
    incident === null ? [] : [incident],
  )
  const counts = new Map(rows.map(({ state, count }) => [state, count]))
  const states = (Object.keys(taskWords) as TaskState[]).filter((state) => counts.has(state))
  return bars({
    title: incident === null ? '指令进展' : `指令进展：${await titleOf(incident)}`,
    names: states.map((state) => taskWords[state]),
    series: [{ name: '条', values: states.map((state) => counts.get(state) ?? 0) }],
    source: '据本席位指令记录',
    readAt: now,
  })
}

/** By the time for which each was said; of two for one time the later entry. What differs stands in the incident, a chart shows the newest said. */
async function casualties(asked: string | null, { reads, meant, titleOf, metricWord, now }: ChartSources & { now: number }): Promise<ChartData> {
  const incident = await meant(asked)
  const rows =
    incident === null
      ? []
      : await reads.all<{ metric: Metric; value: number; at: number }>(
          `SELECT metric, value, coalesce(json_extract(asOf, '$.at'), enteredAt) AS at FROM incidentStatements
           WHERE incident = ? AND _deleted = 0 AND value IS NOT NULL ORDER BY at, key LIMIT ${mostSteps}`,
          [incident],
        )
  const metrics = peopleMetrics.filter((metric) => !uncharted.includes(metric) && rows.some((row) => row.metric === metric))
  return {
    form: 'steps',
    title: incident === null ? '伤亡情况' : `伤亡情况：${await titleOf(incident)}`,
    names: [],
    series: [],
    points: metrics.map((metric) => ({
      name: metricWord(metric),
      steps: rows.flatMap((row): [number, number][] => (row.metric === metric ? [[row.at, row.value]] : [])),
    })),
    source: '据各方报告，以最新说法为准，未必已核实',
    readAt: now,
  }
}

function bars(chart: Pick<ChartData, 'title' | 'names' | 'series' | 'source' | 'readAt'>): ChartData {
  return { form: 'bars', points: [], ...chart }
}
