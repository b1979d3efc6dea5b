// The answer to a page that wants to see: one picture, sent from here, under the number that the page has given.
import type { DtlsParameters, IceCandidate, IceParameters, RtpParameters } from 'mediasoup/types'
import type { Offer, OfferedCodec } from './offer.ts'

export interface AnswerOptions {
  offer: Offer
  codec: OfferedCodec
  ice: { parameters: IceParameters; candidates: readonly IceCandidate[] }
  dtls: DtlsParameters
  rtp: RtpParameters
}

export function writeAnswer({ offer, codec, ice, dtls, rtp }: AnswerOptions): string {
  const played = offer.media.findIndex(({ kind }) => kind === 'video')
  const fingerprint = dtls.fingerprints.find(({ algorithm }) => algorithm === 'sha-256') ?? dtls.fingerprints[0]!
  const { mid } = offer.media[played]!
  const lines = [
    'v=0',
    `o=wanglou ${Date.now()} 1 IN IP4 127.0.0.1`,
    's=-',
    't=0 0',
    `a=group:BUNDLE ${mid}`,
    'a=ice-lite',
    'a=msid-semantic: WMS *',
    ...offer.media.flatMap((media, index) =>
      index === played ? videoLines({ codec, ice, rtp, mid, protocol: media.protocol }) : refusedLines(media),
    ),
  ]
  const at = lines.indexOf(`a=mid:${mid}`)
  lines.splice(at + 1, 0, `a=fingerprint:${fingerprint.algorithm} ${fingerprint.value}`, 'a=setup:passive')
  return `${lines.join('\r\n')}\r\n`
}

function refusedLines({ kind, mid, protocol }: Offer['media'][number]): string[] {
  return [`m=${kind} 0 ${protocol} 0`, 'c=IN IP4 0.0.0.0', `a=mid:${mid}`, 'a=inactive']
}

interface VideoLines {
  codec: OfferedCodec
  ice: AnswerOptions['ice']
  rtp: RtpParameters
  mid: string
  protocol: string
}

function videoLines({ codec: { payloadType, codec }, ice, rtp, mid, protocol }: VideoLines): string[] {
  const ssrc = rtp.encodings?.[0]?.ssrc ?? 0
  return [
    `m=video 7 ${protocol} ${payloadType}`,
    'c=IN IP4 127.0.0.1',
    `a=mid:${mid}`,
    'a=sendonly',
    'a=rtcp-mux',
    `a=ice-ufrag:${ice.parameters.usernameFragment}`,
    `a=ice-pwd:${ice.parameters.password}`,
    ...ice.candidates.map(candidateLine),
    'a=end-of-candidates',
    `a=rtpmap:${payloadType} ${codec.name}/90000`,
    ...(codec.name === 'H264'
      ? [`a=fmtp:${payloadType} level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=${codec.profileLevelId}`]
      : []),
    `a=rtcp-fb:${payloadType} nack`,
    `a=rtcp-fb:${payloadType} nack pli`,
    'a=msid:camera video',
    `a=ssrc:${ssrc} cname:${rtp.rtcp?.cname ?? 'camera'}`,
  ]
}

function candidateLine({ foundation, protocol, priority, address, port, tcpType }: IceCandidate): string {
  const tcp = protocol === 'tcp' ? ` tcptype ${tcpType ?? 'passive'}` : ''
  return `a=candidate:${foundation} 1 ${protocol} ${priority} ${address} ${port} typ host${tcp}`
}
