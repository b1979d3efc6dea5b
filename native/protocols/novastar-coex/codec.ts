// NovaStar COEX controllers (MX, KU, CX): REST over HTTP 8001, `{ code, message, data }` (api.coex.novastar.tech). Pure.
import { type DisplayAct, DisplayError } from '../../contract/index.ts'
import { member, numberOrNull, readJson } from '../display/http-ask.ts'

export const coexPort = 8001

export const coexPaths = {
  displayState: '/api/v1/screen/output/display/state',
  displayParameters: '/api/v1/screen/displayparams',
  monitor: '/api/v1/device/monitor/info?isNeedCabinetInfo=0',
} as const

/** `displaymode`: 0 normal, 1 black, 2 frozen. @param screens none = all @throws DisplayError unsupported */
export function writeAct(act: DisplayAct, screens: readonly string[]): { path: string; body: string } {
  switch (act.kind) {
    case 'brightness':
      return { path: '/api/v1/screen/brightness', body: JSON.stringify({ screenIdList: screens, brightness: act.percent / 100 }) }
    case 'blank':
      return displayMode(act.isOn ? 1 : 0, screens)
    case 'freeze':
      return displayMode(act.isOn ? 2 : 0, screens)
    default:
      throw new DisplayError('unsupported', act.kind)
  }
}

function displayMode(value: number, screens: readonly string[]): { path: string; body: string } {
  return { path: '/api/v1/screen/output/displaymode', body: JSON.stringify({ value, screenIdList: screens }) }
}

/** @returns `data` @throws DisplayError garbage · locked-elsewhere · refused */
export function readEnvelope(status: number, text: string): unknown {
  const value = readJson(text)
  const code = member(value, 'code')
  const message = String(member(value, 'message') ?? '')
  if (code === 0 || code === 200 || (code === undefined && status === 200)) return member(value, 'data') ?? null
  if (message.toLowerCase().includes('device locked')) throw new DisplayError('locked-elsewhere', message)
  throw new DisplayError('refused', `HTTP ${status} ${String(code)} ${message}`)
}

/** @returns the mode of each canvas; null = it does not say */
export function readDisplayModes(data: unknown): (number | null)[] {
  const states = member(data, 'displayState')
  return Array.isArray(states) ? (states as unknown[]).map((state) => numberOrNull(member(state, 'displayMode'))) : []
}

export interface CoexScreen {
  id: string
  /** 0–100; null = it does not say. */
  brightness: number | null
}

export function readScreens(data: unknown): CoexScreen[] {
  const list = Array.isArray(data) ? (data as unknown[]) : member(data, 'list')
  if (!Array.isArray(list)) return []
  return (list as unknown[]).flatMap((one) => {
    const id = member(one, 'screenId')
    const ratio = numberOrNull(member(one, 'brightness'))
    return typeof id === 'string' ? [{ id, brightness: ratio === null ? null : Math.round(ratio * 100) }] : []
  })
}
