import fc from 'fast-check'
import { expect, test } from 'vitest'
import { flvHeader, FlvReader, type FlvTag, readFlvVideo, writeFlvTag } from './codec.ts'

const seed = Date.now() % 2_147_483_647
console.log(`flv: fast-check seed ${seed}`)

test('whatever the chunks, the tags that were written are read', () => {
  const tag = fc.record({
    type: fc.constantFrom(8, 9, 18),
    timestampMs: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    data: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  })
  fc.assert(
    fc.property(fc.array(tag, { maxLength: 12 }), fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 40 }), (tags, sizes) => {
      const bytes = Buffer.concat([flvHeader, ...tags.map(writeFlvTag)])
      const reader = new FlvReader()
      const read: FlvTag[] = []
      for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
        const size = sizes[turn % sizes.length]!
        read.push(...reader.push(bytes.subarray(at, at + size)))
        at += size
      }
      expect(read).toEqual(tags)
    }),
    { seed },
  )
})

test('what is no FLV, or a tag larger than any picture, ends it', () => {
  const faultOf = (chunk: Buffer) => {
    try {
      return new FlvReader().push(chunk)
    } catch (error) {
      return (error as { fault: { code: string } }).fault.code
    }
  }
  expect(faultOf(Buffer.from('<html>'))).toBe('not-the-protocol')
  expect(faultOf(Buffer.concat([flvHeader, Buffer.from([9, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0])]))).toBe('answer-too-large')
  expect(faultOf(Buffer.concat([flvHeader, Buffer.from([3, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0])]))).toBe('not-the-protocol')
})

test('key frames, headers and codecs, in the old and in the enhanced form', () => {
  expect(readFlvVideo(Buffer.from([0x17, 1, 0, 0, 0]))).toMatchObject({ isKeyFrame: true, isHeader: false, codec: 'H.264' })
  expect(readFlvVideo(Buffer.from([0x27, 1, 0, 0, 0]))).toMatchObject({ isKeyFrame: false })
  expect(readFlvVideo(Buffer.from([0x17, 0, 0, 0, 0, 1]))).toMatchObject({ isHeader: true, configuration: Buffer.from([1]) })
  expect(readFlvVideo(Buffer.from([0x90, ...Buffer.from('hvc1')]))).toMatchObject({ isKeyFrame: true, isHeader: true, codec: 'H.265' })
  expect(readFlvVideo(Buffer.from([0x17]))).toBeNull()
})
