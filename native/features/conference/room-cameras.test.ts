// A camera with a place in a room: brought through the door, taken by pages, removed by the chair; and one of a county in the city's room.
import { afterEach, describe, expect, test } from 'vitest'
import type { CameraSave, RoomView } from '../../contract/index.ts'
import { newId } from '../../kernel/ids.ts'
import { playKeyFrames } from '../../media/testing/rtsp-film.ts'
import { hasWorker, testSfu, until, workerMissing } from '../../media/testing/worker.ts'
import { FakeCamera, fakeDescription } from '../../protocols/rtsp/fake.ts'
import { openTestApp, type Seat } from '../../testing/app.ts'
import { intake } from '../incidents/testing.ts'
import type { CameraSeat } from './room-cameras.ts'
import { Neighbourhood, TestPage } from './testing.ts'
import { plainCamera } from '../cameras/testing/plain-camera.ts'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const refused = (code: string) => expect.objectContaining({ data: expect.objectContaining({ code }) as unknown })

async function camera(admin: Seat, more: Pick<CameraSave, 'name' | 'sourceKind' | 'address'> & Partial<CameraSave>): Promise<string> {
  const input = { ...plainCamera, owner: '样例区应急管理局', transport: 'tcp' as const, ...more }
  return (await admin.rpc.cameras.save.mutate(input)).id
}

