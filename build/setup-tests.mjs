// Installs what only the tests need: a Chromium, strace, nats-server, ffmpeg, media servers, a Chinese font; and the SFU worker. Node 20.19 runs it.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { canInstall, installPackages, stopService } from './apt.mjs'
import { findChromium, findNatsServer, onPath, ourNode, root } from './programs.mjs'
import { run } from './run.mjs'
import { ensureSfuWorker } from './setup-sfu.mjs'

const limitMs = 15 * 60_000

/** GStreamer's RTSP server, spoken to from Python, and the encoder its test cameras use. */
const rtspServer = [
  'gir1.2-gst-rtsp-server-1.0',
  'python3-gi',
  'gstreamer1.0-plugins-base',
  'gstreamer1.0-plugins-good',
  'gstreamer1.0-plugins-bad',
  'gstreamer1.0-plugins-ugly',
]

/** Uses what is there; as root on Debian installs what is not; otherwise tries Playwright's own Chromium. Says what stays missing. */
export async function ensureTestPrograms() {
  const missing = await missingPackages()
  if (missing.length > 0 && canInstall()) {
    await installPackages(missing)
    for (const service of ['nats-server', 'janus']) if (missing.includes(service)) await stopService(service)
  }
  if (findChromium() === null)
    await run(ourNode(), [join(root, 'node_modules', '@playwright', 'test', 'cli.js'), 'install', 'chromium'], { timeoutMs: limitMs })
  const { path, words } = await ensureSfuWorker()
  if (path === null) console.log(`${words}\nThe tests of conferences and cameras that need the SFU will be skipped.`)
  sayWhatIsMissing()
}

async function missingPackages() {
  const missing = []
  if (findChromium() === null) missing.push('chromium')
  if (process.platform !== 'linux') return missing
  if (onPath('strace') === null) missing.push('strace')
  if (findNatsServer() === null) missing.push('nats-server')
  if (onPath('ffmpeg') === null) missing.push('ffmpeg')
  if (onPath('janus') === null) missing.push('janus')
  if (!hasRtspServer()) missing.push(...rtspServer)
  if (!(await hasChineseFont())) missing.push('fonts-noto-cjk')
  return missing
}

function sayWhatIsMissing() {
  if (process.platform === 'linux' && onPath('strace') === null) console.log('strace is not installed: the power-loss test will be skipped.')
  if (findNatsServer() === null)
    console.log('nats-server is not installed: the tests of the link between stations will be skipped (Debian: apt-get install nats-server).')
  if (onPath('ffmpeg') === null)
    console.log('ffmpeg is not installed: the tests of recordings and cameras will be skipped (Debian: apt-get install ffmpeg).')
  if (process.platform === 'linux' && !hasRtspServer())
    console.log(
      `GStreamer's RTSP server is not installed: the tests of cameras that need it will be skipped (Debian: apt-get install ${rtspServer.join(' ')}).`,
    )
}

/** Whether a test camera can be run: the server's library, and an H.264 encoder. */
function hasRtspServer() {
  const library = `/usr/lib/${{ x64: 'x86_64', arm64: 'aarch64' }[process.arch] ?? process.arch}-linux-gnu`
  return existsSync(`${library}/girepository-1.0/GstRtspServer-1.0.typelib`) && existsSync(`${library}/gstreamer-1.0/libgstx264.so`)
}

async function hasChineseFont() {
  if (onPath('fc-list') === null) return false
  const { output } = await run('fc-list', [':lang=zh', 'family'], { quiet: true })
  return output.trim() !== ''
}
