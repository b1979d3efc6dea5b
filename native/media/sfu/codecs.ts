// What the routers speak, and what of it the page is told.
import type { RouterRtpCodecCapability, RtpCapabilities } from 'mediasoup/types'

/** Opus; VP8 for pages; H.264 from baseline to high, because cameras send either and are never transcoded. */
export const mediaCodecs: RouterRtpCodecCapability[] = [
  { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
  ...['42e01f', '42001f', '4d0032', '640032'].map((profile): RouterRtpCodecCapability => ({
    kind: 'video',
    mimeType: 'video/H264',
    clockRate: 90_000,
    parameters: { 'packetization-mode': 1, 'profile-level-id': profile, 'level-asymmetry-allowed': 1 },
  })),
]

/**
 * Without `abs-capture-time`: Chromium agrees to that extension and then puts it on no packet, while the SFU waits for it before it switches to a
 * higher simulcast layer — every viewer would stay on the lowest.
 */
export function capabilitiesForPages(capabilities: RtpCapabilities): RtpCapabilities {
  return { ...capabilities, headerExtensions: (capabilities.headerExtensions ?? []).filter(({ uri }) => !uri.includes('abs-capture-time')) }
}
