// No password, token or key of any kind of camera reaches a page, the log, a file, or the command line and environment of a child.
import { createHash } from 'node:crypto'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CameraSave, CameraSourceKind } from '../../contract/index.ts'
import { MachineConfig } from '../../kernel/config.ts'
import { openPictureServer } from '../../media/testing/picture-server.ts'
import { FakeOnvif } from '../../protocols/onvif/fake.ts'
import { FakeCamera } from '../../protocols/rtsp/fake.ts'
import { FakeWvp } from '../../protocols/wvp/fake.ts'
import { openTestApp, type Seat, type TestApp } from '../../testing/app.ts'
import { childrenOfOurs, filesOf } from '../../testing/traces.ts'
import { plainCamera } from './testing/plain-camera.ts'

const logged: string[] = []
const told: string[] = []
const closers: (() => Promise<unknown>)[] = []
let app: TestApp
let admin: Seat
let officer: Seat

beforeAll(async () => {
  const config = MachineConfig.parse({ media: { push: { ip: '127.0.0.1', port: 0 } } })
  app = await openTestApp({ config, log: pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) }) })
  admin = await app.as('system-admin')
  officer = await app.as('duty-officer')
})
afterAll(async () => {
  await app.close()
  for (const close of closers.reverse()) await close()
})

/** What a page is given, refusals too, is kept. */
async function said<Answer>(work: Promise<Answer>): Promise<Answer | null> {
  const answer = await work.then(
    (value) => ({ value, text: JSON.stringify(value) ?? '' }),
    (error: Error) => ({ value: null, text: JSON.stringify(error) + error.message }),
  )
  told.push(answer.text)
  return answer.value
}

async function get(path: string): Promise<number> {
  const answer = await fetch(`${app.door.origin}${path}`, { headers: { Authorization: `Bearer ${officer.token}` } })
  told.push(await answer.text())
  return answer.status
}

async function add(sourceKind: CameraSourceKind, address: string, login: CameraSave['login']): Promise<string> {
  const input = { ...plainCamera, name: sourceKind, hasPtz: true, sourceKind, address, transport: 'tcp' as const }
  return (await admin.rpc.cameras.save.mutate({ ...input, login })).id
}

