// Debian's Janus as another maker's WebRTC server, with the npm package `janus-whep-server` in front of it: it makes the offers itself, so a page gets 406 and answers by PATCH.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { answersAt, freePort } from './free-port.ts'

export const hasJanus = spawnSync('janus', ['--help'], { stdio: 'ignore' }).status === 0
/** For the name of a skipped group. */
export const janusMissing = 'janus is not installed'

const libraries = '/usr/lib'
const gatewayScript = fileURLToPath(new URL('whep-server.mjs', import.meta.url))
const token = 'whep-token'
const mountpoint = 1

export interface JanusServer {
  /** Where a source sends H.264 by RTP, payload type 96. */
  rtpPort: number
  /** The WHEP endpoint. */
  address: string
  /** What it asks for as `Bearer`. */
  token: string
  /** Sessions that were begun and not ended. */
  readonly sessions: number
  kill(): Promise<void>
}

export async function startJanus(): Promise<JanusServer> {
  const folder = await mkdtemp(join(tmpdir(), 'wanglou-janus-'))
  const children: ChildProcess[] = []
  const kill = async () => {
    // The gateway first: it would ask for a Janus that is gone again and again.
    for (const child of children.splice(0).reverse()) await ended(child)
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    const [rtpPort, apiPort] = [await freePort(), await freePort()]
    await furnish(folder, { rtpPort, apiPort })
    children.push(spawn('janus', ['-C', join(folder, 'janus.jcfg'), '-F', folder, '-P', join(folder, 'plugins')], { stdio: 'ignore' }))
    await answersAt(apiPort)
    const gateway = spawn(process.execPath, [gatewayScript, '--janode-log=error'], { stdio: ['pipe', 'pipe', 'inherit'] })
    children.push(gateway)
    gateway.stdin.write(`${JSON.stringify({ janus: `ws://127.0.0.1:${apiPort}`, mountpoint, token })}\n`)
    const lines = createInterface({ input: gateway.stdout })
    const [line] = (await Promise.race([
      once(lines, 'line'),
      once(gateway, 'exit').then(() => {
        throw new Error('whep-server.mjs ended')
      }),
    ])) as [string]
    const port = Number(/^ready (\d+)$/.exec(line)?.[1])
    let sessions = 0
    lines.on('line', (said: string) => (sessions = Number(/^sessions (\d+)$/.exec(said)?.[1] ?? sessions)))
    return {
      rtpPort,
      token,
      address: `http://127.0.0.1:${port}/whep/endpoint/camera`,
      get sessions() {
        return sessions
      },
      kill,
    }
  } catch (error) {
    await kill()
    throw error
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

/** Nothing but the streaming plugin and its websocket, on loopback; only its ICE takes this machine's own address, libnice offers no loopback. */
async function furnish(folder: string, { rtpPort, apiPort }: { rtpPort: number; apiPort: number }): Promise<void> {
  const [plugin, transport] = ['libjanus_streaming.so', 'libjanus_websockets.so']
  for (const [kind, name] of [
    ['plugins', plugin],
    ['transports', transport],
  ] as const) {
    await mkdir(join(folder, kind))
    await symlink(await library(kind, name), join(folder, kind, name))
  }
  const transports = `transports_folder = "${join(folder, 'transports')}"`
  await writeFile(
    join(folder, 'janus.jcfg'),
    `general: { configs_folder = "${folder}", plugins_folder = "${join(folder, 'plugins')}", ${transports}, interface = "127.0.0.1", debug_level = 2 }\n`,
  )
  await writeFile(
    join(folder, 'janus.transport.websockets.jcfg'),
    `general: { ws = true, ws_port = ${apiPort}, ws_ip = "127.0.0.1", wss = false }\nadmin: { admin_ws = false, admin_wss = false }\n`,
  )
  const stream = `type = "rtp", id = ${mountpoint}, audio = false, video = true, videoiface = "127.0.0.1", videoport = ${rtpPort}, videopt = 96, videocodec = "h264"`
  const h264 = 'videofmtp = "profile-level-id=42e01f;packetization-mode=1"'
  await writeFile(join(folder, 'janus.plugin.streaming.jcfg'), `camera: { ${stream}, ${h264} }\n`)
}

async function library(kind: string, name: string): Promise<string> {
  for (const place of await readdir(libraries)) {
    const found = await readdir(join(libraries, place, 'janus', kind)).catch((): string[] => [])
    if (found.includes(name)) return join(libraries, place, 'janus', kind, name)
  }
  throw new Error(`${name} is not installed`)
}
