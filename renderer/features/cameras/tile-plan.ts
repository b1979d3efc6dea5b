// What each tile of the grid shows: planned anew when the page has learnt how large a picture really is, or that it cannot play a main stream.
import { computed, type Ref, ref } from 'vue'
import type { CameraQuality, CameraRow } from '../../../native/contract/index.ts'
import { askDecoding, budgetOf, type Decoding, type PictureSize, planTiles } from './decode-budget.ts'

/** @param tileWidthPx as it is drawn @param gone cameras that give no picture */
export function useTilePlan(shown: Ref<readonly CameraRow[]>, { tileWidthPx, gone }: { tileWidthPx: Ref<number>; gone: Ref<ReadonlySet<string>> }) {
  const decoding = ref<Decoding | null>(null)
  const sizes = ref<Record<string, Partial<Record<CameraQuality, PictureSize>>>>({})
  /** By camera, as long as this page is open: somebody may have set the camera otherwise by the next time. */
  const mainCodecs = ref<Record<string, string>>({})
  void askDecoding(navigator.mediaCapabilities).then((told) => (decoding.value = told))
  const plan = computed(() =>
    planTiles(
      shown.value.map(({ id, hasSub }) => ({
        id,
        hasSub,
        mainCodec: mainCodecs.value[id] ?? null,
        isGone: gone.value.has(id),
        sizes: sizes.value[id] ?? {},
      })),
      { tileWidthPx: tileWidthPx.value, budget: budgetOf(navigator.hardwareConcurrency, decoding.value) },
    ),
  )
  return {
    plan,
    /** A picture of it was decoded. */
    sawSize(id: string, quality: CameraQuality, size: PictureSize): void {
      sizes.value = { ...sizes.value, [id]: { ...sizes.value[id], [quality]: size } }
    },
    /** Its main stream is coded in what this page cannot play. */
    cannotPlayMain(id: string, codec: string): void {
      mainCodecs.value = { ...mainCodecs.value, [id]: codec }
    },
  }
}
