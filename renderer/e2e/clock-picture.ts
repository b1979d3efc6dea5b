// Reads the camera's clock out of the frame that a tile shows: 32 black and white blocks, 28 bits of milliseconds and their sum (`native/media/testing/clock-film.ts`).
import type { Locator, Page } from '@playwright/test'

/** The clock in the picture begins anew after so long. */
export const wrapMs = 2 ** 28

/** Once in a page, before its first `readClock` or `sampleAges`. */
function install(): void {
  const scope = window as typeof window & { clockOf?: (video: HTMLVideoElement | null) => number | null }
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })!
  scope.clockOf ??= (video) => {
    if (video === null || video.videoWidth === 0) return null
    if (canvas.width !== video.videoWidth || canvas.height !== video.videoHeight)
      Object.assign(canvas, { width: video.videoWidth, height: video.videoHeight })
    context.drawImage(video, 0, 0)
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
    let value = 0
    let check = 0
    for (let bit = 0; bit < 32; bit += 1) {
      const x = Math.floor(((bit % 16) + 0.5) * (canvas.width / 16))
      const y = Math.floor((Math.floor(bit / 16) + 0.5) * (canvas.height / 2))
      const isOne = data[(y * canvas.width + x) * 4 + 1]! > 128 ? 1 : 0
      if (bit < 28) value = value * 2 + isOne
      else check = check * 2 + isOne
    }
    let sum = 0
    for (let nibble = 0; nibble < 7; nibble += 1) sum += Math.floor(value / 16 ** nibble) % 16
    return sum % 16 === check && value > 0 ? value : null
  }
}

/** @returns null: no picture, or not that picture */
export async function readClock(page: Page, tile: string): Promise<number | null> {
  return clockOfTile(page.getByTestId(tile))
}

/** @returns null: no such tile yet, no picture, or not that picture */
export async function clockOfTile(tile: Locator): Promise<number | null> {
  await tile.page().evaluate(install)
  // Whichever there is now: one that comes later is looked at again.
  const [clock = null] = await tile.evaluateAll((figures) => {
    const scope = window as typeof window & { clockOf?: (video: HTMLVideoElement | null) => number | null }
    return figures.map((figure) => scope.clockOf?.(figure.querySelector('video')) ?? null)
  })
  return clock
}

/**
 * How old frames are when they are presented, each new frame once, milliseconds.
 * @param options.forMs how long it looks @param options.withinMs for the first readable frame
 */
export async function sampleAges(page: Page, tile: string, options: { forMs: number; withinMs: number }): Promise<number[]> {
  await page.evaluate(install)
  return page.getByTestId(tile).evaluate(
    async (figure, { forMs, withinMs, wrap }) => {
      const scope = window as typeof window & { clockOf?: (video: HTMLVideoElement | null) => number | null }
      const ages: number[] = []
      const { promise, resolve } = Promise.withResolvers<void>()
      const video = figure.querySelector('video')!
      let last = 0
      let isOver = false
      let timer = setTimeout(resolve, withinMs)
      const look = () => {
        if (isOver) return
        video.requestVideoFrameCallback(look)
        const clock = scope.clockOf?.(video) ?? null
        if (clock === null || clock === last) return
        last = clock
        if (ages.length === 0) {
          clearTimeout(timer)
          timer = setTimeout(resolve, forMs)
        }
        ages.push((((Date.now() - clock) % wrap) + wrap) % wrap)
      }
      video.requestVideoFrameCallback(look)
      await promise
      isOver = true
      return ages
    },
    { ...options, wrap: wrapMs },
  )
}

/** Waits for a frame that was taken after a moment. @returns how long after that moment it was presented, milliseconds */
export async function firstFrameSince(page: Page, tile: string, { sinceMs, withinMs }: { sinceMs: number; withinMs: number }): Promise<number> {
  await page.evaluate(install)
  return page.evaluate(
    async ({ testId, since, within, wrap }) => {
      const scope = window as typeof window & { clockOf?: (video: HTMLVideoElement | null) => number | null }
      while (Date.now() < since + within) {
        await new Promise((resolve) => requestAnimationFrame(resolve))
        const clock = scope.clockOf?.(document.querySelector(`[data-testid="${testId}"] video`)) ?? null
        // Less than half the circle ahead.
        if (clock !== null && (((clock - since) % wrap) + wrap) % wrap < wrap / 2) return Date.now() - since
      }
      throw new Error(`no frame came within ${within} ms`)
    },
    { testId: tile, since: sinceMs, within: withinMs, wrap: wrapMs },
  )
}
