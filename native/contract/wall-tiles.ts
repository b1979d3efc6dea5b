// Tiles of a scene (场景): what each shows and where it stands on the wall.
import { z } from 'zod'
import { Id, LonLat, Sha256, text } from './scalars.ts'

/** Where a tile stands, in screens: 1 = the width (height) of one screen without its bezel; the whole wall with its bezels is the canvas. */
export const TileFrame = z.object({
  x: z.number().min(0).max(32),
  y: z.number().min(0).max(32),
  width: z.number().min(0.05).max(32),
  height: z.number().min(0.05).max(32),
})
export type TileFrame = z.infer<typeof TileFrame>

const base = { id: Id, frame: TileFrame }
/** null = every open one. */
const incident = Id.nullable()

/** What a globe tile may draw. */
export const globeTileLayers = ['boundaries', 'drawings', 'incidents', 'tasks', 'resources', 'cameras'] as const
export type GlobeTileLayer = (typeof globeTileLayers)[number]
/** Resources by kind and readiness, what an incident's statements say of casualties over time, its orders by state. */
export const wallCharts = ['resources', 'casualties', 'tasks'] as const
export type WallChart = (typeof wallCharts)[number]
/** 画廊 everybody, 主讲 the spotlight or whoever speaks, 一人 whoever has this name. */
export const conferenceTileViews = ['gallery', 'spotlight', 'person'] as const
export type ConferenceTileView = (typeof conferenceTileViews)[number]
export const WallTile = z.discriminatedUnion('kind', [
  z.object({ ...base, kind: z.literal('clock') }),
  z.object({ ...base, kind: z.literal('banner'), text: text(500) }),
  /** With an incident: what is known of that one. */
  z.object({ ...base, kind: z.literal('incidents'), incident: incident.default(null) }),
  z.object({ ...base, kind: z.literal('orders'), incident }),
  z.object({ ...base, kind: z.literal('resources') }),
  z.object({ ...base, kind: z.literal('duty') }),
  z.object({ ...base, kind: z.literal('alarms') }),
  z.object({ ...base, kind: z.literal('checklist'), incident }),
  z.object({ ...base, kind: z.literal('weather'), incident }),
  z.object({ ...base, kind: z.literal('picture'), file: Sha256.nullable(), name: text(200) }),
  z.object({ ...base, kind: z.literal('video'), file: Sha256.nullable(), name: text(200) }),
  z.object({
    ...base,
    kind: z.literal('pdf'),
    file: Sha256.nullable(),
    name: text(200),
    /** How long each page stands, seconds; 0 = the first page alone. */
    pageS: z.int().min(0).max(3_600).default(20),
  }),
  /** Shown in a frame without scripts of ours, without cookies, without leave to open anything. */
  z.object({
    ...base,
    kind: z.literal('web'),
    address: text(500).refine(isPublicAddress, { error: 'address' }),
  }),
  z.object({ ...base, kind: z.literal('camera'), cameras: z.array(Id).max(16) }),
  z.object({
    ...base,
    kind: z.literal('conference'),
    conference: Id.nullable(),
    view: z.enum(conferenceTileViews).default('gallery'),
    /** For 一人: a name as it stands in the room. */
    person: text(80).default(''),
  }),
  z.object({
    ...base,
    kind: z.literal('globe'),
    /** It goes where the globe of whoever holds the wall goes; until that is known, and otherwise, its own view. */
    isFollowing: z.boolean().default(false),
    /** null = the whole area of the centre. */
    centre: LonLat.nullable().default(null),
    /** Ground from left to right, metres. */
    widthM: z.number().min(100).max(40_000_000).default(300_000),
    layers: z.array(z.enum(globeTileLayers)).max(globeTileLayers.length).default(['boundaries', 'drawings', 'incidents', 'tasks']),
  }),
  z.object({ ...base, kind: z.literal('chart'), chart: z.enum(wallCharts).default('resources'), incident: incident.default(null) }),
  /** A plan in force: its tiers, and what is to be done in each. */
  z.object({ ...base, kind: z.literal('plan'), plan: Id.nullable().default(null) }),
])
export type WallTile = z.infer<typeof WallTile>
export type WallTileKind = WallTile['kind']

/** `https:` or `http:` to a named host, or an address that is not this machine's or a link's own; numbers in any other form than four decimals are refused. */
function isPublicAddress(value: string): boolean {
  const [, host = ''] = /^https?:\/\/([\w.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?(?:[/?#]\S*)?$/i.exec(value) ?? []
  const name = host.replace(/^\[|\]$|\.$/g, '').toLowerCase()
  if (name === '' || /(^|\.)localhost$/.test(name)) return false
  if (name.includes(':')) return !/^(::1?$|::ffff:|fe[89ab][0-9a-f]:|0*:)/.test(name)
  const isNumber = /(^|\.)(\d+|0x[0-9a-f]*)$/.test(name)
  return !isNumber || (/^(?:(?:[1-9]\d{0,2}|0)\.){3}(?:[1-9]\d{0,2}|0)$/.test(name) && !/^(0|127|169\.254)\./.test(name))
}

export const wallTileKinds = WallTile.options.map((option) => option.shape.kind.value)
