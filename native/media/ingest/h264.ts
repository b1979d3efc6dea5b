// What we must know of H.264 (ITU-T H.264 §7.3) without decoding it: kinds of NAL units, the parameter sets, and whether pictures are re-ordered.
import { Bits, unescaped } from './bits.ts'

export const nalSlice = 1
export const nalKeySlice = 5
export const nalParametersOfSequence = 7
export const nalParametersOfPicture = 8

export interface SequenceParameters {
  /** `profile-level-id` of RFC 6184 §8.1: profile, constraints, level as six hex digits. */
  profileLevelId: string
  /** For people. */
  name: string
  /** What browsers decode: baseline, main, high in 8 bit 4:2:0. */
  isPlayable: boolean
  widthPx: number
  heightPx: number
}

const names: Record<number, string> = {
  66: 'Baseline',
  77: 'Main',
  88: 'Extended',
  100: 'High',
  110: 'High 10',
  122: 'High 4:2:2',
  244: 'High 4:4:4',
}
const playable = new Set([66, 77, 100])
const withChroma = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128])

/** @returns null for what is no sequence parameter set */
export function readSequenceParameters(nal: Buffer): SequenceParameters | null {
  if (nal.length < 5 || (nal[0]! & 0x1f) !== nalParametersOfSequence || nal.length > 4096) return null
  const profile = nal[1]!
  const bits = new Bits(unescaped(nal.subarray(4)))
  bits.unsigned()
  let chroma = 1
  let isEightBit = true
  if (withChroma.has(profile)) {
    chroma = bits.unsigned()
    if (chroma === 3) bits.read(1)
    isEightBit = bits.unsigned() === 0
    isEightBit = bits.unsigned() === 0 && isEightBit
    bits.read(1)
    if (bits.read(1) === 1) skipScaling(bits, chroma === 3 ? 12 : 8)
  }
  bits.unsigned()
  skipOrder(bits)
  bits.unsigned()
  bits.read(1)
  const [width, height] = [bits.unsigned() + 1, bits.unsigned() + 1]
  const isFrameOnly = bits.read(1) === 1
  if (!isFrameOnly) bits.read(1)
  bits.read(1)
  const crop = bits.read(1) === 1 ? [bits.unsigned(), bits.unsigned(), bits.unsigned(), bits.unsigned()] : [0, 0, 0, 0]
  const [unitX, unitY] = [chroma === 1 || chroma === 2 ? 2 : 1, (chroma === 1 ? 2 : 1) * (isFrameOnly ? 1 : 2)]
  return {
    profileLevelId: nal.toString('hex', 1, 4),
    name: `H.264 ${names[profile] ?? profile}`,
    isPlayable: playable.has(profile) && chroma <= 1 && isEightBit,
    widthPx: width * 16 - unitX * (crop[0]! + crop[1]!),
    heightPx: height * 16 * (isFrameOnly ? 1 : 2) - unitY * (crop[2]! + crop[3]!),
  }
}

function skipScaling(bits: Bits, lists: number): void {
  for (let list = 0; list < lists; list += 1) {
    if (bits.read(1) === 0) continue
    let last = 8
    let next = 8
    for (let at = 0; at < (list < 6 ? 16 : 64); at += 1) {
      if (next !== 0) next = (last + bits.signed() + 256) % 256
      last = next === 0 ? last : next
    }
  }
}

function skipOrder(bits: Bits): void {
  const type = bits.unsigned()
  if (type === 0) bits.unsigned()
  if (type !== 1) return
  bits.read(1)
  bits.signed()
  bits.signed()
  const count = Math.min(255, bits.unsigned())
  for (let index = 0; index < count; index += 1) bits.signed()
}

/** @param body of a slice after its NAL header @returns whether it is a B slice: shown in another order than sent (§7.4.3, slice_type) */
export function isBSlice(body: Buffer): boolean {
  const bits = new Bits(body.subarray(0, 16))
  bits.unsigned()
  return bits.unsigned() % 5 === 1
}
