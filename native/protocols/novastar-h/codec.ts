// NovaStar H series (H2 … H20), control protocol V1.0.18/1.0.19: a JSON list of commands in one datagram. Ids count from 0 on the wire. Pure.
import { type DisplayAct, DisplayError } from '../../contract/index.ts'
import { member, numberOrNull, readJson } from '../display/http-ask.ts'

export const novastarHPort = 6000

/** @returns the datagram and the command whose answer is awaited @throws DisplayError unsupported · value-invalid */
export function writeAct(act: DisplayAct, screen: number): { bytes: Buffer; command: string } {
  switch (act.kind) {
    case 'preset':
      if (act.preset < 1) throw new DisplayError('value-invalid', String(act.preset))
      return command('W0605', { screenId: screen, presetId: act.preset - 1 })
    case 'brightness':
      return command('W0410', { screenId: screen, brightness: act.percent })
    case 'blank':
      // 0 = black, 1 = black no more.
      return command('W0409', { screenId: screen, type: act.isOn ? 0 : 1 })
    case 'freeze':
      return command('W040A', { screenId: screen, enable: act.isOn ? 1 : 0 })
    default:
      throw new DisplayError('unsupported', act.kind)
  }
}

export function askScreen(screen: number): { bytes: Buffer; command: string } {
  return command('R0401', { param0: 0, param1: screen })
}

function command(cmd: string, parameters: Record<string, number>): { bytes: Buffer; command: string } {
  return { bytes: Buffer.from(JSON.stringify([{ cmd, deviceId: 0, ...parameters }]), 'utf8'), command: cmd }
}

export interface NovastarReply {
  command: string
  isOk: boolean
  data: unknown
}

/** @throws DisplayError garbage */
export function readReply(bytes: Buffer): NovastarReply {
  const value = readJson(bytes.toString('utf8'))
  const first: unknown = Array.isArray(value) ? value[0] : value
  const cmd = member(first, 'cmd')
  if (typeof cmd !== 'string') throw new DisplayError('garbage', bytes.toString('utf8', 0, 120))
  const ack = member(first, 'ack')
  return { command: cmd.toUpperCase(), isOk: typeof ack === 'string' && ack.toLowerCase() === 'ok', data: first }
}

export interface ScreenState {
  brightness: number | null
  isFrozen: boolean | null
  isBlack: boolean | null
  preset: number | null
  name: string | null
}

export function readScreen(data: unknown): ScreenState {
  const frozen = numberOrNull(member(data, 'screenFrz'))
  const black = numberOrNull(member(data, 'blackout'))
  const preset = numberOrNull(member(data, 'presetId'))
  const name = member(data, 'name')
  return {
    brightness: numberOrNull(member(data, 'brightness')),
    isFrozen: frozen === null ? null : frozen === 1,
    isBlack: black === null ? null : black === 0,
    // Not every firmware says it.
    preset: preset === null || preset < 0 ? null : preset + 1,
    name: typeof name === 'string' ? name : null,
  }
}
