// Reads resources, stock and reservations.
import type { ResourceDetail, ResourceFilter, ResourceKind, ResourceRow, StockBalance, StockMovement } from '../../contract/index.ts'
import type { Reads, Store } from '../../store/types.ts'
import { heldAsSql } from './reservations.repository.ts'
import { type Condition, conditions, heldSql, matches } from './resource-query.ts'

type Row = Omit<ResourceRow, 'position' | 'isSample' | 'areaName'> & { lon: number | null; lat: number | null; isSample: number | null }
export type PlainRow = Omit<ResourceRow, 'areaName'>
export type PlainDetail = PlainRow & Pick<ResourceDetail, 'address' | 'contact' | 'telephone' | 'equipment' | 'sourceKey' | 'attributes'>

const columns = `r.id, r.kind, r.subKind, r.name, r.area, r.lon, r.lat, r.capacity, r.readiness, r.unit, r.source, r.asOf, r.expiresAt, r.isSample, ${heldSql} AS heldBy, ${heldAsSql} AS heldAs`
/** A count is exact up to here; beyond it the page says "more than". */
export const countCap = 10_000

export class ResourcesRepository {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  /** A window of the filtered rows: by name, or with words those hit in the name first. */
  async page(filter: ResourceFilter, options: { offset: number; limit: number; now: number }): Promise<PlainRow[]> {
    const match = matches(filter)
    const where = conditions(filter, options.now)
    if (match === null) {
      // The inner query walks an index alone; only the rows of the window are read.
      const rows = await this.#store.all<Row>(
        `SELECT ${columns} FROM resources r WHERE r.key IN (SELECT r.key FROM resources r WHERE ${where.sql} ORDER BY r.name LIMIT ? OFFSET ?) ORDER BY r.name`,
        [...where.params, options.limit, options.offset],
      )
      return rows.map(plain)
    }
    const named = await this.#hits(inNames(match), where, options)
    if (named.length >= options.limit) return named
    const before = named.length > 0 ? options.offset + named.length : await this.#countHits(inNames(match), where, countCap)
    const rest = await this.#hits(elsewhere(match), where, { offset: Math.max(0, options.offset - before), limit: options.limit - named.length })
    return [...named, ...rest]
  }

  async #hits(from: Hits, where: Condition, options: { offset: number; limit: number }): Promise<PlainRow[]> {
    const rows = await this.#store.all<Row>(
      `SELECT ${columns} FROM ${from.table} s CROSS JOIN resources r ON r.key = s.rowid WHERE ${from.sql} AND ${where.sql} LIMIT ? OFFSET ?`,
      [...from.params, ...where.params, options.limit, options.offset],
    )
    return rows.map(plain)
  }

  async count(filter: ResourceFilter, now: number): Promise<{ count: number; isCapped: boolean }> {
    const match = matches(filter)
    const where = conditions(filter, now)
    if (match === null) {
      const row = await this.#store.get<{ n: number }>(`SELECT count(*) AS n FROM resources r WHERE ${where.sql}`, where.params)
      return { count: row?.n ?? 0, isCapped: false }
    }
    // What is in a name is also anywhere.
    const count = await this.#countHits({ table: 'resourceSearch', sql: 'resourceSearch MATCH ?', params: [match.anywhere] }, where, countCap)
    return { count, isCapped: count >= countCap }
  }

  /** Kind and area stand in the full text itself; only what goes beyond them needs the rows, and a count of rows is what costs. */
  async #countHits(from: Hits, where: Condition, cap: number): Promise<number> {
    const join = where.isBeyondFacets ? `CROSS JOIN resources r ON r.key = s.rowid WHERE ${from.sql} AND ${where.sql}` : `WHERE ${from.sql}`
    const params = [...from.params, ...(where.isBeyondFacets ? where.params : []), cap]
    const row = await this.#store.get<{ n: number }>(`SELECT count(*) AS n FROM (SELECT 1 FROM ${from.table} s ${join} LIMIT ?)`, params)
    return row?.n ?? 0
  }

  async byKeys(keys: readonly number[]): Promise<(PlainRow & { key: number })[]> {
    const rows = await this.#store.all<Row & { key: number }>(`SELECT r.key, ${columns} FROM json_each(?) j CROSS JOIN resources r ON r.key = j.value`, [JSON.stringify(keys)])
    return rows.map((row) => ({ ...plain(row), key: row.key }))
  }

  async detail(id: string, from: Reads = this.#store): Promise<PlainDetail | null> {
    const row = await from.get<Row & { attributes: string | null } & Pick<ResourceDetail, 'address' | 'contact' | 'telephone' | 'equipment' | 'sourceKey'>>(
      `SELECT ${columns}, r.address, r.contact, r.telephone, r.equipment, r.sourceKey, r.attributes FROM resources r WHERE r.id = ? AND r._deleted = 0`, [id],
    )
    if (row === null) return null
    const { address, contact, telephone, equipment, sourceKey, attributes } = row
    return { ...plain(row), address, contact, telephone, equipment, sourceKey, attributes: attributes === null ? {} : (JSON.parse(attributes) as ResourceDetail['attributes']) }
  }

  /** Rows for the map, in chunks, keyset by key. */
  async points(filter: ResourceFilter, options: { afterKey: number; limit: number; now: number }): Promise<{ key: number; id: string; kind: ResourceKind; name: string; lon: number; lat: number; expiresAt: number | null }[]> {
    const match = matches(filter)
    const where = conditions(filter, options.now)
    const [source, hit] =
      match === null
        ? ['resources r', '']
        : ['resourceSearch s CROSS JOIN resources r ON r.key = s.rowid', 'resourceSearch MATCH ? AND s.rowid > ? AND']
    return this.#store.all(
      `SELECT r.key, r.id, r.kind, r.name, r.lon, r.lat, r.expiresAt FROM ${source} WHERE ${hit} ${where.sql}
       AND r.lon IS NOT NULL AND r.lat IS NOT NULL AND r.key > ? ORDER BY ${match === null ? 'r.key' : 's.rowid'} LIMIT ?`,
      [...(match === null ? [] : [match.anywhere, options.afterKey]), ...where.params, options.afterKey, options.limit],
    )
  }

  async units(): Promise<string[]> {
    const rows = await this.#store.all<{ unit: string }>('SELECT unit FROM resources WHERE _deleted = 0 AND unit IS NOT NULL GROUP BY unit ORDER BY count(*) DESC LIMIT 200')
    return rows.map((row) => row.unit)
  }

  async balances(resource: string): Promise<StockBalance[]> {
    const rows = await this.#store.all<Omit<StockBalance, 'isNegative'>>(
      `SELECT item, measure, round(sum(quantity), 6) AS quantity, min(CASE WHEN quantity > 0 THEN expiresAt END) AS expiresAt, count(*) AS movements
       FROM stockMovements WHERE resource = ? AND _deleted = 0 GROUP BY item, measure ORDER BY item`, [resource],
    )
    return rows.map((row) => ({ ...row, isNegative: row.quantity < 0 }))
  }

  movements(resource: string): Promise<StockMovement[]> {
    return this.#store.all('SELECT id, item, measure, quantity, reason, words, incident, movedAt FROM stockMovements WHERE resource = ? AND _deleted = 0 ORDER BY movedAt DESC, key DESC LIMIT 200', [resource])
  }

  negativeBalances(): Promise<{ resource: string; name: string; item: string; measure: string | null; quantity: number; since: number }[]> {
    return this.#store.all(
      `SELECT m.resource, r.name, m.item, m.measure, round(sum(m.quantity), 6) AS quantity, max(m.movedAt) AS since
       FROM stockMovements m JOIN resources r ON r.id = m.resource WHERE m._deleted = 0 AND r._deleted = 0 GROUP BY m.resource, m.item, m.measure HAVING round(sum(m.quantity), 6) < 0 LIMIT 100`,
    )
  }
}

interface Hits {
  table: 'resourceNames' | 'resourceSearch'
  sql: string
  params: string[]
}

function inNames(match: { inName: string }): Hits {
  return { table: 'resourceNames', sql: 'resourceNames MATCH ?', params: [match.inName] }
}

/** The list asks for these only after all hits in names, which are then few: the count of a list ends at `countCap`. */
function elsewhere(match: { inName: string; anywhere: string }): Hits {
  const sql = 'resourceSearch MATCH ? AND s.rowid NOT IN (SELECT rowid FROM resourceNames WHERE resourceNames MATCH ?)'
  return { table: 'resourceSearch', sql, params: [match.anywhere, match.inName] }
}

function plain({ lon, lat, isSample, ...row }: Row): PlainRow {
  return {
    id: row.id, kind: row.kind, subKind: row.subKind, name: row.name, area: row.area, capacity: row.capacity, readiness: row.readiness, unit: row.unit, source: row.source,
    asOf: row.asOf, expiresAt: row.expiresAt, heldBy: row.heldBy, heldAs: row.heldAs, position: lon === null || lat === null ? null : [lon, lat], isSample: isSample === 1,
  }
}
