// Keeps the R*Tree and the full text of resources, in the transaction of their rows.
import { type ResourceKind, resourceKinds } from '../../contract/index.ts'
import type { Projection } from '../../journal/types.ts'
import { initials } from '../../kernel/pinyin.ts'
import { indexPairs, indexText } from '../../store/fulltext.ts'
import type { Reads } from '../../store/types.ts'

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

const searched = ['kind', 'name', 'subKind', 'area', 'address', 'contact', 'equipment', 'unit', 'sourceKey'] as const
type Searchable = Record<(typeof searched)[number], string | null>

/** JSON of `[id, …columns]` for each of the two full-text tables: made outside the writing transaction where that can be. */
interface Texts {
  names: string
  words: string
}

const planes = `CASE r.kind ${resourceKinds.map((kind) => `WHEN '${kind}' THEN ${kindPlane(kind)}`).join(' ')} END`

export const resourceProjection: Projection<Texts> = {
  dataset: 'resources',
  async update(tx, ids, { isNew, prepared }) {
    const list = JSON.stringify(ids)
    if (!isNew) {
      const keys = '(SELECT r.key FROM json_each(?) j JOIN resources r ON r.id = j.value)'
      await tx.run(`DELETE FROM resourceTree WHERE key IN ${keys}`, [list])
      await tx.run(`DELETE FROM resourceNames WHERE rowid IN ${keys}`, [list])
      await tx.run(`DELETE FROM resourceSearch WHERE rowid IN ${keys}`, [list])
    }
    await tx.run(
      `INSERT INTO resourceTree (key, west, east, south, north, kindLow, kindHigh)
       SELECT key, x, x, y, y, plane, plane + ${kindThickness} FROM (
         SELECT r.key, CAST(round(r.lon * ${treeUnits}) AS INTEGER) AS x, CAST(round(r.lat * ${treeUnits}) AS INTEGER) AS y, ${planes} AS plane
         FROM json_each(?) j JOIN resources r ON r.id = j.value
         WHERE r._deleted = 0 AND r.lon BETWEEN -180 AND 180 AND r.lat BETWEEN -90 AND 90) WHERE plane IS NOT NULL`,
      [list],
    )
    const { names, words } = prepared ?? (await textsOfRows(tx, list))
    await tx.run(textsSql('resourceNames', ['name', 'initials', 'facets']), [names])
    await tx.run(textsSql('resourceSearch', ['words', 'initials', 'facets']), [words])
  },
  prepare(columns, rows) {
    const at = searched.map((name) => columns.indexOf(name))
    if (at.includes(-1)) return null
    const found: (Searchable & { id: string })[] = []
    for (const { id, values } of rows) {
      const cells = at.map((index) => values[index] ?? null)
      if (!cells.every((cell) => cell === null || typeof cell === 'string')) return null
      found.push({ id, ...(Object.fromEntries(searched.map((name, index) => [name, cells[index] ?? null])) as Searchable) })
    }
    return textsOf(found)
  },
  async clear(tx) {
    await tx.run('DELETE FROM resourceTree')
    await tx.run("INSERT INTO resourceNames (resourceNames) VALUES ('delete-all')")
    await tx.run("INSERT INTO resourceSearch (resourceSearch) VALUES ('delete-all')")
  },
}

/** In the order of the keys: FTS5 begins a new segment for every row that comes before the last. */
function textsSql(table: string, columns: readonly string[]): string {
  return `INSERT INTO ${table} (rowid, ${columns.join(', ')}) SELECT r.key, ${columns.map((_, index) => `t.value ->> ${index + 1}`).join(', ')}
    FROM jsonb_each(?) t CROSS JOIN resources r ON r.id = t.value ->> 0 ORDER BY r.key`
}

async function textsOfRows(tx: Reads, ids: string): Promise<Texts> {
  const rows = await tx.all<Searchable & { id: string }>(
    `SELECT r.id, ${searched.map((name) => `r.${name}`).join(', ')} FROM json_each(?) j JOIN resources r ON r.id = j.value WHERE r._deleted = 0`,
    [ids],
  )
  return textsOf(rows)
}

function textsOf(rows: readonly (Searchable & { id: string })[]): Texts {
  const names: string[][] = []
  const words: string[][] = []
  for (const row of rows) {
    const name = indexText(row.name ?? '')
    const letters = pairsOf(initials(row.name ?? ''))
    const rest = [row.subKind, row.address, row.contact, row.equipment, row.unit, row.sourceKey].filter((cell) => cell !== null).join('，')
    const facets = facetsOf(row)
    names.push([row.id, name, letters, facets])
    // One character alone is looked for in names only: outside them it would be in every row, and a third of the work of an import.
    words.push([row.id, `${name} ${indexPairs(rest)}`, letters, facets])
  }
  return { names: JSON.stringify(names), words: JSON.stringify(words) }
}

function facetsOf(row: Searchable): string {
  const area = row.area ?? ''
  const areas = [2, 4, 6, 9, 12].filter((length) => area.length >= length).map((length) => areaFacet(area.slice(0, length)))
  return [kindFacet(row.kind as ResourceKind), ...areas].join(' ')
}
