// PJLink class 1 and 2 lines (JBMIA, v1.04 of 2013-12-10, v2.00 of 2017-01-31). Pure.
import { createHash } from 'node:crypto'
import { DisplayError } from '../../contract/index.ts'
import { LineReader } from '../display/line-reader.ts'

export const pjlinkPort = 4352
/** v1.04 §2.2: a command has at most 136 bytes; names are UTF-8. Room for devices that say more. */
const lineLimitBytes = 512

export type PjlinkLine =
  /** First word of the device; null = no password is asked. */
  | { kind: 'greeting'; random: string | null }
  | { kind: 'wrong-password' }
  | { kind: 'answer'; class: 1 | 2; body: string; parameter: string }
  | { kind: 'search'; class: 2 }
  | { kind: 'stray'; text: string }

const answer = /^%([12])([0-9A-Z]{4})\s?=\s?(.*)$/is

/** Ends with CR; LF and NUL that some devices add are passed over, and a whole answer without any end is taken after a silence. */
export function pjlinkReader(): LineReader {
  return new LineReader({
    ends: [0x0d, 0x0a],
    limitBytes: lineLimitBytes,
    isWhole: (line) => /^%[12][0-9A-Z]{4}=.+$|^PJLINK (0|ERRA|1 \S{8})$/i.test(line),
    encoding: 'utf8',
  })
}

export function readLine(line: string): PjlinkLine {
  const text = line.trim()
  if (/^PJLINK\s+ERRA$/i.test(text)) return { kind: 'wrong-password' }
  if (/^PJLINK\s+0$/i.test(text)) return { kind: 'greeting', random: null }
  const random = /^PJLINK\s+1\s+([0-9a-f]{8})$/i.exec(text)?.[1]
  if (random !== undefined) return { kind: 'greeting', random }
  if (/^%2SRCH$/i.test(text)) return { kind: 'search', class: 2 }
  const [, digit, body, parameter] = answer.exec(text) ?? []
  if (digit === undefined || body === undefined || parameter === undefined) return { kind: 'stray', text: text.slice(0, 80) }
  return { kind: 'answer', class: digit === '2' ? 2 : 1, body: body.toUpperCase(), parameter: parameter.trim() }
}

/** Stands once before the first command of a connection, without a separator. */
export function digest(random: string, password: string): string {
  return createHash('md5').update(`${random}${password}`, 'utf8').digest('hex')
}

/** @param parameter `?` asks */
export function writeCommand(options: { class: 1 | 2; body: string; parameter: string; digest?: string | null }): Buffer {
  return Buffer.from(`${options.digest ?? ''}%${options.class}${options.body} ${options.parameter}\r`, 'utf8')
}

export const searchBytes = Buffer.from('%2SRCH\r', 'latin1')

/** @throws DisplayError for the four errors of the standard (v1.04 §2.2) */
export function parameterOf({ body, parameter }: { body: string; parameter: string }): string {
  const said = `${body}=${parameter}`
  switch (parameter.toUpperCase()) {
    case 'ERR1':
      throw new DisplayError('unsupported', said)
    case 'ERR2':
      throw new DisplayError('refused', said)
    case 'ERR3':
      throw new DisplayError('standby', said)
    case 'ERR4':
      throw new DisplayError('device-failure', said)
    default:
      return parameter
  }
}

export const powerWords: Readonly<Record<string, string>> = { '0': 'off', '1': 'on', '2': 'cooling', '3': 'warming' }

/** `ERST`: fan, lamp, temperature, cover, filter, other; 0 well or unsupported, 1 warning, 2 error. @returns '' = well; null = it said something else */
export function faultWords(parameter: string): string | null {
  if (!/^[012]{6}$/.test(parameter)) return null
  const parts = ['fan', 'lamp', 'temperature', 'cover', 'filter', 'other']
  return [...parameter].flatMap((digit, index) => (digit === '0' ? [] : [`${parts[index]} ${digit === '1' ? 'warning' : 'error'}`])).join(', ')
}

const inputTypes = ['RGB', 'VIDEO', 'DIGITAL', 'STORAGE', 'NETWORK', 'INTERNAL'] as const

/** `31` or `DIGITAL1` → `31`. @throws DisplayError value-invalid */
export function inputCode(input: string, deviceClass: 1 | 2): string {
  const word = input.trim().toUpperCase()
  const [, type, ordinal] = /^([A-Z]+)\s*([0-9A-Z])$/.exec(word) ?? []
  const named = inputTypes.indexOf(type as (typeof inputTypes)[number])
  const code = named >= 0 ? `${named + 1}${ordinal}` : word
  if (!(deviceClass === 2 ? /^[1-6][1-9A-Z]$/ : /^[1-5][1-9]$/).test(code)) throw new DisplayError('value-invalid', input)
  return code
}

/** Hours of each lamp and whether it burns. */
export function lampHours(parameter: string): { hours: number; isLit: boolean }[] | null {
  if (!/^(\d{1,5} [01])( \d{1,5} [01]){0,7}$/.test(parameter)) return null
  const words = parameter.split(' ')
  return Array.from({ length: words.length / 2 }, (_, lamp) => ({ hours: Number(words[lamp * 2]), isLit: words[lamp * 2 + 1] === '1' }))
}
