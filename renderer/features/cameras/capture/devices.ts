// Capture devices of this machine as the browser tells them: named once something was allowed, opened by their label.
import type { CaptureTrouble } from '../../../../native/contract/index.ts'

/** Labels of what gives a picture here; asks for the permission once where the browser has not told them yet. @throws DOMException */
export async function captureLabels(): Promise<string[]> {
  let videos = await listed()
  if (videos.some(({ label }) => label === '')) {
    stop(await navigator.mediaDevices.getUserMedia({ video: true }))
    videos = await listed()
  }
  return [...new Set(videos.map(({ label }) => label).filter((label) => label !== ''))]
}

/** The picture of the device with that label, as large as it gives it. @throws DOMException NotFoundError when there is none now */
export async function openCapture(label: string): Promise<MediaStream> {
  await captureLabels()
  const found = (await listed()).find((device) => device.label === label)
  if (found === undefined) throw new DOMException(label, 'NotFoundError')
  return navigator.mediaDevices.getUserMedia({
    video: { deviceId: { exact: found.deviceId }, width: { ideal: 1920 }, height: { ideal: 1080 }, frameRate: { ideal: 25, max: 30 } },
  })
}

export function captureTroubleOf(error: DOMException): CaptureTrouble {
  switch (error.name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied'
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'none'
    case 'NotReadableError':
    case 'AbortError':
      return 'busy'
    default:
      return 'other'
  }
}

export function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}

async function listed(): Promise<MediaDeviceInfo[]> {
  return (await navigator.mediaDevices.enumerateDevices()).filter(({ kind }) => kind === 'videoinput')
}
