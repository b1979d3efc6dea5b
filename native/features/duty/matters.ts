// What other rooms hold open, as matters of a handover: incidents, orders, and what of the station itself is silent. Pure.
import type { Health, IncidentSummary, OpenMatter, Task } from '../../contract/index.ts'

const informationWords: Record<IncidentSummary['informationState'], string> = {
  received: '接报，未核实',
  checking: '核实中',
  verified: '已核实，在办',
  false: '误报，未办结',
  transferred: '已转办，未办结',
  merged: '并案',
}
const stateWords: Partial<Record<Task['state'], string>> = {
  issued: '已下达，未签收',
  signed: '已签收，未出动',
  departed: '已出动，未到场',
  arrived: '已到场',
  working: '处置中',
  done: '已完成，未归队',
  refused: '被拒绝，未改派',
}
const subjectWords: Record<string, string> = {
  station: '数据目录',
  clock: '时钟',
  store: '数据库',
  journal: '记录',
  disk: '磁盘',
  backup: '备份',
  backups: '备份',
  log: '运行日志',
  import: '导入',
  layer: '图层',
  link: '上级线路',
  sfu: '会商服务',
}
const overdueWords = { unsigned: '超时未签收', deadline: '超过时限' } as const

/** Open incidents; one merged into another goes with that one. */
export function incidentMatters(incidents: readonly IncidentSummary[]): OpenMatter[] {
  return incidents
    .filter((incident) => incident.closedAt === null && incident.mergedInto === null)
    .map((incident) => ({
      id: `incident:${incident.id}`,
      kind: 'incident',
      title: incident.title,
      detail: [incident.place, informationWords[incident.informationState]].filter((part) => part !== '').join('，'),
      since: incident.received?.at ?? 0,
      dueAt: null,
      to: { name: 'incident', params: { id: incident.id, tab: 'overview' } },
    }))
}

/** Orders that are not done; what is late says so. */
export function taskMatters(tasks: readonly Task[]): OpenMatter[] {
  return tasks
    .filter((task) => task.isOpen && task.state !== 'done' && task.state !== 'returned')
    .map((task) => ({
      id: `task:${task.id}`,
      kind: 'task',
      title: `${task.unit}：${task.task}`,
      detail: [stateWords[task.state] ?? '', task.overdue === null ? '' : overdueWords[task.overdue.kind]].filter((part) => part !== '').join('，'),
      since: task.stateAt.at,
      dueAt: task.overdue?.sinceAt ?? task.deadline,
      to: { name: 'incident', params: { id: task.incident, tab: 'orders' } },
    }))
}

/** What is down or only half works. */
export function deviceMatters(health: readonly Health[]): OpenMatter[] {
  return health
    .filter((one) => one.state === 'down' || one.state === 'degraded')
    .map((one) => ({
      id: `device:${one.subject}`,
      kind: 'device',
      title: `本机：${subjectWords[one.subject.split(':')[0] ?? ''] ?? one.subject}`,
      detail: one.state === 'down' ? '不可用' : '降级运行',
      since: one.since,
      dueAt: null,
      to: { name: 'station', params: {} },
    }))
}
