// Reads the rule tables and the shipped code table from `resources/codes`, and refuses one that is not well formed.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Circumstance, EventGrade, Metric } from '../../contract/index.ts'
import type { GradeTable } from './grade.ts'
import type { MustReportRule } from './must-report.ts'

const Criterion = z
  .object({
    sum: z.array(Metric).min(1),
    min: z.number().optional(),
    above: z.number().optional(),
    below: z.number().optional(),
    when: Circumstance.optional(),
  })
  .strict()
  .refine((criterion) => criterion.min !== undefined || criterion.above !== undefined, { error: 'A criterion needs a lower bound' })
const Table = z
  .object({
    hazard: z.string(),
    name: z.string(),
    source: z.string(),
    boundary: z.string(),
    rows: z.array(z.object({ grade: EventGrade, clause: z.string().min(1), any: z.array(Criterion).min(1) }).strict()).min(1),
  })
  .strict()
const Reasons = z.object({
  source: z.string(),
  rows: z.array(
    z
      .object({
        id: z.string(),
        name: z.string(),
        clause: z.string(),
        sum: z.array(Metric).optional(),
        min: z.number().optional(),
        when: Circumstance.optional(),
      })
      .strict(),
  ),
})
const Codes = z.object({
  system: z.string(),
  name: z.string(),
  source: z.string(),
  rows: z.array(
    z.object({ code: z.string(), parent: z.string().nullable(), name: z.string(), hazard: z.string().nullable(), isCorrected: z.boolean() }),
  ),
})
export type ShippedCodes = z.infer<typeof Codes>

/** @param directory of `resources/codes` */
export async function readGradeTables(directory: string): Promise<GradeTable[]> {
  const folder = join(directory, 'grade-rules')
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  return Promise.all(names.map(async (name) => Table.parse(await readJson(join(folder, name)))))
}

export async function readMustReportRules(directory: string): Promise<MustReportRule[]> {
  return Reasons.parse(await readJson(join(directory, 'must-report.json'))).rows
}

export async function readShippedCodes(directory: string): Promise<ShippedCodes> {
  return Codes.parse(await readJson(join(directory, 'event-types.platform2009.json')))
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'))
}
