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

beforeAll(async () => {
  packets.on('message', (bytes) => woken.push(bytes))
  packets.bind(0, '127.0.0.1')
  await once(packets, 'listening')
  station = await openTestStation({ isQuick: true, now: () => now })
  wall = new Wall({
    ...station,
    key: await MachineKey.open(station.directory),
    network: MachineConfig.parse({
      wall: { notices: { ip: '127.0.0.1', port: 0 }, broadcast: { ip: '127.0.0.1', wakePort: packets.address().port } },
    }).wall,
    ...({ boards: {}, incidents: () => Promise.resolve([]) } as unknown as WallSources),
    media: [],
    maps: { prefix: '/tiles/', permission: 'layers.read', handle: () => Promise.resolve() },
    conferences: { attend: () => expect.unreachable(), call: () => expect.unreachable() },
    blobs: { prefix: '/blobs/', permission: 'blobs.read', handle: () => Promise.resolve() },
    tell: () => undefined,
    onError: (error) => errors.push(error),
    now: () => now,
  })
  await wall.start()
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

test('on at eight on working days: the display is told, the scene is up, once; a station that slept over it for two hours lets it be', async () => {
  const fake = await openFakeLg({ mood: wellBehaved() })
  const device = await deviceAt('lg', '127.0.0.1', fake.port)
  const [id, scene] = [newId(), newId()]
  await wall.walls.save({ id, name: '指挥大厅', rows: 1, columns: 1, bezelX: 0, bezelY: 0, groupName: '' }, officer)
  const frame = { x: 0, y: 0, width: 1, height: 1 }
  const tiles = [{ id: newId(), kind: 'clock' as const, frame }]
  await wall.scenes.save({ id: scene, wall: id, name: '日间', isInternal: false, tiles, acts: [], incidentType: null, phase: null }, officer)
  const act: DisplayAct = { kind: 'power', isOn: true }
  await wall.walls.saveSchedule(
    {
      id: newId(),
      wall: id,
      name: '早八点',
      scene,
      acts: [{ device, act, waitS: 0, isStopping: true }],
      minute: 8 * 60,
      days: '1111100',
      isOn: true,
    },
    officer,
  )
  const shown = async () => (await wall.history(id)).length
  const at = async (time: number) => {
    now = time
    await wall.runSchedules()
    await wall.actsDone()
  }
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
  await at(friday + 3 * day + 120 * minute)
  expect(await shown()).toBe(1)
  // Tuesday: off for five minutes around eight.
  await at(friday + 4 * day + 8 * minute)
  await at(friday + 4 * day + 13 * minute)
  expect(await shown()).toBe(2)
  await fake.close()
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
  await wall.devices.wake(device, officer)
  await expect.poll(() => woken.length).toBe(3)
  expect(woken[0]?.subarray(0, 12).toString('hex')).toBe('ffffffffffffaabbccddeeff')
  const entries = await station.journal.timeline({ dataset: 'displayDevices', row: device }, { by: 'known' })
  expect(entries.map(({ action }) => action)).toContain('wall.wake')
  const bare = newId()
  const identity = { protocol: 'lg' as const, address: { kind: 'network' as const, host: '127.0.0.1', port: null }, unit: 1, template: null }
  await wall.devices.save({ id: bare, name: '右屏', mac: '', identity }, officer)
  await expect(wall.devices.wake(bare, officer)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
})
