// Starts the one globe of the page as early as its code is there, before anybody has a place for it; the view then takes it in.
import { baseGround } from './base-ground.ts'
import type { CesiumGlobe } from './cesium-globe.ts'
import { readRenderSetting } from './render-setting.ts'

export interface BootedGlobe {
  globe: CesiumGlobe
  /** What it is drawn in; whoever shows the globe puts this into its place. */
  element: HTMLElement
}

let booting: Promise<BootedGlobe> | null = null

/** The same globe however often it is asked for: taking it off the page and back costs nothing, a second one would cost a graphics context. */
export function bootGlobe(): Promise<BootedGlobe> {
  booting ??= boot()
  return booting
}

/** Resolves when the globe has been drawn once, or after so many milliseconds, or when it cannot be drawn: whatever comes first. */
export async function firstPicture(atMostMs: number): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, atMostMs)
  const drawn = bootGlobe().then(({ globe }) => globe.firstPicture)
  // Why it could not start is told by the view, which waits for the same globe.
  await Promise.race([drawn.catch(() => undefined), late])
  clearTimeout(timer)
}

async function boot(): Promise<BootedGlobe> {
  const { CesiumGlobe } = await import('./cesium-globe.ts')
  const element = document.createElement('div')
  // Behind the page and as large as the window until a view takes it in: so it is seen at once, and a canvas without a size is not drawn.
  element.style.cssText = 'position:fixed;inset:0;z-index:-1'
  document.body.append(element)
  const globe = new CesiumGlobe({ container: element, render: readRenderSetting() })
  globe.setGrounds([baseGround])
  // Read by the bench of the start.
  void globe.firstPicture.then(() => performance.mark('globe'))
  void globe.wholePicture.then(() => performance.mark('globe-whole'))
  return { globe, element }
}
