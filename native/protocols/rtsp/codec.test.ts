import fc from 'fast-check'
import { expect, test } from 'vitest'
import { StreamError } from '../../contract/index.ts'
import { bodyLimitBytes, headerLimitBytes, RtspReader, strayLimitBytes, writeFrame, writeRequest, writeResponse } from './codec.ts'

const seed = Date.now() % 2_147_483_647
console.log(`rtsp codec: fast-check seed ${seed}`)

const name = fc.stringMatching(/^[A-Za-z][A-Za-z-]{0,12}$/).filter((text) => text.toLowerCase() !== 'content-length')
const value = fc.stringMatching(/^[!-~]([ -~]{0,30}[!-~])?$/)
const answer = fc.record({
  status: fc.integer({ min: 100, max: 599 }),
  headers: fc.dictionary(name, value, { maxKeys: 5 }),
  body: fc.uint8Array({ maxLength: 600 }),
})
const frame = fc.record({ channel: fc.integer({ min: 0, max: 15 }), payload: fc.uint8Array({ maxLength: 2000 }) })
const part = fc.oneof(
  answer.map(({ status, headers, body }) => ({
    bytes: writeResponse(`${status} Words`, headers, Buffer.from(body)),
    expected: { kind: 'response', status, body: Buffer.from(body) },
  })),
  frame.map(({ channel, payload }) => ({
    bytes: writeFrame(channel, Buffer.from(payload)),
    expected: { kind: 'frame', channel, payload: Buffer.from(payload) },
  })),
)

function pieces(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length]
  return at.slice(1).map((end, index) => bytes.subarray(at[index]!, end))
}

test('whatever is written is read, in whatever pieces it comes', () => {
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), fc.array(fc.nat(), { maxLength: 12 }), (parts, cuts) => {
      const reader = new RtspReader()
      const read = pieces(Buffer.concat(parts.map(({ bytes }) => bytes)), cuts).flatMap((piece) => reader.push(piece))
      expect(read.length).toBe(parts.length)
      for (const [index, message] of read.entries()) expect(message).toMatchObject(parts[index]!.expected)
      expect(reader.heldBytes).toBe(0)
    }),
    { seed, numRuns: 300 },
  )
})

test('garbage never holds more than its bound and never fails otherwise than by saying so', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 5000 }), { maxLength: 40 }), (chunks) => {
      const reader = new RtspReader()
      try {
        for (const chunk of chunks) {
          reader.push(Buffer.from(chunk))
          expect(reader.heldBytes).toBeLessThanOrEqual(65_539 + 5000)
        }
      } catch (error) {
        expect(error).toBeInstanceOf(StreamError)
      }
    }),
    { seed, numRuns: 300 },
  )
})

test('a frame after stray bytes is found again', () => {
  const reader = new RtspReader()
  const stray = Buffer.from([0x00, 0x01, 0x24, 0xff, 0x12, 0x80])
  const read = reader.push(
    Buffer.concat([writeFrame(0, Buffer.from('a')), stray, writeFrame(0, Buffer.from('b')), stray, writeResponse('200 OK', { CSeq: 4 })]),
  )
  expect(read.map((message) => (message.kind === 'frame' ? message.payload.toString() : message.kind))).toEqual(['a', 'b', 'response'])
})

test('a header without end, a description of 100 MB, a web server: each is said, none is held', () => {
  const endless = new RtspReader()
  expect(() => {
    endless.push(Buffer.from('RTSP/1.0 200 OK\r\n'))
    for (let at = 0; at < 100_000; at += 1) endless.push(Buffer.from(`X-Header-${at}: ${'x'.repeat(200)}\r\n`))
  }).toThrow('answer-too-large')
  const line = new RtspReader()
  expect(() => {
    line.push(Buffer.from('RTSP/1.0 200 '))
    for (let at = 0; at < 1000; at += 1) line.push(Buffer.alloc(1000, 'x'))
  }).toThrow('answer-too-large')
  expect(endless.heldBytes).toBeLessThanOrEqual(headerLimitBytes + 300)
  expect(() => new RtspReader().push(Buffer.from('RTSP/1.0 200 OK\r\nContent-Length: 100000000\r\n\r\n'))).toThrow(`${bodyLimitBytes}`)
  const noRtsp = new RtspReader()
  expect(() => {
    for (let at = 0; at < strayLimitBytes; at += 10) noRtsp.push(Buffer.from('<html> hi '))
  }).toThrow('not-the-protocol')
})

test('a request is one line per header, whatever its values hold', () => {
  const text = writeRequest({ method: 'DESCRIBE', uri: 'rtsp://h/x', headers: { CSeq: 2, 'User-Agent': 'a\r\nEvil: 1' } }).toString()
  expect(text).toBe('DESCRIBE rtsp://h/x RTSP/1.0\r\nCSeq: 2\r\nUser-Agent: a  Evil: 1\r\n\r\n')
})

test('what cameras write without CR, twice, or in lower case is read', () => {
  const [message] = new RtspReader().push(
    Buffer.from('RTSP/1.0 401 Unauthorized\nCseq: 1\nWWW-Authenticate: Digest realm="a", nonce="b"\nwww-authenticate: Basic realm="a"\n\n'),
  )
  expect(message).toMatchObject({ kind: 'response', status: 401 })
  expect(message?.kind === 'response' && message.headers.get('www-authenticate')).toEqual(['Digest realm="a", nonce="b"', 'Basic realm="a"'])
})
