// Plays one camera in a video element: opens its line, and again for as long as it is wanted; what was seen last stays on the canvas below it.
import type { EpochMs, StreamFault } from '../../../native/contract/index.ts'
import { keepFrame } from './frames.ts'
import type { Line, OpenLine } from './line.ts'

export interface SteadyPlayerOptions {
  video: HTMLVideoElement
  /** Keeps the last frame while the picture is away. */
  canvas: HTMLCanvasElement
  open: OpenLine
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

export class SteadyPlayer {
  readonly #options: SteadyPlayerOptions
  #line: Line | null = null
  /** Counts the lines: what an older one still says is passed over. */
  #turn = 0
  #stopped = false
  #lastFrameAt = 0
  #shownAt: EpochMs | null = null
  #hasFrame = false
  #startedAt = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: SteadyPlayerOptions) {
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

  /** When what is on the screen came, live or kept; null = nothing has been shown yet. */
  get shownAt(): EpochMs | null {
    return this.#shownAt
  }

  async latencyMs(): Promise<number | null> {
    return (await this.#line?.latencyMs()) ?? null
  }

  #schedule(afterMs: number): void {
    clearTimeout(this.#timer)
    if (!this.#stopped) this.#timer = setTimeout(() => void this.#connect(), afterMs)
  }

  async #connect(): Promise<void> {
    this.#hangUp()
    const turn = this.#turn
    const { video, onFault, open } = this.#options
    this.#startedAt = performance.now()
    try {
      const line = await open({ video, onFault: (fault) => turn === this.#turn && onFault(fault) })
      if (turn !== this.#turn) return line?.close()
      if (line === null) return this.#schedule(retryMs)
      this.#line = line
      onFault(null)
      this.#countFrames(turn)
      // Autoplay of a muted picture is refused only while the tile is going away.
      video.play().catch(() => undefined)
      this.#watch(line)
    } catch (error) {
      // The station is away, or the line was closed under way: asked again.
      if (!(error instanceof TypeError || error instanceof DOMException)) throw error
      if (turn === this.#turn) this.#schedule(retryMs)
    }
  }

  #countFrames(turn: number): void {
    const { video, onPicture } = this.#options
    const onFrame = () => {
      if (turn !== this.#turn) return
      this.#lastFrameAt = performance.now()
      this.#shownAt = Date.now()
      if (!this.#hasFrame) onPicture(true)
      this.#hasFrame = true
      video.requestVideoFrameCallback(onFrame)
    }
    video.requestVideoFrameCallback(onFrame)
  }

  #watch(line: Line): void {
    clearTimeout(this.#timer)
    if (this.#stopped || line !== this.#line) return
    const now = performance.now()
    const isFrozen = this.#hasFrame ? now - this.#lastFrameAt > (line.frozenMs ?? frozenMs) : now - this.#startedAt > firstFrameMs
    if (line.isBroken() || (isFrozen && this.#options.isComing())) return this.#schedule(line.isBroken() ? retryMs : 0)
    this.#timer = setTimeout(() => this.#watch(line), watchEveryMs)
  }

  #hangUp(): void {
    this.#turn += 1
    if (this.#hasFrame) keepFrame(this.#options.video, this.#options.canvas)
    this.#options.onPicture(false)
    this.#hasFrame = false
    this.#line?.close()
    this.#line = null
  }
}
