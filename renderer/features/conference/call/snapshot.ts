// What a picture shows now, as a JPEG that the station keeps.
import { upload } from '../../../app/upload.ts'

const widthPx = 640
const patienceMs = 1_500

/** @returns its SHA-256; null = the picture shows nothing yet @throws WanglouError what the station refused it with */
export async function pictureOf(track: MediaStreamTrack): Promise<string | null> {
  const video = document.createElement('video')
  video.muted = true
  video.srcObject = new MediaStream([track])
  try {
    const isThere = new Promise<boolean>((resolve) => {
      video.addEventListener('loadeddata', () => resolve(true), { once: true })
      setTimeout(() => resolve(false), patienceMs)
    })
    await video.play().catch(() => undefined)
    if (!(await isThere)) return null
    const canvas = document.createElement('canvas')
    canvas.width = widthPx
    canvas.height = Math.round((widthPx * video.videoHeight) / Math.max(1, video.videoWidth))
    canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height)
    const jpeg = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.85))
    return jpeg === null ? null : (await upload(new File([jpeg], 'roll-call.jpg', { type: 'image/jpeg' }))).sha256
  } finally {
    video.srcObject = null
  }
}
