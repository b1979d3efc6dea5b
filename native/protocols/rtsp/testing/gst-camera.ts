// Starts GStreamer's real RTSP server as a camera for tests, and ends it by its own process id.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** Debian's own Python: GStreamer's bindings are installed for that one. */
const python = '/usr/bin/python3'
const script = fileURLToPath(new URL('gst-camera.py', import.meta.url))
const probe =
  "import gi; gi.require_version('GstRtspServer','1.0'); from gi.repository import Gst, GstRtspServer; Gst.init(None); assert Gst.ElementFactory.find('x264enc')"

export const hasGstreamer = process.platform === 'linux' && spawnSync(python, ['-c', probe], { stdio: 'ignore' }).status === 0
/** For the name of a skipped group. */
export const gstreamerMissing = "GStreamer's RTSP server is not installed (gir1.2-gst-rtsp-server-1.0, python3-gi, gstreamer1.0-plugins-ugly)"

export interface GstCameraOptions {
  port?: number
  codec?: 'h264' | 'h265'
  profile?: 'constrained-baseline' | 'main' | 'high'
  kbps?: number
  /** Pictures between two key frames, at 25 a second. */
  keyFrames?: number
  mtu?: number
  /** Only this one is given. */
  transport?: 'tcp' | 'udp'
  login?: { username: string; password: string; scheme: 'basic' | 'digest' }
  /** It is an ONVIF server that takes G.711 sound. */
  backChannel?: boolean
}

export interface GstCamera {
  port: number
  address: string
  pid: number
  /** Samples of sound that it has heard and decoded. */
  readonly heardSamples: number
  /** Ends it without a word, as a power cut would; a new one may take its port. */
  kill(): Promise<void>
}

export async function startGstCamera(options: GstCameraOptions = {}): Promise<GstCamera> {
  const child: ChildProcess = spawn(python, ['-W', 'ignore', script], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin?.write(`${JSON.stringify(options)}\n`)
  const lines = createInterface({ input: child.stdout! })
  const [line] = (await Promise.race([
    once(lines, 'line'),
    once(child, 'exit').then(() => {
      throw new Error('gst-camera.py ended')
    }),
  ])) as [string]
  let heardSamples = 0
  lines.on('line', (said: string) => (heardSamples += Number(/^heard (\d+)$/.exec(said)?.[1] ?? 0)))
  const port = Number(/^ready (\d+)$/.exec(line)?.[1])
  return {
    port,
    address: `rtsp://127.0.0.1:${port}/live`,
    pid: child.pid!,
    get heardSamples() {
      return heardSamples
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}
