// What the station fetches for pages, from real servers: FLV (pulled and pushed), Motion JPEG behind Digest, still images, HLS, films, another server's WHEP.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CameraSave, CameraSourceKind } from '../../contract/index.ts'
import { MachineConfig } from '../../kernel/config.ts'
import { asHls, asJpegs, asRtmp, ffmpegMissing, hasFfmpeg, startClockFilm } from '../../media/testing/clock-film.ts'
import { openPictureServer, type PictureServer } from '../../media/testing/picture-server.ts'
import { FlvReader, readFlvVideo } from '../../protocols/flv/codec.ts'
import { openTestApp, type Seat, type TestApp } from '../../testing/app.ts'
import { plainCamera } from './testing/plain-camera.ts'

const login = { username: 'admin', password: 'Geheim-4711-密' }
let app: TestApp
let admin: Seat
let officer: Seat
let folder: string
const closers: (() => Promise<unknown>)[] = []

function camera(sourceKind: CameraSourceKind, address: string, more: Partial<CameraSave> = {}): Promise<string> {
  const input = { ...plainCamera, name: sourceKind, sourceKind, address }
  return admin.rpc.cameras.save.mutate({ ...input, ...more }).then(({ id }) => id)
}

function ask(path: string, init: RequestInit = {}, seat: Seat = officer): Promise<Response> {
  return fetch(`${app.door.origin}${path}`, { ...init, headers: { Authorization: `Bearer ${seat.token}`, ...init.headers } })
}

async function stateOf(id: string) {
  const status = (await officer.rpc.cameras.states.query({ streams: [{ id, quality: 'main' }] }))[`${id}/main`]
  return { state: status?.state ?? null, fault: status?.fault?.code ?? null, evidence: status?.evidence ?? null }
}

