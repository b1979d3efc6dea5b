// FLV (Adobe's Flash Video File Format 10.1, Annex E, with the enhanced video header): bytes to tags and back, within bounds.
import { StreamError } from '../../contract/index.ts'

export const flvAudio = 8
export const flvVideo = 9
export const flvScript = 18

export interface FlvTag {
  type: number
  timestampMs: number
  data: Buffer
}

const headerBytes = 9
const tagHeaderBytes = 11
const sizeBytes = 4
/** A key frame of 4K is smaller. */
const tagLimitBytes = 4_000_000

/** What stands before the first tag. */
export const flvHeader = Buffer.from([0x46, 0x4c, 0x56, 1, 5, 0, 0, 0, headerBytes, 0, 0, 0, 0])

export function writeFlvTag({ type, timestampMs, data }: FlvTag): Buffer {
  const bytes = Buffer.alloc(tagHeaderBytes + data.length + sizeBytes)
  bytes.writeUInt8(type, 0)
  bytes.writeUIntBE(data.length, 1, 3)
  bytes.writeUIntBE(timestampMs & 0xff_ffff, 4, 3)
  bytes.writeUInt8((timestampMs >>> 24) & 0xff, 7)
  data.copy(bytes, tagHeaderBytes)
  bytes.writeUInt32BE(tagHeaderBytes + data.length, tagHeaderBytes + data.length)
  return bytes
}

export class FlvReader {
  #rest: Buffer = Buffer.alloc(0)
  #hasHeader = false

  /** @throws StreamError not-the-protocol · answer-too-large */
  push(chunk: Buffer): FlvTag[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    const tags: FlvTag[] = []
    if (!this.#hasHeader && !this.#readHeader()) return tags
    let at = 0
    while (this.#rest.length - at >= tagHeaderBytes) {
      const type = this.#rest.readUInt8(at) & 0x1f
      const length = this.#rest.readUIntBE(at + 1, 3)
      if (type !== flvAudio && type !== flvVideo && type !== flvScript) throw new StreamError('not-the-protocol')
      if (length > tagLimitBytes) throw new StreamError('answer-too-large', { limitBytes: tagLimitBytes })
      const end = at + tagHeaderBytes + length + sizeBytes
      if (this.#rest.length < end) break
      const timestampMs = this.#rest.readUIntBE(at + 4, 3) + this.#rest.readUInt8(at + 7) * 2 ** 24
      tags.push({ type, timestampMs, data: this.#rest.subarray(at + tagHeaderBytes, at + tagHeaderBytes + length) })
      at = end
    }
    // A copy: what was handed out must not be kept alive by its neighbours.
    this.#rest = Buffer.from(this.#rest.subarray(at))
    return tags
  }

  #readHeader(): boolean {
    const start = this.#rest.subarray(0, 3).toString('latin1')
    if (!'FLV'.startsWith(start)) throw new StreamError('not-the-protocol')
    if (this.#rest.length < headerBytes + sizeBytes) return false
    const length = this.#rest.readUInt32BE(5)
    if (length < headerBytes || length > 256) throw new StreamError('not-the-protocol')
    if (this.#rest.length < length + sizeBytes) return false
    this.#rest = this.#rest.subarray(length + sizeBytes)
    this.#hasHeader = true
    return true
  }
}

export interface FlvVideo {
  isKeyFrame: boolean
  /** The parameter sets, before the first picture. */
  isHeader: boolean
  codec: 'H.264' | 'H.265' | 'AV1' | string
  /** AVCDecoderConfigurationRecord of H.264, HEVCDecoderConfigurationRecord of H.265. */
  configuration: Buffer | null
}

/** @returns null for what says nothing of a picture */
export function readFlvVideo(data: Buffer): FlvVideo | null {
  if (data.length < 5) return null
  const first = data.readUInt8(0)
  if ((first & 0x80) !== 0) {
    const fourcc = data.toString('latin1', 1, 5)
    const codec = { avc1: 'H.264', hvc1: 'H.265', av01: 'AV1' }[fourcc] ?? fourcc
    const isHeader = (first & 0x0f) === 0
    return { isKeyFrame: ((first >> 4) & 7) === 1, isHeader, codec, configuration: isHeader && codec.startsWith('H.26') ? data.subarray(5) : null }
  }
  const codecId = first & 0x0f
  const codec = codecId === 7 ? 'H.264' : codecId === 12 ? 'H.265' : `FLV ${codecId}`
  const isHeader = (codecId === 7 || codecId === 12) && data.readUInt8(1) === 0
  return { isKeyFrame: first >> 4 === 1, isHeader, codec, configuration: isHeader ? data.subarray(5) : null }
}

/** @returns the first sequence parameter set of an AVCDecoderConfigurationRecord (ISO/IEC 14496-15 §5.3.3), null where there is none */
export function firstParameterSet(configuration: Buffer): Buffer | null {
  if (configuration.length < 8 || (configuration.readUInt8(5) & 0x1f) === 0) return null
  const length = configuration.readUInt16BE(6)
  return configuration.length >= 8 + length ? configuration.subarray(8, 8 + length) : null
}

const nalH265Sequence = 33

/** @returns the first sequence parameter set of an HEVCDecoderConfigurationRecord (ISO/IEC 14496-15 §8.3.3), null where there is none */
export function firstH265ParameterSet(configuration: Buffer): Buffer | null {
  let at = 23
  for (let array = 0; array < (configuration[22] ?? 0) && at + 3 <= configuration.length; array += 1) {
    const kind = configuration.readUInt8(at) & 0x3f
    const count = configuration.readUInt16BE(at + 1)
    at += 3
    for (let index = 0; index < count; index += 1) {
      if (at + 2 > configuration.length) return null
      const length = configuration.readUInt16BE(at)
      const set = configuration.subarray(at + 2, at + 2 + length)
      if (kind === nalH265Sequence) return set.length === length ? set : null
      at += 2 + length
    }
  }
  return null
}
