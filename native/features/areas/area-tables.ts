// Reads the shipped tables about areas: what was renamed and renumbered, and the class of roads for estimates.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type FormerArea, Terrain } from '../../contract/index.ts'
import { noTowns, type TownNames } from '../../kernel/town-names.ts'

const FormerList = z.object({ former: z.array(z.object({ code: z.string(), name: z.string(), until: z.string(), successor: z.string() })) })

/** @param codes folder `resources/codes` @returns code in force → what it was before */
async function readFormerAreas(codes: string): Promise<ReadonlyMap<string, FormerArea[]>> {
  const { former } = FormerList.parse(JSON.parse(await readFile(join(codes, 'former-areas.json'), 'utf8')))
  const list = new Map<string, FormerArea[]>()
  for (const { successor, ...one } of former) list.set(successor, [...(list.get(successor) ?? []), one])
  return list
}

const RoadClasses = z.object({ classes: z.record(z.string().regex(/^\d{2,6}$/), Terrain) })

/** What the shipped tables add to the areas' own rows. */
export interface AreaTables {
  /** Code in force → what it was before. */
  former: ReadonlyMap<string, FormerArea[]>
  /** By the longest prefix of the code; an area's own terrain goes before it. */
  terrainOf(code: string): Terrain | null
  /** Towns without a row of their own, found by name in their county. */
  towns: TownNames
}

export const noAreaTables: AreaTables = { former: new Map(), terrainOf: () => null, towns: noTowns }

/** @param codes folder `resources/codes` @param towns names of towns, from `readTownNames` */
export async function readAreaTables(codes: string, towns: TownNames): Promise<AreaTables> {
  const { classes } = RoadClasses.parse(JSON.parse(await readFile(join(codes, 'road-classes.json'), 'utf8')))
  return {
    former: await readFormerAreas(codes),
    towns,
    terrainOf: (code) => [6, 4, 2].map((length) => classes[code.slice(0, length)]).find((found) => found !== undefined) ?? null,
  }
}
