// 对讲 through the door: one at a time, only by the session that began, ended by silence, and every beginning and end in the journal.
import { createHash } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { newId } from '../../kernel/ids.ts'
import { hasWorker, until, workerMissing } from '../../media/testing/worker.ts'
import { FakeCamera } from '../../protocols/rtsp/fake.ts'
import { FakeWvp } from '../../protocols/wvp/fake.ts'
import { openTestApp, type Seat } from '../../testing/app.ts'
import { plainCamera } from './testing/plain-camera.ts'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})
const refused = (code: string, params = {}) =>
  expect.objectContaining({ data: expect.objectContaining({ code, params: expect.objectContaining(params) as unknown }) as unknown })

describe.skipIf(!hasWorker)(`talking${hasWorker ? '' : `: skipped, ${workerMissing}`}`, () => {
  test('one at a time; let go, silent, let go too early, the camera gone: nothing stays open; all of it stands in the journal', async () => {
    const app = await openTestApp()
    closers.push(() => app.close())
    const loud = await FakeCamera.open({ backChannel: { codec: 'PCMU', payloadType: 0 } })
    const mute = await FakeCamera.open()
    for (const fake of [loud, mute]) closers.push(() => fake.close())
    const [admin, officer, leader] = [await app.as('system-admin'), await app.as('duty-officer'), await app.as('shift-leader')]
    const add = async (address: string, sourceKind: 'rtsp' | 'still' = 'rtsp') =>
      (await admin.rpc.cameras.save.mutate({ ...plainCamera, name: address, sourceKind, address, transport: 'tcp' })).id
    const [id, silent, still] = [await add(loud.address), await add(mute.address), await add('http://127.0.0.1:1/a.jpg', 'still')]
    const standing = (seat: Seat, camera = id) => seat.rpc.cameraTalk.standing.query({ id: camera })
    expect(await standing(officer)).toEqual({ canTalk: true, isRelayed: false, talker: null })
    for (const camera of [silent, still]) expect(await standing(officer, camera)).toEqual({ canTalk: false, isRelayed: false, talker: null })
    // What a camera has said is not asked again.
    const before = loud.count('DESCRIBE')
    await standing(leader)
    expect(loud.count('DESCRIBE')).toBe(before)
    await expect(officer.rpc.cameraTalk.begin.mutate({ id: silent, talk: newId() })).rejects.toEqual(
      refused('CAMERA_REFUSED', { fault: 'not-offered' }),
    )
    expect(await standing(officer, silent)).toMatchObject({ talker: null })
    await expect((await app.as('command-member')).rpc.cameraTalk.begin.mutate({ id, talk: newId() })).rejects.toEqual(refused('FORBIDDEN'))

    const talk = newId()
    const { rtpCapabilities } = await officer.rpc.cameraTalk.begin.mutate({ id, talk })
    expect((rtpCapabilities as { codecs: { mimeType: string }[] }).codecs.map(({ mimeType }) => mimeType)).toEqual(['audio/PCMU'])
    const { talker } = await standing(leader)
    expect(talker).not.toBeNull()
    await expect(leader.rpc.cameraTalk.begin.mutate({ id, talk: newId() })).rejects.toEqual(refused('CAMERA_TALK_TAKEN', { name: talker }))
    await expect(leader.rpc.cameraTalk.renew.mutate({ id, talk })).rejects.toEqual(refused('NOT_FOUND'))
    await leader.rpc.cameraTalk.end.mutate({ id, talk })
    expect((await standing(leader)).talker).toBe(talker)
    await officer.rpc.cameraTalk.renew.mutate({ id, talk })
    await officer.rpc.cameraTalk.end.mutate({ id, talk })
    await until(() => expect(loud.sessions).toBe(0))
    expect((await standing(leader)).talker).toBeNull()

    // Nobody says that it goes on.
    await leader.rpc.cameraTalk.begin.mutate({ id, talk: newId() })
    await until(async () => expect((await standing(officer)).talker).toBeNull())
    await until(() => expect(loud.sessions).toBe(0))
    // Let go while the camera was still being asked.
    const early = newId()
    const beginning = officer.rpc.cameraTalk.begin.mutate({ id, talk: early })
    const outcome = beginning.then(
      () => 'begun',
      () => 'refused',
    )
    await officer.rpc.cameraTalk.end.mutate({ id, talk: early })
    await outcome
    await officer.rpc.cameraTalk.end.mutate({ id, talk: early })
    await until(() => expect(loud.sessions).toBe(0))
    // The camera is gone in the middle of it.
    await officer.rpc.cameraTalk.begin.mutate({ id, talk: newId() })
    await loud.close()
    await until(async () => expect((await standing(leader)).talker).toBeNull())

    await app.cameras.talking.close()
    const acts =
      (await app.store.all<{ action: string; actor: string }>(
        "SELECT action, actor FROM journal WHERE action LIKE 'cameras.talk%' ORDER BY arrival",
      )) ?? []
    const begun = acts.filter(({ action }) => action === 'cameras.talk')
    expect(begun.length).toBeGreaterThanOrEqual(3)
    expect(acts).toHaveLength(begun.length * 2)
    expect(acts.slice(0, 4).map(({ action, actor }) => [action, actor])).toEqual([
      ['cameras.talk', officer.account],
      ['cameras.talkEnd', officer.account],
      ['cameras.talk', leader.account],
      ['cameras.talkEnd', leader.account],
    ])
  })
  test('through a GB/T 28181 platform: pushed where it says, signed; let go, it is told; a platform that names no way, and one that is gone, are named', async () => {
    const app = await openTestApp()
    closers.push(() => app.close())
    const media = await FakeCamera.open()
    const login = { username: 'operator', password: 'Geheim-77' }
    const rtspAddress = 'rtsp://127.0.0.1:1/x'
    const broadcastAddress = `rtsp://127.0.0.1:${media.port}/broadcast/device_channel`
    const wvp = await FakeWvp.open({ login, rtspAddress, broadcastAddress, pushKey: '3e80d1762a324d5b' })
    const plain = await FakeWvp.open({ login, rtspAddress })
    for (const fake of [media, wvp, plain]) closers.push(() => fake.close())
    const [admin, officer] = [await app.as('system-admin'), await app.as('duty-officer')]
    const add = async ({ address }: FakeWvp) => {
      const { id: platform } = await admin.rpc.cameraControl.savePlatform.mutate({ id: null, name: address, address, login })
      const how = { sourceKind: 'gb28181' as const, address: `gb28181:${platform}/device/channel`, transport: 'auto' as const }
      return (await admin.rpc.cameras.save.mutate({ ...plainCamera, name: address, ...how })).id
    }
    const [id, other] = [await add(wvp), await add(plain)]
    expect(await officer.rpc.cameraTalk.standing.query({ id })).toEqual({ canTalk: true, isRelayed: true, talker: null })

    const talk = newId()
    const { rtpCapabilities } = await officer.rpc.cameraTalk.begin.mutate({ id, talk })
    expect((rtpCapabilities as { codecs: { mimeType: string }[] }).codecs.map(({ mimeType }) => mimeType)).toEqual(['audio/PCMA'])
    const sign = createHash('md5').update('3e80d1762a324d5b').digest('hex')
    expect(media.requests.map(({ method, uri }) => `${method} ${uri}`)).toContain(`RECORD ${broadcastAddress}?sign=${sign}`)
    await officer.rpc.cameraTalk.end.mutate({ id, talk })
    await until(() => expect(wvp.asked.at(-1)).toBe('/api/play/broadcast/stop/device/channel'))
    await until(() => expect(media.sessions).toBe(0))

    const fault = (code: string, more = {}) => refused('CAMERA_REFUSED', { fault: code, ...more })
    await expect(officer.rpc.cameraTalk.begin.mutate({ id: other, talk: newId() })).rejects.toEqual(fault('not-offered'))
    wvp.refuseWith = { code: 486 }
    await expect(officer.rpc.cameraTalk.begin.mutate({ id, talk: newId() })).rejects.toEqual(fault('camera-silent'))
    wvp.refuseWith = null
    await media.close()
    await expect(officer.rpc.cameraTalk.begin.mutate({ id, talk: newId() })).rejects.toEqual(fault('port-closed', { of: 'relay' }))
    await until(() => expect(wvp.asked.at(-1)).toMatch(/broadcast.stop/))
  })
})
