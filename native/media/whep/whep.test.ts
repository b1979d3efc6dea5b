// Offers read and answers written; what a real browser makes of them is proved in renderer/e2e/cameras.spec.ts.
import { expect, test } from 'vitest'
import { codecFor, readOffer } from './offer.ts'
import { writeAnswer } from './answer.ts'

/** As Chromium writes one, shortened. */
export const chromiumOffer = [
  'v=0',
  'o=- 46117 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'a=mid:a0',
  'a=recvonly',
  'm=video 9 UDP/TLS/RTP/SAVPF 96 103 109 39 45',
  'c=IN IP4 0.0.0.0',
  'a=ice-ufrag:abcd',
  'a=ice-pwd:0123456789012345678901',
  'a=fingerprint:sha-256 AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99',
  'a=setup:actpass',
  'a=mid:0',
  'a=recvonly',
  'a=rtpmap:96 VP8/90000',
  'a=rtpmap:103 H264/90000',
  'a=fmtp:103 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f',
  'a=rtpmap:109 H264/90000',
  'a=fmtp:109 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f',
  'a=rtpmap:110 H264/90000',
  'a=fmtp:110 level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42e01f',
  'a=rtpmap:39 H264/90000',
  'a=fmtp:39 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=4d001f',
  '',
].join('\r\n')

test('the H.264 that plays the camera, under the number of the offer', () => {
  const h264 = (profileLevelId: string) => ({ name: 'H264', profileLevelId }) as const
  const offer = readOffer(chromiumOffer)
  expect(offer.codecs.map(({ payloadType }) => payloadType)).toEqual([103, 109, 39, 96])
  expect(codecFor(offer, { name: 'VP8' })?.payloadType).toBe(96)
  expect(codecFor(offer, h264('42c01e'))?.payloadType).toBe(109)
  expect(codecFor(offer, h264('42001e'))?.payloadType).toBe(103)
  expect(codecFor(offer, h264('4d4028'))?.payloadType).toBe(39)
  // No decoder for high profile was offered.
  expect(codecFor(offer, h264('640028'))).toBeNull()
})

test('the answer: one picture sent, the rest refused, in the order of the offer', () => {
  const offer = readOffer(chromiumOffer)
  const answer = writeAnswer({
    offer,
    codec: codecFor(offer, { name: 'H264', profileLevelId: '42c01e' })!,
    ice: {
      parameters: { usernameFragment: 'u', password: 'p', iceLite: true },
      candidates: [{ foundation: 'f', priority: 1, ip: '127.0.0.1', address: '127.0.0.1', protocol: 'udp', port: 4000, type: 'host' }],
    },
    dtls: { role: 'auto', fingerprints: [{ algorithm: 'sha-256', value: 'AA:BB' }] },
    rtp: { codecs: [], encodings: [{ ssrc: 5 }], rtcp: { cname: 'c' } },
  })
  const lines = answer.split('\r\n')
  expect(lines.filter((line) => line.startsWith('m='))).toEqual(['m=audio 0 UDP/TLS/RTP/SAVPF 0', 'm=video 7 UDP/TLS/RTP/SAVPF 109'])
  expect(lines).toContain('a=group:BUNDLE 0')
  expect(lines).toContain('a=setup:passive')
  expect(lines).toContain('a=candidate:f 1 udp 1 127.0.0.1 4000 typ host')
})

test('what is no offer is refused: no picture, no fingerprint, no end', () => {
  for (const sdp of [
    '',
    'hello',
    chromiumOffer.replace(/a=fingerprint.*/, ''),
    chromiumOffer.replace('m=video', 'm=sound'),
    'v=0\r\n'.repeat(20_000),
  ])
    expect(() => readOffer(sdp)).toThrow('INVALID_INPUT')
})
