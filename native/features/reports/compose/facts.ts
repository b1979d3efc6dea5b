// What a draft is made from, and what of it a report has told.
import { z } from 'zod'
import {
  courseOfTask,
  type IncidentDetail,
  type InformationState,
  type InstructionFact,
  Metric,
  type OnDuty,
  type ReportSettings,
  type ResponseDecision,
  type SceneWeather,
  type Task,
} from '../../../contract/index.ts'

export interface ReportFacts {
  incident: IncidentDetail
  tasks: readonly Task[]
  /** The response in words; null = not started. */
  response: string | null
  decisions: readonly ResponseDecision[]
  instructions: readonly InstructionFact[]
  /** Name of this centre; empty = not set. */
  unit: string
  /** Name of the nearest unit above; empty = none known. */
  superior: string
  /** Newest first. */
  weather: readonly SceneWeather[]
  onDuty: OnDuty | null
  by: { name: string }
  settings: ReportSettings
  nowMs: number
}

/** Kept with a draft, so that the next report of the incident tells only what changed. */
export const Told = z.object({
  at: z.number(),
  /** What was told of each figure; `chosen` null = side by side. */
  figures: z.array(
    z.object({
      metric: Metric,
      chosen: z.string().nullable(),
      said: z.array(z.object({ statement: z.string(), value: z.number(), source: z.string(), state: z.string() })),
    }),
  ),
  grade: z.string(),
  response: z.string().nullable(),
  information: z.string(),
  /** How far each order was. */
  tasks: z.record(z.string(), z.string()),
  /** Which row of the weather at the scene. */
  weather: z.string().nullable().default(null),
  /** What a short text had no room for, in words. */
  omitted: z.array(z.string()).default([]),
})
export type Told = z.infer<typeof Told>

export function toldOf(facts: ReportFacts, omitted: readonly string[] = []): Told {
  return {
    at: facts.nowMs,
    figures: facts.incident.figures.map(({ metric, chosen, statements }) => ({
      metric,
      chosen: chosen?.id ?? null,
      said: statements.map(({ id, value, source, state }) => ({ statement: id, value, source, state })),
    })),
    grade: `${facts.incident.grade ?? ''}/${facts.incident.isGradeConfirmed}`,
    response: facts.response,
    information: facts.incident.informationState,
    tasks: Object.fromEntries(facts.tasks.map((task) => [task.id, task.state])),
    weather: facts.weather[0]?.id ?? null,
    omitted: [...omitted],
  }
}

export const informationNames: Record<InformationState, string> = {
  received: '已接报',
  checking: '正在核实',
  verified: '已核实',
  false: '经核实为误报',
  transferred: '已转办',
  merged: '已并案',
}
export const taskStateNames: Record<Task['state'], string> = {
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
export const taskKindNames: Record<Task['kind'], string> = { instruction: '指令', request: '商请', invitation: '邀请' }

/** Place of a state in the ordinary course; the others come last. */
export function rankOf(state: Task['state']): number {
  const at = (courseOfTask as readonly string[]).indexOf(state)
  return at === -1 ? courseOfTask.length : at
}
