// H.265 put together from packets: whatever is cut or gathered comes out as it was; what is lost costs pictures until the next key picture, never more.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { StreamError } from '../../contract/index.ts'
import { firstH265ParameterSet } from '../../protocols/flv/codec.ts'
import { decoderConfiguration, kindOf, type Picture, PictureBuilder, readH265Parameters } from './h265.ts'

const idr = 19
const trail = 1

function nalOf(kind: number, body: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([kind << 1, 1]), body])
}

interface Packet {
  payload: Buffer
  timestamp: number
  marker: boolean
}

/** As a camera might: gathered where small, cut where large (RFC 7798 §4.4). */
function packed(nals: readonly Buffer[], { timestamp, most, isGathered }: { timestamp: number; most: number; isGathered: boolean }): Packet[] {
  const payloads: Buffer[] = []
  const small = isGathered ? nals.filter(({ length }) => length <= most) : []
  for (const nal of nals) {
    if (small.includes(nal)) continue
    if (nal.length <= most) payloads.push(nal)
    else payloads.push(...cut(nal, most))
  }
  if (small.length > 0) {
    const parts = small.flatMap((nal) => [Buffer.from([nal.length >> 8, nal.length & 0xff]), nal])
    payloads.unshift(Buffer.concat([Buffer.from([48 << 1, 1]), ...parts]))
  }
  return payloads.map((payload, index) => ({ payload, timestamp, marker: index === payloads.length - 1 }))
}

function cut(nal: Buffer, most: number): Buffer[] {
  const body = nal.subarray(2)
  const count = Math.ceil(body.length / most)
  return Array.from({ length: count }, (_, index) => {
    const flags = (index === 0 ? 0x80 : 0) | (index === count - 1 ? 0x40 : 0)
    return Buffer.concat([Buffer.from([(nal[0]! & 0x81) | (49 << 1), nal[1]!, flags | kindOf(nal)]), body.subarray(index * most, (index + 1) * most)])
  })
}

function built(packets: readonly (Packet & { isAfterLoss?: boolean })[]): Picture[] {
  const builder = new PictureBuilder()
  return packets.flatMap(({ payload, isAfterLoss = false, ...at }) => builder.push(payload, { ...at, isAfterLoss }))
}

const body = fc.uint8Array({ minLength: 4, maxLength: 400 })
const pictures = fc.array(fc.record({ isKey: fc.boolean(), bodies: fc.array(body, { minLength: 1, maxLength: 5 }), isGathered: fc.boolean() }), {
  minLength: 1,
  maxLength: 8,
})

describe('pictures', () => {
  test('come out as they were, whatever the packets, from the first key picture on', () => {
    fc.assert(
      fc.property(pictures, fc.integer({ min: 20, max: 300 }), fc.boolean(), (list, most, isMarked) => {
        const sent = list.map(({ isKey, bodies, isGathered }, index) => ({
          ...{ isKey, isGathered, timestamp: index * 3600 },
          nals: bodies.map((one) => nalOf(isKey ? idr : trail, one)),
        }))
        const packets = sent.flatMap(({ nals, timestamp, isGathered }) => packed(nals, { timestamp, most, isGathered }))
        // The last picture is known to be whole by its mark alone.
        const got = built(packets.map((packet, index) => ({ ...packet, marker: packet.marker && (isMarked || index === packets.length - 1) })))
        const first = sent.findIndex(({ isKey }) => isKey)
        const wanted = first < 0 ? [] : sent.slice(first)
        expect(got.map(({ timestamp, isKey }) => [timestamp, isKey])).toEqual(wanted.map(({ timestamp, isKey }) => [timestamp, isKey]))
        // What was gathered goes first; which NAL units there are does not change.
        for (const [index, { nals }] of got.entries()) expect(nals.map(String).toSorted()).toEqual(wanted[index]!.nals.map(String).toSorted())
      }),
    )
  })
  test('after a loss nothing until the next key picture, which is whole', () => {
    fc.assert(
      fc.property(fc.nat({ max: 100 }), fc.integer({ min: 20, max: 100 }), fc.boolean(), (lostAt, most, isMarked) => {
        const sent = Array.from({ length: 12 }, (_, index) => ({
          timestamp: index * 3600,
          isKey: index % 4 === 0,
          // Two slices: without the second the first alone would look whole.
          nals: [150, 10].map((length) => nalOf(index % 4 === 0 ? idr : trail, Buffer.alloc(length, index + 1))),
        }))
        const packets = sent.flatMap(({ nals, timestamp }) => packed(nals, { timestamp, most, isGathered: false }))
        const lost = packets[lostAt % packets.length]!
        const kept = packets.flatMap((packet, index) =>
          packet === lost ? [] : [{ ...packet, marker: packet.marker && isMarked, isAfterLoss: packets[index - 1] === lost }],
        )
        const got = built(kept)
        for (const picture of got) expect(picture.nals).toEqual(sent.find(({ timestamp }) => timestamp === picture.timestamp)?.nals)
        const nextKey = sent.find(({ timestamp, isKey }) => isKey && timestamp > lost.timestamp + 3600)
        if (nextKey !== undefined) expect(got.map(({ timestamp }) => timestamp)).toContain(nextKey.timestamp)
        expect(got.some(({ timestamp, isKey }) => timestamp === lost.timestamp && !isKey)).toBe(false)
      }),
    )
  })
  test('garbage is passed over; what grows without end is refused', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.uint8Array({ maxLength: 60 }), fc.nat({ max: 5 }), fc.boolean()), { maxLength: 60 }), (list) => {
        built(list.map(([bytes, timestamp, marker]) => ({ payload: Buffer.from(bytes), timestamp, marker })))
      }),
    )
    const builder = new PictureBuilder()
    const endless = () => builder.push(Buffer.from([49 << 1, 1, idr, ...new Uint8Array(1200)]), { timestamp: 1, marker: false, isAfterLoss: false })
    builder.push(Buffer.from([49 << 1, 1, 0x80 | idr, 0]), { timestamp: 1, marker: false, isAfterLoss: false })
    expect(() => {
      for (let count = 0; count < 5000; count += 1) endless()
    }).toThrow(StreamError)
  })
})

