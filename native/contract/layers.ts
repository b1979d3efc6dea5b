// Map layers and drawings as they cross the door.
import { z } from 'zod'
import { defineDatasets } from './dataset.ts'
import type { Health } from './health.ts'
import type { EpochMs } from './scalars.ts'
import { Id, Lat, Lon, LonLat, text } from './scalars.ts'

export const layerDatasets = defineDatasets({
  /** Layers the centre has added: map packs and online sources. Order, opacity and visibility of a person are kept apart. */
  layers: {
    scope: 'centre',
    columns: {
      name: { type: 'text' },
      kind: { type: 'text' },
      /** A `LayerSource`; never a key. */
      source: { type: 'json' },
      attribution: { type: 'text' },
      /** 审图号 as the owner of the map states it. */
      reviewNumber: { type: 'text' },
      position: { type: 'real' },
      opacity: { type: 'real' },
      isVisible: { type: 'boolean' },
      /** An administrator entered it, so addresses inside the house are allowed. */
      isTrusted: { type: 'boolean' },
    },
  },
  /** What people plotted (标绘). */
  drawings: {
    scope: 'centre',
    columns: {
      name: { type: 'text' },
      kind: { type: 'text' },
      geometry: { type: 'json' },
      /** GB/T 35649 code; null = plain. */
      symbol: { type: 'text' },
      incident: { type: 'id' },
    },
  },
})

export const Tiling = z.enum(['mercator', 'geographic'])
/** `mercator` = EPSG:3857, `geographic` = EPSG:4326/4490 with two tiles at level 0. */
export type Tiling = z.infer<typeof Tiling>

const level = z.int().min(0).max(24)
const address = text(2000).refine((value) => /^https?:\/\//i.test(value), { error: 'layers.address' })

/** A map pack: an MBTiles file in the blob store. */
export const PackSource = z.object({
  kind: z.literal('mbtiles'),
  blob: z.string().regex(/^[0-9a-f]{64}$/),
  tiling: Tiling,
  /** Rows counted from the south (`tms`, as MBTiles 1.3 says) or from the north (`xyz`, as many programs write all the same). */
  rows: z.enum(['tms', 'xyz']),
  format: z.enum(['png', 'jpg', 'webp']),
  minLevel: level,
  maxLevel: level,
  box: z.tuple([Lon, Lat, Lon, Lat]).nullable(),
  datum: z.enum(['wgs84', 'gcj02']),
})
export type PackSource = z.infer<typeof PackSource>

/** Tiles of another server. `{z} {x} {y} {-y} {s} {key}` stand for level, column, row, row from the south, a subdomain, the secret key. */
export const TileSource = z.object({
  kind: z.literal('tiles'),
  template: address,
  subdomains: z.array(text(20)).max(20).default([]),
  tiling: Tiling,
  /** Added to the level before it is asked for: 1 for the `c` matrices of 天地图. */
  levelOffset: z.int().min(-2).max(2).default(0),
  minLevel: level,
  maxLevel: level,
  box: z.tuple([Lon, Lat, Lon, Lat]).nullable().default(null),
  datum: z.enum(['wgs84', 'gcj02']),
  /** A tile older than this is fetched again; the old one is shown while the source is down. */
  maxAgeHours: z
    .number()
    .min(0)
    .max(24 * 365)
    .default(24 * 30),
})
export type TileSource = z.infer<typeof TileSource>

/** A 3D Tiles tileset; everything below its folder is fetched through the station. */
export const TilesetSource = z.object({
  kind: z.literal('tiles3d'),
  url: address,
  maxAgeHours: z
    .number()
    .min(0)
    .max(24 * 365)
    .default(24 * 30),
})
export type TilesetSource = z.infer<typeof TilesetSource>

export const LayerSource = z.discriminatedUnion('kind', [PackSource, TileSource, TilesetSource])
export type LayerSource = z.infer<typeof LayerSource>

/** The `{y}`-less source an online layer is configured from when it speaks WMTS. */
export const WmtsSource = z.object({
  url: address,
  layer: text(200),
  style: text(100).default('default'),
  matrixSet: text(200),
  format: text(50).default('image/png'),
  tiling: Tiling,
  levelOffset: z.int().min(-2).max(2).default(0),
  /** Name of the parameter that carries the key, e.g. `tk`; null = none. */
  keyParameter: text(50).nullable(),
})
export type WmtsSource = z.infer<typeof WmtsSource>

export interface Layer {
  id: Id
  name: string
  source: LayerSource
  attribution: string | null
  reviewNumber: string | null
  isTrusted: boolean
  /** The secret is held by the station; its value never leaves it. */
  hasKey: boolean
  /** Where tiles are fetched: `tiles/<id>/{z}/{x}/{y}` or `tiles/<id>/3d/<file>`. */
  tilesPath: string
  health: Health
  /** When the newest tile in the cache was fetched; null for map packs and where nothing has been fetched. */
  fetchedAt: EpochMs | null
}

/** How one person sees one layer; `layer` is a layer's id or a word of the page (`base`, `boundaries`, `incidents` …). Higher positions lie on top. */
export const LayerView = z.object({
  layer: z.string().min(1).max(64),
  position: z.number().min(-1e6).max(1e6),
  opacity: z.number().min(0).max(1),
  isVisible: z.boolean(),
})
export type LayerView = z.infer<typeof LayerView>

export const OnlineLayerInput = z.object({
  name: text(80).refine((value) => value.trim() !== ''),
  source: z.discriminatedUnion('kind', [TileSource, TilesetSource]),
  attribution: text(200).nullable(),
  reviewNumber: text(80).nullable(),
  /** The key of the source; kept by the station, encrypted. */
  key: text(500).nullable(),
})
export type OnlineLayerInput = z.infer<typeof OnlineLayerInput>

export const PackLayerInput = z.object({
  blob: z.string().regex(/^[0-9a-f]{64}$/),
  /** null = the name in the file's metadata, or the file's own. */
  name: text(80).nullable(),
  fileName: text(255),
  /** null = what the file says, else its usual form. */
  rows: z.enum(['tms', 'xyz']).nullable(),
  tiling: Tiling.nullable(),
  datum: z.enum(['wgs84', 'gcj02']),
  reviewNumber: text(80).nullable(),
})
export type PackLayerInput = z.infer<typeof PackLayerInput>

const ring = z.array(LonLat).min(4).max(10_000)
export const DrawingGeometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Point'), coordinates: LonLat }),
  z.object({ type: z.literal('LineString'), coordinates: z.array(LonLat).min(2).max(10_000) }),
  z.object({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1).max(50) }),
  z.object({ type: z.literal('Circle'), coordinates: LonLat, radiusM: z.number().positive().max(2_000_000) }),
])
/** GeoJSON, or a circle with its radius in metres along the ground. */
export type DrawingGeometry = z.infer<typeof DrawingGeometry>

export const DrawingInput = z.object({
  name: text(80),
  geometry: DrawingGeometry,
  symbol: z
    .string()
    .regex(/^[A-HJ-NP-Y]\d{5}$/)
    .nullable(),
  incident: Id.nullable(),
})
export type DrawingInput = z.infer<typeof DrawingInput>

export interface Drawing extends DrawingInput {
  id: Id
  kind: 'point' | 'line' | 'polygon' | 'circle'
}
