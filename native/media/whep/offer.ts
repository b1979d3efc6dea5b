// The offer of a page that wants to see (WHEP, draft-ietf-wish-whep): which H.264 and VP8 it takes under which number, and with whom it will speak DTLS.
import { WanglouError } from '../../contract/index.ts'
import type { PictureCodec } from '../ingest/outlet.ts'

export interface OfferedCodec {
  payloadType: number
  codec: PictureCodec
}

export interface Offer {
  /** Every m-line in order; only the picture's is answered with one. */
  media: readonly { kind: string; mid: string; protocol: string }[]
  /** H.264 with packetization-mode 1, and VP8. */
  codecs: readonly OfferedCodec[]
  fingerprints: readonly { algorithm: string; value: string }[]
}

const limitChars = 65_536

/** @throws WanglouError INVALID_INPUT */
export function readOffer(sdp: string): Offer {
  const lines = sdp.length > limitChars ? [] : sdp.split(/\r?\n/)
  const sections: string[][] = [[]]
  for (const line of lines) {
    if (line.startsWith('m=')) sections.push([])
    sections.at(-1)?.push(line)
  }
  const media = sections.slice(1, 9)
  const video = media.find((section) => section[0]?.startsWith('m=video '))
  const fingerprints = [...(video ?? []), ...(sections[0] ?? [])].flatMap((line) => {
    const found = /^a=fingerprint:(sha-(?:1|224|256|384|512)) ([0-9A-Fa-f:]{20,200})$/.exec(line)
    return found === null ? [] : [{ algorithm: found[1]!, value: found[2]!.toUpperCase() }]
  })
  if (video === undefined || fingerprints.length === 0) throw new WanglouError('INVALID_INPUT', { field: 'sdp' })
  return {
    media: media.map((section, index) => ({
      kind: /^m=(\w+)/.exec(section[0]!)?.[1] ?? 'video',
      mid: /^a=mid:([\w-]{1,40})$/m.exec(section.join('\n'))?.[1] ?? String(index),
      protocol: /^m=\w+ \d+ ([\w/]{1,40})/.exec(section[0]!)?.[1] ?? 'UDP/TLS/RTP/SAVPF',
    })),
    codecs: [...h264Codecs(video), ...vp8Codecs(video)],
    fingerprints: fingerprints.slice(0, 4),
  }
}

function h264Codecs(section: readonly string[]): OfferedCodec[] {
  return section.flatMap((line) => {
    const payloadType = Number(/^a=rtpmap:(\d{1,3}) H264\/90000/i.exec(line)?.[1] ?? NaN)
    if (Number.isNaN(payloadType)) return []
    const parameters = section.find((one) => one.startsWith(`a=fmtp:${payloadType} `)) ?? ''
    const profileLevelId = /profile-level-id=([0-9a-f]{6})/i.exec(parameters)?.[1]?.toLowerCase() ?? '42e01f'
    return /packetization-mode=1/.test(parameters) ? [{ payloadType, codec: { name: 'H264', profileLevelId } }] : []
  })
}

function vp8Codecs(section: readonly string[]): OfferedCodec[] {
  return section.flatMap((line) => {
    const payloadType = Number(/^a=rtpmap:(\d{1,3}) VP8\/90000/i.exec(line)?.[1] ?? NaN)
    return Number.isNaN(payloadType) ? [] : [{ payloadType, codec: { name: 'VP8' } }]
  })
}

/** Baseline, constrained baseline, main, high (RFC 6184 §8.1): the level is left out, it may differ between the two sides. */
function profileOf(profileLevelId: string): string {
  const [idc, constraints] = [profileLevelId.slice(0, 2), Number.parseInt(profileLevelId.slice(2, 4), 16)]
  // constraint_set1_flag: decodable by main profile decoders too.
  if (idc === '42') return (constraints & 0x40) !== 0 ? 'constrained' : 'baseline'
  return idc
}

/** What plays a profile when the page does not name it itself: a decoder of a higher one. */
const playedBy: Record<string, readonly string[]> = {
  constrained: ['constrained', 'baseline', '4d', '64'],
  baseline: ['baseline', 'constrained', '4d', '64'],
  '4d': ['4d', '64'],
  '64': ['64'],
}

/** @returns the offered codec that plays a camera's; null = this page cannot */
export function codecFor(offer: Offer, wanted: PictureCodec): OfferedCodec | null {
  if (wanted.name === 'VP8') return offer.codecs.find(({ codec }) => codec.name === 'VP8') ?? null
  for (const profile of playedBy[profileOf(wanted.profileLevelId)] ?? []) {
    const found = offer.codecs.find(({ codec }) => codec.name === 'H264' && profileOf(codec.profileLevelId) === profile)
    if (found !== undefined) return found
  }
  return null
}
