// ONVIF cameras and a GB/T 28181 platform, spoken by in-process fakes: their pictures, their turning and — above all — their stopping.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CameraSave, type PlaybackAct, playbackSpeeds } from '../../contract/index.ts'
import { playKeyFrames } from '../../media/testing/rtsp-film.ts'
import { hasWorker, workerMissing } from '../../media/testing/worker.ts'
import { discoverOnvif } from '../../protocols/onvif/discovery.ts'
import { FakeOnvif, openFakeDiscovery, probeMatch } from '../../protocols/onvif/fake.ts'
import { FakeCamera } from '../../protocols/rtsp/fake.ts'
import { FakeWvp } from '../../protocols/wvp/fake.ts'
import { openTestApp, type Seat, type TestApp } from '../../testing/app.ts'
import { positionOf } from './playbacks.ts'
import { plainCamera } from './testing/plain-camera.ts'

const login = { username: 'admin', password: 'Geheim-4711-密' }
let app: TestApp
let admin: Seat
let officer: Seat
let rtsp: FakeCamera
let onvif: FakeOnvif
let wvp: FakeWvp
/** What the platform's media server gives. */
let played: FakeCamera
let platform: string

function camera(more: Pick<CameraSave, 'sourceKind' | 'address'> & Partial<CameraSave>): Promise<string> {
  const input = { ...plainCamera, name: '球机', hasPtz: true, transport: 'tcp' as const, ...more }
  return admin.rpc.cameras.save.mutate(input).then(({ id }) => id)
}

beforeAll(async () => {
  app = await openTestApp()
  admin = await app.as('system-admin')
  officer = await app.as('duty-officer')
  rtsp = await FakeCamera.open({ login: { ...login, scheme: 'MD5' } })
  played = await FakeCamera.open({ onPlay: playKeyFrames })
  onvif = await FakeOnvif.open({ login, rtspPort: rtsp.port })
  wvp = await FakeWvp.open({ login, rtspAddress: played.address, channelCount: 230 })
  ;({ id: platform } = await admin.rpc.cameraControl.savePlatform.mutate({ id: null, name: '样例市视频平台', address: wvp.address, login }))
})
afterAll(async () => {
  await app.close()
  await Promise.all([rtsp.close(), played.close(), onvif.close(), wvp.close()])
})

const fault = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: { shape?: { data?: { params?: { fault?: string } } } }) => JSON.stringify(error),
  )