test('ONVIF, platform, HTTP Digest and Basic, WHEP token, push key', async () => {
  const passwords = new Map(['onvif', 'wvp', 'mjpeg', 'flv', 'hls', 'whep'].map((kind) => [kind, `Geheim-${kind}-4711-密`]))
  const login = (kind: string) => ({ username: kind === 'whep' ? '' : 'admin', password: passwords.get(kind)! })
  const rtsp = await FakeCamera.open()
  const onvif = await FakeOnvif.open({ login: login('onvif'), rtspPort: rtsp.port })
  const wvp = await FakeWvp.open({ login: login('wvp'), rtspAddress: rtsp.address, channelCount: 2 })
  const web = await openPictureServer({ login: login('mjpeg') })
  closers.push(
    () => rtsp.close(),
    () => onvif.close(),
    () => wvp.close(),
    () => web.close(),
  )
  const platform = await admin.rpc.cameraControl.savePlatform.mutate({ id: null, name: '视频平台', address: wvp.address, login: login('wvp') })
  const [channel] = await admin.rpc.cameraControl.platformChannels.query({ id: platform.id, device: '34020000001110000001' })
  const http = `http://127.0.0.1:${web.port}`
  const ids = [
    await add('onvif', onvif.address, login('onvif')),
    await add('gb28181', `gb28181:${platform.id}/34020000001110000001/${channel!.id}`, null),
    await add('mjpeg', `${http}/none`, login('mjpeg')),
    await add('flv', `${http}/x.flv`, login('flv')),
    // As it is pasted from a vendor's manual.
    await add('hls', `http://admin:${encodeURIComponent(passwords.get('hls')!)}@127.0.0.1:${web.port}/x.m3u8`, undefined),
    await add('whep', `${http}/whep`, login('whep')),
    await add('rtmp', 'push:', null),
  ]
  const { key } = await admin.rpc.cameras.renewPushKey.mutate({ id: ids.at(-1)! })
  for (const seat of [officer, admin]) {
    await said(seat.rpc.cameras.list.query({ query: '' }))
    await said(seat.rpc.cameras.states.query({ streams: ids.map((id) => ({ id, quality: 'main' as const })) }))
    await said(seat.rpc.cameraControl.platforms.query())
    await Promise.all(ids.slice(2).map((id) => said(seat.rpc.cameras.diagnose.mutate({ id }))))
    for (const id of ids) await said(seat.rpc.cameras.get.query({ id }))
    await said(seat.rpc.cameraControl.presets.query({ id: ids[0]! }))
    await said(seat.rpc.cameraControl.turn.mutate({ id: ids[0]!, move: 'left', speed: 1 }))
    await said(seat.rpc.cameraControl.halt.mutate({ id: ids[0]! }))
  }
  expect(onvif.acts).toContain('Stop')
  // A platform that is signed in at again, refuses, and repeats an address with a login in it.
  wvp.expireTokens()
  wvp.refuseWith = { code: 500, msg: `rtsp://admin:${passwords.get('wvp')}@10.0.0.9/x` }
  await said(admin.rpc.cameraControl.platformDevices.query({ id: platform.id }))
  await said(officer.rpc.cameras.diagnose.mutate({ id: ids[1]! }))
  expect(told.join('')).toContain('10.0.0.9')
  wvp.refuseWith = null
  const paths = ['live.flv', 'index.m3u8', 'picture', 'whep']
  const statuses = await Promise.all(ids.flatMap((id) => paths.map((path) => get(`/camera-media/${id}/main/${path}x`))))
  expect(new Set(statuses)).toEqual(new Set([404]))
  const auditor = await app.as('audit-admin')
  expect(await said(auditor.rpc.audit.page.query({ from: null, to: null, actor: null, action: null, before: null, limit: 100 }))).not.toBeNull()

  const secrets = [...passwords.values(), key]
  const forms = secrets.flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
  forms.push(...[...passwords].map(([kind, password]) => Buffer.from(`${kind === 'whep' ? '' : 'admin'}:${password}`).toString('base64')))
  // What a platform is signed in with is as good as the password (WVP-GB28181-pro takes the MD5 of it).
  forms.push(...secrets.map((secret) => createHash('md5').update(secret, 'utf8').digest('hex')))
  const files = await filesOf(app.directory)
  const own = await childrenOfOurs()
  expect(logged.length).toBeGreaterThan(0)
  for (const form of forms) {
    expect(told.join('\n').includes(form), `page: ${form}`).toBe(false)
    expect(logged.join('').includes(form), `log: ${form}`).toBe(false)
    for (const bytes of [...files, ...own]) expect(bytes.includes(form), `file or child: ${form}`).toBe(false)
  }
})

test('nobody, a stale token, a role that may not, a guessed camera: no picture of any kind, no key, no turning', async () => {
  const kinds: [CameraSourceKind, string, string][] = [
    ['flv', 'http://127.0.0.1:1/x.flv', 'live.flv'],
    ['hls', 'http://127.0.0.1:1/x.m3u8', 'index.m3u8'],
    ['mjpeg', 'http://127.0.0.1:1/video', 'picture'],
    ['film', 'film:x.mp4', 'film'],
    ['rtmp', 'push:', 'live.flv'],
  ]
  const stranger = await app.stranger()
  const security = await app.as('security-admin')
  const ask = async (path: string, token: string) =>
    (await fetch(`${app.door.origin}${path}`, { method: 'HEAD', headers: { Authorization: `Bearer ${token}` } })).status
  for (const [kind, address, end] of kinds) {
    const id = await add(kind, address, null)
    const path = `/camera-media/${id}/main/${end}`
    const guessed = `/camera-media/${crypto.randomUUID()}/main/${end}`
    const tokens = [stranger.token, 'x'.repeat(43), security.token]
    expect([kind, ...(await Promise.all(tokens.map((token) => ask(path, token))))]).toEqual([kind, 401, 401, 403])
    expect([kind, await ask(guessed, officer.token)]).toEqual([kind, 404])
    for (const seat of [stranger, security, officer]) await expect(seat.rpc.cameras.renewPushKey.mutate({ id })).rejects.toThrow()
    for (const seat of [stranger, security]) {
      await expect(seat.rpc.cameras.diagnose.mutate({ id })).rejects.toThrow()
      await expect(seat.rpc.cameraControl.turn.mutate({ id, move: 'left', speed: 1 })).rejects.toThrow()
    }
  }
})
