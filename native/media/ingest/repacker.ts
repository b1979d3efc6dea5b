// H.264 as a camera packs it (RFC 6184) turned into what every browser takes: mode 1, packets of at most 1 200 bytes, parameter sets before every key frame.
import { StreamError } from '../../contract/index.ts'
import { aggregated } from './aggregated.ts'
import { isBSlice, nalKeySlice, nalParametersOfPicture, nalParametersOfSequence, nalSlice } from './h264.ts'

/** SRTP, UDP and a tunnel still fit into 1 400 bytes. */
export const payloadLimitBytes = 1200
const stapA = 24
const fuA = 28
/** STAP-B, MTAP and FU-B belong to the interleaved mode 2 (§6.2.3). */
const interleaved = new Set([25, 26, 27, 29])

/** What one packet told. */
export interface Repacked {
  payloads: Buffer[]
  /** A key frame begins with these payloads. */
  isKeyFrame: boolean
  /** A new sequence parameter set came with it. */
  sequenceParameters: Buffer | null
  hasBSlice: boolean
}

export class Repacker {
  #sps: Buffer | null
  #pps: Buffer | null
  #timestamp: number | null = null
  /** The picture that is being sent already has its parameter sets. */
  #hasParameters = false
  #isKeyAnnounced = false

  /** @param parameterSets from the description; those that come in band replace them */
  constructor(parameterSets: readonly Buffer[] = []) {
    this.#sps = parameterSets.find((nal) => kindOf(nal) === nalParametersOfSequence) ?? null
    this.#pps = parameterSets.find((nal) => kindOf(nal) === nalParametersOfPicture) ?? null
  }

  /** False: neither the description nor the stream has named them yet, so nothing can be decoded. */
  get hasParameterSets(): boolean {
    return this.#sps !== null && this.#pps !== null
  }

  /** @throws StreamError packing-unplayable for the interleaved mode */
  repack(payload: Buffer, timestamp: number): Repacked {
    const result: Repacked = { payloads: [], isKeyFrame: false, sequenceParameters: null, hasBSlice: false }
    if (timestamp !== this.#timestamp) {
      this.#timestamp = timestamp
      this.#hasParameters = false
      this.#isKeyAnnounced = false
    }
    const kind = payload.length === 0 ? 0 : kindOf(payload)
    if (interleaved.has(kind)) throw new StreamError('packing-unplayable')
    if (kind === stapA) this.#aggregate(payload, result)
    else if (kind === fuA) this.#fragment(payload, result)
    else if (kind >= 1 && kind <= 23) {
      this.#look(payload, result)
      result.payloads.push(...fragments(payload))
    }
    return result
  }

  #aggregate(payload: Buffer, result: Repacked): void {
    const nals = aggregated(payload, 1)
    for (const nal of nals) this.#look(nal, result)
    if (payload.length <= payloadLimitBytes) result.payloads.push(payload)
    else for (const nal of nals) result.payloads.push(...fragments(nal))
  }

  #fragment(payload: Buffer, result: Repacked): void {
    if (payload.length < 3) return
    const isStart = (payload[1]! & 0x80) !== 0
    if (isStart) this.#look(Buffer.concat([Buffer.from([(payload[0]! & 0xe0) | (payload[1]! & 0x1f)]), payload.subarray(2, 20)]), result, true)
    if (payload.length <= payloadLimitBytes) result.payloads.push(payload)
    else result.payloads.push(...smallerFragments(payload))
  }

  /** Learns from the beginning of a NAL unit, and sends the parameter sets first where a key frame comes without. */
  #look(nal: Buffer, result: Repacked, isBeginningOnly = false): void {
    const kind = kindOf(nal)
    if (kind === nalParametersOfSequence && !isBeginningOnly) {
      if (this.#sps === null || !this.#sps.equals(nal)) result.sequenceParameters = Buffer.from(nal)
      this.#sps = Buffer.from(nal)
      this.#hasParameters = true
    }
    if (kind === nalParametersOfPicture && !isBeginningOnly) this.#pps = Buffer.from(nal)
    if (kind === nalSlice && isBSlice(nal.subarray(1))) result.hasBSlice = true
    if (kind !== nalKeySlice || this.#isKeyAnnounced) return
    this.#isKeyAnnounced = true
    result.isKeyFrame = true
    if (!this.#hasParameters && this.#sps !== null && this.#pps !== null) result.payloads.push(...together([this.#sps, this.#pps]))
    this.#hasParameters = true
  }
}

function kindOf(nal: Buffer): number {
  return (nal[0] ?? 0) & 0x1f
}

/** One STAP-A (§5.7.1), or one by one where that would be too large. */
function together(nals: readonly Buffer[]): Buffer[] {
  const size = nals.reduce((sum, nal) => sum + 2 + nal.length, 1)
  if (size > payloadLimitBytes) return nals.flatMap((nal) => fragments(nal))
  const importance = Math.max(...nals.map((nal) => nal[0]! & 0x60))
  const parts = nals.flatMap((nal) => [Buffer.from([nal.length >> 8, nal.length & 0xff]), nal])
  return [Buffer.concat([Buffer.from([importance | stapA]), ...parts])]
}

/** FU-A (§5.8) where a NAL unit does not fit into one packet. */
function fragments(nal: Buffer): Buffer[] {
  if (nal.length <= payloadLimitBytes) return [nal]
  return cut(nal.subarray(1), { indicator: (nal[0]! & 0xe0) | fuA, kind: kindOf(nal), isFirst: true, isLast: true })
}

function smallerFragments(payload: Buffer): Buffer[] {
  const header = payload[1]!
  return cut(payload.subarray(2), { indicator: payload[0]!, kind: header & 0x1f, isFirst: (header & 0x80) !== 0, isLast: (header & 0x40) !== 0 })
}

function cut(body: Buffer, { indicator, kind, isFirst, isLast }: { indicator: number; kind: number; isFirst: boolean; isLast: boolean }): Buffer[] {
  const count = Math.ceil(body.length / (payloadLimitBytes - 2))
  // Pieces of one size: the last one is then no scrap.
  const size = Math.ceil(body.length / count)
  return Array.from({ length: count }, (_, index) => {
    const start = index === 0 && isFirst ? 0x80 : 0
    const end = index === count - 1 && isLast ? 0x40 : 0
    return Buffer.concat([Buffer.from([indicator, start | end | kind]), body.subarray(index * size, (index + 1) * size)])
  })
}
