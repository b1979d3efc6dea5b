// A picture by WHEP: from the station's own SFU, or from another server through the station's hands, counter-offers (406) included.
import type { StreamFault } from '../../../native/contract/index.ts'
import { faultOf, type Line, type OpenLine } from './line.ts'
import { latencyMsOf, readCounts, type Stats, type WhepCounts } from './whep-latency.ts'

const gatherMs = 1000
/** Agreed, and no picture for so long: said. */
const muteMs = 8000
const lookEveryMs = 1000
const sdpType = { 'Content-Type': 'application/sdp' }

/** @param address where the offer is posted */
export function whepLine(address: string): OpenLine {
  const of = address.includes('/camera-media/') ? 'server' : 'station'
  /** From the first of the lines, one after the other, that have brought no picture. */
  let muteSince: number | null = null
  return async ({ video, onFault }) => {
    const connection = new RTCPeerConnection()
    const showTrack = ({ track, receiver }: RTCTrackEvent) => show(video, { track, receiver })
    try {
      connection.addTransceiver('video', { direction: 'recvonly' })
      connection.addEventListener('track', showTrack)
      await connection.setLocalDescription()
      await gathered(connection)
      const response = await post(address, connection.localDescription?.sdp ?? '')
      const isSdp = (response.headers.get('Content-Type') ?? '').startsWith('application/sdp')
      if (!isSdp) {
        onFault(await faultOf(response))
        connection.close()
        return null
      }
      const session = new URL(response.headers.get('Location') ?? '', new URL(address, location.href)).href
      const sdp = await response.text()
      if (response.status !== 406) await connection.setRemoteDescription({ type: 'answer', sdp })
      else if (!(await counter(connection, { session, sdp }))) {
        connection.close()
        return null
      }
      muteSince ??= performance.now()
      const stopLooking = lookForFrames(connection, (frames) => {
        const silentMs = performance.now() - (muteSince ?? performance.now())
        if (frames > 0) muteSince = null
        else if (silentMs >= muteMs || connection.connectionState === 'failed') onFault(noMedia(of, silentMs))
      })
      return lineOf(connection, { session, stopLooking })
    } catch (error) {
      connection.close()
      throw error
    }
  }
}

/** The server makes the offer, we answer. @returns false: it would not have our answer */
async function counter(connection: RTCPeerConnection, { session, sdp }: { session: string; sdp: string }): Promise<boolean> {
  await connection.setLocalDescription({ type: 'rollback' })
  await connection.setRemoteDescription({ type: 'offer', sdp })
  await connection.setLocalDescription()
  await gathered(connection)
  const answered = await fetch(session, { method: 'PATCH', headers: sdpType, body: connection.localDescription?.sdp ?? '' })
  return answered.ok
}

function post(address: string, sdp: string): Promise<Response> {
  return fetch(address, { method: 'POST', headers: sdpType, body: sdp })
}

/** @param tell how many pictures have come; not asked again after the first. @returns ends it */
function lookForFrames(connection: RTCPeerConnection, tell: (frames: number) => void): () => void {
  const look = async () => {
    const frames = (await countsOf(connection))?.decoded ?? 0
    if (frames > 0) clearInterval(timer)
    tell(frames)
  }
  const timer = setInterval(() => void look(), lookEveryMs)
  // Whoever opened the line has then taken it as well.
  setTimeout(() => void look())
  return () => clearInterval(timer)
}

/** The media flow past the station: only this page knows that none come. */
function noMedia(of: 'server' | 'station', silentMs: number): StreamFault {
  return { code: 'no-media', params: { seconds: Math.round(silentMs / 1000), of } }
}

function lineOf(connection: RTCPeerConnection, { session, stopLooking }: { session: string; stopLooking: () => void }): Line {
  let before: WhepCounts | null = null
  return {
    isBroken: () => connection.connectionState === 'failed' || connection.connectionState === 'closed',
    async latencyMs() {
      const now = await countsOf(connection)
      const latency = now === null ? null : latencyMsOf(now, before)
      before = now
      return latency
    },
    close() {
      stopLooking()
      connection.close()
      // The station forgets it by itself where this does not get through.
      fetch(session, { method: 'DELETE', keepalive: true }).catch(() => undefined)
    },
  }
}

function show(video: HTMLVideoElement, { track, receiver }: { track: MediaStreamTrack; receiver: RTCRtpReceiver }): void {
  // The smallest buffer the browser can live with: this is a control room.
  if ('jitterBufferTarget' in receiver) receiver.jitterBufferTarget = 0
  video.removeAttribute('src')
  video.srcObject = new MediaStream([track])
  video.play().catch(() => undefined)
}

async function countsOf(connection: RTCPeerConnection): Promise<WhepCounts | null> {
  return readCounts((await connection.getStats()).values() as Stats)
}

/** Host candidates are there at once; what is slower is not waited for. */
function gathered(connection: RTCPeerConnection): Promise<void> {
  if (connection.iceGatheringState === 'complete') return Promise.resolve()
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, gatherMs)
  connection.addEventListener('icegatheringstatechange', () => {
    if (connection.iceGatheringState !== 'complete') return
    clearTimeout(timer)
    resolve()
  })
  return promise
}
