// What a globe on the wall draws: outlines, what people have drawn, incidents, units under orders, resources and cameras by their places and short words, masked unless the scene is 内部.
import {
  type Drawing,
  type GlobeTileData,
  type GroundMap,
  groundMap,
  groundOrder,
  type IncidentSummary,
  type Layer,
  type LayerView,
  type LonLat,
  type Task,
  type WallGlobeView,
  type WallMarker,
  type WallTile,
} from '../../contract/index.ts'
import type { Reads } from '../../store/types.ts'

export interface GlobeSources {
  reads: Reads
  outlines: () => Promise<
    { area: { code: string; name: string; kind: string }; geometry: { type: string; coordinates: unknown[] }; source: string }[]
  >
  drawings: () => Promise<Drawing[]>
  incidents: (isOpen: boolean) => Promise<IncidentSummary[]>
  tasks: () => Promise<Task[]>
  /** The maps of this station, and how a person sees them. */
  maps: { list: () => Promise<Layer[]>; views: (account: string) => Promise<LayerView[]> }
}

export interface GlobeAsking {
  view: WallGlobeView | null
  /** Account of whoever holds the wall; null = nobody. */
  holder: string | null
  /** Where this screen fetches tiles, without a slash at the end. */
  tilesAt: string
  hasOutlines: boolean
  hide: (words: string) => string
  now: number
}

export type GlobeTile = Extract<WallTile, { kind: 'globe' }>
/** A wall is looked at from afar: more dots are one smear. */
const mostResources = 5_000
const mostCameras = 500
const mostDrawings = 1_000
const labelChars = 16

const levels = { province: 'province', city: 'city', county: 'county' } as const

export async function globeDataOf(
  tile: GlobeTile,
  sources: GlobeSources,
  { view, holder, tilesAt, hasOutlines, hide, now }: GlobeAsking,
): Promise<GlobeTileData> {
  const { reads } = sources
  const has = (layer: GlobeTile['layers'][number]) => tile.layers.includes(layer)
  const label = (words: string) => [...hide(words)].slice(0, labelChars).join('')
  const marker = (id: string, position: LonLat | null, words: string, typeCode = ''): WallMarker[] =>
    position === null ? [] : [{ id, position, label: label(words), typeCode }]
  const maps = await mapsOf(sources.maps, holder)
  return {
    view,
    grounds: maps.map(({ id, layer, opacity }) => ({ id, map: layer && mapAt(layer, tilesAt), opacity })),
    credits: [...new Set(maps.flatMap(({ layer }) => creditsOf(layer)))],
    boundaries: !hasOutlines ? null : has('boundaries') ? (await sources.outlines()).flatMap(outlineOf) : [],
    drawings: has('drawings')
      ? (await sources.drawings()).slice(-mostDrawings).map(({ id, name, geometry, symbol }) => ({ id, name: label(name), geometry, symbol }))
      : [],
    incidents: has('incidents')
      ? (await sources.incidents(true)).flatMap(({ id, position, title, mergedInto, typeCode }) =>
          mergedInto === null ? marker(id, position, title, typeCode ?? '') : [],
        )
      : [],
    tasks: has('tasks')
      ? (await sources.tasks()).flatMap(({ id, isOpen, unitPosition, unit }) => (isOpen ? marker(id, unitPosition?.position ?? null, unit) : []))
      : [],
    resources: has('resources') ? (await placed(reads, 'resources', mostResources)).flatMap(({ id, lon, lat }) => marker(id, [lon, lat], '')) : [],
    cameras: has('cameras') ? (await placed(reads, 'cameras', mostCameras)).flatMap(({ id, lon, lat, name }) => marker(id, [lon, lat], name)) : [],
    readAt: now,
  }
}

async function mapsOf({ list, views }: GlobeSources['maps'], holder: string | null) {
  const [layers, seen] = await Promise.all([list(), holder === null ? [] : views(holder)])
  return groundOrder(layers, seen).filter(({ isVisible, opacity }) => isVisible && opacity > 0)
}

/** @param tilesAt instead of where people fetch them */
function mapAt(layer: Layer, tilesAt: string): GroundMap {
  const map = groundMap(layer)
  return { ...map, tilesPath: map.tilesPath.replace(/^tiles\//, `${tilesAt}/`) }
}

function creditsOf(layer: Layer | null): string[] {
  return layer === null ? [] : [layer.reviewNumber ?? '', layer.attribution ?? ''].filter((words) => words !== '')
}

function placed(reads: Reads, table: 'resources' | 'cameras', limit: number): Promise<{ id: string; name: string; lon: number; lat: number }[]> {
  return reads.all(`SELECT id, ifnull(name, '') AS name, lon, lat FROM ${table} WHERE _deleted = 0 AND lon IS NOT NULL AND lat IS NOT NULL LIMIT ?`, [
    limit,
  ])
}

type Outline = NonNullable<GlobeTileData['boundaries']>[number]

function outlineOf({ area, geometry, source }: Awaited<ReturnType<GlobeSources['outlines']>>[number]): Outline[] {
  const level = levels[area.kind as keyof typeof levels] as Outline['level'] | undefined
  return level === undefined || !/^[1-8]\d/.test(area.code) ? [] : [{ id: `${area.code}|${source}`, name: area.name, geometry, level }]
}
