// Reads rooms with who was called and who was there.
import type { Conference, ConferenceAttendance, ConferenceInvitation, ConferenceMove, InviteeKind } from '../../contract/index.ts'
import type { Reads } from '../../store/types.ts'

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
    const rows = await this.#reads.all<Omit<ConferenceInvitation, 'kind' | 'isByTelephone'> & { kind: string; isByTelephone: number | null }>(
      `SELECT id, kind, whom, name, coalesce(telephone, '') AS telephone, isByTelephone, toldAt, coalesce(toldByName, '') AS toldByName
       FROM conferenceInvitations WHERE conference = ? AND _deleted = 0 ORDER BY key`,
      [conference],
    )
    return rows.map((row) => ({ ...row, kind: row.kind as InviteeKind, isByTelephone: row.isByTelephone === 1 }))
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
    return this.#reads.all(
      `SELECT n.id, c.id AS conference, c.title, n.name, coalesce(n.telephone, '') AS telephone, n.enteredAt AS at
       FROM conferenceInvitations n JOIN conferences c ON c.id = n.conference
       WHERE n.isByTelephone = 1 AND n.toldAt IS NULL AND n._deleted = 0 AND c._deleted = 0 AND c.closedAt IS NULL ORDER BY n.key LIMIT 200`,
    )
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
