// What goes between a wall's screens and the station: prepare, show at a moment, what is really shown.
import { z } from 'zod'
import type { CameraPlayer } from './cameras.ts'
import type { DisplayOutcome } from './display-devices.ts'
import type { GroundMap } from './layer-order.ts'
import type { Drawing } from './layers.ts'
import { type EpochMs, Id, LonLat, text } from './scalars.ts'
import type { StreamState } from './streams.ts'
import type { SwitchKind, WallHold } from './wall.ts'
import type { WallTile, WallTileKind } from './wall-tiles.ts'

/** A tile as one screen draws it: its frame in shares of that screen (0 = left edge, 1 = right), beyond 0…1 where it spans screens. */
export interface ScreenTile {
  tile: WallTile
  left: number
  top: number
  width: number
  height: number
  /** How many of its pictures move there; the others are stills. 0 also where nothing moves anyway. */
  moving: number
}

/** What one screen shows of a switch. */
export interface ScreenContent {
  switch: Id
  sceneName: string
  isInternal: boolean
  tiles: ScreenTile[]
}

export type ScreenEvent =
  /** The first of each connection: what it is, and what it must show; null = nothing was shown yet. */
  | { kind: 'state'; screenName: string; wallName: string; content: ScreenContent | null; stationNow: EpochMs }
  | { kind: 'prepare'; content: ScreenContent; stationNow: EpochMs }
  /** By the station's clock. `isForced`: also where it is not ready, with what is missing said in its place. */
  | { kind: 'show'; switch: Id; at: EpochMs; isForced: boolean; stationNow: EpochMs }
  /** Boards of these kinds show other things now. */
  | { kind: 'changed'; tiles: WallTile['kind'][] }
  | { kind: 'pulse'; stationNow: EpochMs }
  /** Paired no more. */
  | { kind: 'revoked' }

export const ScreenReport = z.object({
  screen: Id,
  /** `failed`: something of what it prepares has neither a picture nor words of its own; `ready` may still come. */
  phase: z.enum(['ready', 'failed', 'shown', 'pulse']),
  /** What it prepares, or shows. */
  switch: Id.nullable(),
  /** When it was painted, by the station's clock as the page reckons it. */
  paintedAt: z.int().nullable(),
  /** Tiles that cannot show what they should, by id. */
  faults: z.array(z.object({ tile: Id, reason: text(80) })).max(64),
  /** What it really shows, small: `data:image/jpeg;base64,…`; null = not this time. */
  thumbnail: z
    .string()
    .max(60_000)
    .regex(/^data:image\/(jpeg|webp|png);base64,[A-Za-z0-9+/=]+$/)
    .nullable(),
})
export type ScreenReport = z.infer<typeof ScreenReport>

/** Intended against actual, of one screen. */
export interface ScreenStanding {
  id: Id
  name: string
  /** From 0, top to bottom. */
  atRow: number
  /** From 0, left to right. */
  atColumn: number
  isPaired: boolean
  isConnected: boolean
  /** What it should show; null = nothing was switched yet. */
  intended: { switch: Id; sceneName: string } | null
  /** What it says it shows. */
  actual: { switch: Id; sceneName: string } | null
  /** null = it never reported since the station started. */
  reportedAt: EpochMs | null
  paintedAt: EpochMs | null
  /** Of what it shows, and of what it is to show and is not ready for. */
  faults: TileFault[]
  thumbnail: { picture: string; at: EpochMs } | null
}

export interface TileFault {
  tile: Id
  kind: WallTileKind
  /** Of its file or page; '' = it has none. */
  name: string
  /** As the screen says it, `missing`, `picture` …; the desk has the words. */
  reason: string
}

export interface WallStanding {
  id: Id
  name: string
  rows: number
  columns: number
  bezelX: number
  bezelY: number
  groupName: string
  isHere: boolean
  hold: WallHold | null
  shown: { switch: Id; scene: Id | null; sceneName: string; at: EpochMs; byName: string; kind: SwitchKind } | null
  screens: ScreenStanding[]
  /** Acts on devices of the last switch, in order; before them what it kept an older one from doing. */
  acts: ActDone[]
}

export interface ActDone {
  device: Id
  deviceName: string
  words: string
  /** `stopped`: not done, one before it failed · `cancelled`: not done, a newer switch came first, or the station ended. */
  state: 'waiting' | 'running' | 'done' | 'stopped' | 'cancelled'
  /** null = not done, or not yet. */
  outcome: DisplayOutcome | null
}

/** What came of a switch. */
export interface SwitchResult {
  switch: Id
  at: EpochMs
  /** Screens that were not ready in time: they show what they showed, and follow when they are ready. */
  late: Id[]
  /** Paired screens that are not connected. */
  absent: Id[]
}

/** One line of a board on the wall, masked unless the scene is 内部. */
export interface BoardLine {
  id: string
  title: string
  detail: string
  at: EpochMs | null
  dueAt: EpochMs | null
}
export interface BoardData {
  lines: BoardLine[]
  /** Lines beyond what is given. */
  more: number
  readAt: EpochMs
}

/** What a chart shows; words of its names are the station's (Chinese, as boards are). */
export interface ChartData {
  /** `bars`: one figure beside the other, `parts` of each; `steps`: figures over time, each standing until the next. */
  form: 'bars' | 'steps'
  title: string
  names: string[]
  series: { name: string; values: number[] }[]
  /** Of `steps`: series by series `[at, value]`. */
  points: { name: string; steps: [EpochMs, number][] }[]
  /** Where the figures come from, in words. */
  source: string
  readAt: EpochMs
}

export interface WallMarker {
  id: Id
  position: LonLat
  label: string
  /** Class of the event (`12D`), for its sign; '' = none. */
  typeCode: string
}

export type WallDrawing = Pick<Drawing, 'id' | 'name' | 'geometry' | 'symbol'>

/** What a globe tile draws, masked; and where it looks when it follows a console. */
/** A map under the signs of a wall's globe. */
export interface WallGround {
  id: string
  /** null = the imagery that comes with the program. */
  map: GroundMap | null
  opacity: number
}

export interface GlobeTileData {
  view: WallGlobeView | null
  /** Lowest first, as whoever holds the wall sees them. */
  grounds: WallGround[]
  /** What the visible maps ask to be named with: 审图号, source. */
  credits: string[]
  /** Outlines of areas, WGS-84; null = as they were: they are large, hardly ever change, and are given when asked for. */
  boundaries: { id: string; name: string; geometry: { type: string; coordinates: unknown[] }; level: 'city' | 'county' | 'province' }[] | null
  /** What people have drawn (标绘), lowest first. */
  drawings: WallDrawing[]
  incidents: WallMarker[]
  tasks: WallMarker[]
  resources: WallMarker[]
  cameras: WallMarker[]
  readAt: EpochMs
}

/** Where a console's globe looks. */
export const WallGlobeView = z.object({ centre: LonLat, widthM: z.number().min(1).max(60_000_000) })
export type WallGlobeView = z.infer<typeof WallGlobeView>

/** A camera as a screen may know it: neither its address nor where it stands. */
export interface WallCamera {
  id: Id
  name: string
  player: CameraPlayer
  hasSub: boolean
  /** Its stream now; null = nobody watches it. */
  state: StreamState | null
}

/** A screen that said it shows a switch, as it stands in the journal. */
export interface SwitchConfirmation {
  switch: Id
  screen: Id
  screenName: string
  paintedAt: EpochMs
  /** Tiles that could not show what they should. */
  faults: number
}
