// Barco Event Master (E2, S3, EX): JSON-RPC 2.0 over HTTP POST 9999. Presets count from 0 on the wire, as people see them from 1. Pure.
import { type DisplayAct, DisplayError } from '../../contract/index.ts'
import { member, readJson } from '../display/http-ask.ts'

export const eventMasterPort = 9999

export function writeCall(method: string, params: Record<string, unknown>, id: number): string {
  return JSON.stringify({ jsonrpc: '2.0', method, params, id: String(id) })
}

/** To program, not to preview. @throws DisplayError unsupported · value-invalid */
export function callOf(act: DisplayAct): { method: string; params: Record<string, unknown> } {
  if (act.kind !== 'preset') throw new DisplayError('unsupported', act.kind)
  if (act.preset < 1) throw new DisplayError('value-invalid', String(act.preset))
  return { method: 'activatePreset', params: { id: act.preset - 1, type: 1 } }
}

/** @returns `result.response` @throws DisplayError garbage · refused */
export function readResult(text: string, id: number): unknown {
  const value = readJson(text)
  const error = member(value, 'error')
  if (error !== undefined && error !== null) throw new DisplayError('refused', JSON.stringify(error))
  const said = member(value, 'id')
  const result = member(value, 'result')
  if (result === undefined || String(said) !== String(id)) throw new DisplayError('garbage', text)
  // 0 = done; anything else names what went wrong.
  const success = member(result, 'success')
  if (success !== 0) throw new DisplayError('refused', text)
  return member(result, 'response') ?? null
}

/** How many presets it has; null = it does not say. */
export function presetCount(response: unknown): number | null {
  return Array.isArray(response) ? response.length : null
}
