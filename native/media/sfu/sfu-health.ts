// How the SFU stands, in the one form that the strip, the station page and the conference page read. Pure.
import type { EpochMs, Health } from '../../contract/index.ts'
import type { Program } from '../../kernel/binaries.ts'
import { setupCommand } from './worker-program.ts'

export interface WorkerState {
  isAlive: boolean
  /** Since when it lives, or is dead; epoch ms. */
  since: EpochMs
  /** Deaths since the station started. */
  deaths: number
}

/** @param options.workers empty = nobody has wanted any yet */
export function sfuHealth(options: { program: Program; workers: readonly WorkerState[]; since: EpochMs }): Health {
  const { program, workers, since } = options
  const record = (state: Health['state'], reason: string, rest: Partial<Health> = {}): Health => ({
    subject: 'sfu',
    state,
    since,
    lastEvidenceAt: Date.now(),
    reason,
    params: { command: setupCommand },
    nextStep: state === 'ok' ? null : `${reason}.next`,
    capability: state === 'down' ? 'conference-local' : null,
    ...rest,
  })
  if (program.wrong !== null) return record('down', 'sfu.settingWrong', { params: { path: program.wrong, command: setupCommand } })
  if (program.path === null) return record('down', 'sfu.missing')
  const dead = workers.filter(({ isAlive }) => !isAlive)
  if (dead.length === 0) return record('ok', workers.length === 0 ? 'sfu.ready' : 'sfu.running', { params: { workers: workers.length } })
  return record(dead.length === workers.length ? 'down' : 'degraded', 'sfu.restarting', {
    since: Math.max(...dead.map((worker) => worker.since)),
    params: { dead: dead.length, workers: workers.length },
  })
}
