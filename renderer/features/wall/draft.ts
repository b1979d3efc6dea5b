// The scene that is being composed; it outlives the page, so that one may look something up elsewhere and send it here.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { v7 as newRowId } from 'uuid'
import type { SceneInput, WallScene, WallShape, WallTile, WallTileKind } from '../../../native/contract/index.ts'
import type { WallThing } from '../../app/wall-thing.ts'
import { newTile } from './composer.ts'
import { ownTile, taken } from './things.ts'

export type OnWall = WallShape & { id: string }

export const useSceneDraft = defineStore('sceneDraft', () => {
  const scene = shallowRef<SceneInput | null>(null)
  const isChanged = ref(false)
  const selected = ref<string | null>(null)
  const tile = computed(() => scene.value?.tiles.find(({ id }) => id === selected.value) ?? null)

  function open({ position: _, ...input }: WallScene): void {
    scene.value = input
    isChanged.value = false
    selected.value = null
  }
  function begin(wall: string, name: string): void {
    scene.value = { id: newRowId(), wall, name, isInternal: false, tiles: [], acts: [], incidentType: null, phase: null }
    isChanged.value = true
    selected.value = null
  }
  function close(): void {
    scene.value = null
    isChanged.value = false
    selected.value = null
  }
  function change(set: Partial<SceneInput>): void {
    if (scene.value === null) return
    scene.value = { ...scene.value, ...set }
    isChanged.value = true
  }
  function replace(next: WallTile): void {
    change({ tiles: (scene.value?.tiles ?? []).map((one) => (one.id === next.id ? next : one)) })
  }
  function add(kind: WallTileKind, options: { wall: OnWall; name: string; at: { x: number; y: number } }): void {
    if (scene.value === null) begin(options.wall.id, options.name)
    const made = newTile(kind, { id: newRowId(), at: options.at, shape: options.wall })
    change({ tiles: [...(scene.value?.tiles ?? []), made] })
    selected.value = made.id
  }
  /** Onto the tile it fell on or the chosen one; where that has no place for it, into a tile of its own. */
  function take(thing: WallThing, options: { wall: OnWall; name: string; on: WallTile | null; at: { x: number; y: number } }): void {
    const filled = options.on === null ? null : taken(options.on, thing)
    if (filled !== null) {
      selected.value = filled.id
      return replace(filled)
    }
    add(ownTile[thing.kind], options)
    const made = tile.value === null ? null : taken(tile.value, thing)
    if (made !== null) replace(made)
  }
  return { scene, isChanged, selected, tile, open, begin, close, change, replace, add, take }
})
