import fc from 'fast-check'
import { expect, test } from 'vitest'
import { StreamError } from '../../contract/index.ts'
import { fakeDescription } from './fake.ts'
import { controlAddress, parameterSets, readDescription } from './sdp.ts'

const seed = Date.now() % 2_147_483_647
console.log(`sdp: fast-check seed ${seed}`)

test('codec, packing, parameter sets and control of a camera', () => {
  const { media, address } = readDescription(fakeDescription)
  expect(address).toBeNull()
  expect(media[0]).toMatchObject({ kind: 'video', payloadType: 96, codec: 'H264', clockRateHz: 90_000, control: 'trackID=0' })
  expect(media[0]?.parameters['packetization-mode']).toBe('1')
  expect(parameterSets(media[0]!).map((nal) => nal[0]! & 0x1f)).toEqual([7, 8])
})

test('two tracks, one of a fixed type, H.265 and a named address', () => {
  const { media, address } = readDescription(
    'v=0\no=- 0 0 IN IP4 10.0.0.9\nc=IN IP4 10.0.0.9\nm=audio 0 RTP/AVP 8\na=control:rtsp://10.0.0.9/a\nm=video 0 RTP/AVP 98\na=rtpmap:98 H265/90000\n',
  )
  expect(address).toBe('10.0.0.9')
  expect(media.map(({ kind, codec }) => `${kind} ${codec}`)).toEqual(['audio PCMA', 'video H265'])
})

test('whatever text comes is read or refused, quickly', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ maxLength: 2000 }),
        fc.array(fc.string({ maxLength: 60 })).map((lines) => `v=0\r\nm=${lines.join('\r\nm=')}`),
      ),
      (text) => {
        try {
          expect(readDescription(text).media.length).toBeLessThanOrEqual(32)
        } catch (error) {
          expect(error).toBeInstanceOf(StreamError)
        }
      },
    ),
    { seed, numRuns: 300 },
  )
})

test('a track is asked for at the host we came by, whatever the camera calls itself', () => {
  expect(controlAddress('rtsp://cam:554/live', 'trackID=1')).toBe('rtsp://cam:554/live/trackID=1')
  expect(controlAddress('rtsp://cam/live/', 'trackID=1')).toBe('rtsp://cam/live/trackID=1')
  expect(controlAddress('rtsp://cam:8554/live', 'rtsp://192.168.1.64:554/live/trackID=1')).toBe('rtsp://cam:8554/live/trackID=1')
  expect(controlAddress('rtsp://cam/live', '*')).toBe('rtsp://cam/live')
})
