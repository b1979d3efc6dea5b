// A certificate that nobody has signed: refused with what it says of itself, accepted by its fingerprint once a system administrator trusts it there, and no other in its place.
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CameraSourceKind, type Diagnosis, PresentedCertificate, presentedIn } from '../../contract/index.ts'
import { type Certificates, hasOpenssl, makeCertificates, opensslMissing, type Pair } from '../../media/testing/certificates.ts'
import { openPictureServer } from '../../media/testing/picture-server.ts'
import { playKeyFrames } from '../../media/testing/rtsp-film.ts'
import { hasWorker, workerMissing } from '../../media/testing/worker.ts'
import { FakeOnvif } from '../../protocols/onvif/fake.ts'
import { FakeCamera } from '../../protocols/rtsp/fake.ts'
import { FakeWvp } from '../../protocols/wvp/fake.ts'
import { openTestApp, type Seat, type TestApp } from '../../testing/app.ts'
import { plainCamera } from './testing/plain-camera.ts'
import { openTlsFront, type TlsFront } from './testing/tls-front.ts'

const login = { username: 'admin', password: 'Geheim-4711' }
const closers: (() => Promise<unknown>)[] = []
let app: TestApp
let admin: Seat & { login: string }
let officer: Seat
/** Two devices that signed their own, and one whose time has run out. */
let [own, other] = [] as unknown as [Certificates, Certificates]

const fingerprintOf = ({ cert }: Pair) => new X509Certificate(cert).fingerprint256
const certificateHop = ({ hops }: Diagnosis) => hops.find(({ hop }) => hop === 'certificate')?.result
const diagnose = (id: string) => officer.rpc.cameras.diagnose.mutate({ id })

async function front(port: number): Promise<TlsFront> {
  const opened = await openTlsFront(own.authority, port)
  closers.push(() => opened.close())
  return opened
}

function add(sourceKind: CameraSourceKind, address: string): Promise<{ id: string }> {
  return admin.rpc.cameras.save.mutate({ ...plainCamera, name: sourceKind, sourceKind, address, transport: 'tcp', login })
}

/** What the doctor saw, trusted as its button does. */
async function trust(device: string, { fault }: Diagnosis): Promise<void> {
  await admin.rpc.cameraCertificates.trust.mutate({ device, certificate: presentedIn(fault!)! })
}

