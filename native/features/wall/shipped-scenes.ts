// The scenes that come with the program, laid out for whatever shape a wall has. Pure but for new ids.
import { type TileFrame, wallCanvasOf, type WallPhase, type WallShape, WallTile } from '../../contract/index.ts'
import { newId } from '../../kernel/ids.ts'

export interface ShippedScene {
  name: string
  isInternal: boolean
  incidentType: string | null
  phase: WallPhase | null
  tiles: WallTile[]
}

type Part = [
  kind: 'incidents' | 'orders' | 'alarms' | 'duty' | 'checklist' | 'weather' | 'camera' | 'conference' | 'globe' | 'chart' | 'picture' | 'video',
  x: number,
  y: number,
  width: number,
  height: number,
]

/**
 * Shares of the wall below its title line. Which cameras, which room, which file is chosen by whoever opens the scene: until then the tile says so.
 * Boards without an incident show every open one, or the newest.
 */
const scenes: { name: string; phase: WallPhase | null; banner: string; parts: Part[] }[] = [
  {
    name: '日常值守',
    // When an incident has ended the wall goes back to it.
    phase: 'ended',
    banner: '应急值守',
    parts: [
      ['globe', 0, 0, 0.45, 0.6],
      ['camera', 0, 0.6, 0.45, 0.4],
      ['incidents', 0.45, 0, 0.3, 1],
      ['duty', 0.75, 0, 0.25, 0.5],
      ['alarms', 0.75, 0.5, 0.25, 0.5],
    ],
  },
  {
    name: '事件接报',
    phase: 'received',
    banner: '事件接报',
    parts: [
      ['incidents', 0, 0, 0.35, 1],
      ['globe', 0.35, 0, 0.4, 0.6],
      ['camera', 0.35, 0.6, 0.4, 0.4],
      ['alarms', 0.75, 0, 0.25, 0.6],
      ['weather', 0.75, 0.6, 0.25, 0.4],
    ],
  },
  {
    name: '指挥会商',
    phase: 'response',
    banner: '指挥会商',
    parts: [
      ['conference', 0, 0, 0.5, 0.6],
      ['globe', 0.5, 0, 0.5, 0.6],
      ['checklist', 0, 0.6, 0.35, 0.4],
      ['orders', 0.35, 0.6, 0.35, 0.4],
      ['weather', 0.7, 0.6, 0.3, 0.4],
    ],
  },
  {
    name: '救援处置',
    phase: 'handling',
    banner: '救援处置',
    parts: [
      ['globe', 0, 0, 0.4, 0.6],
      ['camera', 0.4, 0, 0.35, 0.6],
      ['orders', 0.75, 0, 0.25, 1],
      ['checklist', 0, 0.6, 0.3, 0.4],
      ['chart', 0.3, 0.6, 0.25, 0.4],
      ['weather', 0.55, 0.6, 0.2, 0.4],
    ],
  },
  {
    name: '新闻发布',
    phase: null,
    banner: '新闻发布',
    parts: [
      ['picture', 0, 0, 0.5, 1],
      ['video', 0.5, 0, 0.5, 0.5],
      ['chart', 0.5, 0.5, 0.25, 0.5],
      ['weather', 0.75, 0.5, 0.25, 0.5],
    ],
  },
  {
    name: '演练',
    phase: null,
    banner: '演练 演练 演练',
    parts: [
      ['globe', 0, 0, 0.4, 0.6],
      ['camera', 0, 0.6, 0.4, 0.4],
      ['incidents', 0.4, 0, 0.3, 1],
      ['checklist', 0.7, 0, 0.3, 0.6],
      ['orders', 0.7, 0.6, 0.3, 0.4],
    ],
  },
]

export function shippedScenes(shape: WallShape): ShippedScene[] {
  const { width, height } = wallCanvasOf(shape)
  const line = Math.min(0.2, height / 5)
  const within = (x: number, y: number, w: number, h: number): TileFrame => ({
    x: round(x * width),
    y: round(line + y * (height - line)),
    width: round(w * width),
    height: round(h * (height - line)),
  })
  return scenes.map(({ name, phase, banner, parts }) => ({
    name,
    isInternal: false,
    incidentType: null,
    phase,
    tiles: [
      { id: newId(), kind: 'banner', text: banner, frame: { x: 0, y: 0, width: round(width * 0.7), height: line } },
      { id: newId(), kind: 'clock', frame: { x: round(width * 0.7), y: 0, width: round(width * 0.3), height: line } },
      ...parts.map(([kind, ...frame]) => tileOf(kind, within(...frame))),
    ],
  }))
}

function tileOf(kind: Part[0], frame: TileFrame): WallTile {
  const chosenLater = { cameras: [], conference: null, file: null, name: '' }
  // Of every open incident; each kind takes what is its own.
  return WallTile.parse({ id: newId(), kind, frame, ...chosenLater, incident: null, chart: 'casualties', isFollowing: kind === 'globe' })
}

function round(value: number): number {
  return Math.floor(value * 10_000) / 10_000
}
