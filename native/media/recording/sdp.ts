// How streams on their way to a recording are described to ffmpeg: one m-line each, as RFC 4566 and the payload formats want it. Pure.
import type { MediaKind, RtpParameters } from 'mediasoup/types'

export interface Incoming {
  kind: MediaKind
  rtpParameters: RtpParameters
  /** UDP on loopback where ffmpeg listens; RTCP is one above. */
  port: number
}

export function recordingSdp(streams: readonly Incoming[]): string {
  const lines = ['v=0', 'o=- 0 0 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0', ...streams.flatMap(media)]
  return `${lines.join('\r\n')}\r\n`
}

function media({ kind, rtpParameters, port }: Incoming): string[] {
  const [codec] = rtpParameters.codecs
  if (codec === undefined) return []
  const { payloadType, mimeType, clockRate, channels, parameters = {} } = codec
  const name = mimeType.split('/')[1] ?? ''
  const settings = Object.entries(parameters).map(([key, value]) => `${key}=${String(value)}`)
  return [
    `m=${kind} ${port} RTP/AVP ${payloadType}`,
    `a=rtpmap:${payloadType} ${name}/${clockRate}${channels === undefined ? '' : `/${channels}`}`,
    ...(settings.length === 0 ? [] : [`a=fmtp:${payloadType} ${settings.join(';')}`]),
    'a=recvonly',
  ]
}
