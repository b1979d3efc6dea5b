// Searches every paragraph of every plan in force: the first hits by place from FTS5, then the best of them by how densely they hold the query.
import type { PlanHit, PlanSearchResult, ParagraphKind, ResponseTier } from '../../contract/index.ts'
import { hitFinder, matchQuery } from '../../store/fulltext.ts'
import type { Reads } from '../../store/types.ts'
import { tierToken, versionToken } from './plans.projection.ts'

/** How many hits are weighed against each other; the index has put the likely best ones first. */
const candidates = 150

interface HitRow {
  id: string
  plan: string
  title: string
  version: string
  position: number
  kind: ParagraphKind
  number: string | null
  body: string
  tiers: string | null
}

export interface PlanSearch {
  query: string
  plan: string | null
  tier: ResponseTier | null
  limit: number
}

const sql = `SELECT p.id, p.plan, l.title, p.version, p.position, p.kind, p.number, p.body, p.tiers
  FROM planSearch f CROSS JOIN planSearchPlaces s ON s.place = f.rowid CROSS JOIN planParagraphs p ON p.key = s.key CROSS JOIN plans l ON l.id = p.plan
  WHERE planSearch MATCH ? AND l.currentVersion = p.version AND l._deleted = 0 AND l.isRetired IS NOT 1
  ORDER BY f.rowid LIMIT ?`

export async function searchPlans(reads: Reads, search: PlanSearch): Promise<PlanSearchResult> {
  const words = matchQuery(search.query)
  if (words === null) return { hits: [], hasMore: false }
  const version =
    search.plan === null
      ? null
      : ((await reads.get<{ currentVersion: string | null }>('SELECT currentVersion FROM plans WHERE id = ?', [search.plan]))?.currentVersion ?? '-')
  const facets = [...(version === null ? [] : [versionToken(version)]), ...(search.tier === null ? [] : [tierToken(search.tier)])]
  const match = [`body : (${words})`, ...facets.map((facet) => `facet : "${facet}"`)].join(' AND ')
  const rows = await reads.all<HitRow>(sql, [match, Math.max(candidates, search.limit + 1)])
  const find = hitFinder(search.query)
  const wholeLength = search.query.trim().length
  const hits = rows.map((row) => weighed(row, find(row.body), wholeLength)).toSorted((a, b) => b.weight - a.weight || a.hit.position - b.hit.position)
  return { hits: hits.slice(0, search.limit).map(({ hit }) => hit), hasMore: rows.length > search.limit }
}

/** BM25's saturation of count and length, without a term's rarity (every hit holds every term); a heading counts double. */
function weighed(row: HitRow, ranges: [number, number][], wholeLength: number): { hit: PlanHit; weight: number } {
  const covered = ranges.reduce((sum, [start, end]) => sum + end - start, 0)
  const density = (2.2 * ranges.length) / (ranges.length + 1.2 * (0.25 + (0.75 * row.body.length) / 60))
  const isWhole = ranges.length === 1 && covered >= wholeLength
  const weight = (density + (isWhole ? 0.2 : 0)) * (row.kind === 'heading' ? 2 : row.kind === 'toc' ? 0.2 : 1)
  const hit: PlanHit = {
    paragraph: row.id,
    plan: row.plan,
    planTitle: row.title,
    version: row.version,
    position: row.position,
    kind: row.kind,
    number: row.number,
    body: row.body,
    ranges,
    tiers: row.tiers === null ? [] : (JSON.parse(row.tiers) as ResponseTier[]),
  }
  return { hit, weight }
}