describe('ONVIF', () => {
  test('discovery lists what answers, whatever else the network sends', async () => {
    const garbage = ['', '<', '<a></b>', '<ProbeMatches><ProbeMatch/></ProbeMatches>', probeMatch('ftp://x', 'x'), probeMatch('http://[', 'x')]
    const network = await openFakeDiscovery([...garbage, probeMatch('http://10.0.0.9/onvif/device_service', '东门球机')])
    const found = await discoverOnvif({ waitMs: 300, to: { address: '127.0.0.1', port: network.port } })
    network.close()
    expect(found).toEqual([{ address: 'http://10.0.0.9/onvif/device_service', name: '东门球机', hardware: 'DS-1' }])
  })

  test('profiles, presets, moves and their stop, in its own words', async () => {
    const profiles = await admin.rpc.cameraControl.onvifProfiles.mutate({ address: onvif.address, login })
    expect(profiles.map(({ token, codec, widthPx, hasPtz }) => [token, codec, widthPx, hasPtz])).toEqual([
      ['main', 'H264', 1920, true],
      ['sub', 'H264', 1920, true],
    ])
    const id = await camera({ sourceKind: 'onvif', address: `${onvif.address}#main`, login })
    expect(await officer.rpc.cameraControl.presets.query({ id })).toEqual([{ id: '1', name: '大门' }])
    await officer.rpc.cameraControl.turn.mutate({ id, move: 'upLeft', speed: 0.5 })
    await officer.rpc.cameraControl.halt.mutate({ id })
    await officer.rpc.cameraControl.turn.mutate({ id, move: 'zoomIn', speed: 1 })
    await officer.rpc.cameraControl.turn.mutate({ id, move: 'focusNear', speed: 1 })
    await officer.rpc.cameraControl.halt.mutate({ id })
    await officer.rpc.cameraControl.goToPreset.mutate({ id, preset: '1' })
    await officer.rpc.cameraControl.keepPreset.mutate({ id, preset: '岗亭', overwrites: null })
    await officer.rpc.cameraControl.keepPreset.mutate({ id, preset: '东岗亭', overwrites: '2' })
    expect((await officer.rpc.cameraControl.presets.query({ id })).map(({ name }) => name)).toEqual(['大门', '东岗亭'])
    await officer.rpc.cameraControl.removePreset.mutate({ id, preset: '2' })
    expect(onvif.acts).toEqual([
      'ContinuousMove x=-0.5 y=0.5 zoom=0',
      'Stop',
      'ContinuousMove x=0 y=0 zoom=1',
      'Stop',
      'Move',
      'Stop',
      'GotoPreset 1',
      'SetPreset 2 岗亭',
      'SetPreset 2 东岗亭',
      'RemovePreset 2',
    ])
    expect(await fault(officer.rpc.cameraControl.turn.mutate({ id, move: 'irisOpen', speed: 1 }))).toContain('not-offered')
    await expect(admin.rpc.cameraControl.turn.mutate({ id, move: 'up', speed: 1 })).rejects.toThrow()
  })

  test('turned to a point on the ground once its mount is known, and refused clearly before', async () => {
    const at = { position: [109, 34] as [number, number], heightM: 20 }
    const unknown = await camera({ sourceKind: 'onvif', address: `${onvif.address}#main`, login, ...at })
    const known = { ...at, ptzCalibration: { northDeg: 90, panDeg: 355, level: 0, down: -1 } }
    const id = await camera({ sourceKind: 'onvif', address: `${onvif.address}#main`, login, ...known })
    onvif.acts.length = 0
    const point = (one: string, position: [number, number]) => officer.rpc.cameraControl.pointAt.mutate({ id: one, position })
    const code = (word: string) => expect.objectContaining({ data: expect.objectContaining({ code: word }) as unknown })
    await expect(point(unknown, [109.001, 34])).rejects.toEqual(code('CAMERA_NOT_CALIBRATED'))
    await expect(point(id, [108.999, 34])).rejects.toEqual(code('CAMERA_OUT_OF_REACH'))
    expect(onvif.acts).toEqual([])
    await point(id, [109.001, 34])
    await point(id, [109, 34])
    expect(onvif.acts.map((act) => act.replace(/(\.\d\d)\d+/g, '$1'))).toEqual(['AbsoluteMove x=-0.00 y=-0.13', 'AbsoluteMove x=-0.50 y=-1.00'])
    const channel = (await officer.rpc.cameras.list.query({ query: '' })).find(({ sourceKind }) => sourceKind === 'gb28181')
    if (channel !== undefined) expect(await fault(point(channel.id, [109, 34]))).toContain('not-offered')
  })

  test('a dead page: within the dead-man’s time the camera has received its stop', async () => {
    const id = await camera({ sourceKind: 'onvif', address: `${onvif.address}#main`, login })
    onvif.acts.length = 0
    for (let renewal = 0; renewal < 2; renewal += 1) {
      await officer.rpc.cameraControl.turn.mutate({ id, move: 'right', speed: 1 })
      await new Promise((resolve) => setTimeout(resolve, 300))
    }
    expect(onvif.acts[0]).toBe('ContinuousMove x=1 y=0 zoom=0')
    await expect.poll(() => onvif.acts.at(-1), { timeout: 5_000 }).toBe('Stop')
  })

  test('a clock that is wrong is reckoned with; one that lies is named by the doctor', async () => {
    const late = await FakeOnvif.open({ login, rtspPort: rtsp.port, skewMs: -8 * 3_600_000 })
    expect((await admin.rpc.cameraControl.onvifProfiles.mutate({ address: late.address, login })).length).toBe(2)
    await late.close()
    const lying = await FakeOnvif.open({ login, rtspPort: rtsp.port, saidSkewMs: 8 * 3_600_000, skewMs: 0 })
    const { fault: found, hops } = await officer.rpc.cameras.diagnose.mutate({
      id: await camera({ sourceKind: 'onvif', address: lying.address, login }),
    })
    await lying.close()
    expect(found?.code).toBe('clock-skew')
    expect(Math.abs(Number(found?.params['seconds']) - 28_800)).toBeLessThan(5)
    expect(hops.find(({ result }) => result === 'failed')?.hop).toBe('login')
    const wrong = await camera({ sourceKind: 'onvif', address: onvif.address, login: { ...login, password: 'x' } })
    expect((await officer.rpc.cameras.diagnose.mutate({ id: wrong })).fault?.code).toBe('unauthorised')
  })
})

