// What a picture shows now, as a JPEG that the station keeps.
import { upload } from '../../../app/upload.ts'

const widthPx = 640
/** A picture that has just been asked for comes with the next key frame. */
const patienceMs = 5_000
const lookEveryMs = 100

/** @param trackOf the picture's track, once there is one @returns its SHA-256; null = it shows nothing yet @throws WanglouError what the station refused it with */
export async function pictureOf(trackOf: () => MediaStreamTrack | undefined): Promise<string | null> {
  const endAt = performance.now() + patienceMs
  const video = document.createElement('video')
  video.muted = true
  try {
    for (; performance.now() < endAt; await later(lookEveryMs)) {
      const track = trackOf()
      const shown = video.srcObject instanceof MediaStream ? video.srcObject.getVideoTracks()[0] : undefined
      if (track !== undefined && track !== shown) {
        video.srcObject = new MediaStream([track])
        // A newer track puts an end to it.
        video.play().catch(() => undefined)
      }
      if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) return await kept(video)
    }
    return null
  } finally {
    video.srcObject = null
  }
}

async function kept(video: HTMLVideoElement): Promise<string | null> {
  const canvas = document.createElement('canvas')
  canvas.width = widthPx
  canvas.height = Math.round((widthPx * video.videoHeight) / Math.max(1, video.videoWidth))
  canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height)
  const jpeg = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.85))
  return jpeg === null ? null : (await upload(new File([jpeg], 'roll-call.jpg', { type: 'image/jpeg' }))).sha256
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
