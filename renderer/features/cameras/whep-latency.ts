// How late a WebRTC picture is on the screen, out of what the browser counts: between two looks, so that what grows is seen to grow.

export interface WhepCounts {
  /** Of the whole connection so far, seconds and pictures. */
  bufferedS: number
  emitted: number
  decodingS: number
  decoded: number
  /** There and back, seconds; now. */
  roundTripS: number
}
/** As `RTCPeerConnection.getStats` gives them. */
export type Stats = Iterable<Record<string, number | string | boolean | undefined>>

/** null = no picture has come yet. */
export function readCounts(stats: Stats): WhepCounts | null {
  const all = [...stats]
  const video = all.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'video')
  const pair = all.find(({ type, state, nominated }) => type === 'candidate-pair' && state === 'succeeded' && Boolean(nominated))
  if (video === undefined) return null
  return {
    bufferedS: Number(video['jitterBufferDelay'] ?? 0),
    emitted: Number(video['jitterBufferEmittedCount'] ?? 0),
    decodingS: Number(video['totalDecodeTime'] ?? 0),
    decoded: Number(video['framesDecoded'] ?? 0),
    roundTripS: Number(pair?.['currentRoundTripTime'] ?? 0),
  }
}

/**
 * From the station to the screen: half the way there and back, the buffer, the decoder.
 * @param before at the last look; null = since the beginning
 * @returns milliseconds; null = no picture came since
 */
export function latencyMsOf(now: WhepCounts, before: WhepCounts | null): number | null {
  const emitted = now.emitted - (before?.emitted ?? 0)
  const decoded = now.decoded - (before?.decoded ?? 0)
  if (emitted <= 0 || decoded <= 0) return null
  const buffered = (now.bufferedS - (before?.bufferedS ?? 0)) / emitted
  const decoding = (now.decodingS - (before?.decodingS ?? 0)) / decoded
  return Math.round((now.roundTripS / 2 + buffered + decoding) * 1000)
}
