// RTSP 1.0 (RFC 2326) as bytes: requests written, answers and interleaved frames (§10.12) read, within bounds whatever the camera sends.
import { StreamError } from '../../contract/index.ts'

/** Lower-case names; a header that came more than once keeps every value. */
export type Headers = ReadonlyMap<string, readonly string[]>

export interface RtspResponse {
  kind: 'response'
  status: number
  reason: string
  headers: Headers
  body: Buffer
}
/** What a server asks of us: OPTIONS, ANNOUNCE, REDIRECT. */
export interface RtspRequest {
  kind: 'request'
  method: string
  uri: string
  headers: Headers
  body: Buffer
}
/** One RTP or RTCP packet within the connection. */
export interface RtspFrame {
  kind: 'frame'
  channel: number
  payload: Buffer
}
export type RtspMessage = RtspResponse | RtspRequest | RtspFrame

export const headerLimitBytes = 32_768
/** A description of a camera is some 500 bytes; one with many tracks a few thousand. */
export const bodyLimitBytes = 262_144
/** Stray bytes forgiven in a row before we say that this is no RTSP. */
export const strayLimitBytes = 65_536
/** We never set up more channels than this; a `$` followed by a higher number is no frame. */
const channelLimit = 16
const dollar = 0x24
const statusLine = /^RTSP\/1\.\d +(\d{3}) *(.*)$/
const requestLine = /^([A-Z_]{3,20}) +(\S+) +RTSP\/1\.\d$/

export interface WrittenRequest {
  method: string
  uri: string
  headers: Readonly<Record<string, string | number>>
  body?: Buffer | undefined
}

export function writeRequest({ method, uri, headers, body }: WrittenRequest): Buffer {
  return writeMessage(`${method} ${uri} RTSP/1.0`, headers, body)
}

/** @param status e.g. `200 OK` */
export function writeResponse(status: string, headers: Readonly<Record<string, string | number>>, body?: Buffer): Buffer {
  return writeMessage(`RTSP/1.0 ${status}`, headers, body)
}

function writeMessage(first: string, headers: Readonly<Record<string, string | number>>, body: Buffer = Buffer.alloc(0)): Buffer {
  const all = body.length > 0 ? { ...headers, 'Content-Length': body.length } : headers
  return Buffer.concat([writeHead(first, all), body])
}

export function writeFrame(channel: number, payload: Buffer): Buffer {
  const head = Buffer.from([dollar, channel, payload.length >> 8, payload.length & 0xff])
  return Buffer.concat([head, payload])
}

function writeHead(first: string, headers: Readonly<Record<string, string | number>>): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  const text = [first, ...lines].map((line) => line.replace(/[\r\n\0]/g, ' ')).join('\r\n')
  return Buffer.from(`${text}\r\n\r\n`, 'utf8')
}

interface Head {
  message: RtspResponse | RtspRequest
  bodyBytes: number
}

/** Reads what comes in pieces of any size. Holds at most one header, one body or one frame. */
export class RtspReader {
  #rest: Buffer = Buffer.alloc(0)
  #head: Head | null = null
  #strayBytes = 0

  /** Bytes kept for a message that is not complete. */
  get heldBytes(): number {
    return this.#rest.length
  }

  /** @throws StreamError not-the-protocol · answer-too-large: the connection is of no more use */
  push(chunk: Buffer): RtspMessage[] {
    let bytes: Buffer = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    const messages: RtspMessage[] = []
    for (;;) {
      const step = this.#read(bytes)
      if (step === null) break
      bytes = bytes.subarray(step.used)
      if (step.message !== null) messages.push(step.message)
    }
    // A copy, so that a few bytes do not keep a large chunk alive.
    this.#rest = bytes.length === 0 ? Buffer.alloc(0) : Buffer.from(bytes)
    return messages
  }

  /** @returns null when more bytes are needed */
  #read(bytes: Buffer): { used: number; message: RtspMessage | null } | null {
    if (this.#head !== null) return this.#readBody(bytes, this.#head)
    if (bytes.length === 0) return null
    const first = bytes[0]!
    if (first === dollar) return this.#readFrame(bytes)
    if (first === 0x0d || first === 0x0a) return { used: 1, message: null }
    if (first >= 0x41 && first <= 0x5a) return this.#readHead(bytes)
    return this.#skip(bytes)
  }

