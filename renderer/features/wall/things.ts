// What something of the console becomes on the wall: dropped on a tile that can take it, it fills that; elsewhere it gets a tile of its own. Pure.
import type { WallTile, WallTileKind } from '../../../native/contract/index.ts'
import type { WallThing } from '../../app/wall-thing.ts'

const mostCameras = 16
/** Ground around a resource or an incident, metres. */
const aroundM = 8_000

/** The kind of tile that a thing gets of its own. */
export const ownTile: Readonly<Record<WallThing['kind'], WallTileKind>> = {
  camera: 'camera',
  incident: 'incidents',
  plan: 'plan',
  resource: 'globe',
  conference: 'conference',
}

/** @returns null: this tile has no place for it */
export function taken(tile: WallTile, thing: WallThing): WallTile | null {
  switch (tile.kind) {
    case 'camera':
      return thing.kind !== 'camera' ? null : { ...tile, cameras: [...tile.cameras.filter((id) => id !== thing.id), thing.id].slice(-mostCameras) }
    case 'incidents':
    case 'orders':
    case 'checklist':
    case 'weather':
    case 'chart':
      return thing.kind !== 'incident' ? null : { ...tile, incident: thing.id }
    case 'plan':
      return thing.kind !== 'plan' ? null : { ...tile, plan: thing.id }
    case 'conference':
      return thing.kind !== 'conference' ? null : { ...tile, conference: thing.id }
    case 'globe':
      return thing.position === null
        ? null
        : { ...tile, isFollowing: false, centre: thing.position, widthM: aroundM, layers: withLayer(tile.layers, thing) }
    default:
      return null
  }
}

function withLayer(layers: Extract<WallTile, { kind: 'globe' }>['layers'], { kind }: WallThing): typeof layers {
  const layer = kind === 'resource' ? 'resources' : kind === 'camera' ? 'cameras' : 'incidents'
  return layers.includes(layer) ? layers : [...layers, layer]
}
