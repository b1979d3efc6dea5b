import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readDescription } from '../../protocols/rtsp/sdp.ts'
import { fakeDescription } from '../../protocols/rtsp/fake.ts'
import { Feed } from './feed.ts'
import { OutTrack } from './out-track.ts'
import { Reorder } from './reorder.ts'
import { readRtp, type RtpPacket, timestampDistance, writeRtp } from './rtp.ts'

const seed = Date.now() % 2_147_483_647
console.log(`feed: fast-check seed ${seed}`)

const video = readDescription(fakeDescription).media[0]!

function packet(sequence: number, more: Partial<RtpPacket> = {}): RtpPacket {
  return {
    marker: true,
    payloadType: 96,
    sequence: sequence & 0xffff,
    timestamp: sequence * 3600,
    ssrc: 7,
    payload: Buffer.from([0x61, 0xe0, 1]),
    ...more,
  }
}

function bench() {
  const out: RtpPacket[] = []
  const clock = { now: 1_000_000 }
  const track = new OutTrack((bytes) => out.push(readRtp(bytes)!))
  const begin = () => {
    track.restart()
    return new Feed({ video, track, now: () => clock.now, onParameters: () => undefined })
  }
  return { out, clock, begin, feed: begin() }
}

test('what is written is read; what is cut short is not', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat({ max: 65_535 }), fc.boolean(), (payload, sequence, marker) => {
      const one = packet(sequence, { payload: Buffer.from(payload), marker, timestamp: sequence * 7 })
      expect(readRtp(writeRtp(one))).toEqual(one)
      const bytes = Buffer.from(payload)
      const read = readRtp(bytes)
      if (read !== null) expect(read.payload.length).toBeLessThanOrEqual(bytes.length - 12)
    }),
    { seed },
  )
})

test('packets that overtook one another come out in order, each once, the missing ones counted', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 65_535 }),
      fc.array(fc.record({ isLost: fc.boolean(), isTwice: fc.boolean(), delay: fc.nat({ max: 8 }) }), { minLength: 2, maxLength: 120 }),
      (start, fates) => {
        const sent = fates.flatMap(({ isLost, isTwice, delay }, index) =>
          isLost && index > 0 ? [] : [{ index, at: index === 0 ? -1 : index + delay }, ...(isTwice ? [{ index, at: index + delay + 0.5 }] : [])],
        )
        const reorder = new Reorder()
        const out = sent.toSorted((a, b) => a.at - b.at).flatMap(({ index }) => reorder.push(packet(start + index)))
        const numbers = out.map(({ packet: { timestamp } }) => timestamp / 3600 - start)
        expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b))
        let next = 0
        for (const [at, { lostBefore }] of out.entries()) {
          expect(numbers[at]).toBe(next + lostBefore)
          next = numbers[at]! + 1
        }
      },
    ),
    { seed, numRuns: 300 },
  )
})

test('the SFU sees one stream without a jump, though the camera begins anew with other numbers', () => {
  const { out, clock, begin, feed } = bench()
  for (let index = 0; index < 10; index += 1, clock.now += 40) feed.takeRtp(writeRtp(packet(60_000 + index)))
  clock.now += 5000
  const second = begin()
  for (let index = 0; index < 10; index += 1, clock.now += 40)
    second.takeRtp(writeRtp(packet(5 + index, { ssrc: 99, timestamp: 4_000_000_000 + index * 3600 })))
  expect(new Set(out.map(({ ssrc }) => ssrc)).size).toBe(1)
  for (const [index, one] of out.entries()) if (index > 0) expect((one.sequence - out[index - 1]!.sequence) & 0xffff).toBe(1)
  const gap = timestampDistance(out[9]!.timestamp, out[10]!.timestamp)
  expect(gap).toBeGreaterThan(4.9 * 90_000)
  expect(gap).toBeLessThan(5.2 * 90_000)
})

test('a camera that sets its clock back under way does not stop the picture', () => {
  const { out, clock, feed } = bench()
  for (let index = 0; index < 20; index += 1, clock.now += 40)
    feed.takeRtp(writeRtp(packet(index, { timestamp: index < 10 ? 3_000_000_000 + index * 3600 : index * 3600 })))
  for (const [index, one] of out.entries()) if (index > 0) expect(timestampDistance(out[index - 1]!.timestamp, one.timestamp)).toBeLessThan(20_000)
})

test('packets of a wrong SSRC or type are counted and passed over; a stream that replaces ours is taken', () => {
  const { out, feed } = bench()
  feed.takeRtp(writeRtp(packet(1)))
  for (let index = 0; index < 20; index += 1) {
    feed.takeRtp(writeRtp(packet(900 + index, { ssrc: 666 })))
    feed.takeRtp(writeRtp(packet(2 + index)))
  }
  feed.takeRtp(writeRtp(packet(22, { payloadType: 8 })))
  feed.takeRtp(Buffer.from('nonsense'))
  expect(out.length).toBe(21)
  expect(feed.evidence().strayPackets).toBe(22)
  for (let index = 0; index < 40; index += 1) feed.takeRtp(writeRtp(packet(index, { ssrc: 8 })))
  expect(out.length).toBe(21 + 11)
})

test('lost packets are told to the SFU as a gap, and said', () => {
  const { out, clock, feed } = bench()
  for (let index = 0; index < 200; index += 1, clock.now += 10) if (index % 10 !== 5) feed.takeRtp(writeRtp(packet(index)))
  expect(out.some((one, index) => index > 0 && ((one.sequence - out[index - 1]!.sequence) & 0xffff) === 2)).toBe(true)
  expect(feed.weakness()).toMatchObject({ code: 'loss' })
  const report = feed.receiverReport()!
  expect(report.readUInt32BE(8)).toBe(7)
  expect(report[12]! / 256).toBeGreaterThan(0.05)
})

test('B slices are said; H.265 and 10 bit are refused by name', () => {
  const { clock, feed } = bench()
  for (let index = 0; index < 5; index += 1, clock.now += 40) feed.takeRtp(writeRtp(packet(index, { payload: Buffer.from([0x01, 0b10011100, 1]) })))
  expect(feed.weakness()).toMatchObject({ code: 'b-frames' })
  const { track } = { track: new OutTrack(() => undefined) }
  const make = (sdp: string) => new Feed({ video: readDescription(sdp).media[0]!, track, now: () => 0, onParameters: () => undefined })
  expect(() => make(fakeDescription.replace('H264', 'H265'))).toThrow('codec-unplayable {"codec":"H265"}')
  const ten = Buffer.from('676e0028a6d940780227e5c044000003000400000300c83c60c658', 'hex').toString('base64')
  expect(() => make(fakeDescription.replace('Z0LAH9kAUAW7EA==', ten))).toThrow('High 10')
})

test('the sender report names the moment of the last picture', () => {
  const { out, clock, feed } = bench()
  const track = new OutTrack((bytes) => out.push(readRtp(bytes)!))
  expect(track.senderReport(clock.now)).toBeNull()
  track.write({ payloads: [Buffer.from('x')], marker: true, timestamp: 5, lostBefore: 0, nowMs: 1_700_000_000_000 })
  const report = track.senderReport(1_700_000_001_000)!
  expect(report.readUInt32BE(8)).toBe(1_700_000_001 + 2_208_988_800)
  expect(timestampDistance(out.at(-1)!.timestamp, report.readUInt32BE(16))).toBe(90_000)
  expect(feed.receiverReport()).toBeNull()
})
