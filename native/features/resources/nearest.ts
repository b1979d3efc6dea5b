// The k nearest of some kinds, exactly, by one statement: boxes of doubling area are counted until one holds k rows, and the box after it is read.
import type { LonLat, NearestInput } from '../../contract/index.ts'
import { boxAround, distanceM } from '../../kernel/great-circle.ts'
import type { Reads } from '../../store/types.ts'
import { heldSql } from './resource-query.ts'
import { kindPlane, kindThickness, treeUnits } from './resources.projection.ts'

export interface Near {
  key: number
  distanceM: number
}

/** The first box where nothing was asked before, metres: one too small costs a count of fewer than k rows, one too large costs reading them all. */
const smallestRadiusM = 200
const cellDegrees = 0.1
const rememberedCells = 20_000
/** A box with more rows than this was far too large. */
const mostRows = 1500

/** Remembers how far the k-th was, by kinds and by cell of 0.1°: the next question near by begins with the right box. */
export class NearestSearch {
  readonly #reads: Reads
  readonly #radiusByCell = new Map<string, number>()

  constructor(reads: Reads) {
    this.#reads = reads
  }

  /** Nearest first; fewer than k when there are no more within `withinM`. */
  async find(input: NearestInput): Promise<Near[]> {
    const kinds = input.kinds.toSorted().join()
    const cell = `${kinds}:${Math.floor(input.position[0] / cellDegrees)}:${Math.floor(input.position[1] / cellDegrees)}`
    // A row of the scale √k, so that k = 5 and k = 50 share what was learnt. Elsewhere it may be denser: one begins smaller.
    const scale = Math.sqrt(input.k)
    const known = this.#radiusByCell.get(cell) ?? (this.#radiusByCell.get(kinds) ?? 0) / 4
    for (let firstM = Math.max(smallestRadiusM, known * scale); ; firstM /= 16) {
      const isLimited = firstM > 1
      const { near, radiusM } = await this.#read(input, radii(firstM, input.withinM), isLimited)
      if (isLimited && near.length >= mostRows) continue
      const found = closest(near, input)
      const lastM = found.at(-1)?.distanceM ?? 0
      this.#remember([cell, kinds], (found.length < input.k ? input.withinM : lastM) / scale)
      // The corners of the counted box lie a little beyond √2 sides where the box is large: then the rest of the circle is still to be read.
      return found.length === input.k && lastM > radiusM ? closest((await this.#read(input, [lastM], false)).near, input) : found
    }
  }

  /** @returns the rows of the box after the first one that holds k, and how far it reaches to each side; of the last box when none holds as many */
  async #read(input: NearestInput, radiiM: readonly number[], isLimited: boolean): Promise<{ near: Near[]; radiusM: number }> {
    const boxes = radiiM.map((radiusM) => boxOf(input.position, radiusM))
    const rows = await this.#reads.all<{ step: number; key: number; west: number; south: number }>(statement(input), [
      JSON.stringify(boxes),
      JSON.stringify(input.kinds.map(kindPlane)),
      JSON.stringify(input.readiness),
      input.k,
      isLimited ? mostRows : -1,
    ])
    const near = rows.map(({ key, west, south }) => ({ key, distanceM: distanceM(input.position, [west / treeUnits, south / treeUnits]) }))
    return { near, radiusM: radiiM[rows[0]?.step ?? 0] ?? input.withinM }
  }

  #remember(places: readonly string[], radiusM: number): void {
    if (this.#radiusByCell.size >= rememberedCells) this.#radiusByCell.clear()
    for (const place of places) this.#radiusByCell.set(place, radiusM)
  }
}

function closest(near: readonly Near[], { k, withinM }: NearestInput): Near[] {
  return near
    .filter((one) => one.distanceM <= withinM)
    .toSorted((a, b) => a.distanceM - b.distanceM)
    .slice(0, k)
}

/** Each box twice the area of the one before, up to the farthest asked for. */
function radii(firstM: number, lastM: number): number[] {
  const all: number[] = []
  for (let radiusM = firstM; radiusM < lastM; radiusM *= Math.SQRT2) all.push(radiusM)
  return [...all, lastM]
}

/** West, east, south, north in the units of the tree. */
function boxOf([lon, lat]: LonLat, radiusM: number): number[] {
  const { lonDeg, latDeg } = boxAround([lon, lat], radiusM)
  return [lon - lonDeg, lon + lonDeg, lat - latDeg, lat + latDeg].map((degrees) => Math.round(Math.max(-180, Math.min(180, degrees)) * treeUnits))
}

/** ?1 boxes, smallest first · ?2 planes of the kinds · ?3 readiness · ?4 k · ?5 most rows. The counting ends with the first box that holds k. */
function statement({ isFreeOnly, readiness }: NearestInput): string {
  const conditions = [
    't.west >= b.west AND t.east <= b.east AND t.south >= b.south AND t.north <= b.north',
    `t.kindLow >= p.value AND t.kindHigh <= p.value + ${kindThickness}`,
    ...(isFreeOnly ? [`${heldSql} IS NULL`] : []),
    ...(readiness.length > 0 ? ['r.readiness IN (SELECT value FROM json_each(?3))'] : []),
  ]
  const join = isFreeOnly || readiness.length > 0 ? 'CROSS JOIN resources r ON r.key = t.key' : ''
  const inBox = `json_each(?2) p CROSS JOIN resourceTree t ${join} WHERE ${conditions.join(' AND ')}`
  return `WITH boxes AS MATERIALIZED (
      SELECT key AS step, value ->> 0 AS west, value ->> 1 AS east, value ->> 2 AS south, value ->> 3 AS north FROM jsonb_each(?1)),
    enough AS (SELECT b.step FROM boxes b WHERE (SELECT count(*) FROM (SELECT 1 FROM ${inBox} LIMIT ?4)) >= ?4 LIMIT 1)
    SELECT b.step, t.key, t.west, t.south
    FROM (SELECT * FROM boxes WHERE step <= coalesce((SELECT step + 1 FROM enough), 1000) ORDER BY step DESC LIMIT 1) b CROSS JOIN ${inBox} LIMIT ?5`
}
