// The picture of a tile as a file: the station's last still, and a snapshot for the officer.
import { keepFrame } from './frames.ts'

const stillWidthPx = 640
const stillQuality = 0.7

async function frameOf(video: HTMLVideoElement, options: { type: string; quality?: number; widestPx?: number }): Promise<Blob | null> {
  const canvas = document.createElement('canvas')
  if (!keepFrame(video, canvas, options.widestPx)) return null
  const { promise, resolve } = Promise.withResolvers<Blob | null>()
  canvas.toBlob(resolve, options.type, options.quality)
  return promise
}

/** What does not get through is made up for by the next one. */
export async function sendStill(camera: string, video: HTMLVideoElement): Promise<void> {
  const still = await frameOf(video, { type: 'image/jpeg', quality: stillQuality, widestPx: stillWidthPx })
  if (still !== null) await fetch(`/camera-stills/${camera}`, { method: 'PUT', body: still }).catch(() => null)
}

/** Full size, saved where the browser saves files; its name says which camera and when. */
export async function saveSnapshot(name: string, video: HTMLVideoElement): Promise<void> {
  const picture = await frameOf(video, { type: 'image/png' })
  if (picture === null) return
  const link = document.createElement('a')
  link.href = URL.createObjectURL(picture)
  link.download = `${name.replace(/[\\/:*?"<>|]/g, '_')} ${new Date().toLocaleString('sv').replaceAll(':', '-')}.png`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
