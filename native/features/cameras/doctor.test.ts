// 取流诊断 against real faults: each hop of the way broken in turn, certificates among them, and hostile sources beside a good one.
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { createServer as createTlsServer, getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CameraSave, type CameraSourceKind, type Diagnosis, type StreamFaultCode, type StreamHop, streamHops } from '../../contract/index.ts'
import { type Certificates, hasOpenssl, makeCertificates, opensslMissing, type Pair } from '../../media/testing/certificates.ts'
import { playKeyFrames, playSlices, playSomeKeyFrames } from '../../media/testing/rtsp-film.ts'
import { hasWorker, workerMissing } from '../../media/testing/worker.ts'
import { FakeOnvif } from '../../protocols/onvif/fake.ts'
import { FakeCamera, type FakeCameraOptions, fakeDescription } from '../../protocols/rtsp/fake.ts'
import { openTestApp, type Seat, type TestApp } from '../../testing/app.ts'
import { plainCamera } from './testing/plain-camera.ts'

const closers: (() => Promise<unknown>)[] = []
let app: TestApp
let admin: Seat
let officer: Seat

beforeAll(async () => {
  app = await openTestApp()
  admin = await app.as('system-admin')
  officer = await app.as('duty-officer')
})
afterAll(async () => {
  await app.close()
  for (const close of closers.reverse()) await close()
})

/** Added, asked, and taken away again: it does not go on asking beside the others. */
async function diagnose(sourceKind: CameraSourceKind, address: string, more: Partial<CameraSave> = {}): Promise<Diagnosis> {
  const input = { ...plainCamera, name: sourceKind, sourceKind, address, transport: 'tcp' as const }
  const { id } = await admin.rpc.cameras.save.mutate({ ...input, ...more })
  const diagnosis = await officer.rpc.cameras.diagnose.mutate({ id })
  await admin.rpc.cameras.remove.mutate({ id })
  return diagnosis
}

async function camera(options: FakeCameraOptions): Promise<string> {
  const fake = await FakeCamera.open(options)
  closers.push(() => fake.close())
  return fake.address
}

/** A server that does with each connection as it likes. */
async function server(onConnection: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>()
  const one = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    onConnection(socket)
  }).listen(0, '127.0.0.1')
  await once(one, 'listening')
  closers.push(async () => {
    for (const socket of sockets) socket.destroy()
    one.close()
  })
  return (one.address() as AddressInfo).port
}

/** What came before was passed, what comes after was not reached. */
function expectBroken({ hops, fault }: Diagnosis, at: StreamHop, code: StreamFaultCode): void {
  expect(fault?.code).toBe(code)
  for (const { hop, result } of hops) {
    const distance = streamHops.indexOf(hop) - streamHops.indexOf(at)
    expect([code, hop, result]).toEqual([code, hop, distance < 0 ? 'passed' : distance === 0 ? 'failed' : 'not-reached'])
  }
}

test.skipIf(!hasWorker)(`each hop of RTSP that is quickly known, in turn${hasWorker ? '' : ` (skipped: ${workerMissing})`}`, async () => {
  const login = { username: 'admin', password: 'right', scheme: 'MD5' as const }
  const broken: [StreamHop, StreamFaultCode, Promise<string>, Partial<CameraSave>?][] = [
    ['name', 'name-unresolved', Promise.resolve('rtsp://no-such-camera.invalid/live')],
    ['connection', 'port-closed', Promise.resolve('rtsp://127.0.0.1:1/live')],
    ['protocol', 'not-the-protocol', camera({ describeWith: (socket) => socket.write('<html>'.repeat(30_000)) })],
    ['login', 'unauthorised', camera({ login }), { login: { username: 'admin', password: 'wrong' } }],
    ['login', 'password-missing', camera({ login })],
    ['stream', 'no-such-stream', camera({ status: { DESCRIBE: 404 } })],
    ['transport', 'transport-refused', camera({ status: { SETUP: 461 } })],
    ['codec', 'codec-unplayable', camera({ description: fakeDescription.replace('H264', 'H265') })],
  ]
  const good = await camera({ onPlay: playKeyFrames })
  await Promise.all(broken.map(async ([hop, code, address, more]) => expectBroken(await diagnose('rtsp', await address, more), hop, code)))
  expect(await diagnose('rtsp', good)).toMatchObject({ verdict: 'well', fault: null })
  // 554 is RTSP's, not everybody's.
  expect((await diagnose('rtsp', 'rtsp://127.0.0.1:1/live')).fault?.params).toEqual({ protocol: 'RTSP', port: 1, usual: 554 })
  expect((await diagnose('hls', 'http://127.0.0.1:1/x.m3u8')).fault?.params).toEqual({ protocol: 'HTTP', port: 1, usual: 80 })
})

test.skipIf(!hasWorker)(`the hops that take patience${hasWorker ? '' : ` (skipped: ${workerMissing})`}`, { timeout: 60_000 }, async () => {
  const stalling = await camera({ onPlay: (seat) => playSomeKeyFrames(seat, 10) })
  const input = { ...plainCamera, name: 'stalling', sourceKind: 'rtsp' as const, address: stalling, transport: 'tcp' as const }
  const { id } = await admin.rpc.cameras.save.mutate(input)
  const watch = await app.cameras.watch(id, 'main')
  await expect.poll(() => watch.stream.status.state, { timeout: 20_000 }).toBe('stalled')
  const [mute, elsewhere, keyless, stalled] = await Promise.all([
    diagnose('rtsp', await camera({ onPlay: () => undefined })),
    diagnose('rtsp', await camera({ onPlay: () => undefined, description: fakeDescription.replace('0.0.0.0', '10.9.8.7') })),
    diagnose('rtsp', await camera({ onPlay: playSlices })),
    officer.rpc.cameras.diagnose.mutate({ id }),
  ])
  watch.release()
  expectBroken(mute, 'media', 'no-media')
  expectBroken(elsewhere, 'media', 'sdp-address')
  expect(elsewhere.fault?.params).toEqual({ named: '10.9.8.7' })
  expectBroken(keyless, 'picture', 'no-key-frame')
  expectBroken(stalled, 'media', 'stalled')
  for (const { verdict } of [mute, elsewhere, keyless, stalled]) expect(verdict).toBe('broken')
})

