// A login is given to the host it was entered for, and to no other, whoever changes the address and wherever it is asked from.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CameraSourceKind } from '../../contract/index.ts'
import { openPictureServer } from '../../media/testing/picture-server.ts'
import { FakeOnvif } from '../../protocols/onvif/fake.ts'
import { originOf } from '../../protocols/origin.ts'
import { FakeCamera } from '../../protocols/rtsp/fake.ts'
import { FakeWvp } from '../../protocols/wvp/fake.ts'
import { readMigrations } from '../../store/migrate.ts'
import { SqliteStore } from '../../store/store.ts'
import { openTestApp, type Seat, type TestApp } from '../../testing/app.ts'
import { plainCamera } from './testing/plain-camera.ts'

const login = { username: 'admin', password: 'Geheim-4711-密' }
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

/** As another console's act arrives: the row alone. */
function change(dataset: 'cameras' | 'cameraPlatforms', row: string, set: object): Promise<unknown> {
  return app.journal.write({ actor: 'station', action: 'cameras.edit', subject: { dataset, row }, rows: [{ dataset, row, set: { ...set } }] })
}

const faultOf = async (id: string, quality: 'main' | 'sub' = 'main') => (await officer.rpc.cameras.diagnose.mutate({ id, quality })).fault

test('a camera whose address was changed elsewhere: the new host hears nothing, the form asks again, retyped it is given', async () => {
  const [old, thief] = [
    await FakeCamera.open({ login: { ...login, scheme: 'basic' } }),
    await FakeCamera.open({ login: { ...login, scheme: 'basic' } }),
  ]
  closers.push(
    () => old.close(),
    () => thief.close(),
  )
  const camera = {
    ...plainCamera,
    name: '西门',
    sourceKind: 'rtsp' as const,
    address: old.address,
    transport: 'tcp' as const,
    subAddress: `${old.address}/sub`,
  }
  const { id } = await admin.rpc.cameras.save.mutate({ ...camera, login })
  await change('cameras', id, { address: thief.address })
  expect(await faultOf(id)).toEqual({ code: 'password-elsewhere', params: { host: `127.0.0.1:${thief.port}` } })
  expect(thief.requests).toEqual([])
  expect(await admin.rpc.cameras.get.query({ id })).toMatchObject({ hasLogin: false, isLoginElsewhere: true, username: 'admin' })
  // The sub-stream is still at the host that the login is for.
  expect((await faultOf(id, 'sub'))?.code).not.toBe('password-elsewhere')
  await expect.poll(() => old.requests.some(({ authorization }) => authorization !== null)).toBe(true)
  // Saved here without a password it stays with its own host, too.
  await admin.rpc.cameras.save.mutate({ ...camera, id, address: thief.address })
  expect((await faultOf(id))?.code).toBe('password-elsewhere')
  expect(thief.requests).toEqual([])
  await admin.rpc.cameras.save.mutate({ ...camera, id, address: thief.address, login })
  expect(await admin.rpc.cameras.get.query({ id })).toMatchObject({ hasLogin: true, isLoginElsewhere: false })
  expect((await faultOf(id))?.code).not.toBe('password-elsewhere')
  await expect.poll(() => thief.requests.some(({ authorization }) => authorization !== null)).toBe(true)
  await admin.rpc.cameras.remove.mutate({ id })
})

