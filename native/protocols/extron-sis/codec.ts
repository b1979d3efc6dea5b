// Extron SIS for wall processors (Quantum Ultra user guide): presets recalled per canvas, inputs put into windows. Pure.
import { DisplayError } from '../../contract/index.ts'
import { LineReader } from '../display/line-reader.ts'

export const sisPort = 23

export function sisReader(): LineReader {
  // The prompt for the password comes without an end.
  return new LineReader({ ends: [0x0d, 0x0a], limitBytes: 512, isWhole: (line) => /^(password:|E\d\d|\dRpr.*|Login .*)$/i.test(line) })
}

export type SisLine =
  | { kind: 'password' }
  | { kind: 'login'; level: string }
  | { kind: 'error'; code: number }
  /** `1Rpr01*005`: canvas and preset as the processor counts. */
  | { kind: 'preset'; canvas: number; preset: number }
  | { kind: 'text'; text: string }

export function readLine(line: string): SisLine {
  const text = line.trim()
  if (/^password:?$/i.test(text)) return { kind: 'password' }
  const level = /^Login\s+(\w+)/i.exec(text)?.[1]
  if (level !== undefined) return { kind: 'login', level: level.toLowerCase() }
  const code = /^E(\d\d)$/i.exec(text)?.[1]
  if (code !== undefined) return { kind: 'error', code: Number(code) }
  const [, canvas, preset] = /^\d?Rpr\s*0*(\d{1,2})\*0*(\d{1,3})$/i.exec(text) ?? []
  if (canvas !== undefined && preset !== undefined) return { kind: 'preset', canvas: Number(canvas), preset: Number(preset) }
  return { kind: 'text', text: text.slice(0, 80) }
}

/** @param canvas 0 = all @throws DisplayError value-invalid: canvases 1–10, presets 1–128 */
export function recallPreset(canvas: number, preset: number): Buffer {
  if (canvas > 10 || preset < 1 || preset > 128) throw new DisplayError('value-invalid', `${canvas}*${preset}`)
  return Buffer.from(`1*${canvas}*${preset}.`, 'latin1')
}

/** @throws DisplayError value-invalid: windows 1–999 */
export function setInput(options: { canvas: number; window: number; input: number }): Buffer {
  const { canvas, window, input } = options
  if (canvas < 1 || canvas > 10 || window < 1 || window > 999 || !Number.isInteger(input) || input < 1 || input > 999)
    throw new DisplayError('value-invalid', `${canvas}*${window}*${input}`)
  return Buffer.from(`${canvas}*${window}*${input}!`, 'latin1')
}

export function askInput(canvas: number, window: number): Buffer {
  return Buffer.from(`${canvas}*${window}!`, 'latin1')
}

/** ESC L 1 * canvas PRST CR: the preset recalled last. */
export function askPreset(canvas: number): Buffer {
  return Buffer.from(`\u001bL1*${canvas}PRST\r`, 'latin1')
}

/** E01 invalid input, E10 unrecognised, E11 invalid preset, E13 invalid parameter, E14 not in this configuration. */
export function errorOf(code: number): DisplayError {
  return new DisplayError(
    code === 10 || code === 14 ? 'unsupported' : code === 1 || code === 11 || code === 13 ? 'value-invalid' : 'refused',
    `E${String(code).padStart(2, '0')}`,
  )
}