/** Reads FLV until so many pictures have come. */
async function flvPictures(id: string, count: number) {
  const breaking = new AbortController()
  const response = await ask(`/camera-media/${id}/main/live.flv`, { signal: breaking.signal })
  expect(response.status).toBe(200)
  const reader = new FlvReader()
  const videos = []
  for await (const chunk of response.body!) {
    for (const tag of reader.push(Buffer.from(chunk as Uint8Array))) if (tag.type === 9) videos.push(readFlvVideo(tag.data)!)
    if (videos.length >= count) break
  }
  breaking.abort()
  return videos
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wanglou-pulled-'))
  app = await openTestApp({ config: MachineConfig.parse({ media: { push: { ip: '127.0.0.1', port: 0 } } }) })
  admin = await app.as('system-admin')
  officer = await app.as('duty-officer')
})
afterAll(async () => {
  for (const close of closers.reverse()) await close()
  await app.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

test('a film of this machine: by ranges, only from its folder, only for whom we know', async () => {
  await mkdir(join(app.directory, 'films'))
  await writeFile(join(app.directory, 'films', '演练.mp4'), Buffer.from('0123456789'))
  const id = await camera('film', `film:${encodeURIComponent('演练.mp4')}`)
  const part = await ask(`/camera-media/${id}/main/film`, { headers: { Range: 'bytes=2-4' } })
  expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 2-4/10', '234'])
  const away = await camera('film', 'film:..%2Fmachine-key')
  expect((await ask(`/camera-media/${away}/main/film`)).status).toBe(503)
  expect((await stateOf(away)).fault).toBe('no-such-stream')
  expect((await ask(`/camera-media/${id}/main/film`, {}, await app.stranger())).status).toBe(401)
  expect((await ask(`/camera-media/${id}/main/live.flv`)).status).toBe(404)
  expect((await ask(`/camera-media/${crypto.randomUUID()}/main/film`)).status).toBe(404)
  await expect(camera('film', 'film:a/b.mp4')).rejects.toThrow()
  await expect(camera('hls', 'file:///etc/passwd')).rejects.toThrow()
})

test('another server’s WHEP: its answer, its counter-offer, ZLMediaKit’s sentence under the same number; the token stays here', async () => {
  const seen: string[] = []
  let status = 201
  const server = createServer(async (request, response) => {
    const isTold = request.headers.authorization === 'Bearer geheim-token'
    const body = String(await request.reduce((sum: string, chunk) => sum + String(chunk), ''))
    // The station's own question offers a picture, the page's of this test offers nothing.
    seen.push(`${request.method} ${request.url} ${isTold}${body.includes('m=video') ? ' probe' : ''}`)
    if (request.method !== 'POST') return void response.writeHead(200).end()
    if (status === 599) return void response.writeHead(406, { 'Content-Type': 'text/plain' }).end('stream not found')
    response
      .writeHead(status, { 'Content-Type': 'application/sdp', Location: body.includes('m=video') ? '/session/probe' : '/session/7' })
      .end(`v=0\r\n`)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  closers.push(async () => server.close())
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/index/api/webrtc?app=live&stream=x&type=play`
  const id = await camera('whep', address, { login: { username: '', password: 'geheim-token' } })
  const offer = { method: 'POST', body: 'v=0\r\n', headers: { 'Content-Type': 'application/sdp' } }
  const answer = await ask(`/camera-media/${id}/main/whep`, offer)
  expect([answer.status, await answer.text(), answer.headers.get('location')]).toEqual([
    201,
    'v=0\r\n',
    expect.stringMatching(/^whep\/[0-9a-f]{32}$/),
  ])
  const session = `/camera-media/${id}/main/${answer.headers.get('location')}`
  expect((await ask(session, { method: 'DELETE' })).status).toBe(204)
  expect((await ask(session, { method: 'DELETE' })).status).toBe(404)
  status = 406
  const counter = await ask(`/camera-media/${id}/main/whep`, offer)
  expect(counter.status).toBe(406)
  const patched = await ask(`/camera-media/${id}/main/${counter.headers.get('location')}`, { ...offer, method: 'PATCH' })
  expect(patched.status).toBe(204)
  status = 599
  const refused = await ask(`/camera-media/${id}/main/whep`, offer)
  expect([refused.status, await refused.json()]).toMatchObject([503, { fault: { code: 'no-such-stream' } }])
  expect(seen.filter((line) => line.endsWith(' probe') || line.includes('/session/probe')).slice(0, 2)).toEqual([
    'POST /index/api/whep?app=live&stream=x&type=play true probe',
    'DELETE /session/probe true',
  ])
  expect(seen.filter((line) => !line.includes('probe'))).toEqual([
    'POST /index/api/whep?app=live&stream=x&type=play true',
    'DELETE /session/7 true',
    'POST /index/api/whep?app=live&stream=x&type=play true',
    'PATCH /session/7 true',
    'POST /index/api/whep?app=live&stream=x&type=play true',
  ])
})

test('the doctor asks a WHEP server for the picture itself: no such stream is said; that it agrees is not yet a picture', async () => {
  let answer = 404
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.method ?? '')
    request.resume()
    // It is there for everybody who only asks whether it is there.
    const status = request.method === 'POST' ? answer : 204
    response.writeHead(status, { 'Content-Type': 'application/sdp', Location: '/session' }).end(status === 201 ? 'v=0\r\n' : undefined)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  closers.push(async () => server.close())
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/whep/none`
  const missing = await officer.rpc.cameras.diagnose.mutate({ id: await camera('whep', address) })
  expect([missing.verdict, missing.fault?.code, missing.hops.find(({ result }) => result === 'failed')?.hop]).toEqual([
    'broken',
    'no-such-stream',
    'stream',
  ])
  answer = 201
  asked.length = 0
  const agreed = await officer.rpc.cameras.diagnose.mutate({ id: await camera('whep', address) })
  expect([agreed.verdict, agreed.fault, new Set(agreed.hops.map(({ result }) => result))]).toEqual(['answered', null, new Set(['passed'])])
  expect(agreed.hops.some(({ hop }) => ['media', 'codec', 'picture', 'sfu'].includes(hop))).toBe(false)
  expect(asked.filter((method) => method === 'POST').length).toBe(asked.filter((method) => method === 'DELETE').length)
})

test('nobody at the address: each kind names the same hop, and the doctor finds it', async () => {
  const kinds = { flv: 'live.flv', hls: 'index.m3u8', mjpeg: 'picture', still: 'picture' } as const
  for (const kind of Object.keys(kinds) as (keyof typeof kinds)[]) {
    const id = await camera(kind, 'http://127.0.0.1:1/x')
    const { fault, hops } = await officer.rpc.cameras.diagnose.mutate({ id })
    expect([kind, fault?.code]).toEqual([kind, 'port-closed'])
    expect(hops.find(({ result }) => result === 'failed')?.hop).toBe('connection')
  }
})

describe.skipIf(!hasFfmpeg)(`with ffmpeg${hasFfmpeg ? '' : `: skipped, ${ffmpegMissing}`}`, () => {
  let pictures: PictureServer
  let pushing: string

  beforeAll(async () => {
    pushing = await camera('rtmp', 'push:')
    const { server, key } = await admin.rpc.cameras.renewPushKey.mutate({ id: pushing })
    const film = startClockFilm([asRtmp(`${server}/${key}`), asHls(join(folder, 'index.m3u8')), asJpegs])
    closers.push(() => film.stop())
    pictures = await openPictureServer({ jpegs: film.output, folder, login })
    closers.push(() => pictures.close())
  })

  test('pushed by RTMP under its key: begins with a key frame for whoever comes; an unknown key is refused and told', async () => {
    const videos = await flvPictures(pushing, 20)
    expect(videos[0]).toMatchObject({ isHeader: true, codec: 'H.264' })
    expect(videos[1]).toMatchObject({ isKeyFrame: true })
    await expect.poll(() => stateOf(pushing)).toMatchObject({ state: 'live', evidence: { widthPx: 320, heightPx: 240, codec: 'H.264 Baseline' } })
    const again = await flvPictures(pushing, 3)
    expect(again.slice(0, 2)).toMatchObject([{ isHeader: true }, { isKeyFrame: true, isHeader: false }])
    const { server } = await admin.rpc.cameras.renewPushKey.mutate({ id: await camera('rtmp', 'push:') })
    const stranger = startClockFilm([['-loglevel', 'quiet', ...asRtmp(`${server}/guessed`)]])
    await once(stranger.child, 'exit')
    await stranger.stop()
    const { lastRefusal } = await admin.rpc.cameras.renewPushKey.mutate({ id: await camera('rtmp', 'push:') })
    expect(lastRefusal?.from).toContain('127.0.0.1')
    await expect(officer.rpc.cameras.renewPushKey.mutate({ id: pushing })).rejects.toThrow()
  })

  test('Motion JPEG behind Digest: the newest picture, one connection for all; a still image asked for again', async () => {
    const id = await camera('mjpeg', `http://admin:${encodeURIComponent(login.password)}@127.0.0.1:${pictures.port}/video`)
    const first = await ask(`/camera-media/${id}/main/picture`)
    expect([first.status, first.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
    const number = Number(first.headers.get('x-picture'))
    const next = await Promise.all([1, 2].map(() => ask(`/camera-media/${id}/main/picture?after=${number}`)))
    for (const one of next) expect(Number(one.headers.get('x-picture'))).toBeGreaterThan(number)
    expect(pictures.asked.filter((path) => path === '/video').length).toBe(2)
    await expect.poll(async () => (await stateOf(id)).state).toBe('live')
    const still = await camera('still', `http://127.0.0.1:${pictures.port}/still.jpg`, { login })
    expect((await ask(`/camera-media/${still}/main/picture`)).status).toBe(200)
    const wrong = await camera('still', `http://127.0.0.1:${pictures.port}/still.jpg`, { login: { ...login, password: 'x' } })
    expect((await officer.rpc.cameras.diagnose.mutate({ id: wrong })).fault?.code).toBe('unauthorised')
  })

  test('HLS: every address in the playlist is one of ours, nothing else can be asked for', async () => {
    const id = await camera('hls', `http://127.0.0.1:${pictures.port}/index.m3u8`, { login })
    await expect.poll(async () => (await ask(`/camera-media/${id}/main/index.m3u8`)).status, { timeout: 10_000 }).toBe(200)
    const playlist = await (await ask(`/camera-media/${id}/main/index.m3u8`)).text()
    const parts = playlist.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
    expect(parts.length).toBeGreaterThan(0)
    for (const part of parts) expect(part).toMatch(/^part\/\d+$/)
    const segment = await ask(`/camera-media/${id}/main/${parts.at(-1)}`)
    expect([segment.status, Buffer.from(await segment.arrayBuffer())[0]]).toEqual([200, 0x47])
    expect((await ask(`/camera-media/${id}/main/part/9999`)).status).toBe(404)
    expect((await ask(`/camera-media/${id}/main/part/..%2F..`)).status).toBe(404)
  })
})
