// Reads reservations and what their owners have said. An answer counts only where an entry of the owner says it, whatever the row shows.
import type { Confirmation, Id, RefusalReason, Reservation, ReservationState, ResourceKind, Scope } from '../../contract/index.ts'
import type { Reads, Store } from '../../store/types.ts'

/** The entry that made a reservation. */
const originOf = (what: string) => `(SELECT ${what} FROM cell_history h JOIN journal j ON j.arrival = h.arrival
  WHERE h.dataset = 'reservations' AND h.row = v.id AND h."column" = 'resource' ORDER BY j.hlcMs, j.hlcCounter LIMIT 1)`
/** The owner's newest entry about a reservation: what is asked of it in `what`. */
const answerOf = (what: string) => `(SELECT ${what} FROM reservationAnswers a JOIN cell_history h ON h.dataset = 'reservationAnswers' AND h.row = a.id AND h."column" = 'answer'
  JOIN journal j ON j.arrival = h.arrival WHERE a.reservation = v.id AND a._deleted = 0 AND substr(j.scope, instr(j.scope, ':') + 1) = v.owner
  ORDER BY j.hlcMs DESC, j.hlcCounter DESC LIMIT 1)`
const originScope = originOf('j.scope')
/** Of another centre nobody is believed that it decides by itself. */
const confirmationSql = `CASE WHEN v.confirmation = 'confirmed' AND ${originScope} LIKE 'centre:%' THEN 'confirmed'
  ELSE coalesce(json_extract(${answerOf('h.value')}, '$'), 'provisional') END`
const isOpen = "v.state IN ('reserved', 'used') AND v._deleted = 0"
/** Of the resource `r`: how what holds it stands; a confirmed one before others. */
export const heldAsSql = `(SELECT min(${confirmationSql}) FROM reservations v WHERE v.resource = r.id AND ${isOpen})`

const columns = `v.id, v.resource, r.name AS resourceName, r.kind AS resourceKind, v.incident, v.state, v.owner, v.words, v.reservedAt, v.reservedBy, v.usedAt, v.returnedAt,
  v.incidentTitle, v.fromName, ${originScope} AS scope, ${confirmationSql} AS confirmation, a.reason, a.heldFor, a.byName, a.answeredAt`
const from = `reservations v JOIN resources r ON r.id = v.resource LEFT JOIN reservationAnswers a ON a.reservation = v.id AND a._deleted = 0`

export interface ReservationRow {
  id: Id
  resource: Id
  resourceName: string
  resourceKind: ResourceKind
  incident: Id
  state: ReservationState
  owner: string | null
  words: string | null
  reservedAt: number
  reservedBy: string
  usedAt: number | null
  returnedAt: number | null
  incidentTitle: string | null
  fromName: string | null
  /** Of the entry that made it: names the centre that wrote it. */
  scope: Scope
  confirmation: Confirmation
  reason: RefusalReason | null
  heldFor: string | null
  byName: string | null
  answeredAt: number | null
}

/** A reservation that waits for an owner, or was refused. */
export interface OpenQuestion {
  id: Id
  resource: Id
  incident: Id
  owner: string
  /** null = we do not have the resource. */
  resourceName: string | null
  incidentTitle: string | null
  fromName: string | null
  /** The entry that made it. */
  station: string
  scope: Scope
  seq: number
  confirmation: Confirmation
  reason: RefusalReason | null
  heldFor: string | null
}

export interface Holder {
  incident: Id
  incidentTitle: string | null
  fromName: string | null
}

export class ReservationsRepository {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  of(where: 'resource' | 'incident', id: Id): Promise<ReservationRow[]> {
    return this.#store.all(`SELECT ${columns} FROM ${from} WHERE v.${where} = ? AND v._deleted = 0 ORDER BY v.reservedAt DESC, v.key DESC LIMIT 500`, [id])
  }

  one(id: Id, reads: Reads = this.#store): Promise<ReservationRow | null> {
    return reads.get(`SELECT ${columns} FROM ${from} WHERE v.id = ? AND v._deleted = 0`, [id])
  }

  /** What holds a resource; `resource` null = there is no such resource here. */
  async heldBy(reads: Reads, resource: Id): Promise<{ resource: string | null; holder: (Holder & { state: ReservationState }) | null }> {
    const row = await reads.get<{ name: string; incident: Id | null; incidentTitle: string | null; fromName: string | null; state: ReservationState }>(
      `SELECT r.name, v.incident, v.incidentTitle, v.fromName, v.state FROM resources r LEFT JOIN reservations v ON v.resource = r.id AND ${isOpen} WHERE r.id = ? AND r._deleted = 0`,
      [resource],
    )
    if (row === null) return { resource: null, holder: null }
    const { name, incident, ...rest } = row
    return { resource: name, holder: incident === null ? null : { incident, ...rest } }
  }

