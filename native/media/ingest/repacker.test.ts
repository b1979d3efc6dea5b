import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isBSlice, readSequenceParameters } from './h264.ts'
import { aggregated } from './aggregated.ts'
import { payloadLimitBytes, Repacker } from './repacker.ts'

const seed = Date.now() % 2_147_483_647
console.log(`repacker: fast-check seed ${seed}`)

const sps = Buffer.from('6742c01fd9005005bb011000000300100000030320f1832480', 'hex')
const pps = Buffer.from('68cb8cb2', 'hex')

/** Written apart from the code under test: payloads back to NAL units. */
function unpack(payloads: readonly Buffer[]): Buffer[] {
  const nals: Buffer[] = []
  let open: Buffer[] | null = null
  for (const payload of payloads) {
    const kind = payload[0]! & 0x1f
    if (kind === 24) nals.push(...aggregated(payload, 1).map((nal) => Buffer.from(nal)))
    else if (kind !== 28) nals.push(payload)
    else {
      if ((payload[1]! & 0x80) !== 0) open = [Buffer.from([(payload[0]! & 0xe0) | (payload[1]! & 0x1f)])]
      open?.push(payload.subarray(2))
      if ((payload[1]! & 0x40) !== 0 && open !== null) {
        nals.push(Buffer.concat(open))
        open = null
      }
    }
  }
  return nals
}

function fragment(nal: Buffer, size: number): Buffer[] {
  const body = nal.subarray(1)
  const count = Math.max(2, Math.ceil(body.length / size))
  const step = Math.ceil(body.length / count)
  return Array.from({ length: count }, (_, index) =>
    Buffer.concat([
      Buffer.from([(nal[0]! & 0xe0) | 28, (index === 0 ? 0x80 : 0) | (index === count - 1 ? 0x40 : 0) | (nal[0]! & 0x1f)]),
      body.subarray(index * step, (index + 1) * step),
    ]),
  )
}

function aggregate(nals: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from([0x78]), ...nals.flatMap((nal) => [Buffer.from([nal.length >> 8, nal.length & 0xff]), nal])])
}

/** Slices and messages of any size; parameter sets are chosen apart. */
const nal = fc
  .record({ kind: fc.constantFrom(1, 5, 6), body: fc.uint8Array({ minLength: 8, maxLength: 5000 }) })
  .map(({ kind, body }) => Buffer.concat([Buffer.from([0x60 | kind]), Buffer.from(body)]))
const part = fc.oneof(
  nal.map((one) => ({ nals: [one], payloads: [one] })),
  fc.tuple(nal, fc.integer({ min: 500, max: 4000 })).map(([one, size]) => ({ nals: [one], payloads: fragment(one, size) })),
  fc.array(nal, { minLength: 1, maxLength: 4 }).map((nals) => ({ nals, payloads: [aggregate(nals)] })),
)

test('whatever way a camera packs it, the same NAL units come out, small, with parameter sets before a key frame', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(part, fc.boolean()), { maxLength: 12 }), (parts) => {
      const repacker = new Repacker([sps, pps])
      let timestamp = 0
      for (const [{ nals, payloads }, isSamePicture] of parts) {
        if (!isSamePicture) timestamp += 3600
        const out = payloads.flatMap((payload) => repacker.repack(payload, timestamp).payloads)
        for (const payload of out) expect(payload.length).toBeLessThanOrEqual(payloadLimitBytes)
        const got = unpack(out)
        const added = got.filter((one) => one.equals(sps) || one.equals(pps))
        expect(got.filter((one) => !added.includes(one))).toEqual(nals)
        if (added.length > 0) {
          expect(added).toEqual([sps, pps])
          const first = got.findIndex((one) => (one[0]! & 0x1f) === 5)
          expect(got.indexOf(added[0]!)).toBeLessThan(first)
        }
      }
    }),
    { seed, numRuns: 300 },
  )
})

test('every key frame has its parameter sets exactly once, from the description or in band', () => {
  const key = Buffer.concat([Buffer.from([0x65, 0x88]), Buffer.alloc(3000, 1)])
  const described = new Repacker([sps, pps])
  for (const timestamp of [0, 3600]) {
    const first = described.repack(key, timestamp)
    expect(first.isKeyFrame).toBe(true)
    expect(unpack(first.payloads).map((one) => one[0]! & 0x1f)).toEqual([7, 8, 5])
    // The second slice of the same picture.
    const second = described.repack(key, timestamp)
    expect(second.isKeyFrame).toBe(false)
    expect(unpack(second.payloads).map((one) => one[0]! & 0x1f)).toEqual([5])
  }
  const inBand = new Repacker()
  expect(inBand.hasParameterSets).toBe(false)
  expect(inBand.repack(sps, 0).sequenceParameters).toEqual(sps)
  inBand.repack(pps, 0)
  expect(unpack(inBand.repack(key, 0).payloads).length).toBe(1)
  expect(unpack(inBand.repack(key, 3600).payloads).length).toBe(3)
})

test('the interleaved mode is refused by name; empty and unknown packets bring nothing', () => {
  expect(() => new Repacker().repack(Buffer.from([0x1d, 0x80, 0, 0]), 0)).toThrow('packing-unplayable')
  for (const odd of [Buffer.alloc(0), Buffer.from([0]), Buffer.from([0x1e, 1]), Buffer.from([0x7c])])
    expect(new Repacker().repack(odd, 0).payloads).toEqual([])
})

test('garbage never throws anything but the refusal', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 3000 }), { maxLength: 20 }), (payloads) => {
      const repacker = new Repacker([sps, pps])
      for (const payload of payloads) {
        if ([25, 26, 27, 29].includes((payload[0] ?? 0) & 0x1f)) continue
        for (const out of repacker.repack(Buffer.from(payload), 0).payloads) expect(out.length).toBeLessThanOrEqual(payloadLimitBytes)
        readSequenceParameters(Buffer.from(payload))
      }
    }),
    { seed, numRuns: 300 },
  )
})

test('size and profile out of real parameter sets', () => {
  // Made by x264: 1280×720 baseline; 1920×1080 high (cropped from 1088); 720×576 interlaced; 640×480 4:4:4, which no page plays.
  expect(readSequenceParameters(sps)).toMatchObject({ profileLevelId: '42c01f', widthPx: 1280, heightPx: 720, isPlayable: true })
  const high = Buffer.from('67640028acd940780227e5c044000003000400000300c83c60c658', 'hex')
  expect(readSequenceParameters(high)).toMatchObject({ name: 'H.264 High', widthPx: 1920, heightPx: 1080, isPlayable: true })
  const interlaced = Buffer.from('674d401eeca05a126c0440000003004000000c87c50a6580', 'hex')
  expect(readSequenceParameters(interlaced)).toMatchObject({ name: 'H.264 Main', widthPx: 720, heightPx: 576 })
  const full = Buffer.from('67f4001e919b281407b60220000003002000000641e2c5b2c0', 'hex')
  expect(readSequenceParameters(full)).toMatchObject({ name: 'H.264 High 4:4:4', widthPx: 640, heightPx: 480, isPlayable: false })
  expect(readSequenceParameters(pps)).toBeNull()
})

test('a B slice is told by its first bits', () => {
  // first_mb 0 = "1"; slice_type 6 = "00111"; slice_type 5 = "00110"; slice_type 1 = "010".
  expect(isBSlice(Buffer.from([0b10011100]))).toBe(true)
  expect(isBSlice(Buffer.from([0b10011000]))).toBe(false)
  expect(isBSlice(Buffer.from([0b10100000]))).toBe(true)
})
