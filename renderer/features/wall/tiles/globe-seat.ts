// The one globe of a screen: it stands in the tile that is seen; a scene that is only being loaded waits with its own until it is.
import { bootGlobe } from '../../../globe/boot.ts'
import type { CesiumGlobe } from '../../../globe/cesium-globe.ts'

let holder: HTMLElement | null = null
let seated: CesiumGlobe | null = null

/** Nobody else's picture is taken away. @returns null: another tile has it, and keeps it */
export async function takeGlobe(place: HTMLElement, { isSeen }: { isSeen: () => boolean }): Promise<CesiumGlobe | null> {
  const { globe, element } = await bootGlobe()
  const isFree = holder === null || !holder.isConnected
  if (!place.isConnected || (!isFree && holder !== place && !isSeen())) return null
  holder = place
  seated = globe
  element.style.cssText = 'position:absolute;inset:0'
  place.append(element)
  globe.settle()
  return globe
}

/** Where the globe stands within this element, and what it shows, to be copied in this turn; null = it does not stand there. */
export function paintedGlobe(within: HTMLElement): { place: HTMLElement; layers: CanvasImageSource[] } | null {
  return holder !== null && seated !== null && within.contains(holder) ? { place: holder, layers: seated.paintNow() } : null
}

/** The tile is going away. */
export function leaveGlobe(place: HTMLElement): void {
  if (holder !== place) return
  holder = null
  for (const element of [...place.children]) element.remove()
}
