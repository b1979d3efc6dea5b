// Hikvision ISAPI: only `/ISAPI/System/deviceInfo`, which is public and certain. Walls and scenes (`/ISAPI/DisplayDev/…`) are left out: their paths are in a vendor's guide we do not have. Pure.
import { DisplayError } from '../../contract/index.ts'

export const isapiPort = 80
export const deviceInfoPath = '/ISAPI/System/deviceInfo'

export interface DeviceInfo {
  name: string | null
  model: string | null
  serial: string | null
}

/** Takes single elements of a flat document; entities are not expanded. @throws DisplayError garbage */
export function readDeviceInfo(xml: string): DeviceInfo {
  if (!/<DeviceInfo[\s>]/.test(xml)) throw new DisplayError('garbage', xml)
  return { name: element(xml, 'deviceName'), model: element(xml, 'model'), serial: element(xml, 'serialNumber') }
}

function element(xml: string, name: string): string | null {
  const start = xml.indexOf(`<${name}>`)
  const end = start < 0 ? -1 : xml.indexOf(`</${name}>`, start)
  return end < 0
    ? null
    : xml
        .slice(start + name.length + 2, end)
        .trim()
        .slice(0, 120)
}
