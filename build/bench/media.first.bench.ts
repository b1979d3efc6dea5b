// From the click on a camera that nobody watches yet to its last still and to the first decoded frame; the camera is live all along and its next key frame has to be waited for.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Page } from '@playwright/test'
import { startGstCamera } from '../../native/protocols/rtsp/testing/gst-camera.ts'
import { quantile } from './journal/measure.ts'
import { type CameraHouse, openCameraHouse } from './media/camera-house.ts'
import type { BenchResult } from './run.ts'

const cameras = 21
const framesPerSecond = 25
/** Between key frames, at 25 pictures a second. */
const keyFrames = 50
const limits = { stillMs: 150, pictureMs: (keyFrames / framesPerSecond) * 1_000 + 500 }

export default async function mediaFirst(): Promise<BenchResult[]> {
  const house = await openCameraHouse({ slot: 6 })
  const camera = await startGstCamera({ keyFrames })
  // Somebody else watches: the encoder does not begin anew with a key frame for us.
  const watching = spawn('ffmpeg', ['-loglevel', 'quiet', '-rtsp_transport', 'tcp', '-i', camera.address, '-c', 'copy', '-f', 'null', '-'])
  try {
    const ids: string[] = []
    for (let index = 0; index < cameras; index += 1) {
      const name = `路口${String(index + 1).padStart(2, '0')}`
      ids.push(await house.add('rtsp', camera.address, { name, device: `设备${index}` }))
    }
    await house.show()
    for (const id of ids) await keepStill(house.page, id)
    await house.page.reload()
    const [stills, pictures]: [number[], number[]] = [[], []]
    for (const [index, id] of ids.entries()) {
      const taken = await click(house, { id, name: `路口${String(index + 1).padStart(2, '0')}` })
      // The first loads the page's parts and is left out.
      if (index > 0) {
        stills.push(taken.stillMs)
        pictures.push(taken.pictureMs)
      }
    }
    const result = (bench: string, values: readonly number[], limitMs: number): BenchResult => {
      const value = Math.round(quantile(values, 0.95))
      return { bench, value, unit: 'ms p95', baseline: limitMs, ratio: value / limitMs, n: values.length }
    }
    return [result('media.first.still', stills, limits.stillMs), result('media.first.picture', pictures, limits.pictureMs)]
  } finally {
    watching.kill('SIGKILL')
    await once(watching, 'exit')
    await camera.kill()
    await house.close()
  }
}

/** As a tile that has played leaves it behind. */
async function keepStill(page: Page, id: string): Promise<void> {
  const status = await page.evaluate(async (camera) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 })
    canvas.getContext('2d')!.fillRect(0, 0, 640, 480)
    const { promise, resolve } = Promise.withResolvers<Blob | null>()
    canvas.toBlob(resolve, 'image/jpeg')
    return (await fetch(`/camera-stills/${camera}`, { method: 'PUT', body: await promise })).status
  }, id)
  if (status !== 204) throw new Error(`the still was not kept: ${status}`)
}

/** Milliseconds from the click; the tile is closed again. */
async function click({ page }: CameraHouse, { id, name }: { id: string; name: string }): Promise<{ stillMs: number; pictureMs: number }> {
  const button = page.getByTestId('camera-tree').getByRole('button', { name })
  await button.scrollIntoViewIfNeeded()
  const taken = await button.evaluate(async (element, testId) => {
    const began = performance.now()
    ;(element as HTMLElement).click()
    let stillMs: number | null = null
    for (;;) {
      await new Promise((resolve) => requestAnimationFrame(resolve))
      const tile = document.querySelector(`[data-testid="${testId}"]`)
      const still = tile?.querySelector('img')
      if (still?.complete === true && still.naturalWidth > 0) stillMs ??= performance.now() - began
      const video = tile?.querySelector('video')
      if ((video?.getVideoPlaybackQuality().totalVideoFrames ?? 0) > 0) return { stillMs, pictureMs: performance.now() - began }
      if (performance.now() - began > 60_000) throw new Error('no picture came')
    }
  }, `tile-${id}`)
  await button.click()
  await page.getByTestId(`tile-${id}`).waitFor({ state: 'detached' })
  if (taken.stillMs === null) throw new Error('the picture came before the still')
  return { stillMs: taken.stillMs, pictureMs: taken.pictureMs }
}
