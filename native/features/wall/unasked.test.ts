// What nobody at the desk asks for: a wall switched by the clock, a projector that says by itself how it stands, a display that is woken.
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DisplayAct, DisplayIdentity } from '../../contract/index.ts'
import { MachineConfig } from '../../kernel/config.ts'
import { newId } from '../../kernel/ids.ts'
import { MachineKey } from '../../kernel/machine-key.ts'
import { wellBehaved } from '../../protocols/display/fake.ts'
import { openFakeLg } from '../../protocols/lg/fake.ts'
import { openFakeProjector } from '../../protocols/pjlink/fake.ts'
import { openTestStation, type TestStation } from '../../testing/station.ts'
import type { OpenIncident } from './scenes.service.ts'
import type { WallSources } from './sources.ts'
import { Wall } from './wall.feature.ts'

const officer = { account: newId(), name: '李值班' }
/** A Friday in Shaanxi, ten to eight. */
const friday = Date.parse('2026-11-27T07:50:00+08:00')
const minute = 60_000
const day = 24 * 60 * minute
let now = friday
let station: TestStation
let wall: Wall
const packets = createSocket('udp4')
const woken: Buffer[] = []
const errors: unknown[] = []
const rests: number[] = []
let incidents: OpenIncident[] = []
/** What asking for the incidents comes to, once each. */
const failures: Error[] = []

async function openWall(): Promise<Wall> {
  const opened = new Wall({
    ...station,
    key: await MachineKey.open(station.directory),
    network: MachineConfig.parse({
      wall: { notices: { ip: '127.0.0.1', port: 0 }, broadcast: { ip: '127.0.0.1', wakePort: packets.address().port } },
    }).wall,
    ...({
      boards: {},
      incidents: () => (failures.length > 0 ? Promise.reject(failures.shift()!) : Promise.resolve(incidents)),
    } as unknown as WallSources),
    media: [],
    maps: { prefix: '/tiles/', permission: 'layers.read', handle: () => Promise.resolve() },
    conferences: { attend: () => expect.unreachable(), call: () => expect.unreachable() },
    blobs: { prefix: '/blobs/', permission: 'blobs.read', handle: () => Promise.resolve() },
    tell: () => undefined,
    onError: (error) => errors.push(error),
    now: () => now,
    sleep: (ms, signal) => new Promise((resolve) => (rests.push(ms), signal.addEventListener('abort', () => resolve()))),
  })
  await opened.start()
  return opened
}

beforeAll(async () => {
  packets.on('message', (bytes) => woken.push(bytes))
  packets.bind(0, '127.0.0.1')
  await once(packets, 'listening')
  station = await openTestStation({ isQuick: true, now: () => now })
  wall = await openWall()
})
afterAll(async () => {
  await wall.stop()
  await station.close()
  packets.close()
  expect(errors).toEqual([])
})

async function deviceAt(protocol: DisplayIdentity['protocol'], host: string, port: number): Promise<string> {
  const id = newId()
  const identity = { protocol, address: { kind: 'network' as const, host, port }, unit: protocol === 'lg' ? 1 : null, template: null }
  await wall.devices.save({ id, name: '左屏', mac: 'aa:bb:cc:dd:ee:ff', identity }, officer)
  return id
}
const statusOf = async (id: string) => (await wall.devices.list()).find((device) => device.id === id)?.status ?? null
const isFree = async (port: number) => {
  const socket = createSocket('udp4')
  try {
    socket.bind({ port, address: '127.0.0.1', exclusive: true })
    await once(socket, 'listening')
    return true
  } catch {
    return false
  } finally {
    socket.close()
  }
}

const on: DisplayAct = { kind: 'power', isOn: true }
const off: DisplayAct = { kind: 'power', isOn: false }