describe.skipIf(!hasWorker)(`in a room${hasWorker ? '' : `: skipped, ${workerMissing}`}`, () => {
  test('brought, watched, silent and back, spotlit, removed, brought again, gone with the last person; all of it in the incident’s journal', async () => {
    const app = await openTestApp()
    closers.push(() => app.close())
    let fake = await FakeCamera.open({ onPlay: playKeyFrames })
    closers.push(() => fake.close())
    const [admin, officer] = [await app.as('system-admin'), await app.as('duty-officer')]
    const seen = await camera(admin, { name: '厂区东门', sourceKind: 'rtsp', address: fake.address })
    const other = await camera(admin, { name: '高处', sourceKind: 'still', address: 'http://127.0.0.1:1/a.jpg' })
    const incident = intake()
    await officer.rpc.incidents.report.mutate(incident)
    const id = newId()
    await officer.rpc.conference.open.mutate({ id, incident: incident.id, title: '会商（样例）' })
    const bring = (one: string) => officer.rpc.conference.bringCamera.mutate({ conference: id, camera: one })
    await expect(bring(seen)).rejects.toEqual(refused('ROOM_EMPTY'))

    const abort = new AbortController()
    const who = {
      id: newId(),
      account: officer.account,
      session: officer.session.id,
      name: '值班',
      unitName: '',
      unit: null,
      level: '',
      trunk: null,
      camera: null,
    }
    const place = { conference: id, participant: who.id }
    let view: RoomView | null = null
    const reading = (async () => {
      for await (const event of app.conference.rooms.open(id, '会商（样例）').attend(who, abort.signal)) if (event.kind === 'room') view = event.room
    })()
    await until(() => expect(view?.participants).toHaveLength(1))
    await officer.rpc.conference.chair.mutate({ ...place, act: { kind: 'lock', isLocked: true } })
    await expect(bring(other)).rejects.toEqual(refused('CAMERA_NOT_FOR_ROOMS'))
    await expect(bring(newId())).rejects.toEqual(refused('NOT_FOUND'))
    await expect((await app.as('command-member')).rpc.conference.bringCamera.mutate({ conference: id, camera: seen })).rejects.toEqual(
      refused('FORBIDDEN'),
    )
    await bring(seen)
    await expect(bring(seen)).rejects.toEqual(refused('DUPLICATE'))
    const member = () => view?.participants.find((one) => one.camera === seen)
    await until(() =>
      expect(member()).toMatchObject({ name: '厂区东门', unitName: '样例区应急管理局', streams: [{ isPaused: false, source: 'camera' }] }),
    )
    expect(JSON.stringify(view)).not.toContain(officer.account)

    const { rtpCapabilities } = app.conference.rooms.mustHold(id).media(who.id, who.session).router
    await officer.rpc.conference.connect.mutate({ ...place, direction: 'receive' })
    const stream = member()?.streams[0]?.id ?? ''
    const { kind } = await officer.rpc.conference.consume.mutate({ ...place, stream, rtpCapabilities: { ...rtpCapabilities } })
    expect(kind).toBe('video')

    const { port } = fake
    await fake.close()
    await until(() => expect(member()?.streams[0]?.isPaused).toBe(true))
    fake = await FakeCamera.open({ onPlay: playKeyFrames }, port)
    await until(() => expect(member()?.streams[0]?.isPaused).toBe(false))

    const its = () => member()?.id ?? ''
    const act = (kind: 'spotlight' | 'remove' | 'hand-over' | 'mute') =>
      officer.rpc.conference.chair.mutate({ ...place, act: { kind, participant: its() } })
    await act('spotlight')
    await until(() => expect(view?.spotlight).toBe(its()))
    await act('mute')
    await until(() => expect(member()?.isSilenced).toBe(true))
    await expect(act('hand-over')).rejects.toEqual(refused('STATE_NOT_ALLOWED'))
    await act('remove')
    await until(() => expect(member()).toBeUndefined())
    await bring(seen)
    await until(() => expect(member()?.isSilenced).toBe(true))
    await officer.rpc.conference.withdrawCamera.mutate({ conference: id, participant: its() })
    await expect(officer.rpc.conference.withdrawCamera.mutate(place)).rejects.toEqual(refused('NOT_FOUND'))
    await bring(seen)

    await officer.rpc.conference.leave.mutate(place)
    await reading
    await until(() => expect(app.conference.rooms.has(id)).toBe(false))
    await until(async () => {
      const { attendance } = await officer.rpc.conference.get.query({ id })
      const stays = attendance.filter((one) => one.camera === seen)
      expect(stays.map(({ name, account, leftHow }) => [name, account, leftHow])).toEqual([
        ['厂区东门', '', 'removed'],
        ['厂区东门', '', 'left'],
        ['厂区东门', '', 'left'],
      ])
    })
    const acts = (await app.journal.timeline({ dataset: 'incidents', row: incident.id }, { by: 'known' })).map(({ action }) => action)
    expect(acts.filter((action) => /amera/.test(action))).toEqual(
      Array.from({ length: 3 }, () => ['conference.bringCamera', 'conference.cameraLeft']).flat(),
    )
  })

  test('one whose main stream pages cannot play sits with its sub-stream, also when that is known already', async () => {
    const app = await openTestApp()
    closers.push(() => app.close())
    const [main, sub] = [
      await FakeCamera.open({ description: fakeDescription.replace('H264', 'H265') }),
      await FakeCamera.open({ onPlay: playKeyFrames }),
    ]
    for (const fake of [main, sub]) closers.push(() => fake.close())
    const admin = await app.as('system-admin')
    const id = await camera(admin, { name: '高点', sourceKind: 'rtsp', address: main.address, subAddress: sub.address })
    for (const turn of ['first', 'again']) {
      const seat = await app.cameras.seat(id)
      await until(() => expect([turn, seat.supply.isLive()]).toEqual([turn, true]))
      expect(seat.supply.source()).not.toBeNull()
      seat.supply.release()
    }
  })

  test('a county brings one of its own into the city’s room: it crosses once when somebody looks, and the city’s chair removes it', async () => {
    const near = new Neighbourhood()
    closers.push(() => near.close())
    const sfu = testSfu({ workerCount: 1 })
    await sfu.start()
    closers.push(() => sfu.stop())
    const router = await sfu.router()
    const transport = await sfu.plainTransport(router)
    const codecs = [
      { mimeType: 'video/H264', payloadType: 96, clockRate: 90_000, parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f' } },
    ]
    const producer = await transport.produce({ kind: 'video', rtpParameters: { codecs, encodings: [{ ssrc: 5_001 }] } })
    const opus = { mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 }
    const sound = await transport.produce({ kind: 'audio', rtpParameters: { codecs: [opus], encodings: [{ ssrc: 5_002 }] } })
    let held = 0
    const seat = async (): Promise<CameraSeat> => {
      held += 1
      let isHeld = true
      const release = () => void (isHeld && ((isHeld = false), (held -= 1)))
      const supply = {
        source: () => ({ router, producerId: producer.id }),
        sound: () => ({ router, producerId: sound.id }),
        isLive: () => true,
        onChange: () => () => undefined,
        release,
      }
      return { name: '县城高点', unitName: '样例县', supply }
    }
    const { city, county, conference } = await near.openCalled(seat)
    const over = { conference, camera: newId(), account: 'account-county' }
    await expect(county.conferences.cameras.bring(over, { isRelayed: false })).rejects.toMatchObject({ code: 'ROOM_EMPTY' })
    const chair = new TestPage(city, '市值班', conference)
    chair.come()
    closers.push(() => chair.go())
    await until(() => expect(chair.view?.participants).toHaveLength(1))
    await county.conferences.cameras.bring(over, { isRelayed: false })
    const member = () => chair.view?.participants.find(({ camera: one }) => one === over.camera)
    const streams = [
      { id: producer.id, isPaused: false },
      { source: 'microphone', isPaused: false },
    ]
    await until(() => expect(member()).toMatchObject({ name: '县城高点', streams }))
    const room = city.conferences.rooms.mustHold(conference)
    expect([room.present, room.crossing]).toEqual([1, { sent: 0, received: 0 }])
    await chair.call('connect', { direction: 'receive' })
    await chair.takes(producer.id)
    await until(() => expect(room.crossing).toEqual({ sent: 0, received: 1 }))
    // The city's chair has the county's camera silenced where it stands, and heard again.
    const silence = async (kind: 'mute' | 'unmute') => {
      await chair.call('chair', { act: { kind, participant: member()?.id ?? '' } })
      await until(() => expect(member()?.streams[1]?.isPaused).toBe(kind === 'mute'))
    }
    await silence('mute')
    // Its line is cut and comes back: another branch of its sound, as silent as the former.
    const former = member()?.streams[1]?.id
    county.conferences.hosts.lineTo(city.journal.station)?.close()
    // In between it is away, or there with its picture alone.
    await until(() => expect([undefined, former]).not.toContain(member()?.streams[1]?.id))
    expect(member()).toMatchObject({ isSilenced: true, streams: [{ isPaused: false }, { isPaused: true }] })
    await silence('unmute')
    await chair.call('chair', { act: { kind: 'remove', participant: member()?.id ?? '' } })
    await until(() => expect([member(), held, room.crossing.received]).toEqual([undefined, 0, 0]))
    await county.conferences.cameras.bring(over, { isRelayed: false })
    await until(() => expect(member()).toBeDefined())
    await county.conferences.cameras.withdraw({ conference, participant: member()?.id ?? '' }, { isRelayed: false })
    await until(() => expect([member(), held]).toEqual([undefined, 0]))
    expect([...city.errors, ...county.errors]).toEqual([])
  })

  test('a room that ends before the camera is in tells whoever brought it, and holds nothing of it', async () => {
    const near = new Neighbourhood()
    closers.push(() => near.close())
    const [asked, ended] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    let held = 0
    const { city, county, conference } = await near.openCalled(async () => {
      held += 1
      asked.resolve()
      await ended.promise
      const supply = { source: () => null, sound: () => null, isLive: () => false, onChange: () => () => undefined, release: () => void (held -= 1) }
      return { name: '县城高点', unitName: '样例县', supply }
    })
    const chair = new TestPage(city, '市值班', conference)
    chair.come()
    closers.push(() => chair.go())
    await until(() => expect(chair.view?.participants).toHaveLength(1))
    const bringing = county.conferences.cameras.bring({ conference, camera: newId(), account: 'account-county' }, { isRelayed: false })
    const told = expect(bringing).rejects.toMatchObject({ code: 'ROOM_CLOSED' })
    await asked.promise
    await city.conferences.service.close(conference, { account: 'account-officer', name: '李值班' })
    city.conferences.rooms.close(conference)
    ended.resolve()
    await told
    expect(held).toBe(0)
  })
})
