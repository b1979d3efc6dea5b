// The k nearest of some kinds: one box of the R*Tree where the guess of its size is good, a larger or smaller one where it is not.
import type { LonLat, NearestInput, ResourceKind } from '../../contract/index.ts'
import { boxAround, distanceM } from '../../kernel/great-circle.ts'
import type { Reads } from '../../store/types.ts'
import { heldSql } from './resource-query.ts'
import { kindPlane, treeUnits } from './resources.projection.ts'

export interface Near {
  key: number
  distanceM: number
}

const firstRadiusM = 6000
const cellDegrees = 0.2
const rememberedCells = 20_000
/** A box with more rows than this was far too large. */
const mostRows = 1500
const most = 40

/** Remembers how far the k-th was, by kinds and by cell of 0.2°: the next question near by is one box. */
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
    // One row of the scale k, so that k = 5 and k = 50 share what was learnt.
    const scale = Math.sqrt(input.k)
    let radius = Math.min(input.withinM, (this.#radiusByCell.get(cell) ?? this.#radiusByCell.get(kinds) ?? firstRadiusM / Math.sqrt(20)) * scale)
    let tooLarge = Infinity
    for (let attempt = 0; attempt < most; attempt += 1) {
      const { rows, isCut } = await this.#box(input, radius)
      if (isCut && radius > 1) {
        tooLarge = radius
        radius /= 3
        continue
      }
      const near = rows.filter((row) => row.distanceM <= radius).toSorted((a, b) => a.distanceM - b.distanceM)
      if (near.length >= input.k || radius >= input.withinM) {
        const found = near.slice(0, input.k)
        this.#remember(cell, kinds, near.length >= input.k ? ((found.at(-1)?.distanceM ?? radius) * 1.12) / scale : radius / scale)
        return found
      }
      // By area from what was found, a little more than needed; never back to what was too large.
      const grown = radius * Math.min(8, Math.max(1.5, 1.25 * Math.sqrt(input.k / Math.max(near.length, 0.3))))
      radius = Math.min(input.withinM, grown >= tooLarge ? (radius + tooLarge) / 2 : grown)
    }
    return (await this.#box(input, input.withinM, false)).rows.toSorted((a, b) => a.distanceM - b.distanceM).slice(0, input.k)
  }

  async #box(input: NearestInput, radiusM: number, isLimited = true): Promise<{ rows: Near[]; isCut: boolean }> {
    const { lonDeg, latDeg } = boxAround(input.position, radiusM)
    const [lon, lat] = input.position
    const units = (degrees: number) => Math.round(Math.max(-180, Math.min(180, degrees)) * treeUnits)
    const joins = input.isFreeOnly || input.readiness.length > 0
    const rows = await this.#reads.all<{ key: number; west: number; south: number }>(
      `SELECT t.key, t.west, t.south FROM ${planesSql(input.kinds)} resourceTree t ${joins ? 'CROSS JOIN resources r ON r.key = t.key' : ''}
       WHERE t.west >= ? AND t.east <= ? AND t.south >= ? AND t.north <= ? ${planeSql(input.kinds)}
       ${input.isFreeOnly ? `AND ${heldSql} IS NULL` : ''} ${input.readiness.length > 0 ? `AND r.readiness IN (${input.readiness.map(() => '?').join(',')})` : ''} ${isLimited ? `LIMIT ${mostRows}` : ''}`,
      [units(lon - lonDeg), units(lon + lonDeg), units(lat - latDeg), units(lat + latDeg), ...input.readiness],
    )
    return { rows: rows.map((row) => ({ key: row.key, distanceM: distanceM(input.position, [row.west / treeUnits, row.south / treeUnits] satisfies LonLat) })), isCut: isLimited && rows.length >= mostRows }
  }

  #remember(cell: string, kinds: string, radius: number): void {
    if (this.#radiusByCell.size >= rememberedCells) this.#radiusByCell.clear()
    this.#radiusByCell.set(cell, radius)
    this.#radiusByCell.set(kinds, radius)
  }
}

/** Several kinds are several subtrees: one walk for each. */
function planesSql(kinds: readonly ResourceKind[]): string {
  return kinds.length === 1 ? '' : `json_each('${JSON.stringify(kinds.map(kindPlane))}') k CROSS JOIN`
}

function planeSql(kinds: readonly ResourceKind[]): string {
  const [first] = kinds
  return kinds.length === 1 && first !== undefined ? `AND t.kindLow >= ${kindPlane(first)} AND t.kindHigh <= ${kindPlane(first)}` : 'AND t.kindLow >= k.value AND t.kindHigh <= k.value'
}
