// Debian's Janus as another maker's WebRTC server, behind a small WHEP gateway of ours: it makes the offers itself, so a page gets 406 and answers by PATCH.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from './free-port.ts'

export const hasJanus = spawnSync('janus', ['--help'], { stdio: 'ignore' }).status === 0
/** For the name of a skipped group. */
export const janusMissing = 'janus is not installed'

const libraries = '/usr/lib'
const token = 'whep-token'

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

interface Reply {
  janus: string
  data?: { id: number }
  jsep?: { type: string; sdp: string }
}

export async function startJanus(): Promise<JanusServer> {
  const folder = await mkdtemp(join(tmpdir(), 'wanglou-janus-'))
  const [rtpPort, apiPort] = [await freePort(), await freePort()]
  await furnish(folder, { rtpPort, apiPort })
  const child = spawn('janus', ['-C', join(folder, 'janus.jcfg'), '-F', folder, '-P', join(folder, 'plugins')], { stdio: 'ignore' })
  const api = `http://127.0.0.1:${apiPort}/janus`
  const sessions = new Map<string, string>()
  const gateway = createServer((request, response) => void serve({ api, sessions, request, response }))
  gateway.listen(0, '127.0.0.1')
  await once(gateway, 'listening')
  await answers(`${api}/info`)
  return {
    rtpPort,
    token,
    address: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/whep`,
    get sessions() {
      return sessions.size
    },
    async kill() {
      gateway.close()
      gateway.closeAllConnections()
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL')
        await once(child, 'exit')
      }
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Nothing but the streaming plugin and its HTTP, on loopback; only its ICE takes this machine's own address, libnice offers no loopback. */
async function furnish(folder: string, { rtpPort, apiPort }: { rtpPort: number; apiPort: number }): Promise<void> {
  const [plugin, transport] = ['libjanus_streaming.so', 'libjanus_http.so']
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
  await writeFile(join(folder, 'janus.transport.http.jcfg'), `general: { http = true, port = ${apiPort}, ip = "127.0.0.1", https = false }\n`)
  const stream = `type = "rtp", id = 1, audio = false, video = true, videoiface = "127.0.0.1", videoport = ${rtpPort}, videopt = 96, videocodec = "h264"`
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

interface Call {
  api: string
  /** Janus' handle of each WHEP session. */
  sessions: Map<string, string>
  request: IncomingMessage
  response: ServerResponse
}

/** POST gives 406 with Janus' offer, PATCH takes the answer, DELETE ends (draft-ietf-wish-whep §4). */
async function serve({ api, sessions, request, response }: Call): Promise<void> {
  let body = ''
  for await (const chunk of request as AsyncIterable<Buffer>) body += String(chunk)
  const id = /^\/session\/(\d+)$/.exec(request.url ?? '')?.[1]
  if (request.headers.authorization !== `Bearer ${token}`) return void response.writeHead(401).end()
  if (request.method === 'POST' && request.url === '/whep') {
    const session = (await tell(api, { janus: 'create' })).data?.id ?? 0
    const handle = (await tell(`${api}/${session}`, { janus: 'attach', plugin: 'janus.plugin.streaming' })).data?.id ?? 0
    await tell(`${api}/${session}/${handle}`, { janus: 'message', body: { request: 'watch', id: 1 } })
    const { jsep } = await heard(`${api}/${session}`)
    sessions.set(String(session), `${api}/${session}/${handle}`)
    response.writeHead(406, { 'Content-Type': 'application/sdp', Location: `/session/${session}` })
    return void response.end(jsep?.sdp)
  }
  const handle = sessions.get(id ?? '')
  if (handle === undefined) return void response.writeHead(404).end()
  if (request.method === 'PATCH') await tell(handle, { janus: 'message', body: { request: 'start' }, jsep: { type: 'answer', sdp: body } })
  if (request.method === 'DELETE') {
    sessions.delete(id ?? '')
    await tell(`${api}/${id}`, { janus: 'destroy' })
  }
  response.writeHead(204).end()
}

async function tell(address: string, message: object): Promise<Reply> {
  const body = JSON.stringify({ ...message, transaction: crypto.randomUUID() })
  return (await fetch(address, { method: 'POST', body })).json() as Promise<Reply>
}

/** The plugin's answers come by long polling. */
async function heard(session: string): Promise<Reply> {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const reply = (await (await fetch(session)).json()) as Reply
    if (reply.jsep !== undefined) return reply
  }
  throw new Error('Janus made no offer')
}

async function answers(address: string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const response = await fetch(address).catch(() => null)
    if (response?.ok === true) return
    await sleep(50)
  }
  throw new Error(`nobody answers at ${address}`)
}
