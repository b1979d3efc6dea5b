// Samsung MDC frames: AA | command | id | length | data | sum. Replies: AA FF id length 'A'|'N' command data sum. Pure.
import { DisplayError } from '../../contract/index.ts'
import type { FrameReader } from '../display/byte-line.ts'

export const mdcPort = 1515
const header = 0xaa
const replyCommand = 0xff
/** Executed by every set on the line, answered by none. */
export const broadcastId = 0xfe
/** Understood by whatever set is asked; it answers with its own number. */
export const anyId = 0xff
/** What a set says that asks for TLS and a PIN first. */
const secured = Buffer.from('MDCSTART<<TLS>>', 'latin1')

export const commands = {
  status: 0x00,
  serial: 0x0b,
  input: 0x14,
  power: 0x11,
  error: 0x0d,
  brightness: 0x25,
  wallMode: 0x5c,
  wallOn: 0x84,
  wallLayout: 0x89,
  model: 0x8a,
  panelOff: 0xf9,
  /** Followed by a sub-command. */
  screen: 0xfe,
} as const

/** Screen mute, under `screen`. */
export const screenMute = 0x51

export interface MdcReply {
  id: number
  isAck: boolean
  command: number
  data: Buffer
}

/** @param data none = asks */
export function writeFrame(command: number, id: number, data: readonly number[] = []): Buffer {
  const body = [command, id, data.length, ...data]
  return Buffer.from([header, ...body, sum(body)])
}

export function writeReply(id: number, reply: { isAck: boolean; command: number; data: readonly number[] }): Buffer {
  const body = [replyCommand, id, reply.data.length + 2, reply.isAck ? 0x41 : 0x4e, reply.command, ...reply.data]
  return Buffer.from([header, ...body, sum(body)])
}

function sum(bytes: Iterable<number>): number {
  let total = 0
  for (const byte of bytes) total += byte
  return total & 0xff
}

/** Reads replies, and finds the next one after stray bytes or a wrong sum. */
export class MdcReader implements FrameReader<MdcReply> {
  #held: Buffer = Buffer.alloc(0)

  /** @throws DisplayError pin-tls-required */
  push(chunk: Buffer): MdcReply[] {
    this.#held = Buffer.concat([this.#held, chunk])
    if (this.#held.includes(secured)) {
      this.reset()
      throw new DisplayError('pin-tls-required', secured.toString('latin1'))
    }
    const replies: MdcReply[] = []
    let at = 0
    while (at < this.#held.length) {
      const size = frameSize(this.#held, at)
      if (size === 'more') break
      if (size === 'none') {
        at += 1
        continue
      }
      const frame = this.#held.subarray(at, at + size)
      replies.push({ id: frame[2]!, isAck: frame[4] === 0x41, command: frame[5]!, data: Buffer.from(frame.subarray(6, -1)) })
      at += size
    }
    // The longest frame has 260 bytes: no more is ever held.
    this.#held = Buffer.from(this.#held.subarray(Math.max(at, this.#held.length - 260)))
    // A banner that is only beginning must not be thrown away with the stray bytes.
    if (this.#held.length === 0) this.#held = bannerStart(chunk)
    return replies
  }

  flush(): MdcReply[] {
    return []
  }

  reset(): void {
    this.#held = Buffer.alloc(0)
  }

  get heldBytes(): number {
    return this.#held.length
  }
}

function frameSize(held: Buffer, at: number): number | 'more' | 'none' {
  if (held[at] !== header) return 'none'
  if (at + 1 < held.length && held[at + 1] !== replyCommand) return 'none'
  if (at + 4 > held.length) return 'more'
  const length = held[at + 3]!
  if (length < 2) return 'none'
  const size = 5 + length
  if (at + 4 < held.length && held[at + 4] !== 0x41 && held[at + 4] !== 0x4e) return 'none'
  if (at + size > held.length) return 'more'
  return sum(held.subarray(at + 1, at + size - 1)) === held[at + size - 1] ? size : 'none'
}

function bannerStart(chunk: Buffer): Buffer {
  for (let length = Math.min(chunk.length, secured.length - 1); length > 0; length -= 1) {
    const tail = chunk.subarray(chunk.length - length)
    if (secured.subarray(0, length).equals(tail)) return Buffer.from(tail)
  }
  return Buffer.alloc(0)
}

/**
 * `0x0D`: lamp, temperature, light sensor, no signal, degrees, fan; 1 = error. The sensor's codes differ between models and no signal is none of the set's
 * faults: both are left out. @returns '' = well; null = it said something else
 */
export function faultWords(data: Buffer): string | null {
  const parts = [
    ['lamp', 0],
    ['temperature', 1],
    ['fan', 5],
  ] as const
  if (data.length < 2 || data[0]! > 1 || data[1]! > 1) return null
  return parts.flatMap(([part, at]) => (data[at] === 1 ? [`${part} error`] : [])).join(', ')
}

/** Rows in the high nibble, columns in the low one; place from 1, left to right, top to bottom. 0 columns = off. @throws DisplayError value-invalid */
export function wallLayout(options: { columns: number; rows: number; position: number }): number[] {
  const { columns, rows, position } = options
  if (columns === 0) return [0, 0]
  if (columns > 15 || rows < 1 || rows > 15 || position < 1 || position > Math.min(100, columns * rows))
    throw new DisplayError('value-invalid', `${columns}x${rows} ${position}`)
  return [(rows << 4) | columns, position]
}

export const inputCodes: Readonly<Record<string, number>> = {
  AV: 0x0c,
  PC: 0x14,
  DVI: 0x18,
  BNC: 0x1e,
  MAGICINFO: 0x20,
  HDMI1: 0x21,
  HDMI1_PC: 0x22,
  HDMI2: 0x23,
  HDMI2_PC: 0x24,
  DP1: 0x25,
  DP2: 0x26,
  DP3: 0x27,
  HDMI3: 0x31,
  HDMI3_PC: 0x32,
  HDMI4: 0x33,
  HDMI4_PC: 0x34,
  TV: 0x40,
  HDBASET: 0x55,
  OCM: 0x56,
  URL: 0x63,
  WEB: 0x65,
}

/** A name of the list, or two hexadecimal digits. `…_PC` can only be read. @throws DisplayError value-invalid */
export function inputCode(input: string): number {
  const word = input.trim().toUpperCase()
  const code = inputCodes[word] ?? (/^[0-9A-F]{2}$/.test(word) ? parseInt(word, 16) : undefined)
  if (code === undefined || word.endsWith('_PC')) throw new DisplayError('value-invalid', input)
  return code
}

/** What a set that shows `…_PC` was told is the same plug. */
export function inputName(code: number): string {
  const name = Object.entries(inputCodes).find(([, value]) => value === code)?.[0]
  return name?.replace('_PC', '') ?? code.toString(16).toUpperCase().padStart(2, '0')
}
