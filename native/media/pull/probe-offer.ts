// An offer for a picture that nobody will see: whether a WHEP server would give it can only be asked by asking for it.
import { randomBytes } from 'node:crypto'

/** What the pages' browsers decode. */
const codecs = [
  ['96', 'VP8/90000', ''],
  ['98', 'VP9/90000', 'profile-id=0'],
  ['102', 'H264/90000', 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f'],
  ['104', 'H264/90000', 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=4d001f'],
  ['106', 'H264/90000', 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=64001f'],
  ['45', 'AV1/90000', ''],
] as const

/** As a browser would write it, with keys that fit nobody. */
export function probeOffer(): string {
  const fingerprint = [...randomBytes(32)].map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(':')
  return [
    'v=0',
    `o=- ${randomBytes(6).readUIntBE(0, 6)} 2 IN IP4 127.0.0.1`,
    's=-',
    't=0 0',
    'a=group:BUNDLE 0',
    'a=msid-semantic: WMS',
    `m=video 9 UDP/TLS/RTP/SAVPF ${codecs.map(([number]) => number).join(' ')}`,
    'c=IN IP4 0.0.0.0',
    'a=rtcp:9 IN IP4 0.0.0.0',
    `a=ice-ufrag:${randomBytes(3).toString('hex')}`,
    `a=ice-pwd:${randomBytes(12).toString('hex')}`,
    'a=ice-options:trickle',
    `a=fingerprint:sha-256 ${fingerprint}`,
    'a=setup:actpass',
    'a=mid:0',
    'a=recvonly',
    'a=rtcp-mux',
    'a=rtcp-rsize',
    ...codecs.flatMap(([number, name, parameters]) => [
      `a=rtpmap:${number} ${name}`,
      `a=rtcp-fb:${number} nack`,
      `a=rtcp-fb:${number} nack pli`,
      ...(parameters === '' ? [] : [`a=fmtp:${number} ${parameters}`]),
    ]),
    '',
  ].join('\r\n')
}
