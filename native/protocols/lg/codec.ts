// LG commercial displays: `ka 01 01␍` is answered `a 01 OK01x` (LG RS-232C/LAN control, 49SH7DB manual p. 68). Pure.
import { DisplayError } from '../../contract/index.ts'
import { LineReader } from '../display/line-reader.ts'

export const lgPort = 9761

export interface LgReply {
  /** Second letter of the command. */
  letter: string
  id: number
  isOk: boolean
  data: number
}

/** A reply ends with the letter x. */
export function lgReader(): LineReader {
  return new LineReader({ ends: [0x78, 0x58, 0x0d, 0x0a], limitBytes: 64, isWhole: (line) => readReply(line) !== null })
}

/** @param data `ff` asks */
export function writeCommand(command: string, id: number, data: number): Buffer {
  return Buffer.from(`${command} ${hex(id)} ${hex(data)}\r`, 'latin1')
}

/** @returns null for what is no reply */
export function readReply(line: string): LgReply | null {
  const [, letter, id, word, data] = /([a-z]) ([0-9a-f]{2}) (OK|NG)([0-9a-f]{2})$/i.exec(line.trim()) ?? []
  if (letter === undefined || id === undefined || word === undefined || data === undefined) return null
  return { letter: letter.toLowerCase(), id: parseInt(id, 16), isOk: word.toUpperCase() === 'OK', data: parseInt(data, 16) }
}

/** Only what is the same on most sets; any other is typed as two hexadecimal digits from the set's manual. */
const inputNames: Readonly<Record<string, number>> = { HDMI1: 0x90, HDMI2: 0x91 }

/** @throws DisplayError value-invalid */
export function inputCode(input: string): number {
  const word = input.trim().toUpperCase()
  const code = inputNames[word] ?? (/^[0-9A-F]{2}$/.test(word) ? parseInt(word, 16) : undefined)
  if (code === undefined || code === 0xff) throw new DisplayError('value-invalid', input)
  return code
}

/** A set on its HDMI plug may answer A0 (HDMI1 as PC) for 90. */
export function inputWord(code: number): string {
  const plug = code >= 0xa0 && code <= 0xa1 ? code - 0x10 : code
  return Object.entries(inputNames).find(([, value]) => value === plug)?.[0] ?? hex(code).toUpperCase()
}

function hex(value: number): string {
  return value.toString(16).padStart(2, '0')
}