async function wallOf(name: string): Promise<string> {
  const id = newId()
  await wall.walls.save({ id, name, rows: 1, columns: 1, bezelX: 0, bezelY: 0, groupName: '' }, officer)
  return id
}
async function sceneOf(of: string, name: string, more: { incident?: string; phase?: 'received' } = {}): Promise<string> {
  const id = newId()
  const frame = { x: 0, y: 0, width: 1, height: 1 }
  const tiles = [{ id: newId(), kind: 'incidents' as const, incident: more.incident ?? null, frame }]
  await wall.scenes.save({ id, wall: of, name, isInternal: false, tiles, acts: [], incidentType: null, phase: more.phase ?? null }, officer)
  return id
}
async function scheduleOf(
  of: string,
  more: { name: string; scene?: string; acts?: { device: string; act: DisplayAct; waitS?: number }[] },
): Promise<string> {
  const id = newId()
  const acts = (more.acts ?? []).map((act) => ({ waitS: 0, isStopping: true, ...act }))
  await wall.schedules.save({ id, wall: of, name: more.name, scene: more.scene ?? null, acts, minute: 8 * 60, days: '1111100', isOn: true }, officer)
  return id
}
async function at(time: number): Promise<void> {
  now = time
  await wall.schedules.runDue()
  await wall.actsDone()
}
const skippedOf = async (id: string) => (await wall.schedules.list()).find((schedule) => schedule.id === id)?.skipped ?? null
const notesOf = async (of: string) =>
  (await station.journal.timeline({ dataset: 'walls', row: of }, { by: 'known' })).map(({ note }) => note?.words ?? '')

test('on at eight on working days: the display is told, the scene is up, once; a station that slept over it for two hours lets it be and says so', async () => {
  const fake = await openFakeLg({ mood: wellBehaved() })
  const device = await deviceAt('lg', '127.0.0.1', fake.port)
  const id = await wallOf('指挥大厅')
  const schedule = await scheduleOf(id, { name: '早八点', scene: await sceneOf(id, '日间'), acts: [{ device, act: on }] })
  const shown = async () => (await wall.history(id)).length
  await at(friday + 9.9 * minute)
  expect(await shown()).toBe(0)
  await at(friday + 10.1 * minute)
  expect(await wall.history(id)).toMatchObject([{ sceneName: '日间', kind: 'schedule', byName: '定时', at: now }])
  expect((await wall.standing())[0]?.acts).toMatchObject([{ deviceName: '左屏', words: '开机', outcome: { result: 'confirmed' } }])
  await at(friday + 10.3 * minute)
  expect(await shown()).toBe(1)
  // Saturday, Sunday.
  for (const later of [1, 2]) for (const minutes of [9, 11]) await at(friday + later * day + minutes * minute)
  expect(await shown()).toBe(1)
  // Monday: the machine was off from before eight until ten.
  for (const minutes of [120, 121]) await at(friday + 3 * day + minutes * minute)
  expect(await shown()).toBe(1)
  expect(await skippedOf(schedule)).toEqual({ at: friday + 3 * day + 10 * minute, why: { kind: 'late' } })
  expect((await notesOf(id)).filter((words) => words === '定时 08:00 早八点 未执行：到点时本机没有运行')).toHaveLength(1)
  // Tuesday: off for five minutes around eight.
  await at(friday + 4 * day + 8 * minute)
  await at(friday + 4 * day + 13 * minute)
  expect(await shown()).toBe(2)
  expect(await skippedOf(schedule)).toBeNull()
  // Wednesday: closed at seven, opened again at three minutes past eight; closed and opened once more.
  for (const minutes of [13, 15]) {
    await wall.stop()
    now = friday + 5 * day + minutes * minute
    wall = await openWall()
    await at(now)
    expect(await shown(), String(minutes)).toBe(3)
  }
  // One that was written after its minute waits for tomorrow.
  const late = await scheduleOf(id, { name: '补录', acts: [{ device, act: off }] })
  await at(now + minute)
  expect(await wall.history(id)).toHaveLength(3)
  expect(await notesOf(id)).not.toContain('左屏 关机：已执行并回读确认')
  for (const one of [schedule, late]) await wall.schedules.remove(one, officer)
  await fake.close()
})

