// Capture devices of this machine as the browser tells them: named once something was allowed, opened by their label.
import { listDevices, openCamera } from '../../../app/devices.ts'

const labelsOf = (devices: readonly MediaDeviceInfo[]) => [...new Set(devices.map(({ label }) => label).filter((label) => label !== ''))]

/** Labels the browser tells without asking anybody. @throws DOMException SecurityError */
export async function knownLabels(): Promise<string[]> {
  return labelsOf((await listDevices()).cameras)
}

/** Labels of what gives a picture here; asks for the permission once where the browser has not told them yet. @throws DOMException */
export async function captureLabels(): Promise<string[]> {
  if ((await listDevices()).cameras.some(({ label }) => label === '')) (await openCamera(null)).stop()
  return knownLabels()
}

/** The picture of the device with that label, as large as it gives it. @throws DOMException NotFoundError when there is none now */
export async function openCapture(label: string): Promise<MediaStreamTrack> {
  await captureLabels()
  const found = (await listDevices()).cameras.find((device) => device.label === label)
  if (found === undefined) throw new DOMException(label, 'NotFoundError')
  return openCamera(found.deviceId, { widthPx: 1920, heightPx: 1080 })
}
