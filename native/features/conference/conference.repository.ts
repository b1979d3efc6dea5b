// Reads rooms with who was called and who was there.
import type { Conference, ConferenceAttendance, ConferenceInvitation, ConferenceMove, EpochMs, InviteeKind } from '../../contract/index.ts'
import type { Reads } from '../../store/types.ts'
import { isTold, rungSince } from './rung.ts'

/** What of a room stands in the journal. */
export interface StoredRoom extends Omit<Conference, 'present' | 'host' | 'isForeign'> {
  station: string
}
interface RoomRow extends Omit<StoredRoom, 'isSample' | 'closedByName'> {
  isSample: number | null
  closedByName: string | null
}

const rooms = `SELECT c.id, c.incident, c.title, c.station, c.openedAt, c.openedByName, c.closedAt, c.closedByName, c.isSample,
  (SELECT i.title FROM incidents i WHERE i.id = c.incident) AS incidentTitle FROM conferences c WHERE c._deleted = 0`

export class ConferenceRepository {
  readonly #reads: Reads
  constructor(reads: Reads) {
    this.#reads = reads
  }

  /** Open ones first, then the newest. @param incident null = of any incident and of none */
  async list({ incident, limit }: { incident: string | null; limit: number }): Promise<StoredRoom[]> {
    const rows = await this.#reads.all<RoomRow>(
      `${rooms} ${incident === null ? '' : 'AND c.incident = ?'} ORDER BY c.closedAt IS NOT NULL, c.openedAt DESC, c.key DESC LIMIT ?`,
      incident === null ? [limit] : [incident, limit],
    )
    return rows.map(roomOf)
  }

  async get(id: string, reads: Reads = this.#reads): Promise<StoredRoom | null> {
    const row = await reads.get<RoomRow>(`${rooms} AND c.id = ?`, [id])
    return row === null ? null : roomOf(row)
  }

  async invitations(conference: string): Promise<ConferenceInvitation[]> {
    const rows = await this.#reads.all<InvitationRow>(
      `SELECT n.id, n.kind, n.whom, n.name, coalesce(n.telephone, '') AS telephone, n.isByTelephone, n.toldAt, coalesce(n.toldByName, '') AS toldByName, n.enteredAt,
         coalesce((SELECT u.isSample FROM units u WHERE n.kind = 'unit' AND u.id = n.whom), (SELECT p.isSample FROM contacts p WHERE n.kind = 'contact' AND p.id = n.whom), 0) AS isSample
       FROM conferenceInvitations n WHERE n.conference = ? AND n._deleted = 0 ORDER BY n.key`,
      [conference],
    )
    const rung = await rungSince(this.#reads, sinceOf(rows))
    return rows.map(({ enteredAt: _enteredAt, ...row }) => {
      const last = rung.get(row.id) ?? null
      const flags = { isByTelephone: row.isByTelephone === 1, isSample: row.isSample === 1 }
      return { ...row, ...flags, kind: row.kind as InviteeKind, rung: last, toldAt: row.toldAt ?? (isTold(last) ? (last?.at ?? null) : null) }
    })
  }

  /** Whoever went on with the room at another host has left the former one then, also where that one was ended without a word. */
  async attendance(conference: string): Promise<ConferenceAttendance[]> {
    const rows = await this.#reads.all<Omit<ConferenceAttendance, 'hasMoved'> & { movedFrom: string | null; movedAt: number | null }>(
      `SELECT a.id, coalesce(a.account, '') AS account, a.name, coalesce(a.unitName, '') AS unitName, a.camera, a.joinedAt, a.leftAt, a.leftHow, a.movedFrom,
         (SELECT min(n.joinedAt) FROM conferenceAttendance n WHERE n.conference = a.conference AND n.account = a.account AND n.movedFrom = a.station
            AND n.joinedAt >= a.joinedAt AND n._deleted = 0) AS movedAt
       FROM conferenceAttendance a WHERE a.conference = ? AND a._deleted = 0 ORDER BY a.joinedAt, a.key`,
      [conference],
    )
    return rows.map(({ movedFrom, movedAt, ...row }) => {
      const isMoved = movedAt !== null && (row.leftAt === null || row.leftHow === 'lost')
      return { ...row, hasMoved: movedFrom !== null, ...(isMoved ? { leftAt: movedAt, leftHow: 'moved' } : {}) }
    })
  }

  moves(conference: string): Promise<(ConferenceMove & { station: string })[]> {
    return this.#reads.all(
      `SELECT id, station, coalesce(name, '') AS name, since, reason FROM conferenceHosts WHERE conference = ? AND _deleted = 0 ORDER BY since, key`,
      [conference],
    )
  }

  /** Open rooms to which units were called, each with the unit's row. */
  async openCalls(): Promise<{ room: StoredRoom; unit: string }[]> {
    const rows = await this.#reads.all<RoomRow & { unit: string }>(
      `SELECT r.*, n.whom AS unit FROM (${rooms}) r JOIN conferenceInvitations n ON n.conference = r.id
       WHERE n.kind = 'unit' AND n._deleted = 0 AND r.closedAt IS NULL ORDER BY r.openedAt`,
    )
    return rows.map(({ unit, ...row }) => ({ room: roomOf(row), unit }))
  }

  /** Open rooms to which this account was called, and where it has not been yet. */
  async callsOf(account: string): Promise<{ conference: string; title: string; incidentTitle: string | null; at: number; by: string }[]> {
    return this.#reads.all(
      `SELECT c.id AS conference, c.title, (SELECT i.title FROM incidents i WHERE i.id = c.incident) AS incidentTitle,
         min(n.enteredAt) AS at, n.enteredByName AS "by"
       FROM conferenceInvitations n JOIN conferences c ON c.id = n.conference
       WHERE n.kind = 'account' AND n.whom = ? AND n._deleted = 0 AND c._deleted = 0 AND c.closedAt IS NULL
         AND NOT EXISTS (SELECT 1 FROM conferenceAttendance a WHERE a.conference = c.id AND a.account = n.whom)
       GROUP BY c.id`,
      [account],
    )
  }

  /** Who is still to be rung for an open room. */
  async toRing(): Promise<{ id: string; conference: string; title: string; name: string; telephone: string; at: number }[]> {
    const rows = await this.#reads.all<{ id: string; conference: string; title: string; name: string; telephone: string; at: number }>(
      `SELECT n.id, c.id AS conference, c.title, n.name, coalesce(n.telephone, '') AS telephone, n.enteredAt AS at
       FROM conferenceInvitations n JOIN conferences c ON c.id = n.conference
       WHERE n.isByTelephone = 1 AND n.toldAt IS NULL AND n._deleted = 0 AND c._deleted = 0 AND c.closedAt IS NULL ORDER BY n.key LIMIT 200`,
    )
    const rung = await rungSince(this.#reads, sinceOf(rows.map(({ at }) => ({ enteredAt: at }))))
    return rows.filter(({ id }) => !isTold(rung.get(id) ?? null))
  }

  /** Cameras that were in a room at another host, which does not answer or has sent the room on. */
  async camerasElsewhere(conference: string, { station, since }: { station: string; since: number }): Promise<string[]> {
    const rows = await this.#reads.all<{ camera: string }>(
      `SELECT DISTINCT camera FROM conferenceAttendance
       WHERE conference = ? AND camera IS NOT NULL AND station <> ? AND (leftAt IS NULL OR (leftHow = 'moved' AND leftAt > ?)) AND _deleted = 0`,
      [conference, station, since],
    )
    return rows.map(({ camera }) => camera)
  }

  /** Whoever this station believed to be there and is not any more, because it was ended without a word. */
  async leftBehind(station: string): Promise<LeftBehind[]> {
    return this.#reads.all(
      `SELECT id, conference, incident, coalesce(account, '') AS account, name, camera FROM conferenceAttendance WHERE station = ? AND leftAt IS NULL AND _deleted = 0`,
      [station],
    )
  }
}

interface InvitationRow extends Omit<ConferenceInvitation, 'kind' | 'isByTelephone' | 'isSample' | 'rung'> {
  kind: string
  isByTelephone: number | null
  isSample: number
  enteredAt: EpochMs | null
}

/** Nobody was rung about these before. */
function sinceOf(rows: readonly { enteredAt: EpochMs | null }[]): EpochMs {
  return Math.min(Number.MAX_SAFE_INTEGER, ...rows.map(({ enteredAt }) => enteredAt ?? 0))
}

export interface LeftBehind {
  id: string
  conference: string
  incident: string | null
  account: string
  name: string
  camera: string | null
}

function roomOf(row: RoomRow): StoredRoom {
  return { ...row, isSample: row.isSample === 1, closedByName: row.closedByName ?? '' }
}
