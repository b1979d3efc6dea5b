// Keeps the R*Tree and the full text of resources, in the transaction of their rows.
import { type ResourceKind, resourceKinds } from '../../contract/index.ts'
import type { Projection } from '../../journal/types.ts'
import { initials } from '../../kernel/pinyin.ts'
import { indexText } from '../../store/fulltext.ts'

/** Degrees × 10⁷: a centimetre, exact in 32 bits. */
export const treeUnits = 1e7
/** Kinds lie ten degrees apart on the third axis, farther than a province is wide, so each kind is a subtree of its own: a rare kind is found as fast as a common one. */
export function kindPlane(kind: ResourceKind): number {
  return resourceKinds.indexOf(kind) * 1e8
}
/** From the lower to the upper side of a kind's slice. Never 0: a flat node has no volume, and the tree chooses where a row belongs by volume. */
export const kindThickness = 1

/** Tokens of the facet column: `k0 a61 a6105 a610502`. */
export function kindFacet(kind: ResourceKind): string {
  return `k${resourceKinds.indexOf(kind)}`
}
export function areaFacet(prefix: string): string {
  return `a${prefix}`
}

/** `lwqz` → `lw wq qz`: a phrase of pairs is a substring of the initials. */
export function pairsOf(letters: string): string {
  return Array.from({ length: Math.max(0, letters.length - 1) }, (_, index) => letters.slice(index, index + 2)).join(' ')
}

interface Searchable {
  key: number
  kind: string
  name: string | null
  subKind: string | null
  area: string | null
  address: string | null
  contact: string | null
  equipment: string | null
  unit: string | null
  sourceKey: string | null
}

const planes = `CASE r.kind ${resourceKinds.map((kind) => `WHEN '${kind}' THEN ${kindPlane(kind)}`).join(' ')} END`

export const resourceProjection: Projection = {
  dataset: 'resources',
  async update(tx, ids) {
    const list = JSON.stringify(ids)
    const keys = '(SELECT r.key FROM json_each(?) j JOIN resources r ON r.id = j.value)'
    await tx.run(`DELETE FROM resourceTree WHERE key IN ${keys}`, [list])
    await tx.run(`DELETE FROM resourceNames WHERE rowid IN ${keys}`, [list])
    await tx.run(`DELETE FROM resourceSearch WHERE rowid IN ${keys}`, [list])
    await tx.run(
      `INSERT INTO resourceTree (key, west, east, south, north, kindLow, kindHigh)
       SELECT key, x, x, y, y, plane, plane + ${kindThickness} FROM (
         SELECT r.key, CAST(round(r.lon * ${treeUnits}) AS INTEGER) AS x, CAST(round(r.lat * ${treeUnits}) AS INTEGER) AS y, ${planes} AS plane
         FROM json_each(?) j JOIN resources r ON r.id = j.value
         WHERE r._deleted = 0 AND r.lon BETWEEN -180 AND 180 AND r.lat BETWEEN -90 AND 90) WHERE plane IS NOT NULL`,
      [list],
    )
    const rows = await tx.all<Searchable>(
      'SELECT r.key, r.kind, r.name, r.subKind, r.area, r.address, r.contact, r.equipment, r.unit, r.sourceKey FROM json_each(?) j JOIN resources r ON r.id = j.value WHERE r._deleted = 0', [list],
    )
    const tokens = JSON.stringify(rows.map(tokensOf))
    await tx.run(
      'INSERT INTO resourceNames (rowid, name, initials, facets) SELECT value ->> 0, value ->> 1, value ->> 3, value ->> 4 FROM json_each(?)',
      [tokens],
    )
    await tx.run(
      `INSERT INTO resourceSearch (rowid, words, initials, facets)
       SELECT value ->> 0, value ->> 1 || ' ' || (value ->> 2), value ->> 3, value ->> 4 FROM json_each(?)`,
      [tokens],
    )
  },
  async clear(tx) {
    await tx.run('DELETE FROM resourceTree')
    await tx.run("INSERT INTO resourceNames (resourceNames) VALUES ('delete-all')")
    await tx.run("INSERT INTO resourceSearch (resourceSearch) VALUES ('delete-all')")
  },
}

/** Key, name, everything else, initials, facets. */
function tokensOf(row: Searchable): [number, string, string, string, string] {
  const name = row.name ?? ''
  const rest = [row.subKind, row.address, row.contact, row.equipment, row.unit, row.sourceKey].filter((words) => words !== null).join('，')
  const area = row.area ?? ''
  const areas = [2, 4, 6, 9, 12].filter((length) => area.length >= length).map((length) => areaFacet(area.slice(0, length)))
  return [row.key, indexText(name), withoutSingles(indexText(rest)), pairsOf(initials(name)), [kindFacet(row.kind as ResourceKind), ...areas].join(' ')]
}

/** One character alone is looked for in names only: outside them it would be in every row, and a third of the work of an import. */
function withoutSingles(tokens: string): string {
  return tokens.replaceAll(/(?<= |^)\p{Script=Han}(?= |$)/gu, '').replaceAll(/ {2,}/g, ' ')
}
