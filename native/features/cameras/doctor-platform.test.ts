// 取流诊断 through a GB/T 28181 platform: what is the platform's fault, what its media server's, what its camera's, and what is not known yet.
import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Diagnosis, type StreamFault, StreamError } from '../../contract/index.ts'
import { Ingest } from '../../media/ingest/ingest.ts'
import { hasWorker, testSfu, workerMissing } from '../../media/testing/worker.ts'
import { FakeWvp } from '../../protocols/wvp/fake.ts'
import { WvpPlatform } from '../../protocols/wvp/platform.ts'
import { openTestApp, type Seat, type TestApp } from '../../testing/app.ts'
import { examine } from './doctor.ts'
import { plainCamera } from './testing/plain-camera.ts'

const login = { username: 'admin', password: 'Geheim-4711-密' }
const [device, channel] = ['34020000001110000001', '34020000001320000000']
let app: TestApp
let admin: Seat
let officer: Seat
let wvp: FakeWvp

beforeAll(async () => {
  app = await openTestApp()
  admin = await app.as('system-admin')
  officer = await app.as('duty-officer')
  wvp = await FakeWvp.open({ login, rtspAddress: 'rtsp://127.0.0.1:1/rtp/x' })
})
afterAll(async () => {
  await app.close()
  await wvp.close()
})

async function diagnose(address: string, more: { login?: typeof login | undefined } = { login }): Promise<Diagnosis> {
  const { id: platform } = await admin.rpc.cameraControl.savePlatform.mutate({ id: null, name: '平台', address, ...more })
  const camera = { ...plainCamera, name: '通道', sourceKind: 'gb28181' as const, address: `gb28181:${platform}/${device}/${channel}` }
  const { id } = await admin.rpc.cameras.save.mutate(camera)
  const diagnosis = await officer.rpc.cameras.diagnose.mutate({ id })
  await admin.rpc.cameras.remove.mutate({ id })
  return diagnosis
}

function failing({ verdict, fault, hops }: Diagnosis) {
  return [verdict, fault?.params['of'] ?? null, fault?.code, hops.find(({ result }) => result === 'failed')?.hop]
}

test('what fails on the way to the platform, or at it, is never called the camera’s', async () => {
  const cutting: Server = createServer((socket) => socket.on('error', () => undefined).once('data', () => socket.destroy())).listen(0, '127.0.0.1')
  const page = createServer((socket) =>
    socket.on('error', () => undefined).once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>')),
  ).listen(0, '127.0.0.1')
  await Promise.all([once(cutting, 'listening'), once(page, 'listening')])
  const at = (server: Server) => `http://127.0.0.1:${(server.address() as { port: number }).port}`
  expect(failing(await diagnose('http://no-such-platform.invalid'))).toEqual(['broken', 'platform', 'name-unresolved', 'name'])
  const closed = await diagnose('http://127.0.0.1:1')
  expect(failing(closed)).toEqual(['broken', 'platform', 'port-closed', 'connection'])
  expect(closed.fault?.params).toMatchObject({ port: 1, usual: 80, protocol: 'HTTP' })
  expect(failing(await diagnose(at(cutting)))).toEqual(['broken', 'platform', 'connection-lost', 'connection'])
  expect(failing(await diagnose(at(page)))).toEqual(['broken', 'platform', 'not-the-protocol', 'protocol'])
  expect(failing(await diagnose(wvp.address, {}))).toEqual(['broken', 'platform', 'password-missing', 'login'])
  expect(failing(await diagnose(wvp.address, { login: { ...login, password: 'x' } }))).toEqual(['broken', 'platform', 'unauthorised', 'login'])
  wvp.refuseWith = { status: 502 }
  expect(failing(await diagnose(wvp.address))).toEqual(['broken', 'platform', 'server-error', 'stream'])
  wvp.refuseWith = null
  // The platform is well; where it sends us for the stream nobody listens.
  expect(failing(await diagnose(wvp.address))).toEqual(['broken', 'relay', 'port-closed', 'connection'])
  cutting.close()
  page.close()
})

test('what the platform says of a camera that does not answer it is told as the camera’s silence, in the platform’s words', async () => {
  const told: [{ code: number; msg?: string }, StreamFault][] = [
    [
      { code: 486, msg: '超时或无响应' },
      { code: 'camera-silent', params: { said: '超时或无响应' } },
    ],
    [
      { code: 100, msg: '点播超时' },
      { code: 'camera-silent', params: { said: '点播超时' } },
    ],
    [
      { code: 100, msg: '收流超时' },
      { code: 'camera-silent', params: { said: '收流超时' } },
    ],
    [
      { code: -2, msg: '' },
      { code: 'camera-silent', params: { said: '-2' } },
    ],
    [
      { code: 100, msg: '未找到可用的\n媒体节点 http://admin:geheim@10.0.0.9/x' },
      { code: 'server-error', params: { of: 'platform', status: 100, said: '未找到可用的 媒体节点 http://10.0.0.9/x' } },
    ],
    [
      { code: 500, msg: '长'.repeat(500) },
      { code: 'server-error', params: { of: 'platform', status: 500, said: '长'.repeat(80) } },
    ],
    [
      { code: 404, msg: '' },
      { code: 'no-such-stream', params: { of: 'platform' } },
    ],
    [
      { code: 403, msg: '' },
      { code: 'forbidden', params: { of: 'platform' } },
    ],
  ]
  for (const [answer, fault] of told) {
    wvp.refuseWith = answer
    expect((await diagnose(wvp.address)).fault).toEqual(fault)
  }
  wvp.refuseWith = null
})

test.skipIf(!hasWorker)(`a platform that says nothing is no good camera${hasWorker ? '' : ` (skipped: ${workerMissing})`}`, async () => {
  const platform = new WvpPlatform({ address: wvp.address, credentials: login, trust: null, timeoutMs: 2_000, cameraMs: 3_000 })
  const sfu = testSfu({ workerCount: 1 })
  const ingest = new Ingest({ sfu, onChange: () => undefined, onError: () => undefined })
  wvp.muteAt = /play\/start/
  const { stream } = ingest.watch('x', async () => ({
    address: await platform.play({ device, channel }),
    credentials: null,
    trust: null,
    transport: 'auto',
  }))
  const camera = { sourceKind: 'gb28181' as const, address: 'gb28181:x' }
  const early = await examine(stream, { ...camera, waitMs: 500 })
  expect([early.verdict, early.fault]).toEqual(['pending', null])
  expect(early.hops.filter(({ result }) => result !== 'passed')).toEqual([
    { hop: 'stream', result: 'waiting' },
    ...['transport', 'media', 'codec', 'picture', 'sfu'].map((hop) => ({ hop, result: 'not-reached' })),
  ])
  const late = await examine(stream, { ...camera, waitMs: 20_000 })
  expect([late.verdict, late.fault]).toEqual(['broken', { code: 'platform-silent', params: { seconds: 3 } }])
  wvp.muteAt = /login/
  const mute = new WvpPlatform({ address: wvp.address, credentials: login, trust: null, timeoutMs: 300 })
  await expect(mute.devices()).rejects.toEqual(new StreamError('platform-silent', { seconds: 1 }))
  wvp.muteAt = null
  await ingest.stop()
})
