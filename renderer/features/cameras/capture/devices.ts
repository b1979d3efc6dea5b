// Capture devices of this machine as the browser tells them: named once something was allowed, opened by their label.
import { listDevices, openCamera, openMicrophone } from '../../../app/devices.ts'

/** What this machine can capture, by label. */
export interface CaptureLabels {
  pictures: string[]
  sounds: string[]
  /** Label of a picture → of the sound that the same card gives. */
  pairs: Record<string, string>
}

/** Aliases of Chromium for another entry of the list. */
const aliases = new Set(['default', 'communications'])

/** Labels the browser tells without asking anybody. @throws DOMException SecurityError */
export async function knownLabels(): Promise<CaptureLabels> {
  const { cameras, microphones } = await listDevices()
  const named = (devices: readonly MediaDeviceInfo[]) => devices.filter(({ label, deviceId }) => label !== '' && !aliases.has(deviceId))
  const [pictures, sounds] = [named(cameras), named(microphones)]
  const labelsOf = (devices: readonly MediaDeviceInfo[]) => [...new Set(devices.map(({ label }) => label))]
  const pairs = pictures.flatMap(({ label, groupId }) => {
    const sound = sounds.find((one) => one.groupId === groupId && groupId !== '')
    return sound === undefined ? [] : [[label, sound.label] as const]
  })
  return { pictures: labelsOf(pictures), sounds: labelsOf(sounds), pairs: Object.fromEntries(pairs) }
}

/** Asks for each permission once where the browser has not told the labels yet; without that for sound there are pictures alone. @throws DOMException for the pictures */
export async function captureLabels(): Promise<CaptureLabels> {
  const { cameras, microphones } = await listDevices()
  if (cameras.some(({ label }) => label === '')) (await openCamera(null)).stop()
  if (microphones.some(({ label }) => label === '')) await openMicrophone(null).then((track) => track.stop(), unnamed)
  return knownLabels()
}

/** The picture of the device with that label, as large as it gives it. @throws DOMException NotFoundError when there is none now */
export async function openCapture(label: string): Promise<MediaStreamTrack> {
  await captureLabels()
  const found = (await listDevices()).cameras.find((device) => device.label === label)
  if (found === undefined) throw new DOMException(label, 'NotFoundError')
  return openCamera(found.deviceId, { widthPx: 1920, heightPx: 1080 })
}

/** Its sound, after the picture. @throws DOMException NotFoundError when there is none now */
export async function openCaptureSound(label: string): Promise<MediaStreamTrack> {
  const found = (await listDevices()).microphones.find((device) => device.label === label)
  if (found === undefined) throw new DOMException(label, 'NotFoundError')
  return openMicrophone(found.deviceId, { isLine: true })
}

function unnamed(error: unknown): void {
  console.warn('no sound is named', error)
}