  #readFrame(bytes: Buffer): { used: number; message: RtspMessage | null } | null {
    if (bytes.length < 4) return null
    if (bytes[1]! >= channelLimit) return this.#skip(bytes)
    const length = bytes.readUInt16BE(2)
    if (bytes.length < 4 + length) return null
    this.#strayBytes = 0
    return { used: 4 + length, message: { kind: 'frame', channel: bytes[1]!, payload: bytes.subarray(4, 4 + length) } }
  }

  #readHead(bytes: Buffer): { used: number; message: RtspMessage | null } | null {
    const line = lineEnd(bytes, 0)
    if (line === null) {
      if (bytes.length <= headerLimitBytes) return null
      return looksLikeRtsp(bytes) ? tooLarge(headerLimitBytes) : this.#skip(bytes)
    }
    const message = readFirstLine(bytes.toString('utf8', 0, line.textEnd))
    if (message === null) return this.#skip(bytes)
    const end = headEnd(bytes, line.next)
    if (end === null) return bytes.length > headerLimitBytes ? tooLarge(headerLimitBytes) : null
    if (end > headerLimitBytes) return tooLarge(headerLimitBytes)
    this.#strayBytes = 0
    message.headers = readHeaders(bytes.toString('utf8', line.next, end))
    const bodyBytes = Number(message.headers.get('content-length')?.[0] ?? 0)
    if (!Number.isInteger(bodyBytes) || bodyBytes < 0) throw new StreamError('not-the-protocol')
    if (bodyBytes > bodyLimitBytes) return tooLarge(bodyLimitBytes)
    if (bodyBytes === 0) return { used: end, message }
    this.#head = { message, bodyBytes }
    return { used: end, message: null }
  }

  #readBody(bytes: Buffer, { message, bodyBytes }: Head): { used: number; message: RtspMessage } | null {
    if (bytes.length < bodyBytes) return null
    this.#head = null
    message.body = Buffer.from(bytes.subarray(0, bodyBytes))
    return { used: bodyBytes, message }
  }

  /** Some cameras lose bytes between frames: we go on at the next thing that may be one. */
  #skip(bytes: Buffer): { used: number; message: null } {
    const frame = bytes.indexOf(dollar, 1)
    const answer = bytes.indexOf('RTSP/', 1, 'latin1')
    // The beginning of `RTSP/` may stand at the very end.
    const used = Math.min(...[frame, answer].filter((at) => at > 0), Math.max(1, bytes.length - 4))
    this.#strayBytes += used
    if (this.#strayBytes > strayLimitBytes) throw new StreamError('not-the-protocol')
    return { used, message: null }
  }
}

function tooLarge(limitBytes: number): never {
  throw new StreamError('answer-too-large', { limitBytes })
}

function looksLikeRtsp(bytes: Buffer): boolean {
  return bytes.toString('latin1', 0, 5) === 'RTSP/'
}

/** Lines end with CR LF; some cameras leave the CR out. */
function lineEnd(bytes: Buffer, from: number): { textEnd: number; next: number } | null {
  const at = bytes.subarray(from, from + headerLimitBytes).indexOf(0x0a)
  if (at === -1) return null
  const end = from + at
  return { textEnd: end > from && bytes[end - 1] === 0x0d ? end - 1 : end, next: end + 1 }
}

/** @returns where the empty line after the header ends */
function headEnd(bytes: Buffer, from: number): number | null {
  for (let at = from; ;) {
    const line = lineEnd(bytes, at)
    if (line === null) return null
    if (line.textEnd === at) return line.next
    at = line.next
  }
}

function readFirstLine(line: string): (RtspResponse | RtspRequest) | null {
  const headers: Headers = new Map()
  const body = Buffer.alloc(0)
  const answer = statusLine.exec(line)
  if (answer !== null) return { kind: 'response', status: Number(answer[1]), reason: answer[2]!.trim(), headers, body }
  const asked = requestLine.exec(line)
  return asked === null ? null : { kind: 'request', method: asked[1]!, uri: asked[2]!, headers, body }
}

function readHeaders(text: string): Headers {
  const headers = new Map<string, string[]>()
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(':')
    if (colon <= 0) continue
    const name = line.slice(0, colon).trim().toLowerCase()
    headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 1).trim()])
  }
  return headers
}
