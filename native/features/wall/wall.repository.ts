// Walls, screens, scenes, switches and pairings, as SQL.
import {
  type JsonValue,
  mostTiles,
  type SceneAct,
  type ScheduleSkip,
  type SwitchConfirmation,
  type SwitchKind,
  type WallHold,
  type WallInput,
  type WallPhase,
  type WallScene,
  type WallSchedule,
  type WallSwitch,
  WallTile,
} from '../../contract/index.ts'
import type { Reads, Store } from '../../store/types.ts'

export interface StoredWall extends WallInput {
  station: string
}
export interface StoredScreen {
  id: string
  wall: string
  name: string
  atRow: number
  atColumn: number
}

export class WallRepository {
  readonly #store: Store
  constructor(store: Store) {
    this.#store = store
  }

  walls(): Promise<StoredWall[]> {
    return this.#store.all<StoredWall>(
      'SELECT id, name, rows, columns, bezelX, bezelY, groupName, station FROM walls WHERE _deleted = 0 ORDER BY name, key',
    )
  }

  wall(id: string): Promise<StoredWall | null> {
    return this.#store.get<StoredWall>(
      'SELECT id, name, rows, columns, bezelX, bezelY, groupName, station FROM walls WHERE id = ? AND _deleted = 0',
      [id],
    )
  }

  screens(wall: string | null): Promise<StoredScreen[]> {
    const sql = 'SELECT id, wall, name, atRow, atColumn FROM wallScreens WHERE _deleted = 0'
    return wall === null ? this.#store.all(`${sql} ORDER BY key`) : this.#store.all(`${sql} AND wall = ? ORDER BY atRow, atColumn`, [wall])
  }

  screen(id: string): Promise<StoredScreen | null> {
    return this.#store.get('SELECT id, wall, name, atRow, atColumn FROM wallScreens WHERE id = ? AND _deleted = 0', [id])
  }

  async scenes(wall: string | null, reads: Reads = this.#store): Promise<WallScene[]> {
    const rows = await reads.all<SceneRow>(
      `SELECT id, wall, name, position, isInternal, tiles, acts, incidentType, phase FROM wallScenes
       WHERE _deleted = 0 ${wall === null ? '' : 'AND wall = ?'} ORDER BY position, key`,
      wall === null ? [] : [wall],
    )
    return rows.map(sceneOf)
  }

  async scene(id: string): Promise<WallScene | null> {
    const row = await this.#store.get<SceneRow>(
      'SELECT id, wall, name, position, isInternal, tiles, acts, incidentType, phase FROM wallScenes WHERE id = ? AND _deleted = 0',
      [id],
    )
    return row === null ? null : sceneOf(row)
  }

  /** Newest first. */
  switches(wall: string, limit: number): Promise<WallSwitch[]> {
    return this.#switchRows('wall = ?1', [wall, limit])
  }

  async switchOf(wall: string, id: string): Promise<WallSwitch | null> {
    const rows = await this.#switchRows('wall = ?1 AND id = ?2', [wall, id, 1])
    return rows[0] ?? null
  }

  /** What was on the wall then: the newest switch up to that moment. */
  async switchAt(wall: string, at: number): Promise<WallSwitch | null> {
    const rows = await this.#switchRows('wall = ?1 AND at <= ?2', [wall, at, 1])
    return rows[0] ?? null
  }

  /** Screens that said they show it, in the order in which they did. */
  confirmations(switches: readonly string[]): Promise<SwitchConfirmation[]> {
    return this.#store.all(
      `SELECT ofSwitch AS switch, screen, screenName, paintedAt, ifnull(faults, 0) AS faults FROM wallConfirmations
       WHERE ofSwitch IN (SELECT value FROM json_each(?)) AND _deleted = 0 ORDER BY paintedAt, key`,
      [JSON.stringify(switches)],
    )
  }

  async #switchRows(where: string, params: (string | number)[]): Promise<WallSwitch[]> {
    const rows = await this.#store.all<SwitchRow>(
      `SELECT id, wall, scene, sceneName, isInternal, tiles, kind, at, byName FROM wallSwitches WHERE ${where} AND _deleted = 0 ORDER BY at DESC, key DESC LIMIT ?${params.length}`,
      params,
    )
    return rows.map((row) => ({ ...row, kind: row.kind as SwitchKind, isInternal: row.isInternal === 1, tiles: tilesOf(row.tiles) }))
  }

  hold(wall: string, reads: Reads = this.#store): Promise<(WallHold & { id: string }) | null> {
    return reads.get(
      'SELECT id, account, name, at FROM wallHolds WHERE wall = ? AND endedAt IS NULL AND _deleted = 0 ORDER BY at DESC, key DESC LIMIT 1',
      [wall],
    )
  }

  async schedules(): Promise<WallSchedule[]> {
    const rows = await this.#store.all<Omit<WallSchedule, 'acts' | 'isOn'> & { acts: string | null; isOn: number | null }>(
      'SELECT id, wall, name, scene, acts, minute, days, isOn FROM wallSchedules WHERE _deleted = 0 ORDER BY minute, key',
    )
    return rows.map((row) => ({ ...row, acts: list<SceneAct>(row.acts), isOn: row.isOn === 1 }))
  }

  /** What this machine made of each schedule's last moment. */
  async turns(): Promise<Map<string, { at: number; skipped: ScheduleSkip | null }>> {
    const rows = await this.#store.all<{ schedule: string; at: number; skipped: string | null }>(
      'SELECT schedule, at, skipped FROM wall_schedule_turns',
    )
    return new Map(
      rows.map(({ schedule, at, skipped }) => [schedule, { at, skipped: skipped === null ? null : (JSON.parse(skipped) as ScheduleSkip) }]),
    )
  }

  async setTurn(schedule: string, { at, skipped }: { at: number; skipped: ScheduleSkip | null }): Promise<void> {
    await this.#store.write((tx) =>
      tx.run('INSERT OR REPLACE INTO wall_schedule_turns (schedule, at, skipped) VALUES (?, ?, ?)', [
        schedule,
        at,
        skipped === null ? null : JSON.stringify(skipped),
      ]),
    )
  }

  async pairings(): Promise<{ screen: string; session: string }[]> {
    return this.#store.all('SELECT screen, session FROM wall_pairings')
  }

  async pair(screen: string, session: string, at: number): Promise<void> {
    await this.#store.write(async (tx) => {
      await tx.run('DELETE FROM wall_pairings WHERE screen = ?', [screen])
      await tx.run('INSERT INTO wall_pairings (screen, session, at) VALUES (?, ?, ?)', [screen, session, at])
    })
  }

  async unpair(screen: string): Promise<void> {
    await this.#store.write((tx) => tx.run('DELETE FROM wall_pairings WHERE screen = ?', [screen]))
  }
}

