// Measures script time alone: every draw call of WebGL is stubbed out, so that processor-drawn pixels do not count.
import type { Scene } from 'cesium'

export interface PageBench {
  /** Loads that many dots; resolves when the first picture with them is drawn. */
  load(count: number): Promise<void>
  /** Milliseconds of script for one tick: one per cent changed, and the picture drawn with it. */
  tick(tick: number): number
  /** Milliseconds of script for one picture in which nothing has changed. */
  still(): number
}

declare global {
  interface Window {
    bench: PageBench
  }
}

/** From here on the scene's WebGL draws nothing. */
export function stubDrawing(scene: Scene): void {
  const gl = scene.canvas.getContext('webgl2')
  if (gl === null) throw new Error('no WebGL 2')
  for (const name of ['drawArrays', 'drawElements', 'drawArraysInstanced', 'drawElementsInstanced', 'clear'] as const) {
    Object.defineProperty(gl, name, { value: () => undefined })
  }
}

/** Script milliseconds of `work` and of the frame after it. */
export function timed(scene: Scene, work: () => void): number {
  const from = performance.now()
  work()
  scene.requestRender()
  scene.render()
  return performance.now() - from
}
