// The station itself: how it stands, its versions, backups, imports under way, and the centre's settings.
import { z } from 'zod'
import { defineDatasets } from './dataset.ts'
import type { EntryId } from './entry.ts'
import type { Health } from './health.ts'
import { type EpochMs, Id, text } from './scalars.ts'

export const stationDatasets = defineDatasets({
  /** The centre's settings, one row a key; `value` is JSON. */
  settings: { scope: 'centre', columns: { name: { type: 'text' }, value: { type: 'json' } } },
})

const settings = z.object({
  /** Name of the centre on the strip and on papers. */
  centreName: text(60),
  /** The unit this centre is; null until chosen. */
  centreUnit: Id.nullable(),
  /** A telephone number not verified for longer than this many days is shown as stale. */
  contactStaleDays: z.int().min(1).max(365),
  /** Weather at the scene that is older than this many minutes is struck through. */
  sceneWeatherMinutes: z.int().min(5).max(1440),
})
const { centreName, centreUnit, contactStaleDays, sceneWeatherMinutes } = settings.shape

/** Every centre setting, its shape and what holds until somebody sets it. */
export const CentreSettings = z.object({
  centreName: centreName.default(''),
  centreUnit: centreUnit.default(null),
  contactStaleDays: contactStaleDays.default(30),
  sceneWeatherMinutes: sceneWeatherMinutes.default(60),
})
export type CentreSettings = z.infer<typeof CentreSettings>

/**
 * What is left out stays as it is: no default may fill it in. `seen`: what the form had shown; a field left so is not set, and one that another has
 * changed since is CONFLICT; null = nothing was shown.
 */
export const SetSettings = settings.partial().extend({ seen: settings.partial().nullable().default(null) })
export type SetSettings = z.infer<typeof SetSettings>

export interface BackupFile {
  name: string
  /** Bytes. */
  size: number
  at: EpochMs
}

/** Why an entry that has come is not applied: its clock, a newer release that wrote it, or an erasure that it waits for. */
export type WaitingReason = 'ahead' | 'newer-form' | 'erased-body'

/** Somebody's act as far as its entry's head tells: never what it says. */
export interface EntryHead {
  /** Wall clock of the writer. */
  at: EpochMs
  /** The person's name; null = the program, or an account unknown here. */
  who: string | null
  action: string
  dataset: string
}

/** An entry that stands in its chain and is not shown anywhere yet. */
export interface WaitingItem extends EntryHead {
  entry: EntryId
  /** Id of the console that wrote it. */
  station: string
  reason: WaitingReason
  /** By how much its clock is ahead of ours now, ms; below zero = behind. */
  aheadMs: number
  receivedAt: EpochMs
}

/** Two entries under one number: what is in force, and what came later and was kept aside. */
export interface ForkItem {
  entry: EntryId
  station: string
  kept: EntryHead & { hash: string }
  aside: EntryHead & { hash: string; receivedAt: EpochMs }
}

export interface WaitingList {
  /** Oldest first, at most 500. */
  items: WaitingItem[]
  total: number
  forks: ForkItem[]
}

export const LetInInput = z.object({
  entries: z
    .array(text(300).refine((id): id is EntryId => /^[^/]+\/[^/]+\/\d{1,15}$/.test(id)))
    .min(1)
    .max(500),
  reason: text(500).transform((value) => value.trim()),
})
export type LetInInput = z.infer<typeof LetInInput>

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
