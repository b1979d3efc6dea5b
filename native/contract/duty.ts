// The watch (值班值守): who is on, what was written into the 值班日志, what is handed over.
import { z } from 'zod'
import { defineDatasets } from './dataset.ts'
import type { EpochMs, Id } from './scalars.ts'

export const dutyDatasets = defineDatasets({})

/** What a matter handed over is about; each feature lists its own. */
export const MatterKind = z.enum(['incident', 'task', 'report', 'clock', 'instruction', 'device', 'note'])
export type MatterKind = z.infer<typeof MatterKind>

/** Something open that the next watch must know (交接班); it cannot be dropped without a reason. */
export interface OpenMatter {
  /** Unique and stable: `<kind>:<row id>`. */
  id: string
  kind: MatterKind
  title: string
  detail: string
  since: EpochMs
  /** Limit, if any. */
  dueAt: EpochMs | null
  /** Route of the page that shows it. */
  to: { name: string; params: Record<string, string> }
}
/** Each feature hands one to the watch through `app.ts`. */
export type ReadOpenMatters = () => Promise<OpenMatter[]>

export interface OnDutyPerson {
  name: string
  telephone: string
  /** The account, when the name is one of the team's. */
  account: Id | null
}
/** Who is on at a moment. */
export interface OnDuty {
  /** Day of the watch, `2026-11-26`, Asia/Shanghai. */
  day: string
  /** 带班领导, 值班长, 值班员. */
  watchLeaders: OnDutyPerson[]
  shiftLeaders: OnDutyPerson[]
  officers: OnDutyPerson[]
}
/** Handed to other features by `app.ts`; null = nobody is on the roster then. */
export type ReadOnDuty = (at: EpochMs) => Promise<OnDuty | null>