test('the clock never acts against whoever is at work on the wall: held, or showing an open incident, it is left undone, told, and done by hand', async () => {
  now = friday
  const fake = await openFakeLg({ mood: wellBehaved() })
  const device = await deviceAt('lg', '127.0.0.1', fake.port)
  const [held, busy, free] = [await wallOf('大厅'), await wallOf('会商室'), await wallOf('门厅')]
  const incident: OpenIncident = { id: newId(), title: '渭南氯气泄漏', typeCode: '11', phase: 'received', since: 0 }
  const schedules = new Map<string, string>()
  for (const of of [held, busy, free])
    schedules.set(of, await scheduleOf(of, { name: '下班', scene: await sceneOf(of, '夜间'), acts: [{ device, act: off }] }))
  await wall.switchTo(busy, await sceneOf(busy, '接报', { phase: 'received' }), officer)
  await wall.switchTo(free, await sceneOf(free, '日常'), officer)
  for (const of of [busy, free]) await wall.walls.release(of, officer)
  await wall.walls.hold(held, officer, { isTakeOver: false })
  incidents = [incident]
  await at(friday + 10.1 * minute)
  expect((await wall.history(held)).map(({ sceneName }) => sceneName)).toEqual([])
  expect((await wall.history(busy)).map(({ sceneName }) => sceneName)).toEqual(['接报'])
  // A board of whatever is open hangs there every day.
  expect((await wall.history(free)).map(({ sceneName }) => sceneName)).toEqual(['夜间', '日常'])
  expect(await skippedOf(schedules.get(held)!)).toEqual({ at: friday + 10 * minute, why: { kind: 'held', name: officer.name } })
  expect(await skippedOf(schedules.get(busy)!)).toEqual({ at: friday + 10 * minute, why: { kind: 'incident', title: incident.title } })
  expect(await skippedOf(schedules.get(free)!)).toBeNull()
  expect(await notesOf(held)).toContain('定时 08:00 下班 未执行：李值班正在操作此大屏')
  expect(await notesOf(busy)).toContain('定时 08:00 下班 未执行：此大屏正在显示未办结的事件“渭南氯气泄漏”')
  // Told until somebody says otherwise, also over a restart; not tried again by itself.
  await wall.stop()
  wall = await openWall()
  incidents = []
  await wall.walls.release(held, officer)
  await at(now + minute)
  expect(await skippedOf(schedules.get(held)!)).not.toBeNull()
  await wall.schedules.runNow(schedules.get(held)!, officer)
  await wall.actsDone()
  expect(await wall.history(held)).toMatchObject([{ sceneName: '夜间', kind: 'switch', byName: officer.name }])
  expect(await notesOf(held)).toContain('左屏 关机：已执行并回读确认')
  await wall.schedules.letBe(schedules.get(busy)!, officer)
  for (const of of [held, busy]) expect(await skippedOf(schedules.get(of)!)).toBeNull()
  for (const schedule of schedules.values()) await wall.schedules.remove(schedule, officer)
  await fake.close()
})

test('a tile about an open incident, whatever the scene; one that fails keeps none of the others from being done', async () => {
  now = friday
  const [busy, broken, free] = [await wallOf('大厅'), await wallOf('会商室'), await wallOf('门厅')]
  const incident: OpenIncident = { id: newId(), title: '渭南氯气泄漏', typeCode: '11', phase: 'handling', since: 0 }
  const schedules = new Map<string, string>()
  for (const of of [broken, busy, free]) schedules.set(of, await scheduleOf(of, { name: '早班', scene: await sceneOf(of, '日间') }))
  await wall.switchTo(busy, await sceneOf(busy, '救援', { incident: incident.id }), officer)
  await wall.walls.release(busy, officer)
  incidents = [incident]
  await at(friday + 10.1 * minute)
  expect((await skippedOf(schedules.get(busy)!))?.why).toEqual({ kind: 'incident', title: incident.title })
  incidents = [{ ...incident, phase: 'ended' }]
  await at(friday + 3 * day + 10.1 * minute)
  expect((await wall.history(busy))[0]?.sceneName).toBe('日间')
  await wall.switchTo(broken, await sceneOf(broken, '日常'), officer)
  await wall.walls.release(broken, officer)
  const failure = new Error('no incidents to be had')
  failures.push(failure)
  const before = (await wall.history(free)).length
  await at(friday + 4 * day + 10.1 * minute)
  expect((await skippedOf(schedules.get(broken)!))?.why).toEqual({ kind: 'failed' })
  expect(errors.splice(0)).toEqual([failure])
  expect(await wall.history(free)).toHaveLength(before + 1)
  for (const schedule of schedules.values()) await wall.schedules.remove(schedule, officer)
})

