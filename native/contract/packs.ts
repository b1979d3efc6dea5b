// Packs: folders or zip files with reference data and samples that a station loads; the samples of one are removed in one act.
import { z } from 'zod'
import { defineDatasets } from './dataset.ts'
import { AreaCode, type EpochMs, Id } from './scalars.ts'

export const packDatasets = defineDatasets({
  packs: {
    scope: 'centre',
    columns: {
      name: { type: 'text' },
      version: { type: 'text' },
      manifest: { type: 'json' },
      /** What was loaded and what was refused, by part: `{ "ledgers/teams.csv": { loaded, refused } }`. */
      report: { type: 'json' },
      loadedAt: { type: 'at' },
      hasSample: { type: 'boolean' },
      sampleRemovedAt: { type: 'at' },
    },
  },
})

/** A file inside the pack: relative, forward slashes, never upwards. */
const PackFile = z.string().regex(/^(?!\/)(?!.*(^|\/)\.\.(\/|$))[^\\\0]{1,200}$/)

/** `pack.json`. `reference` stays when the sample is removed. */
export const PackManifest = z.object({
  format: z.literal(1),
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  version: z.string().max(40),
  name: z.object({ 'zh-CN': z.string().max(80), en: z.string().max(80) }),
  area: AreaCode,
  reference: z.object({ areas: PackFile.optional(), boundaries: PackFile.optional() }).default({}),
  sample: z
    .object({
      units: PackFile.optional(),
      ledgers: z.array(z.object({ file: PackFile, kind: z.string().max(40) })).default([]),
      stock: PackFile.optional(),
      incidents: PackFile.optional(),
      /** Files that a room reads by itself, e.g. `{ file: 'duty/roster.csv', room: 'duty.roster' }`. */
      rooms: z.array(z.object({ file: PackFile, room: z.string().max(40) })).default([]),
      /** Folder of plans; `plans` of the shipped pack is `resources/plans`. */
      plans: PackFile.optional(),
    })
    .optional(),
  licences: z.array(z.object({ what: z.string(), source: z.string(), licence: z.string() })).min(1),
})
export type PackManifest = z.infer<typeof PackManifest>

export interface PackPart {
  loaded: number
  /** Rows or files kept back, with the reason in the import's quality report. */
  refused: number
}

export interface Pack {
  id: Id
  name: string
  version: string
  loadedAt: EpochMs
  /** Samples are still in: the strip says 样例数据 until they are removed. */
  hasSample: boolean
  report: Record<string, PackPart>
  licences: PackManifest['licences']
}

/** Whether a pack is being loaded now, and how far. */
export interface PackProgress {
  pack: string
  part: string
  partsDone: number
  partsTotal: number
}

export const RemoveSampleInput = z.object({ pack: Id })
