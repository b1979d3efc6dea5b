// Reads the shipped list of renamed and renumbered areas.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { FormerArea } from '../../contract/index.ts'

const FormerList = z.object({ former: z.array(z.object({ code: z.string(), name: z.string(), until: z.string(), successor: z.string() })) })

/** @param codes folder `resources/codes` @returns code in force → what it was before */
export async function readFormerAreas(codes: string): Promise<ReadonlyMap<string, FormerArea[]>> {
  const { former } = FormerList.parse(JSON.parse(await readFile(join(codes, 'former-areas.json'), 'utf8')))
  const list = new Map<string, FormerArea[]>()
  for (const { successor, ...one } of former) list.set(successor, [...(list.get(successor) ?? []), one])
  return list
}
