// Pictures that go through the browser's media buffer: HTTP-FLV and WS-FLV by mpegts.js, HLS by hls.js, a film by itself.
import type Mpegts from 'mpegts.js'
import type { StreamFault } from '../../../native/contract/index.ts'
import { codecName } from './codecs.ts'
import { faultOf, type Line, type LineCall, type OpenLine } from './line.ts'

/** What is buffered beyond this is played faster, seconds. */
const flvLatestS = 0.8
const flvKeptS = 0.25
/** HLS gives nothing new for the length of a segment. */
const hlsFrozenMs = 12_000

/** What stands between the newest buffered picture and the one that is shown. */
function bufferedMs(video: HTMLVideoElement): number | null {
  const { buffered } = video
  return buffered.length === 0 ? null : Math.max(0, Math.round((buffered.end(buffered.length - 1) - video.currentTime) * 1000))
}

/** Asks first whether there is a picture, so that the tile can say why not. */
async function isThere(address: string, { onFault }: LineCall): Promise<boolean> {
  const response = await fetch(address, { method: 'HEAD' })
  if (response.ok) return true
  onFault(response.status === 503 ? await faultOf(await fetch(address)) : null)
  return false
}

export function flvLine(address: string): OpenLine {
  return async ({ video, onFault }) => {
    const { default: mpegts } = await import('mpegts.js')
    mpegts.LoggingControl.enableAll = false
    video.srcObject = null
    let isBroken = false
    const player = mpegts.createPlayer(
      { type: 'flv', isLive: true, hasAudio: false, url: new URL(address, location.href).href },
      {
        enableStashBuffer: false,
        lazyLoad: false,
        liveBufferLatencyChasing: true,
        liveBufferLatencyMaxLatency: flvLatestS,
        liveBufferLatencyMinRemain: flvKeptS,
        autoCleanupSourceBuffer: true,
      },
    )
    player.on(mpegts.Events.ERROR, (_kind: string, detail: string, info: { msg?: string }) => {
      isBroken = true
      if (detail === mpegts.ErrorDetails.MEDIA_CODEC_UNSUPPORTED || detail === mpegts.ErrorDetails.MEDIA_MSE_ERROR)
        onFault(unplayable(codecOfFlv(player, info)))
    })
    player.on(mpegts.Events.LOADING_COMPLETE, () => (isBroken = true))
    player.attachMediaElement(video)
    player.load()
    return { isBroken: () => isBroken, latencyMs: async () => bufferedMs(video), close: () => player.destroy() }
  }
}

export function hlsLine(address: string): OpenLine {
  return async (call) => {
    const { video, onFault } = call
    const [{ default: Hls }, hasPlaylist] = await Promise.all([import('hls.js'), isThere(address, call)])
    if (!hasPlaylist) return null
    video.srcObject = null
    let isBroken = false
    const hls = new Hls({ lowLatencyMode: true, enableWorker: false, backBufferLength: 5, liveSyncDurationCount: 2, maxLiveSyncPlaybackRate: 1.5 })
    hls.on(Hls.Events.ERROR, (_event, { fatal, details, mimeType, reason }) => {
      if (!fatal) return
      isBroken = true
      if (details === Hls.ErrorDetails.MANIFEST_INCOMPATIBLE_CODECS_ERROR || details === Hls.ErrorDetails.BUFFER_ADD_CODEC_ERROR)
        onFault(unplayable(mimeType ?? reason))
    })
    hls.loadSource(address)
    hls.attachMedia(video)
    return {
      frozenMs: hlsFrozenMs,
      isBroken: () => isBroken,
      latencyMs: async () => (hls.latency > 0 ? Math.round(hls.latency * 1000) : bufferedMs(video)),
      close: () => hls.destroy(),
    }
  }
}

/** Every page shows the same moment of it. */
export function filmLine(address: string): OpenLine {
  return async (call) => {
    const { video } = call
    if (!(await isThere(address, call))) return null
    video.srcObject = null
    video.loop = true
    video.src = address
    video.addEventListener(
      'loadedmetadata',
      () => {
        if (Number.isFinite(video.duration) && video.duration > 0) video.currentTime = (Date.now() / 1000) % video.duration
      },
      { once: true },
    )
    const line: Line = {
      isBroken: () => video.error !== null,
      latencyMs: async () => null,
      close() {
        video.removeAttribute('src')
        video.load()
      },
    }
    return line
  }
}

/** Known once its first picture was read; of a codec it has never heard of the player only gives the number. */
function codecOfFlv({ mediaInfo }: Mpegts.Player, { msg }: { msg?: string }): string | undefined {
  return ('videoCodec' in mediaInfo ? mediaInfo.videoCodec : undefined) ?? /Unsupported codec in video frame: (\w+)/.exec(msg ?? '')?.[1]
}

function unplayable(codec: string | undefined): StreamFault {
  return { code: 'codec-unplayable', params: { codec: codecName(codec) } }
}
