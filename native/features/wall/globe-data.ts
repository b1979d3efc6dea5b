// What a globe on the wall draws: outlines, what people have drawn, incidents, units under orders, resources and cameras by their places and short words, masked unless the scene is 内部.
import type { Drawing, GlobeTileData, IncidentSummary, LonLat, Task, WallGlobeView, WallMarker, WallTile } from '../../contract/index.ts'
import type { Reads } from '../../store/types.ts'

export interface GlobeSources {
  reads: Reads
  outlines: () => Promise<
    { area: { code: string; name: string; kind: string }; geometry: { type: string; coordinates: unknown[] }; source: string }[]
  >
  drawings: () => Promise<Drawing[]>
  incidents: (isOpen: boolean) => Promise<IncidentSummary[]>
  tasks: () => Promise<Task[]>
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
  { view, hasOutlines, hide, now }: { view: WallGlobeView | null; hasOutlines: boolean; hide: (words: string) => string; now: number },
): Promise<GlobeTileData> {
  const { reads } = sources
  const has = (layer: GlobeTile['layers'][number]) => tile.layers.includes(layer)
  const label = (words: string) => [...hide(words)].slice(0, labelChars).join('')
  const marker = (id: string, position: LonLat | null, words: string, typeCode = ''): WallMarker[] =>
    position === null ? [] : [{ id, position, label: label(words), typeCode }]
  return {
    view,
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
