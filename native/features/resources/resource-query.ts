// Turns a filter into SQL: the full text where there are words, plain indexes where there are none.
import { areaPrefix, type ResourceFilter } from '../../contract/index.ts'
import { matchQuery } from '../../store/fulltext.ts'
import type { SqlValue } from '../../store/types.ts'
import { areaFacet, kindFacet, pairsOf } from './resources.projection.ts'

export interface Condition {
  sql: string
  params: SqlValue[]
  /** Asks for more than kind and area. */
  isBeyondFacets: boolean
}

const monthMs = 30 * 86_400_000
export const heldSql = "(SELECT h.incident FROM reservations h WHERE h.resource = r.id AND h.state IN ('reserved', 'used') AND h._deleted = 0 LIMIT 1)"

/** Everything but the words. @param now epoch ms, for the expiry */
export function conditions(filter: ResourceFilter, now: number): Condition {
  const parts = ['r._deleted = 0']
  const params: SqlValue[] = []
  const add = (sql: string, ...values: SqlValue[]) => {
    parts.push(sql)
    params.push(...values)
  }
  if (filter.kinds.length > 0) add(`r.kind IN (${filter.kinds.map(() => '?').join(',')})`, ...filter.kinds)
  if (filter.area !== null) add('r.area >= ? AND r.area < ?', areaPrefix(filter.area), after(areaPrefix(filter.area)))
  if (filter.readiness.length > 0) add(`r.readiness IN (${filter.readiness.map(() => '?').join(',')})`, ...filter.readiness)
  if (filter.unit !== null) add('r.unit = ?', filter.unit)
  if (filter.expiry === 'expired') add('r.expiresAt < ?', now)
  if (filter.expiry === 'within-30-days') add('r.expiresAt BETWEEN ? AND ?', now, now + monthMs)
  if (filter.isSample !== null) add('coalesce(r.isSample, 0) = ?', filter.isSample ? 1 : 0)
  if (filter.held === 'held') add("r.id IN (SELECT resource FROM reservations WHERE state IN ('reserved', 'used') AND _deleted = 0)")
  if (filter.held === 'free') add(`${heldSql} IS NULL`)
  const { kinds, area } = filter
  const facets = (kinds.length > 0 ? 1 : 0) + (area === null ? 0 : 1)
  return { sql: parts.join(' AND '), params, isBeyondFacets: parts.length > 1 + facets }
}

/** `6105` → `6106`: the first code behind all that begin with it. */
function after(prefix: string): string {
  return String(Number(prefix) + 1).padStart(prefix.length, '0')
}

/**
 * Two MATCH expressions, for `resourceNames` and for `resourceSearch`; null = no words. Kind and area narrow the full text itself, so a
 * common word stays cheap.
 */
export function matches(filter: ResourceFilter): { inName: string; anywhere: string } | null {
  const words = filter.query
    .normalize('NFKC')
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 8)
  const terms = words.map(term).filter((one) => one !== null)
  if (terms.length === 0) return null
  const facets = [
    filter.kinds.length === 0 ? null : `(${filter.kinds.map((kind) => `"${kindFacet(kind)}"`).join(' OR ')})`,
    filter.area === null ? null : `"${areaFacet(areaPrefix(filter.area))}"`,
  ].filter((facet) => facet !== null)
  const all = (parts: readonly string[]) => [...parts.map((part) => `(${part})`), ...facets.map((facet) => `facets : ${facet}`)].join(' AND ')
  return { inName: all(terms.map((one) => one.inName)), anywhere: all(terms.map((one) => one.anywhere)) }
}

function term(word: string): { inName: string; anywhere: string } | null {
  const match = matchQuery(word)
  if (match === null) return null
  const letters = /^[a-z]{2,}$/i.test(word) ? ` OR initials : "${pairsOf(word.toLowerCase())}"` : ''
  return { inName: `name : (${match})${letters}`, anywhere: `words : (${match})${letters}` }
}