test('a projector says by itself how it stands: taken with its words, from its address alone; nothing is open when no projector is kept', async () => {
  expect(wall.devices.notices.port).toBeNull()
  const fake = await openFakeProjector({ mood: wellBehaved() })
  const device = await deviceAt('pjlink', '127.0.0.1', fake.port)
  const port = wall.devices.notices.port!
  const [projector, stranger] = [createSocket('udp4'), createSocket('udp4')]
  projector.bind(0, '127.0.0.1')
  stranger.bind(0, '127.0.0.2')
  await Promise.all([once(projector, 'listening'), once(stranger, 'listening')])
  stranger.send('%2POWR=0\r', port, '127.0.0.1')
  projector.send('%2POWR=2\r', port, '127.0.0.1')
  await expect
    .poll(async () => (await statusOf(device))?.facts)
    .toMatchObject([{ name: 'power', value: 'cooling', evidence: 'POWR=2', at: now, isCurrent: true }])
  expect(await statusOf(device)).toMatchObject({ state: 'ok', lastEvidenceAt: expect.any(Number) as number })
  projector.send('%2ERST=200000\r', port, '127.0.0.1')
  await expect.poll(async () => (await statusOf(device))?.state).toBe('degraded')
  // It has come up: it is asked for everything.
  projector.send('%2LKUP=AA:BB:CC:DD:EE:FF\r', port, '127.0.0.1')
  await expect.poll(async () => (await statusOf(device))?.facts.map(({ name }) => name)).toContain('hours')
  expect((await statusOf(device))?.facts.find(({ name }) => name === 'power')).toMatchObject({ value: 'off' })
  await wall.devices.remove(device, officer)
  expect(wall.devices.notices.port).toBeNull()
  expect(await isFree(port)).toBe(true)
  projector.close()
  stranger.close()
  await fake.close()
})

test('a display is woken by the address it is kept with, on the record; one without an address is refused', async () => {
  const device = await deviceAt('lg', '127.0.0.1', 9_761)
  expect((await wall.devices.act(device, { kind: 'wake' }, officer)).result).toBe('accepted')
  await expect.poll(() => woken.length).toBe(3)
  expect(woken[0]?.subarray(0, 12).toString('hex')).toBe('ffffffffffffaabbccddeeff')
  const entries = await station.journal.timeline({ dataset: 'displayDevices', row: device }, { by: 'known' })
  expect(entries.map(({ note }) => note?.words)).toContain('左屏 网络唤醒：已接受（设备不能回读）')
  const bare = newId()
  const identity = { protocol: 'lg' as const, address: { kind: 'network' as const, host: '127.0.0.1', port: null }, unit: 1, template: null }
  await wall.devices.save({ id: bare, name: '右屏', mac: '', identity }, officer)
  expect(await wall.devices.act(bare, { kind: 'wake' }, officer)).toMatchObject({ result: 'refused', fault: { code: 'mac-missing' } })
  // By a scene or the clock as by hand: the PC of a screen, then the screen.
  now = friday
  const id = await wallOf('大厅')
  const screenPc = await deviceAt('computer', '127.0.0.1', packets.address().port)
  const schedule = await scheduleOf(id, { name: '早班', acts: [{ device: screenPc, act: { kind: 'wake' } }] })
  await at(friday + 10.1 * minute)
  await expect.poll(() => woken.length).toBe(6)
  expect(await notesOf(id)).toContain('左屏 网络唤醒：已接受（设备不能回读）')
  // A port that nobody listens on is the answer of a machine that runs.
  expect(await wall.devices.refresh(screenPc)).toMatchObject({ state: 'ok', facts: [{ name: 'power', value: 'on' }] })
  await wall.schedules.remove(schedule, officer)
})

test('the station ends while acts rest: it does not wait for them, what was done and what was not is in the journal, no line is opened again', async () => {
  now = friday
  const fake = await openFakeLg({ mood: wellBehaved() })
  const device = await deviceAt('lg', '127.0.0.1', fake.port)
  const id = await wallOf('大厅')
  await scheduleOf(id, {
    name: '早班',
    acts: [
      { device, act: on, waitS: 300 },
      { device, act: { kind: 'brightness', percent: 80 } },
    ],
  })
  rests.length = 0
  now = friday + 10.1 * minute
  await wall.schedules.runDue()
  await expect.poll(() => rests).toEqual([300_000])
  expect(await notesOf(id)).toContain('左屏 开机：已执行并回读确认')
  await wall.stop()
  expect(await notesOf(id)).toContain('未执行（席位程序退出）：左屏 亮度 80%')
  await expect(wall.devices.refresh(device)).rejects.toMatchObject({ code: 'STATE_NOT_ALLOWED' })
  await expect.poll(() => fake.connections).toBe(0)
  await fake.close()
})
