// Recordings of a platform while they are watched: where each stands, and what it is told. The platform says no position, so it is reckoned here.
import { type CameraPlayback, type PlaybackAct, StreamError, WanglouError } from '../../contract/index.ts'
import type { WvpChannelPath, WvpPlatform } from '../../protocols/wvp/platform.ts'

export interface Span {
  startTime: string
  endTime: string
}

interface Playback {
  platform: WvpPlatform
  path: WvpChannelPath
  durationMs: number
  /** What the platform calls it; null = it does not run there now. */
  stream: string | null
  /** Where it stood at `atMs` of our clock. */
  positionMs: number
  atMs: number
  speed: number
  isPaused: boolean
}

/** So near the end it is over: the platform's last seconds never come. */
const slackMs = 3_000

export class Playbacks {
  readonly #open = new Map<string, Playback>()

  /** Begins it, or goes on where it stood. @returns what RTSP is asked with @throws StreamError record-over, and stalled while it is paused */
  async begin(key: string, { platform, path, span }: { platform: WvpPlatform; path: WvpChannelPath; span: Span }): Promise<string> {
    const known = this.#open.get(key)
    const playback = known ?? {
      platform,
      path,
      durationMs: durationOf(span),
      stream: null,
      positionMs: 0,
      atMs: Date.now(),
      speed: 1,
      isPaused: false,
    }
    const positionMs = positionOf(playback, Date.now())
    playback.stream = null
    if (playback.isPaused) throw new StreamError('stalled', { seconds: 0 })
    if (positionMs >= playback.durationMs - slackMs && positionMs > 0) throw new StreamError('record-over')
    const { address, stream } = await platform.playback(path, { startTime: span.startTime, endTime: span.endTime })
    if (positionMs >= 1_000) await platform.seek(stream, Math.floor(positionMs / 1_000))
    if (playback.speed !== 1) await platform.speed(stream, playback.speed)
    Object.assign(playback, { stream, positionMs, atMs: Date.now() })
    this.#open.set(key, playback)
    return address
  }

  /** null = nobody watches it. */
  status(key: string): CameraPlayback | null {
    const playback = this.#open.get(key)
    if (playback === undefined) return null
    const { durationMs, speed, isPaused } = playback
    return { positionMs: positionOf(playback, Date.now()), durationMs, speed, isPaused }
  }

  /** All who watch it see the same. @throws WanglouError NOT_FOUND; StreamError what the platform answers */
  async act(key: string, act: PlaybackAct): Promise<void> {
    const playback = this.#open.get(key)
    if (playback === undefined) throw new WanglouError('NOT_FOUND')
    const { platform, stream, durationMs } = playback
    if (stream !== null) await tell(platform, stream, act)
    const nowMs = Date.now()
    const positionMs = act.kind === 'seek' ? Math.min(durationMs, act.positionMs) : positionOf(playback, nowMs)
    Object.assign(playback, { positionMs, atMs: nowMs })
    if (act.kind === 'pause' || act.kind === 'resume') playback.isPaused = act.kind === 'pause'
    if (act.kind === 'speed') playback.speed = act.speed
  }

  /** Nobody watches it any more: the camera is free again. */
  async end(key: string): Promise<void> {
    const playback = this.#open.get(key)
    this.#open.delete(key)
    if (playback !== undefined && playback.stream !== null) await playback.platform.stopPlayback(playback.path, playback.stream)
  }
}

async function tell(platform: WvpPlatform, stream: string, act: PlaybackAct): Promise<void> {
  switch (act.kind) {
    case 'pause':
      return platform.pause(stream)
    case 'resume':
      return platform.resume(stream)
    case 'seek':
      return platform.seek(stream, Math.floor(act.positionMs / 1_000))
    case 'speed':
      return platform.speed(stream, act.speed)
    default:
      return act satisfies never
  }
}

/** Never beyond its ends. */
export function positionOf(
  { positionMs, atMs, speed, isPaused, durationMs }: Pick<Playback, 'positionMs' | 'atMs' | 'speed' | 'isPaused' | 'durationMs'>,
  nowMs: number,
): number {
  return Math.min(durationMs, Math.max(0, positionMs + (isPaused ? 0 : (nowMs - atMs) * speed)))
}

/** Both are of the platform's own clock: only their distance counts. */
function durationOf({ startTime, endTime }: Span): number {
  const at = (time: string) => Date.parse(`${time.replace(' ', 'T')}Z`)
  return Math.max(0, at(endTime) - at(startTime))
}