// Made once by ffmpeg 5.1 with x265 (`-f lavfi -i testsrc=size=WxH -c:v libx265 -pix_fmt P -f mp4`): its hvcC without SEI, whose sets are read here and written anew.
const foreignRecords = [
  {
    name: '352 × 288, 8 bits',
    hvcc: 'AQFgAAAAkAAAAAAAPPAA/P34+AAADwOgAAEAGEABDAH//wFgAAADAJAAAAMAAAMAPJWUCaEAAQApQgEBAWAAAAMAkAAAAwAAAwA8oAsIBIWWVlSkwvAWgIAAAAMAgAAADISiAAEABkQBwHPBiQ==',
    ...{ widthPx: 352, heightPx: 288, bits: 8 },
  },
  {
    name: '1918 × 1078, cut out of a larger one, 10 bits',
    hvcc: 'AQIgAAAAkAAAAAAAePAA/P36+gAADwOgAAEAGEABDAH//wIgAAADAJAAAAMAAAMAeJWUCaEAAQAtQgEBAiAAAAMAkAAAAwAAAwB4oAPAgBEHUzZZWVKTC8BaAgAAAwACAAADADIQogABAAZEAcBzwYk=',
    ...{ widthPx: 1918, heightPx: 1078, bits: 10 },
  },
  {
    name: '640 × 360, 4:4:4',
    hvcc: 'AQQIAAAAnggAAAAAP/AA/P/4+AAADwOgAAEAF0ABDAH//wQIAAADAJ4IAAADAAA/lZQJoQABACtCAQEECAAAAwCeCAAAAwAAP5AAoEAuPicsrKlJheAtAQAAAwABAAADABkIogABAAhEAcBzGDAYkA==',
    ...{ widthPx: 640, heightPx: 360, bits: 8 },
  },
]

describe('parameters', () => {
  test.each(foreignRecords)('$name', ({ hvcc, widthPx, heightPx, bits }) => {
    const foreign = Buffer.from(hvcc, 'base64')
    const sets = setsOf(foreign)
    const sps = firstH265ParameterSet(foreign)!
    expect(sps).toEqual(sets.get(33))
    expect(readH265Parameters(sps)).toMatchObject({ widthPx, heightPx, lumaBits: bits, chromaBits: bits })
    const ours = decoderConfiguration({ vps: sets.get(32)!, sps, pps: sets.get(34)! })!
    // Profile, level, chroma and depths; what stands between them says what is known of frame rate and slices.
    expect(ours.subarray(0, 13)).toEqual(foreign.subarray(0, 13))
    expect(ours.subarray(16, 19)).toEqual(foreign.subarray(16, 19))
    expect([...setsOf(ours)]).toEqual([...sets])
    expect(ours[21]).toBe(foreign[21])
  })
  test('what is no set is told apart, and never thrown at', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void firstH265ParameterSet(Buffer.from(bytes))))
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void readH265Parameters(Buffer.concat([Buffer.from([33 << 1, 1]), bytes]))))
    expect(readH265Parameters(Buffer.from([0x67, 0x42]))).toBeNull()
  })
})

/** Of every array of the record. */
function setsOf(record: Buffer): Map<number, Buffer> {
  const sets = new Map<number, Buffer>()
  let at = 23
  for (let array = 0; array < record[22]!; array += 1) {
    const kind = record[at]! & 0x3f
    const length = record.readUInt16BE(at + 3)
    sets.set(kind, record.subarray(at + 5, at + 5 + length))
    at += 5 + length
  }
  return sets
}