test('the same of every kind that is asked with a login, of turning, and of a platform', async () => {
  const [web, thief] = [await openPictureServer({ login }), await openPictureServer({ login })]
  const [onvif, wvp, otherWvp] = [
    await FakeOnvif.open({ login, rtspPort: 1 }),
    await FakeWvp.open({ login, rtspAddress: 'rtsp://127.0.0.1:1/x' }),
    await FakeWvp.open({ login, rtspAddress: 'rtsp://127.0.0.1:1/x' }),
  ]
  closers.push(...[web, thief, onvif, wvp, otherWvp].map((one) => () => one.close()))
  const at = (port: number) => `http://127.0.0.1:${port}/x`
  for (const sourceKind of ['flv', 'hls', 'mjpeg', 'still', 'whep'] satisfies CameraSourceKind[]) {
    const { id } = await admin.rpc.cameras.save.mutate({ ...plainCamera, name: sourceKind, sourceKind, address: at(web.port), login })
    await change('cameras', id, { address: at(thief.port) })
    expect([sourceKind, (await faultOf(id))?.code]).toEqual([sourceKind, 'password-elsewhere'])
  }
  expect(thief.asked).toEqual([])
  const turned = { ...plainCamera, name: '球机', hasPtz: true, sourceKind: 'onvif' as const, address: onvif.address, login }
  const { id } = await admin.rpc.cameras.save.mutate(turned)
  await officer.rpc.cameraControl.presets.query({ id })
  await change('cameras', id, { address: at(thief.port) })
  await expect(officer.rpc.cameraControl.presets.query({ id })).rejects.toMatchObject({ data: { params: { fault: 'password-elsewhere' } } })
  expect(thief.asked).toEqual([])

  const { id: platform } = await admin.rpc.cameraControl.savePlatform.mutate({ id: null, name: '平台', address: wvp.address, login })
  expect((await admin.rpc.cameraControl.platformDevices.query({ id: platform })).length).toBe(1)
  await change('cameraPlatforms', platform, { address: otherWvp.address })
  await expect(admin.rpc.cameraControl.platformDevices.query({ id: platform })).rejects.toMatchObject({
    data: { params: { fault: 'password-elsewhere' } },
  })
  expect(otherWvp.asked).toEqual([])
  expect(await admin.rpc.cameraControl.platforms.query()).toMatchObject([{ hasLogin: false, isLoginElsewhere: true, username: 'admin' }])
  await admin.rpc.cameraControl.savePlatform.mutate({ id: platform, name: '平台', address: otherWvp.address, login })
  expect((await admin.rpc.cameraControl.platformDevices.query({ id: platform })).length).toBe(1)
})

test('a key that devices push under is never offered to anybody, whatever the row becomes', async () => {
  const thief = await FakeCamera.open({ login: { username: '', password: 'x', scheme: 'basic' } })
  closers.push(() => thief.close())
  const { id } = await admin.rpc.cameras.save.mutate({ ...plainCamera, name: '无人机', sourceKind: 'rtmp', address: 'push:' })
  await app.cameras.service.setPushKey(id, { key: 'geheim', actor: 'station' })
  await change('cameras', id, { sourceKind: 'rtsp', address: thief.address })
  expect((await faultOf(id))?.code).toBe('password-elsewhere')
  expect(thief.requests).toEqual([])
})

test('the origin: case and usual port make no other host, anything else does; what leads to no host has none', () => {
  expect(originOf('RTSP://Cam.Example/live')).toBe(originOf('rtsp://cam.example:554/other?x=1#main'))
  expect(originOf('https://cam.example')).toBe(originOf('https://CAM.example:443/'))
  for (const other of ['rtsps://cam/x', 'rtsp://cam:555/x', 'rtsp://cam.evil/x', 'http://cam/x', 'rtsp://cam@evil/x'])
    expect([other, originOf(other)]).not.toEqual([other, originOf('rtsp://cam/x')])
  for (const none of ['film:a.mp4', 'push:', 'capture:x/y', 'gb28181:a/b/c', '', 'rtsp://']) expect([none, originOf(none)]).toEqual([none, null])
})

test('what was kept before this release is bound to the address of that moment', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'wanglou-binding-'))
  const all = await readMigrations(new URL('../../store/migrations/', import.meta.url))
  const before = await SqliteStore.open({ directory, migrations: all.filter(({ name }) => name < '0171') })
  await before.write(async (tx) => {
    await tx.run("INSERT INTO cameras (id, address, subAddress) VALUES ('a', 'rtsp://cam/1', 'rtsp://cam/2'), ('b', 'push:', NULL)")
    await tx.run("INSERT INTO cameraPlatforms (id, address) VALUES ('p', 'http://wvp:18080')")
    await tx.run("INSERT INTO secret_cameras (camera, sealed) VALUES ('a', '1'), ('b', '2'), ('p', '3'), ('source', '4')")
  })
  await before.close()
  const after = await SqliteStore.open({ directory, migrations: all })
  expect(await after.all('SELECT camera, sealed, addresses FROM secret_cameras ORDER BY camera')).toEqual([
    { camera: 'a', sealed: '1', addresses: '["rtsp://cam/1","rtsp://cam/2"]' },
    { camera: 'b', sealed: '2', addresses: '["push:",null]' },
    { camera: 'p', sealed: '3', addresses: '["http://wvp:18080"]' },
    { camera: 'source', sealed: '4', addresses: null },
  ])
  await after.close()
  await rm(directory, { recursive: true, force: true, maxRetries: 5 })
})
