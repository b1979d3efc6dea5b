// Tiles of a scene (场景): what each shows and where it stands on the wall.
import { z } from 'zod'
import { Id, Sha256, text } from './scalars.ts'

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
export const WallTile = z.discriminatedUnion('kind', [
  z.object({ ...base, kind: z.literal('clock') }),
  z.object({ ...base, kind: z.literal('banner'), text: text(500) }),
  z.object({ ...base, kind: z.literal('incidents') }),
  z.object({ ...base, kind: z.literal('orders'), incident }),
  z.object({ ...base, kind: z.literal('resources') }),
  z.object({ ...base, kind: z.literal('duty') }),
  z.object({ ...base, kind: z.literal('alarms') }),
  z.object({ ...base, kind: z.literal('checklist'), incident }),
  z.object({ ...base, kind: z.literal('weather'), incident }),
  z.object({ ...base, kind: z.literal('picture'), file: Sha256.nullable(), name: text(200) }),
  z.object({ ...base, kind: z.literal('video'), file: Sha256.nullable(), name: text(200) }),
  z.object({ ...base, kind: z.literal('pdf'), file: Sha256.nullable(), name: text(200) }),
  /** Shown in a frame without scripts of ours, without cookies, without leave to open anything. */
  z.object({
    ...base,
    kind: z.literal('web'),
    address: text(500).refine(isPublicAddress, { error: 'address' }),
  }),
  z.object({ ...base, kind: z.literal('camera'), cameras: z.array(Id).max(16) }),
  z.object({ ...base, kind: z.literal('conference'), conference: Id.nullable() }),
  z.object({ ...base, kind: z.literal('globe') }),
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

/** What a scene costs a screen: compared with these before the switch. */
export const wallBudget = {
  /** Moving pictures one screen decodes; more than that are stills. */
  decoders: 6,
  globes: 1,
  /** Drawn at once, in pixels of one screen. */
  pixels: 3840 * 2160 * 2,
} as const

/** Kinds whose picture a tile cannot show yet; the tile says so. */
export const unfinishedTileKinds: readonly WallTileKind[] = ['pdf', 'conference', 'globe', 'camera']