  /** Held twice: stations took it before they heard of one another. Newest first. */
  doubleBooked(): Promise<{ resource: string; name: string; incidents: number; since: number }[]> {
    return this.#store.all(
      `SELECT v.resource, r.name, count(*) AS incidents, max(v.reservedAt) AS since FROM reservations v JOIN resources r ON r.id = v.resource
       WHERE ${isOpen} AND r._deleted = 0 GROUP BY v.resource HAVING count(*) > 1 ORDER BY since DESC LIMIT 100`,
    )
  }

  /** Ours that were refused, or made before `askedBefore` and not answered, where nothing else tells of it. */
  unsettled(unit: string, askedBefore: number): Promise<ReservationRow[]> {
    return this.#store.all(
      `SELECT * FROM (SELECT ${columns} FROM ${from} WHERE ${isOpen} AND v.confirmation = 'provisional') AS v
        WHERE substr(v.scope, instr(v.scope, ':') + 1) = ? AND v.owner IS NOT NULL AND (v.confirmation = 'refused' OR (v.confirmation = 'provisional' AND v.reservedAt < ?)) ORDER BY v.reservedAt LIMIT 100`,
      [unit, askedBefore],
    )
  }

  /** Open ones that the owner has not confirmed, the earliest first. */
  questions(): Promise<OpenQuestion[]> {
    return this.#store.all(`${questionSql} ORDER BY v.reservedAt, v.id`)
  }

  question(reads: Reads, id: Id): Promise<OpenQuestion | null> {
    return reads.get(`${questionSql} AND v.id = ?`, [id])
  }

  /** Another one that holds the resource by right. */
  holder(reads: Reads, { resource, id }: { resource: Id; id: Id }): Promise<Holder | null> {
    return reads.get(
      `SELECT v.incident, v.incidentTitle, v.fromName FROM reservations v WHERE v.resource = ? AND v.id <> ? AND ${isOpen} AND ${confirmationSql} = 'confirmed' LIMIT 1`,
      [resource, id],
    )
  }

  /** Where the owner's newest entry about a reservation stands. */
  answerPlace(reservation: Id): Promise<{ station: string; scope: Scope; seq: number } | null> {
    return this.#store.get(
      `SELECT j.station, j.scope, j.seq FROM reservations v JOIN journal j ON j.arrival = ${answerOf('j.arrival')} WHERE v.id = ?`,
      [reservation],
    )
  }
}

const questionSql = `SELECT * FROM (SELECT v.id, v.resource, v.incident, v.owner, v.reservedAt, r.name AS resourceName, v.incidentTitle, v.fromName, ${originOf('j.station')} AS station,
  ${originScope} AS scope, ${originOf('j.seq')} AS seq, ${confirmationSql} AS confirmation, a.reason, a.heldFor
  FROM reservations v LEFT JOIN resources r ON r.id = v.resource AND r._deleted = 0 LEFT JOIN reservationAnswers a ON a.reservation = v.id AND a._deleted = 0
  WHERE ${isOpen} AND v.confirmation = 'provisional' AND v.resource IS NOT NULL AND v.owner IS NOT NULL) AS v WHERE v.confirmation <> 'confirmed'`

/** The view of a row. @param ours our unit as it stands in scopes @param nameOf what the tree calls a unit */
export function reservationView(row: ReservationRow, { ours, nameOf }: { ours: string; nameOf: (unit: string) => string }): Reservation {
  const { owner, incidentTitle, fromName, scope, reason, heldFor, byName, answeredAt, ...rest } = row
  const isAnswered = owner !== null && rest.confirmation !== 'provisional'
  return {
    ...rest,
    ownerName: owner === null ? null : owner === ours ? '' : nameOf(owner),
    answer: isAnswered ? { byName: byName ?? '', at: answeredAt ?? 0, reason, heldFor } : null,
    foreign: !isForeign(scope, ours) ? null : { fromName: fromName ?? '', incidentTitle: incidentTitle ?? '' },
  }
}

/** What our centre wrote is ours under whatever name it had. */
export function isForeign(scope: Scope, ours: string): boolean {
  return !scope.startsWith('centre:') && scope.slice(scope.indexOf(':') + 1) !== ours
}
