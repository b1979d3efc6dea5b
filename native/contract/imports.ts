// Tables from outside: what a file holds, how its columns are read, what is wrong with which row.
import { z } from 'zod'
import { defineDatasets } from './dataset.ts'
import { AreaCode, type EpochMs, Id, Sha256, text } from './scalars.ts'

export const importDatasets = defineDatasets({
  /** How a source's columns were read the last time, so that nobody maps them twice. */
  importMappings: {
    scope: 'centre',
    columns: {
      target: { type: 'text' },
      source: { type: 'text' },
      headers: { type: 'json' },
      mapping: { type: 'json' },
      headerRows: { type: 'integer' },
      datum: { type: 'text' },
      kind: { type: 'text' },
    },
  },
})

export const Datum = z.enum(['wgs84', 'gcj02', 'bd09'])
export type Datum = z.infer<typeof Datum>
export const Encoding = z.enum(['utf-8', 'gb18030', 'utf-16le', 'utf-16be'])
export type Encoding = z.infer<typeof Encoding>
export const ImportTargetId = z.enum(['resources', 'stock', 'contacts', 'units'])
export type ImportTargetId = z.infer<typeof ImportTargetId>

/** What can be wrong with a row. Those of `acceptableProblems` a person may let in knowingly. */
export const problemCodes = [
  'missing',
  'missing-position',
  'bad-type',
  'formula-empty',
  'coordinate-unreadable',
  'coordinate-out-of-range',
  'coordinate-swapped',
  'outside-area',
  'unknown-area',
  'unknown-kind',
  'duplicate',
  'duplicate-existing',
  'expired',
  'text-malformed',
  'too-long',
  'too-many-cells',
  'unknown-resource',
  'unknown-unit',
  'no-telephone',
  'superior-loop',
  'classified-marking',
] as const
export const ProblemCode = z.enum(problemCodes)
export type ProblemCode = z.infer<typeof ProblemCode>
export const acceptableProblems = [
  'missing-position',
  'outside-area',
  'duplicate-existing',
  'expired',
  'unknown-unit',
  'no-telephone',
] as const satisfies readonly ProblemCode[]

export interface RowProblem {
  code: ProblemCode
  /** Field of the target; null = the whole row. */
  field: string | null
  /** The cell as it stands in the file, at most 80 characters. */
  value: string | null
  /** Row it repeats, for `duplicate`; name it repeats, for `duplicate-existing`. */
  other: string | null
}

/** A field of a target, offered in the mapping. */
export interface ImportField {
  id: string
  type: 'text' | 'number' | 'date' | 'area' | 'coordinate' | 'longitude' | 'latitude' | 'kind' | 'readiness' | 'telephone'
  isRequired: boolean
}

export interface SheetInfo {
  name: string
  /** By the file's own word; null = not known before it is read. */
  rows: number | null
  columns: number
}

/** What is proposed for a file; every part of it can be changed before the check. */
export interface FileProposal {
  kind: 'xlsx' | 'csv' | 'geojson'
  encoding: Encoding | null
  delimiter: string | null
  sheets: SheetInfo[]
  sheet: string
  /** Rows of the header, merged cells filled in, joined by `/` where there are two. */
  headerRows: number
  headers: string[]
  /** Column index → field; null = goes into `attributes`. */
  mapping: (string | null)[]
  /** The mapping was remembered from the last import of this source. */
  isRemembered: boolean
  datum: Datum
  /** First rows below the header, at most 20. */
  sample: string[][]
  fields: ImportField[]
}

export const InspectInput = z.object({
  blob: Sha256,
  fileName: text(255),
  target: ImportTargetId,
  source: text(120).default(''),
  sheet: text(120).nullable().default(null),
  encoding: Encoding.nullable().default(null),
  headerRows: z.int().min(0).max(5).nullable().default(null),
})
export type InspectInput = z.infer<typeof InspectInput>

export const CheckInput = z.object({
  blob: Sha256,
  fileName: text(255),
  target: ImportTargetId,
  /** Name of the ledger: with the row's own key it makes the row's id, so a newer file of the same source updates. */
  source: text(120).refine((value) => value.trim() !== ''),
  sheet: text(120).nullable(),
  encoding: Encoding.nullable(),
  headerRows: z.int().min(0).max(5),
  mapping: z.array(text(60).nullable()).min(1).max(1000),
  datum: Datum,
  /** Kind of every row where the file has no such column. */
  kind: text(40).nullable(),
  /** Rows must lie in this area; null = anywhere. */
  area: AreaCode.nullable(),
  accepted: z.array(z.enum(acceptableProblems)).default([]),
})
export type CheckInput = z.infer<typeof CheckInput>

export type ImportState = 'checking' | 'checked' | 'importing' | 'done' | 'failed' | 'cancelled'

export interface ImportJob {
  id: Id
  target: ImportTargetId
  source: string
  fileName: string
  state: ImportState
  /** Of the check, then of the import: 0…1; null = not known. */
  progress: number | null
  rowsRead: number
  good: number
  bad: number
  /** Good rows with a formula whose stored value was taken. */
  formulas: number
  /** Rows by problem; a row with two counts twice. */
  problems: Partial<Record<ProblemCode, number>>
  /** Rows of the source that are not in this file any more: listed, not deleted. */
  missingFromSource: number
  /** Code of the error that ended it. */
  error: string | null
  startedAt: EpochMs
  startedBy: string
  finishedAt: EpochMs | null
}

export interface BadRow {
  /** Row number in the file, from 1, header included. */
  row: number
  cells: string[]
  problems: RowProblem[]
}

export const JobInput = z.object({ job: Id })
export const BadRowsInput = z.object({
  job: Id,
  offset: z.int().min(0),
  limit: z.int().min(1).max(200),
  problem: ProblemCode.nullable().default(null),
})
export const BadRowsFileInput = z.object({ job: Id, format: z.enum(['csv', 'xlsx']) })
export const MissingRowsInput = z.object({ job: Id, offset: z.int().min(0), limit: z.int().min(1).max(200) })
