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

/** Small: what stands in place of a picture that moves. null = there is no picture. */
export function stillOf(video: HTMLVideoElement): Promise<Blob | null> {
  return frameOf(video, { type: 'image/jpeg', quality: stillQuality, widestPx: stillWidthPx })
}

/** What does not get through is made up for by the next one. */
export async function sendStill(camera: string, video: HTMLVideoElement): Promise<void> {
  const still = await stillOf(video)
  if (still !== null) await fetch(`/camera-stills/${camera}`, { method: 'PUT', body: still }).catch(() => null)
}

export const clipSeconds = 10

/** Which camera and when. */
function fileName(name: string, ending: string): string {
  return `${name.replace(/[\\/:*?"<>|]/g, '_')} ${new Date().toLocaleString('sv').replaceAll(':', '-')}.${ending}`
}

/** Full size. null = there is no picture. */
export async function pictureOf(name: string, video: HTMLVideoElement): Promise<File | null> {
  const picture = await frameOf(video, { type: 'image/png' })
  return picture === null ? null : new File([picture], fileName(name, 'png'), { type: 'image/png' })
}

/** The next seconds, as the tile shows them. */
export async function clipOf(name: string, video: HTMLVideoElement): Promise<File | null> {
  const stream = (video as HTMLVideoElement & { captureStream?: () => MediaStream }).captureStream?.()
  if (stream === undefined || video.videoWidth === 0) return null
  const recorder = new MediaRecorder(stream, { mimeType: 'video/webm' })
  const parts: Blob[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
  recorder.addEventListener('stop', () => resolve())
  recorder.start()
  setTimeout(() => recorder.state === 'recording' && recorder.stop(), clipSeconds * 1000)
  await promise
  return new File(parts, fileName(name, 'webm'), { type: 'video/webm' })
}

/** Saved where the browser saves files. */
export async function saveSnapshot(name: string, video: HTMLVideoElement): Promise<void> {
  const picture = await pictureOf(name, video)
  if (picture === null) return
  const link = document.createElement('a')
  link.href = URL.createObjectURL(picture)
  link.download = picture.name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