describe('GB/T 28181', () => {
  const device = '34020000001110000001'

  test('the directory over its pages, taken into our list once; the token renewed when it has run out', async () => {
    expect(await admin.rpc.cameraControl.platforms.query()).toMatchObject([{ name: '样例市视频平台', hasLogin: true, username: 'admin' }])
    const channels = await admin.rpc.cameraControl.platformChannels.query({ id: platform, device })
    expect([channels.length, new Set(channels.map(({ id }) => id)).size, channels[0]?.hasPtz, channels[1]?.hasPtz]).toEqual([230, 230, true, false])
    wvp.expireTokens()
    const wanted = channels.slice(0, 2).map(({ id }) => id)
    expect(await admin.rpc.cameraControl.adopt.mutate({ id: platform, device, channels: wanted })).toEqual({ added: 2 })
    expect(await admin.rpc.cameraControl.adopt.mutate({ id: platform, device, channels: wanted })).toEqual({ added: 0 })
    const listed = (await officer.rpc.cameras.list.query({ query: '样例硬盘' })).map(({ name, sourceKind, position }) => [name, sourceKind, position])
    expect(listed).toEqual([
      ['通道 1', 'gb28181', [109.5, 34.5]],
      ['通道 2', 'gb28181', [109.501, 34.5]],
    ])
    expect(wvp.asked.some((path) => path.includes(login.password))).toBe(false)
  })

  test('turned, stopped, presets, records; a camera that does not answer its platform is named', async () => {
    const [first] = await officer.rpc.cameras.list.query({ query: '通道 1' })
    const id = first!.id
    wvp.asked.length = 0
    await officer.rpc.cameraControl.turn.mutate({ id, move: 'downRight', speed: 1 })
    await officer.rpc.cameraControl.halt.mutate({ id })
    await officer.rpc.cameraControl.turn.mutate({ id, move: 'irisOpen', speed: 0.5 })
    await officer.rpc.cameraControl.halt.mutate({ id })
    await officer.rpc.cameraControl.keepPreset.mutate({ id, preset: '7', overwrites: null })
    await officer.rpc.cameraControl.removePreset.mutate({ id, preset: '7' })
    for (const preset of ['0', '256', '大门', '1e2'])
      await expect(officer.rpc.cameraControl.keepPreset.mutate({ id, preset, overwrites: null })).rejects.toThrow()
    const path = `${device}/34020000001320000000`
    expect(wvp.asked).toEqual([
      `/api/front-end/ptz/${path}?command=downright&horizonSpeed=255&verticalSpeed=255&zoomSpeed=15`,
      `/api/front-end/ptz/${path}?command=stop&horizonSpeed=0&verticalSpeed=0&zoomSpeed=0`,
      `/api/front-end/fi/iris/${path}?command=in&speed=128`,
      `/api/front-end/fi/iris/${path}?command=stop&speed=0`,
      `/api/front-end/preset/add/${path}?presetId=7`,
      `/api/front-end/preset/delete/${path}?presetId=7`,
    ])
    expect(await officer.rpc.cameraControl.presets.query({ id })).toEqual([{ id: '1', name: '大门' }])
    const span = { id, startTime: '2026-11-27 00:00:00', endTime: '2026-11-27 02:00:00' }
    expect(await officer.rpc.cameraControl.records.query(span)).toMatchObject([{ startTime: '2026-11-27 01:00:00' }])
    wvp.refuseWith = { code: 486 }
    const { fault: found, hops } = await officer.rpc.cameras.diagnose.mutate({ id })
    wvp.refuseWith = null
    expect([found?.code, hops.find(({ result }) => result === 'failed')?.hop]).toEqual(['camera-silent', 'stream'])
  })
})