describe.skipIf(!hasOpenssl)(`certificates${hasOpenssl ? '' : `: skipped, ${opensslMissing}`}`, () => {
  beforeAll(async () => {
    app = await openTestApp()
    admin = await app.as('system-admin')
    officer = await app.as('duty-officer')
    ;[own, other] = await Promise.all([makeCertificates(), makeCertificates()])
  })
  afterAll(async () => {
    await app.close()
    for (const close of closers.reverse()) await close()
  })

  /** A device of each kind with its front, and the address by which it is asked. */
  async function devices(): Promise<[CameraSourceKind, string, TlsFront][]> {
    const [camera, web, whep] = [
      await FakeCamera.open({ onPlay: playKeyFrames, login: { ...login, scheme: 'basic' } }),
      await openPictureServer({ login }),
      createServer((socket) => socket.on('error', () => undefined).once('data', () => socket.end('HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n'))),
    ]
    await once(whep.listen(0, '127.0.0.1'), 'listening')
    const onvif = await FakeOnvif.open({ login, rtspPort: camera.port })
    closers.push(...[camera, web, onvif].map((one) => () => one.close()), async () => whep.close())
    const kinds: [CameraSourceKind, number, string, string][] = [
      ['rtsp', camera.port, 'rtsps', 'live'],
      ['onvif', Number(new URL(onvif.address).port), 'https', 'onvif/device_service'],
      ['still', web.port, 'https', 'x.jpg'],
      ['hls', web.port, 'https', 'x.m3u8'],
      ['flv', web.port, 'wss', 'x.flv'],
      ['whep', (whep.address() as AddressInfo).port, 'https', 'whep'],
    ]
    return Promise.all(
      kinds.map(async ([kind, port, scheme, path]) => {
        const opened = await front(port)
        return [kind, `${scheme}://127.0.0.1:${opened.port}/${path}`, opened] as [CameraSourceKind, string, TlsFront]
      }),
    )
  }

  test('of every kind: refused, trusted, exchanged, trusted anew, taken back – and what is refused hears nothing, above all no password', async () => {
    for (const [kind, address, tls] of await devices()) {
      const { id } = await add(kind, address)
      const refused = await diagnose(id)
      expect([kind, refused.fault?.code, certificateHop(refused)]).toEqual([kind, 'certificate', 'failed'])
      const [host, subject] = ['127.0.0.1', 'test authority']
      expect(refused.fault?.params).toMatchObject({ reason: 'self-signed', host, port: tls.port, subject, issuer: subject })
      expect(presentedIn(refused.fault!)?.fingerprint).toBe(fingerprintOf(own.authority))
      expect(presentedIn(refused.fault!)!.validUntil).toBeGreaterThan(Date.now())
      expect([kind, tls.heard()]).toEqual([kind, ''])

      await trust(id, refused)
      expect([kind, certificateHop(await diagnose(id))]).toEqual([kind, 'passed'])
      expect([kind, tls.heard() === '']).toEqual([kind, false])
      const of = { device: id, addresses: [address] }
      const [listed] = await admin.rpc.cameraCertificates.list.query(of)
      expect(listed).toMatchObject({ host, port: tls.port, fingerprint: fingerprintOf(own.authority), subject, trustedByName: admin.login })

      // Whoever was connected goes on; the next connection meets another certificate.
      tls.show(other.authority)
      const watch = ['rtsp', 'onvif'].includes(kind) ? await app.cameras.watch(id, 'main') : await app.cameras.watchPulled(id, 'main')
      watch.stream.restart()
      watch.release()
      await expect.poll(async () => (await diagnose(id)).fault?.code).toBe('certificate-changed')
      const changed = await diagnose(id)
      expect([kind, certificateHop(changed), tls.heard()]).toEqual([kind, 'failed', ''])
      expect(changed.fault?.params).toMatchObject({ trusted: fingerprintOf(own.authority), fingerprint: fingerprintOf(other.authority) })

      await trust(id, changed)
      expect([kind, certificateHop(await diagnose(id))]).toEqual([kind, 'passed'])
      const anew = await admin.rpc.cameraCertificates.list.query(of)
      expect(anew.map(({ fingerprint }) => fingerprint)).toEqual([fingerprintOf(other.authority)])
      tls.show(other.authority)
      await admin.rpc.cameraCertificates.takeBack.mutate({ id: anew[0]!.id })
      await expect.poll(async () => (await diagnose(id)).fault?.code).toBe('certificate')
      expect(await admin.rpc.cameraCertificates.list.query(of)).toEqual([])
      const acts = await app.journal.timeline({ dataset: 'cameraCertificates', row: anew[0]!.id }, { by: 'known' })
      expect(acts.map(({ action }) => action)).toEqual(['cameras.trustCertificate', 'cameras.untrustCertificate'])
      await admin.rpc.cameras.remove.mutate({ id })
    }
  }, 120_000)

  test('a platform: refused by name, trusted at the form, and its directory comes', async () => {
    const wvp = await FakeWvp.open({ login, rtspAddress: 'rtsp://127.0.0.1:1/x' })
    closers.push(() => wvp.close())
    const tls = await front(Number(new URL(wvp.address).port))
    const address = `https://127.0.0.1:${tls.port}`
    const { id } = await admin.rpc.cameraControl.savePlatform.mutate({ id: null, name: '平台', address, login })
    const refusal = await admin.rpc.cameraControl.platformDevices.query({ id }).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ data: { code: 'CAMERA_REFUSED', params: { fault: 'certificate', of: 'platform' } } })
    expect(tls.heard()).toBe('')
    const seen = await admin.rpc.cameraCertificates.look.mutate({ address })
    expect(seen?.code).toBe('certificate')
    await admin.rpc.cameraCertificates.trust.mutate({ device: id, certificate: presentedIn(seen!)! })
    expect(await admin.rpc.cameraCertificates.look.mutate({ address })).toBeNull()
    expect((await admin.rpc.cameraControl.platformDevices.query({ id })).length).toBe(1)
    // The channel's form shows it too.
    const addresses = [`gb28181:${id}/a/b`]
    expect(await admin.rpc.cameraCertificates.list.query({ device: null, addresses: [address] })).toHaveLength(1)
    expect(await admin.rpc.cameraCertificates.list.query({ device: null, addresses })).toHaveLength(1)
    expect(await admin.rpc.cameraCertificates.list.query({ device: null, addresses: ['https://127.0.0.2/'] })).toEqual([])
    tls.show(other.authority)
    await expect(admin.rpc.cameraControl.platformDevices.query({ id })).rejects.toMatchObject({ data: { params: { fault: 'certificate-changed' } } })
    expect(tls.heard()).toBe('')
  })

  test('a redirect to another port is checked on its own, and a token stays with its own host', async () => {
    const heard: string[] = []
    const target = createServer((socket) => socket.on('error', () => undefined).on('data', (bytes) => heard.push(bytes.toString('latin1'))))
    await once(target.listen(0, '127.0.0.1'), 'listening')
    const second = await front((target.address() as AddressInfo).port)
    const first = createServer((socket) =>
      socket
        .on('error', () => undefined)
        .once('data', () => {
          socket.end(`HTTP/1.1 307 Go\r\nLocation: https://127.0.0.1:${second.port}/elsewhere\r\nContent-Length: 0\r\n\r\n`)
        }),
    )
    await once(first.listen(0, '127.0.0.1'), 'listening')
    closers.push(
      async () => first.close(),
      async () => target.close(),
    )
    const tls = await front((first.address() as AddressInfo).port)
    const address = `https://127.0.0.1:${tls.port}/whep`
    const token = { username: '', password: 'Geheim-token' }
    const { id } = await admin.rpc.cameras.save.mutate({ ...plainCamera, name: 'whep', sourceKind: 'whep', address, login: token })
    await trust(id, await diagnose(id))
    const redirected = await diagnose(id)
    expect(redirected.fault).toMatchObject({ code: 'certificate', params: { port: second.port } })
    expect(second.heard()).toBe('')
    expect(tls.heard()).toContain('Geheim-token')
    await trust(id, redirected)
    await expect.poll(() => heard.join('')).toContain('POST /elsewhere')
    expect(heard.join('')).not.toContain('Geheim-token')
    // Both were met on the way to this camera.
    expect(await admin.rpc.cameraCertificates.list.query({ device: id, addresses: [] })).toHaveLength(2)
    await admin.rpc.cameras.remove.mutate({ id })
  })

  test('one that has run out is named for that, and is trusted as any other', async () => {
    const web = await openPictureServer({ login })
    closers.push(() => web.close())
    const tls = await front(web.port)
    tls.show(own.expired)
    const { id } = await add('still', `https://127.0.0.1:${tls.port}/x.jpg`)
    const refused = await diagnose(id)
    expect(refused.fault).toMatchObject({ code: 'certificate', params: { reason: 'expired', subject: 'camera', issuer: 'test authority' } })
    await trust(id, refused)
    expect(certificateHop(await diagnose(id))).toBe('passed')
    await admin.rpc.cameras.remove.mutate({ id })
  })

  test.skipIf(!hasWorker)(`the picture comes and goes by itself${hasWorker ? '' : ` (skipped: ${workerMissing})`}`, async () => {
    const camera = await FakeCamera.open({ onPlay: playKeyFrames })
    closers.push(() => camera.close())
    const tls = await front(camera.port)
    const { id } = await add('rtsp', `rtsps://127.0.0.1:${tls.port}/live`)
    const watch = await app.cameras.watch(id, 'main')
    const fault = () => watch.stream.status.fault
    await expect.poll(() => fault()?.code, { timeout: 10_000 }).toBe('certificate')
    await admin.rpc.cameraCertificates.trust.mutate({ device: id, certificate: presentedIn(fault()!)! })
    await expect.poll(() => watch.stream.status.state, { timeout: 10_000 }).toBe('live')
    const [given] = await admin.rpc.cameraCertificates.list.query({ device: id, addresses: [] })
    await admin.rpc.cameraCertificates.takeBack.mutate({ id: given!.id })
    await expect.poll(() => fault()?.code, { timeout: 10_000 }).toBe('certificate')
    watch.release()
    await admin.rpc.cameras.remove.mutate({ id })
  })

  test('only who manages cameras may trust, look and take back', async () => {
    const certificate = PresentedCertificate.parse({
      ...{ host: 'cam', port: 443, fingerprint: fingerprintOf(own.good), subject: '', issuer: '', validFrom: 0, validUntil: 1 },
    })
    const refused = { data: { code: 'FORBIDDEN' } }
    await expect(officer.rpc.cameraCertificates.trust.mutate({ device: null, certificate })).rejects.toMatchObject(refused)
    await expect(officer.rpc.cameraCertificates.look.mutate({ address: 'https://127.0.0.1:1' })).rejects.toMatchObject(refused)
    await expect(officer.rpc.cameraCertificates.list.query({ device: null, addresses: [] })).rejects.toMatchObject(refused)
    const id = crypto.randomUUID()
    await expect(officer.rpc.cameraCertificates.takeBack.mutate({ id })).rejects.toMatchObject(refused)
    await expect(admin.rpc.cameraCertificates.takeBack.mutate({ id })).rejects.toMatchObject({ data: { code: 'NOT_FOUND' } })
    expect(await app.store.all("SELECT 1 FROM cameraCertificates WHERE host = 'cam'")).toEqual([])
  })
})
