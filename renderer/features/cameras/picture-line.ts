// Single pictures (MJPEG, still images): the newest is asked for when the last is drawn, so a slow page skips some and never lags behind.
import { faultOf, type OpenLine } from './line.ts'

/** A still image comes every few seconds. */
const stillFrozenMs = 20_000
const pauseMs = 1_000

/** @param address `…/picture` */
export function pictureLine(address: string): OpenLine {
  return async ({ video, onFault }) => {
    const canvas = document.createElement('canvas')
    const context = canvas.getContext('2d')
    let isOpen = true
    let after = 0
    async function draw(): Promise<boolean> {
      const response = await fetch(`${address}?after=${after}`)
      if (response.status === 204) return true
      if (!response.ok) {
        onFault(await faultOf(response))
        return false
      }
      after = Number(response.headers.get('X-Picture') ?? 0)
      const picture = await createImageBitmap(await response.blob())
      if (canvas.width !== picture.width || canvas.height !== picture.height) Object.assign(canvas, { width: picture.width, height: picture.height })
      context?.drawImage(picture, 0, 0)
      picture.close()
      return true
    }
    if (!(await draw())) return null
    video.removeAttribute('src')
    video.srcObject = canvas.captureStream()
    async function go(): Promise<void> {
      while (isOpen) {
        try {
          if (!(await draw())) await new Promise((resolve) => setTimeout(resolve, pauseMs))
        } catch (error) {
          // The station is away, or the picture is broken: the next one.
          if (!(error instanceof TypeError || error instanceof DOMException)) throw error
          await new Promise((resolve) => setTimeout(resolve, pauseMs))
        }
      }
    }
    void go()
    return {
      frozenMs: stillFrozenMs,
      isBroken: () => false,
      latencyMs: async () => null,
      close() {
        isOpen = false
        video.srcObject = null
      },
    }
  }
}