describe.skipIf(!hasWorker)(`with the SFU${hasWorker ? '' : `: skipped, ${workerMissing}`}`, () => {
  test('an ONVIF camera is asked for its stream by RTSP, at the address we know it by, with its own password', async () => {
    const id = await camera({ sourceKind: 'onvif', address: `${onvif.address}#main`, login })
    const watch = await app.cameras.watch(id, 'main')
    await expect.poll(() => rtsp.requests.some(({ authorization }) => authorization?.includes('username="admin"'))).toBe(true)
    watch.release()
  })

  test('a channel of a platform plays through it; the platform is told when the last viewer has gone, and of a recording as it is watched', async () => {
    const device = '34020000001110000001'
    const channel = '34020000001320000002'
    await admin.rpc.cameraControl.adopt.mutate({ id: platform, device, channels: [channel] })
    const row = (await officer.rpc.cameras.list.query({ query: '' })).find((one) => one.channel === channel)
    const id = row?.id ?? ''
    // Channels of the tests before may still be asked for in their own time.
    const asked = () => wvp.asked.filter((path) => /^\/api\/play/.test(path) && (path.includes(channel) || !path.includes(device)))
    wvp.asked.length = 0
    const watches = [await app.cameras.watch(id, 'main'), await app.cameras.watch(id, 'sub')]
    await expect.poll(() => watches[0]?.stream.status.state, { timeout: 10_000 }).toBe('live')
    expect(asked()).toEqual([`/api/play/start/${device}/${channel}`])
    for (const one of watches) one.release()
    // A page has it without the SFU, as with H.265: it must not be stopped for that one.
    const carried = await app.cameras.watchPulled(id, 'main')
    await expect.poll(() => carried.stream.status.fault?.code, { timeout: 5_000 }).toBe('codec-unplayable')
    wvp.asked.length = 0
    // As when its time of lingering is over.
    app.cameras.ingest.drop(`${id}/main`)
    await expect.poll(() => app.cameras.ingest.status(`${id}/main`)).toBeNull()
    carried.release()
    expect(asked()).toEqual([])
    app.cameras.pulled.owners.drop(`${id}/main`)
    await expect.poll(asked, { timeout: 5_000 }).toEqual([`/api/play/stop/${device}/${channel}`])

    wvp.asked.length = 0
    const span = { startTime: '2026-11-27 01:00:00', endTime: '2026-11-27 01:10:00' }
    const view = () => officer.rpc.cameraControl.playback.query({ id, ...span })
    const act = (one: PlaybackAct) => officer.rpc.cameraControl.actOnPlayback.mutate({ id, ...span, act: one })
    expect(await view()).toEqual({ stream: null, playback: null })
    await expect(act({ kind: 'pause' })).rejects.toThrow()
    const record = await app.cameras.watchRecord(id, span)
    await expect.poll(async () => (await view()).stream?.state, { timeout: 10_000 }).toBe('live')
    await act({ kind: 'seek', positionMs: 300_500 })
    await act({ kind: 'speed', speed: 2 })
    await act({ kind: 'pause' })
    const { playback } = await view()
    expect(playback).toMatchObject({ durationMs: 600_000, speed: 2, isPaused: true })
    expect(playback?.positionMs).toBeGreaterThanOrEqual(300_500)
    // The session is lost while it stands: it goes on where it stood, at its speed.
    record.stream.restart()
    await expect.poll(async () => (await view()).stream?.fault?.code, { timeout: 5_000 }).toBe('stalled')
    await act({ kind: 'resume' })
    await expect.poll(async () => (await view()).stream?.state, { timeout: 10_000 }).toBe('live')
    await act({ kind: 'seek', positionMs: 600_000 })
    record.stream.restart()
    await expect.poll(async () => (await view()).stream?.fault?.code, { timeout: 5_000 }).toBe('record-over')
    await act({ kind: 'seek', positionMs: 0 })
    await expect.poll(async () => (await view()).stream?.state, { timeout: 10_000 }).toBe('live')
    record.release()
    for (const key of app.cameras.ingest.open.filter((one) => one.startsWith(id))) app.cameras.ingest.drop(key)
    const streams = wvp.asked.flatMap((path) => /\/(playback-\d+)/.exec(path)?.[1] ?? [])
    const [first, second, third] = [...new Set(streams), `playback-${Number(streams.at(-1)?.split('-')[1]) + 1}`]
    const start = `/api/playback/start/${device}/${channel}?startTime=2026-11-27+01:00:00&endTime=2026-11-27+01:10:00`
    await expect.poll(asked, { timeout: 5_000 }).toEqual([
      start,
      `/api/playback/seek/${first}/300`,
      `/api/playback/speed/${first}/2`,
      `/api/playback/pause/${first}`,
      start,
      // Where it was paused; on a slow machine it played on a little before that.
      `/api/playback/seek/${second}/${Math.floor((playback?.positionMs ?? 0) / 1000)}`,
      `/api/playback/speed/${second}/2`,
      `/api/playback/seek/${second}/600`,
      start,
      `/api/playback/speed/${third}/2`,
      `/api/playback/stop/${device}/${channel}/${third}`,
    ])
  })
})

test('wherever a recording stands, it stands within its ends and never goes back by itself', () => {
  const speeds = fc.constantFrom(...playbackSpeeds)
  const playback = fc.record({ positionMs: fc.integer({ min: 0, max: 9_000_000 }), atMs: fc.nat(), speed: speeds, isPaused: fc.boolean() })
  fc.assert(
    fc.property(playback, fc.integer({ min: 0, max: 9_000_000 }), fc.nat(), fc.nat(), (one, durationMs, after, more) => {
      const at = (nowMs: number) => positionOf({ ...one, durationMs }, nowMs)
      const [first, second] = [at(one.atMs + after), at(one.atMs + after + more)]
      expect(first).toBeGreaterThanOrEqual(0)
      expect(second).toBeLessThanOrEqual(durationMs)
      expect(second).toBeGreaterThanOrEqual(first)
      if (one.isPaused) expect(second).toBe(first)
    }),
  )
})
