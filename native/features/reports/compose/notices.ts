// 启动/调整/终止响应通知, 调度令 and 批示办理单: drafted from the decision, the order, the 批示 they carry out. Pure.
import type { InstructionFact, ReportFields, ResponseDecision, Task } from '../../../contract/index.ts'
import type { ReportFacts } from './facts.ts'
import { opening } from './paragraphs.ts'
import { joined, type Piece, plain, sourced } from './piece.ts'
import { tierNames } from './short-texts.ts'
import { dayWords, momentWords, sentence } from './wording.ts'

export interface Drafted {
  fields: Partial<ReportFields>
  text: Piece[]
}

/** @returns null when no such decision was approved: nothing is notified that nobody decided */
export function responseNotice(facts: ReportFacts, kind: ResponseDecision['kind'], decision: string | null): Drafted | null {
  const approved = facts.decisions.filter((one) => one.kind === kind && one.state === 'approved')
  const found = decision === null ? approved.at(-1) : approved.find((one) => one.id === decision)
  if (found === undefined) return null
  const tier = found.tier === null ? '' : tierNames[found.tier]
  const from = found.fromTier === null ? '' : tierNames[found.fromTier]
  const what = {
    start: `启动${tier}应急响应`,
    change: `将应急响应级别由${from || '原级别'}调整为${tier}`,
    end: `终止${from}应急响应`,
  }[kind]
  const plan = found.planTitle === null ? '' : `依据《${found.planTitle}》${found.clause}，`
  const when = found.approvedAt === null ? '' : `自${momentWords(found.approvedAt)}起`
  const approval = `经${found.approver ?? ''}批准，${plan}${when}${what}`
  const ref = { dataset: 'responseDecisions', row: found.id }
  const reason = found.reason === '' ? [] : [plain(sentence(`主要考虑：${found.reason}`))]
  return {
    fields: { 标题: `关于${facts.incident.title}${what}的通知` },
    text: [
      opening(facts.incident),
      { words: sentence(approval), sources: [sourced(approval, { who: `${found.approver ?? ''}批准`, asOf: found.approvedAt, ref })] },
      ...reason,
      plain(kind === 'end' ? '请各有关单位做好善后和总结工作。' : '请各有关单位按预案职责立即开展工作，进展情况及时报告。'),
    ],
  }
}

/** @param task null = the last order given */
export function dispatchOrder(facts: ReportFacts, task: string | null): Drafted | null {
  const found = task === null ? facts.tasks.at(-1) : facts.tasks.find((one) => one.id === task)
  if (found === undefined) return null
  return {
    fields: {
      标题: `关于调派${found.unit}的调度令`,
      主送: found.unit,
      报送单位: found.inNameOf || facts.unit,
    },
    text: [joined([opening(facts.incident), plain(found.kind === 'request' ? '现商请你单位：' : '现令你单位：')], ''), ...orderLines(found)],
  }
}

function orderLines(task: Task): Piece[] {
  const ref = { dataset: 'tasks', row: task.id }
  const due =
    task.deadline === null
      ? '立即出动'
      : `${momentWords({ at: task.deadline, precision: 'exact', source: '' })}前${task.dueState === 'arrived' ? '到场' : '完成'}`
  return [
    { words: sentence(`一、任务：${task.task}`), sources: [sourced(task.task, { who: task.inNameOf || '本室', asOf: null, ref })] },
    ...(task.place === '' ? [] : [plain(sentence(`二、地点：${task.place}`))]),
    plain(sentence(`${task.place === '' ? '二' : '三'}、时限：${due}`)),
    plain(`${task.place === '' ? '三' : '四'}、请签收并报告出动时间、人数、带队负责人及联系电话。`),
  ]
}

/** @param instruction null = the last one that is not done */
export function instructionSheet(facts: Pick<ReportFacts, 'instructions'>, instruction: string | null): Drafted | null {
  const found: InstructionFact | undefined =
    instruction === null ? facts.instructions.findLast((one) => !one.isDone) : facts.instructions.find((one) => one.id === instruction)
  if (found === undefined) return null
  return {
    fields: {
      标题: '领导批示办理单',
      批示领导: found.from,
      批示内容: found.words,
      承办: found.owner,
      时限: found.dueAt === null ? '' : dayWords(found.dueAt),
      办理情况: found.isDone ? '已办结' : '',
    },
    text: [],
  }
}
