// H.265 as a camera packs it (RFC 7798) put together to whole pictures, and what must be known of it (ITU-T H.265 §7.3) without decoding it.
import { StreamError } from '../../contract/index.ts'
import { aggregated } from './aggregated.ts'
import { Bits, unescaped } from './bits.ts'

export const nalVps = 32
export const nalSps = 33
export const nalPps = 34
const aggregation = 48
const fragmentation = 49
/** BLA, IDR and CRA pictures: decoding may begin with one (§7.4.2.2). */
const firstKey = 16
const lastKey = 21
/** A whole picture of 4K is smaller. */
const pictureLimitBytes = 4_000_000

export interface Picture {
  /** Without start codes; its parameter sets are among them where the camera sends any. */
  nals: Buffer[]
  /** On the stream's clock of 90 kHz, as it came. */
  timestamp: number
  isKey: boolean
}

export function kindOf(nal: Buffer): number {
  return ((nal[0] ?? 0) >> 1) & 0x3f
}

/** Packets in order to pictures; after a loss nothing is given until the next key picture: a decoder breaks on less. */
export class PictureBuilder {
  #nals: Buffer[] = []
  #bytes = 0
  #timestamp: number | null = null
  /** Pieces of the NAL unit that is on its way. */
  #pieces: Buffer[] = []
  #isBroken = false
  #waitsForKey = true

  /** @returns the pictures that this packet completes @throws StreamError answer-too-large */
  push(payload: Buffer, { timestamp, marker, isAfterLoss }: { timestamp: number; marker: boolean; isAfterLoss: boolean }): Picture[] {
    const done: Picture[] = []
    // What is missing may have been the end of the picture before or the beginning of this one.
    if (isAfterLoss) this.#break()
    // Some cameras do not mark the last packet.
    if (this.#timestamp !== null && timestamp !== this.#timestamp) done.push(...this.#finish(this.#timestamp))
    if (isAfterLoss) this.#break()
    this.#timestamp = timestamp
    this.#take(payload)
    if (marker) done.push(...this.#finish(timestamp))
    return done
  }

  #break(): void {
    this.#isBroken = true
    this.#pieces = []
  }

  #take(payload: Buffer): void {
    if (payload.length < 3) return
    const kind = kindOf(payload)
    if (kind === aggregation) for (const nal of aggregated(payload, 2)) this.#add(nal)
    else if (kind === fragmentation) this.#piece(payload)
    else if (kind < aggregation) this.#add(payload)
  }

  #piece(payload: Buffer): void {
    const header = payload[2]!
    if ((header & 0x80) !== 0) this.#pieces = [Buffer.from([(payload[0]! & 0x81) | ((header & 0x3f) << 1), payload[1]!])]
    // Its beginning was lost.
    else if (this.#pieces.length === 0) return void (this.#isBroken = true)
    this.#count(payload.length)
    this.#pieces.push(Buffer.from(payload.subarray(3)))
    if ((header & 0x40) === 0) return
    this.#nals.push(Buffer.concat(this.#pieces))
    this.#pieces = []
  }

  #add(nal: Buffer): void {
    this.#count(nal.length)
    // What comes is a view of a buffer that is read into again.
    this.#nals.push(Buffer.from(nal))
  }

  #count(bytes: number): void {
    this.#bytes += bytes
    if (this.#bytes > pictureLimitBytes) throw new StreamError('answer-too-large', { limitBytes: pictureLimitBytes })
  }

  #finish(timestamp: number): Picture[] {
    const nals = this.#nals
    const isWhole = !this.#isBroken && this.#pieces.length === 0
    this.#nals = []
    this.#pieces = []
    this.#bytes = 0
    this.#timestamp = null
    this.#isBroken = false
    if (!isWhole) this.#waitsForKey = true
    const isKey = nals.some((nal) => kindOf(nal) >= firstKey && kindOf(nal) <= lastKey)
    if (!isWhole || nals.length === 0 || (this.#waitsForKey && !isKey)) return []
    this.#waitsForKey = false
    return [{ nals, timestamp, isKey }]
  }
}

export interface H265Parameters {
  widthPx: number
  heightPx: number
  /** Profile, compatibility, constraints and level as they stand in the set: 12 bytes. */
  profile: Buffer
  temporalLayers: number
  isTemporalNested: boolean
  chromaFormat: number
  lumaBits: number
  chromaBits: number
}

/** @returns null for what is no sequence parameter set */
export function readH265Parameters(nal: Buffer): H265Parameters | null {
  if (nal.length < 16 || nal.length > 4096 || kindOf(nal) !== nalSps) return null
  const bytes = unescaped(nal.subarray(2))
  const bits = new Bits(bytes)
  bits.read(4)
  const temporalLayers = bits.read(3) + 1
  const isTemporalNested = bits.read(1) === 1
  const profile = Buffer.from(Array.from({ length: 12 }, () => bits.read(8)))
  passSubLayers(bits, temporalLayers - 1)
  bits.unsigned()
  const chromaFormat = bits.unsigned()
  if (chromaFormat === 3) bits.read(1)
  const [codedWidth, codedHeight] = [bits.unsigned(), bits.unsigned()]
  const [left, right, top, bottom] = bits.read(1) === 1 ? Array.from({ length: 4 }, () => bits.unsigned()) : [0, 0, 0, 0]
  const [across, down] = [chromaFormat === 1 || chromaFormat === 2 ? 2 : 1, chromaFormat === 1 ? 2 : 1]
  const [widthPx, heightPx] = [codedWidth - across * ((left ?? 0) + (right ?? 0)), codedHeight - down * ((top ?? 0) + (bottom ?? 0))]
  if (widthPx <= 0 || heightPx <= 0 || widthPx > 16_384 || heightPx > 16_384) return null
  return {
    widthPx,
    heightPx,
    profile,
    temporalLayers,
    isTemporalNested,
    chromaFormat,
    lumaBits: bits.unsigned() + 8,
    chromaBits: bits.unsigned() + 8,
  }
}

/** profile_tier_level (§7.3.3) of the layers below. */
function passSubLayers(bits: Bits, count: number): void {
  if (count === 0) return
  const present = Array.from({ length: 8 }, () => ({ profile: bits.read(1) === 1, level: bits.read(1) === 1 }))
  for (const { profile, level } of present.slice(0, count)) {
    if (profile) for (let byte = 0; byte < 11; byte += 1) bits.read(8)
    if (level) bits.read(8)
  }
}

/** HEVCDecoderConfigurationRecord (ISO/IEC 14496-15 §8.3.3.1), lengths of four bytes. @returns null where the sequence cannot be read */
export function decoderConfiguration(sets: { vps: Buffer; sps: Buffer; pps: Buffer }): Buffer | null {
  const read = readH265Parameters(sets.sps)
  if (read === null) return null
  const { profile, chromaFormat, lumaBits, chromaBits, temporalLayers, isTemporalNested } = read
  const arrays = [sets.vps, sets.sps, sets.pps].map((nal) =>
    Buffer.concat([Buffer.from([0x80 | kindOf(nal), 0, 1, nal.length >> 8, nal.length & 0xff]), nal]),
  )
  const layers = (temporalLayers << 3) | (isTemporalNested ? 4 : 0) | 3
  const rest = [0xf0, 0, 0xfc, 0xfc | chromaFormat, 0xf8 | (lumaBits - 8), 0xf8 | (chromaBits - 8), 0, 0, layers, arrays.length]
  return Buffer.concat([Buffer.from([1]), profile, Buffer.from(rest), ...arrays])
}
