// Plays one camera of the station in a video element: one fetch, and again for as long as it is wanted; what was seen last stays on the canvas below it.
import type { StreamFault } from '../../../native/contract/index.ts'

export interface WhepPlayerOptions {
  video: HTMLVideoElement
  /** Keeps the last frame while the picture is away. */
  canvas: HTMLCanvasElement
  /** `/whep/<camera>/<quality>` */
  address: string
  /** Whether the station has the picture: only then is it our line that is at fault. */
  isComing: () => boolean
  onPicture: (isThere: boolean) => void
  onFault: (fault: StreamFault | null) => void
}

const retryMs = 1000
const watchEveryMs = 500
/** No new frame for so long while the station has them. */
const frozenMs = 3000
/** Connecting, and the wait for the next key frame. */
const firstFrameMs = 12_000
const gatherMs = 1000

export class WhepPlayer {
  readonly #options: WhepPlayerOptions
  #connection: RTCPeerConnection | null = null
  #session: string | null = null
  #stopped = false
  #lastFrameAt = 0
  #hasFrame = false
  #startedAt = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: WhepPlayerOptions) {
    this.#options = options
  }

  start(): void {
    this.#schedule(0)
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
    this.#hangUp()
  }

  /** From the station to the screen: half the way there and back, the buffer, the decoder. null = not known yet. */
  async latencyMs(): Promise<number | null> {
    const stats = [...((await this.#connection?.getStats())?.values() ?? [])] as Record<string, number | string | undefined>[]
    const video = stats.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'video')
    const pair = stats.find(({ type, state, nominated }) => type === 'candidate-pair' && state === 'succeeded' && Boolean(nominated))
    const frames = Number(video?.['framesDecoded'] ?? 0)
    const emitted = Number(video?.['jitterBufferEmittedCount'] ?? 0)
    if (frames === 0 || emitted === 0) return null
    const buffered = Number(video?.['jitterBufferDelay'] ?? 0) / emitted
    const decoding = Number(video?.['totalDecodeTime'] ?? 0) / frames
    return Math.round((Number(pair?.['currentRoundTripTime'] ?? 0) / 2 + buffered + decoding) * 1000)
  }

  #schedule(afterMs: number): void {
    clearTimeout(this.#timer)
    if (!this.#stopped) this.#timer = setTimeout(() => void this.#connect(), afterMs)
  }

  async #connect(): Promise<void> {
    this.#hangUp()
    const connection = new RTCPeerConnection()
    this.#connection = connection
    this.#startedAt = performance.now()
    try {
      connection.addTransceiver('video', { direction: 'recvonly' })
      connection.addEventListener('track', ({ track, receiver }) => this.#show(track, receiver))
      await connection.setLocalDescription()
      await gathered(connection)
      const answer = await this.#ask(connection.localDescription?.sdp ?? '')
      if (connection !== this.#connection) return
      if (answer === null) return this.#schedule(retryMs)
      await connection.setRemoteDescription({ type: 'answer', sdp: answer })
      this.#options.onFault(null)
      this.#watch(connection)
    } catch (error) {
      // The station is away, or the connection was closed under way: asked again.
      if (!(error instanceof TypeError || error instanceof DOMException)) throw error
      if (connection === this.#connection) this.#schedule(retryMs)
    }
  }

  /** @returns null when there is no picture yet: the fault was told */
  async #ask(sdp: string): Promise<string | null> {
    const response = await fetch(this.#options.address, { method: 'POST', headers: { 'Content-Type': 'application/sdp' }, body: sdp })
    if (response.status === 201) {
      this.#session = response.headers.get('Location')
      return response.text()
    }
    const told = (await response.json()) as { fault?: StreamFault }
    if (told.fault !== undefined) this.#options.onFault(told.fault)
    return null
  }

  #show(track: MediaStreamTrack, receiver: RTCRtpReceiver): void {
    const { video } = this.#options
    // The smallest buffer the browser can live with: this is a control room.
    if ('jitterBufferTarget' in receiver) receiver.jitterBufferTarget = 0
    video.srcObject = new MediaStream([track])
    const onFrame = () => {
      this.#lastFrameAt = performance.now()
      if (!this.#hasFrame) this.#options.onPicture(true)
      this.#hasFrame = true
      if (track.readyState === 'live') video.requestVideoFrameCallback(onFrame)
    }
    video.requestVideoFrameCallback(onFrame)
    // Autoplay of a muted picture is refused only while the tile is going away.
    video.play().catch(() => undefined)
  }

  #watch(connection: RTCPeerConnection): void {
    clearTimeout(this.#timer)
    if (this.#stopped || connection !== this.#connection) return
    const now = performance.now()
    const isBroken = connection.connectionState === 'failed' || connection.connectionState === 'closed'
    const isFrozen = this.#hasFrame ? now - this.#lastFrameAt > frozenMs : now - this.#startedAt > firstFrameMs
    if (isBroken || (isFrozen && this.#options.isComing())) return this.#schedule(0)
    this.#timer = setTimeout(() => this.#watch(connection), watchEveryMs)
  }

  #hangUp(): void {
    if (this.#hasFrame) keepFrame(this.#options.video, this.#options.canvas)
    this.#options.onPicture(false)
    this.#hasFrame = false
    this.#connection?.close()
    this.#connection = null
    const session = this.#session
    this.#session = null
    // The station forgets it by itself where this does not get through.
    if (session !== null) fetch(session, { method: 'DELETE', keepalive: true }).catch(() => undefined)
  }
}

/** Draws what the video shows now. @returns false: it shows nothing */
export function keepFrame(video: HTMLVideoElement, canvas: HTMLCanvasElement, widestPx = Infinity): boolean {
  if (video.videoWidth === 0) return false
  const scale = Math.min(1, widestPx / video.videoWidth)
  canvas.width = Math.round(video.videoWidth * scale)
  canvas.height = Math.round(video.videoHeight * scale)
  canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height)
  return true
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