test('hostile sources of the other kinds are named for what they are, and hold nobody up', async () => {
  const answer = (head: string, body: (socket: Socket) => void) =>
    server((socket) => {
      socket.once('data', () => {
        socket.write(`HTTP/1.1 200 OK\r\n${head}\r\n`)
        body(socket)
      })
    })
  /** As fast as it is taken. */
  const endless = (bytes: string) => (socket: Socket) => {
    const more = () => {
      while (!socket.destroyed && socket.write(bytes));
    }
    socket.on('drain', more)
    more()
  }
  const header = await server((socket) => socket.once('data', () => endless('X-A: bbbbbbbbbbbbbbbb\r\n')(socket)))
  const garbage = await answer('Content-Type: x\r\n', endless('garbage, nothing but garbage. '))
  const playlist = await answer('Content-Type: application/vnd.apple.mpegurl\r\n', (socket) => {
    socket.write('#EXTM3U\n')
    endless('#EXT-X-LONG:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n')(socket)
  })
  const huge = await answer('Content-Length: 104857600\r\nContent-Type: image/jpeg\r\n', endless('\xff\xd8\xff\xff'.repeat(1000)))
  const hostile: [CameraSourceKind, number, StreamFaultCode][] = [
    ['flv', header, 'not-the-protocol'],
    ['hls', header, 'not-the-protocol'],
    ['flv', garbage, 'not-the-protocol'],
    ['mjpeg', garbage, 'not-the-protocol'],
    ['hls', playlist, 'answer-too-large'],
    ['still', huge, 'answer-too-large'],
  ]
  const found = await Promise.all(hostile.map(async ([kind, port]) => (await diagnose(kind, `http://127.0.0.1:${port}/x`)).fault?.code ?? null))
  expect(found.map((code, index) => [hostile[index]![0], code])).toEqual(hostile.map(([kind, , code]) => [kind, code]))
})

describe.skipIf(!hasOpenssl)(`certificates${hasOpenssl ? '' : `: skipped, ${opensslMissing}`}`, () => {
  const trusted = getCACertificates()
  let certificates: Certificates
  beforeAll(async () => {
    certificates = await makeCertificates()
    setDefaultCACertificates([...trusted, certificates.authority.cert])
  })
  afterAll(() => setDefaultCACertificates(trusted))

  /** The same device, spoken to through TLS. */
  async function behind(pair: Pair, port: number): Promise<number> {
    const front = createTlsServer(pair, (near) => {
      const far = connect({ port, host: '127.0.0.1' })
      near.on('error', () => far.destroy()).pipe(far)
      far.on('error', () => near.destroy()).pipe(near)
    })
    front.on('tlsClientError', () => undefined)
    front.listen(0, '127.0.0.1')
    await once(front, 'listening')
    closers.push(async () => front.close())
    return (front.address() as AddressInfo).port
  }

  async function faultsBehind(pair: Pair): Promise<Map<CameraSourceKind, Diagnosis>> {
    const fake = await FakeCamera.open({ onPlay: playKeyFrames })
    const login = { username: 'admin', password: 'x' }
    const onvif = await FakeOnvif.open({ login, rtspPort: fake.port })
    closers.push(
      () => fake.close(),
      () => onvif.close(),
    )
    const web = await server((socket) => socket.once('data', () => socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n')))
    const [rtsps, https] = [await behind(pair, fake.port), await behind(pair, web)]
    const soap = await behind(pair, Number(new URL(onvif.address).port))
    const kinds: [CameraSourceKind, string, Partial<CameraSave>][] = [
      ['rtsp', `rtsps://127.0.0.1:${rtsps}/live`, {}],
      ['hls', `https://127.0.0.1:${https}/x.m3u8`, {}],
      ['flv', `wss://127.0.0.1:${https}/x.flv`, {}],
      ['still', `https://127.0.0.1:${https}/x.jpg`, {}],
      ['onvif', `https://127.0.0.1:${soap}/onvif/device_service`, { login }],
    ]
    return new Map(await Promise.all(kinds.map(async ([kind, address, more]) => [kind, await diagnose(kind, address, more)] as const)))
  }

  test('nobody has signed it, or it has run out: said as that, of every kind, and the password was not given', async () => {
    setDefaultCACertificates(trusted)
    const unsigned = await faultsBehind(certificates.authority)
    setDefaultCACertificates([...trusted, certificates.authority.cert])
    const expired = await faultsBehind(certificates.expired)
    for (const found of [unsigned, expired]) for (const diagnosis of found.values()) expectBroken(diagnosis, 'certificate', 'certificate')
    const reasons = (found: Map<CameraSourceKind, Diagnosis>) => new Set([...found.values()].map(({ fault }) => fault?.params['reason']))
    expect(reasons(unsigned)).toEqual(new Set(['self-signed']))
    expect(reasons(expired)).toEqual(new Set(['expired']))
  })

  test('a good one is passed', async () => {
    for (const [kind, { hops }] of await faultsBehind(certificates.good))
      expect([kind, hops.find(({ hop }) => hop === 'certificate')?.result]).toEqual([kind, 'passed'])
  })
})
