// Drafts the text of a 值班快报 from what is known; every figure says who said it, cause and blame are never stated. Pure.
import { type BulletinFields, courseOfTask, type IncidentDetail, type Task } from '../../contract/index.ts'
import { clockWords, evidenceWords, figureWords, gradeWords, momentWords } from './wording.ts'

const stateNames: Record<Task['state'], string> = {
  issued: '下达',
  signed: '签收',
  departed: '出动',
  arrived: '到场',
  working: '处置',
  done: '完成',
  returned: '归队',
  refused: '拒绝',
  reassigned: '改派',
  withdrawn: '撤回',
}
const kindNames: Record<Task['kind'], string> = { instruction: '指令', request: '商请', invitation: '邀请' }

export interface BulletinFacts {
  incident: IncidentDetail
  tasks: readonly Task[]
  /** 响应级别 in words and when it was approved by whom; null = not started. */
  response: string | null
  unit: string
  contact: string
  phone: string
}

export function bulletinFields(facts: BulletinFacts): BulletinFields {
  const { incident, tasks } = facts
  return {
    标题: `关于${incident.title}的快报`,
    报送单位: facts.unit,
    紧急程度: '特急',
    主送: '',
    抄送: '',
    联系人: facts.contact,
    联系电话: facts.phone,
    正文: [opening(incident), figures(incident), grading(incident), response(facts.response), ...orders(tasks), '后续情况续报。'].filter(
      (paragraph) => paragraph !== '',
    ),
  }
}

function opening(incident: IncidentDetail): string {
  const first = incident.reports[0]
  const { occurred } = incident
  const when = occurred === null ? '' : `${momentWords(occurred)}${occurred.source === '' ? '' : `（据${occurred.source}）`}，`
  // A title that already names its place is not told it twice.
  const where = placeBefore(incident.place, incident.title)
  const words = incident.description || first?.words
  const told =
    first === undefined || !words
      ? ''
      : `${clockWords(first.received)}接${[first.reporterUnit, first.reporter].filter((part) => part !== '').join('')}报告：${words}`
  return `${sentence(`${when}${where}发生${incident.title}`)}${told === '' ? '' : sentence(told)}`
}

/** The place as it stands before the title, without what the title says again: …样例化工厂 + 样例化工厂氯气泄漏. */
function placeBefore(place: string, title: string): string {
  if (title.includes(place)) return ''
  for (let at = 0; at < place.length; at += 1) if (title.startsWith(place.slice(at))) return place.slice(0, at)
  return place
}

function figures(incident: IncidentDetail): string {
  return incident.figures.length === 0 ? '人员伤亡情况正在核实。' : sentence(incident.figures.map(figureWords).join('；'))
}

function grading(incident: IncidentDetail): string {
  if (incident.isGradeConfirmed && incident.grade !== null)
    return sentence(
      `事件等级：${gradeWords[incident.grade]}（${incident.confirmedBy ?? ''}确认${incident.confirmedBasis ? `，${incident.confirmedBasis}` : ''}）`,
    )
  const { proposal } = incident
  if (proposal.grade === null) return '事件等级：暂无法初判。'
  return sentence(
    `初判事件等级：${gradeWords[proposal.grade]}（${proposal.source ?? ''}${proposal.reasons[0]?.clause.replace(/^第三条|^第四十条/u, '') ?? ''}）`,
  )
}

function response(words: string | null): string {
  return words === null ? '' : sentence(words)
}

function orders(tasks: readonly Task[]): string[] {
  const given = tasks.filter((task) => task.state !== 'reassigned' && task.state !== 'withdrawn')
  if (given.length === 0) return []
  return [
    `已下达指令${given.length}项：`,
    ...given.map((task, at) => {
      const states = [...task.states]
        .sort((a, b) => rank(a.state) - rank(b.state))
        .map((row) => `${clockWords(row.happenedAt)}${stateNames[row.state]}（${evidenceWords[row.evidence.kind]} ${row.evidence.who}）`)
      return sentence(
        `${at + 1}．${kindNames[task.kind]}${task.unit}${task.place === '' ? '' : `赴${task.place}`}：${task.task}。${states.join('，')}`,
      )
    }),
  ]
}

function rank(state: Task['state']): number {
  const at = (courseOfTask as readonly string[]).indexOf(state)
  return at === -1 ? courseOfTask.length : at
}

function sentence(words: string): string {
  return `${words.replace(/[。；，]+$/u, '')}。`
}
