// Keeps the full-text index of plan paragraphs beside their rows, in the same transaction.
import type { Projection } from '../../journal/types.ts'
import { indexText } from '../../store/fulltext.ts'

interface Indexed {
  key: number
  version: string
  kind: string
  number: string | null
  body: string | null
  tiers: string | null
  _deleted: number
}

const bucketSize = 2 ** 36
const lastBucket = 63

/** Where a paragraph stands in the order of reading: headings, then the shorter the better, contents last. Depends on the row alone. */
function placeOf(row: Indexed): number {
  const length = (row.body ?? '').length
  const bucket =
    row.kind === 'heading' || row.kind === 'title' ? 0 : row.kind === 'toc' ? lastBucket : Math.min(lastBucket - 1, 1 + Math.floor(length / 12))
  return bucket * bucketSize + row.key
}

/** The token that stands for a version in `facet`. */
export function versionToken(version: string): string {
  return `v${version.replaceAll('-', '')}`
}
/** The token that stands for a tier in `facet`. */
export function tierToken(tier: string): string {
  return tier.replace('-', '')
}

export const planSearchProjection: Projection = {
  dataset: 'planParagraphs',
  async update(tx, rows, { isNew }) {
    const changed = await tx.all<Indexed>(
      'SELECT key, version, kind, number, body, tiers, _deleted FROM planParagraphs WHERE id IN (SELECT value FROM json_each(?))',
      [JSON.stringify(rows)],
    )
    if (!isNew) {
      const keys = JSON.stringify(changed.map((row) => row.key))
      await tx.run('DELETE FROM planSearch WHERE rowid IN (SELECT place FROM planSearchPlaces WHERE key IN (SELECT value FROM json_each(?)))', [keys])
      await tx.run('DELETE FROM planSearchPlaces WHERE key IN (SELECT value FROM json_each(?))', [keys])
    }
    const live = changed.filter((row) => row._deleted === 0 && row.body !== null).toSorted((a, b) => placeOf(a) - placeOf(b))
    const texts = live.map((row) => [placeOf(row), indexText(`${row.number ?? ''} ${row.body ?? ''}`), facetOf(row), row.key])
    await tx.run('INSERT INTO planSearchPlaces (place, key) SELECT value ->> 0, value ->> 3 FROM jsonb_each(?)', [JSON.stringify(texts)])
    await tx.run('INSERT INTO planSearch (rowid, body, facet) SELECT value ->> 0, value ->> 1, value ->> 2 FROM jsonb_each(?)', [
      JSON.stringify(texts),
    ])
  },
  async clear(tx) {
    await tx.exec("INSERT INTO planSearch (planSearch) VALUES ('delete-all'); DELETE FROM planSearchPlaces;")
  },
}

function facetOf(row: Indexed): string {
  const tiers = row.tiers === null ? [] : (JSON.parse(row.tiers) as string[])
  return [versionToken(row.version), ...tiers.map(tierToken)].join(' ')
}
