// The station itself: how it stands, its versions, backups, imports under way, and the centre's settings.
import { z } from 'zod'
import { defineDatasets } from './dataset.ts'
import type { Health } from './health.ts'
import { type EpochMs, Id, text } from './scalars.ts'

export const stationDatasets = defineDatasets({
  /** The centre's settings, one row a key; `value` is JSON. */
  settings: { scope: 'centre', columns: { name: { type: 'text' }, value: { type: 'json' } } },
})

/** Every centre setting, its shape and what holds until somebody sets it. */
export const CentreSettings = z.object({
  /** Name of the centre on the strip and on papers. */
  centreName: text(60).default(''),
  /** The unit this centre is; null until chosen. */
  centreUnit: Id.nullable().default(null),
  /** A telephone number not verified for longer than this many days is shown as stale. */
  contactStaleDays: z.int().min(1).max(365).default(30),
  /** Weather at the scene that is older than this many minutes is struck through. */
  sceneWeatherMinutes: z.int().min(5).max(1440).default(60),
})
export type CentreSettings = z.infer<typeof CentreSettings>

export const SetSettings = CentreSettings.partial()

export interface BackupFile {
  name: string
  /** Bytes. */
  size: number
  at: EpochMs
}

/** What `/health` and the health page show. */
export interface StationHealth {
  versions: { wanglou: string; node: string; sqlite: string; schema: number }
  /** Milliseconds since the start. */
  uptimeMs: number
  startedAt: EpochMs
  station: string
  store: { state: Health['state']; bytes: number }
  journal: { length: number; conflicts: number }
  /** Bytes free on the disk of the data directory; null = unknown. */
  freeDiskBytes: number | null
  /** Resident memory of the station in bytes. */
  rssBytes: number
  /** Everything that is watched, worst first. */
  health: Health[]
}

/** For the health page only: what `/health` leaves out. */
export interface StationDetails extends StationHealth {
  dataDirectory: string
  backups: BackupFile[]
  bulkImports: { dataset: string; rowsTotal: number; rowsDone: number }[]
}