interface SceneRow extends Omit<WallScene, 'isInternal' | 'tiles' | 'acts' | 'phase'> {
  isInternal: number | null
  tiles: string | null
  acts: string | null
  phase: string | null
}
interface SwitchRow extends Omit<WallSwitch, 'isInternal' | 'tiles' | 'kind'> {
  isInternal: number | null
  tiles: string | null
  kind: string
}

function sceneOf(row: SceneRow): WallScene {
  return {
    ...row,
    isInternal: row.isInternal === 1,
    tiles: tilesOf(row.tiles),
    acts: list<SceneAct>(row.acts),
    phase: row.phase as WallPhase | null,
  }
}

/** Written by this program through zod; null only before it was. */
function list<T>(json: string | null): T[] {
  return json === null ? [] : (JSON.parse(json) as T[])
}

/** Rows also come from other consoles: what is no tile of this version is left out, the others are shown. */
function tilesOf(json: string | null): WallTile[] {
  const tiles: unknown = json === null ? [] : JSON.parse(json)
  return (Array.isArray(tiles) ? tiles : []).slice(0, mostTiles).flatMap((tile) => {
    const read = WallTile.safeParse(tile)
    return read.success ? [read.data] : []
  })
}

/** As a cell takes it. */
export function cell(value: object): JsonValue {
  return JSON.parse(JSON.stringify(value)) as JsonValue
}
