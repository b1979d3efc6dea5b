// Video-analysis events by HTTP push: what is taken, what is told apart, what is refused; and that the key is nowhere to be read.
import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MachineConfig } from '../../kernel/config.ts'
import { newId } from '../../kernel/ids.ts'
import { goodPassword, openTestApp, type Seat, type TestApp } from '../../testing/app.ts'
import { plainCamera } from './testing/plain-camera.ts'
import { intake } from '../incidents/testing.ts'

let app: TestApp
let admin: Seat
let officer: Awaited<ReturnType<TestApp['as']>>
let key: string
let address: string
const picture = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(2_000, 7), Buffer.from([0xff, 0xd9])])
const refused = (code: string) => expect.objectContaining({ data: expect.objectContaining({ code }) as unknown })

beforeAll(async () => {
  app = await openTestApp({ config: MachineConfig.parse({ media: { events: { ip: '127.0.0.1', port: 0 } } }) })
  admin = await app.as('system-admin')
  officer = await app.as('duty-officer')
  expect((await admin.rpc.cameraAlarms.sources.query()).address).toBeNull()
  const made = await admin.rpc.cameraAlarms.addSource.mutate({ name: '园区视频分析' })
  key = made.key
  address = made.address ?? expect.unreachable('the port is shut')
})
afterAll(() => app.close())

async function push(
  body: unknown,
  more: { key?: string; path?: string; method?: string } = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(more.path === undefined ? address : new URL(more.path, address), {
    method: more.method ?? 'POST',
    headers: { Authorization: `Bearer ${more.key ?? key}`, 'Content-Type': 'application/json' },
    body: more.method === 'GET' ? null : typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

const open = async () => (await officer.rpc.cameraAlarms.list.query()).filter(({ takenAt }) => takenAt === null)

test('an event becomes an alarm with its picture, at its camera; taken once, as an incident with the picture', async () => {
  const at = { position: [109.51, 34.52] as [number, number], heightM: 12, azimuthDeg: 0, viewDeg: 360, rangeM: 800 }
  const rest = { area: '610502', owner: '园区', device: 'NVR', channel: 'CH-7', hasPtz: false, subAddress: null, transport: 'tcp' as const, note: '' }
  const { id: camera } = await admin.rpc.cameras.save.mutate({
    id: null,
    name: '罐区高点',
    ...at,
    ...rest,
    sourceKind: 'rtsp',
    address: 'rtsp://127.0.0.1:1/a',
  })
  const event = {
    id: 'evt-1',
    kind: '明火',
    at: '2026-11-27T10:00:00+08:00',
    camera: 'CH-7',
    confidence: 0.93,
    words: '3 号罐顶',
    image: picture.toString('base64'),
  }
  const first = await push(event)
  expect([first.status, first.body['isRepeat']]).toEqual([201, false])
  const [alarm] = await open()
  expect(alarm).toMatchObject({
    id: first.body['alarm'],
    sourceName: '园区视频分析',
    kind: '明火',
    camera,
    cameraName: '罐区高点',
    position: [109.51, 34.52],
    count: 1,
  })
  expect(alarm?.at).toBeLessThanOrEqual(Date.now())
  const kept = await fetch(`${app.door.origin}/blobs/${alarm?.image?.sha256}`, { headers: { Authorization: `Bearer ${officer.token}` } })
  expect(Buffer.from(await kept.arrayBuffer()).equals(picture)).toBe(true)

  const report = {
    ...intake(),
    attachments: [{ sha256: alarm?.image?.sha256 ?? '', name: '明火.jpg', sizeBytes: picture.length, mime: 'image/jpeg' }],
  }
  await officer.rpc.incidents.report.mutate(report)
  const take = { id: alarm?.id ?? '', as: 'incident' as const, incident: report.id }
  await expect(officer.rpc.cameraAlarms.take.mutate({ ...take, incident: null })).rejects.toEqual(refused('INVALID_INPUT'))
  await expect(admin.rpc.cameraAlarms.take.mutate(take)).rejects.toEqual(refused('FORBIDDEN'))
  await officer.rpc.cameraAlarms.take.mutate(take)
  await expect(officer.rpc.cameraAlarms.take.mutate({ ...take, as: 'false', incident: null })).rejects.toEqual(refused('STATE_NOT_ALLOWED'))
  expect((await officer.rpc.cameraAlarms.list.query())[0]).toMatchObject({ takenByName: officer.login, takenAs: 'incident', incident: report.id })
  // Sent again after a lost answer: the same alarm, and nothing rises from it.
  expect(await push(event)).toEqual({ status: 200, body: { alarm: alarm?.id, isRepeat: true } })
  expect(await open()).toEqual([])
})

test('the same matter again is counted, not listed again; another kind or camera, and the same after somebody took it, is another', async () => {
  const say = (id: string, more: object = {}) => push({ id, kind: '烟雾', camera: '北门', ...more })
  const { body } = await say('a')
  for (const id of ['b', 'c', 'c']) expect((await say(id)).body).toEqual({ alarm: body['alarm'], isRepeat: true })
  expect((await open()).map(({ cameraName, count }) => [cameraName, count])).toEqual([['北门', 2]])
  await Promise.all(['d', 'e', 'f'].map((id) => say(id, { camera: '南门' })))
  await say('g', { kind: '人员聚集' })
  expect((await open()).length).toBe(3)
  await officer.rpc.cameraAlarms.take.mutate({ id: String(body['alarm']), as: 'false', incident: null })
  expect((await say('h')).status).toBe(201)
  for (const { id } of await open()) await officer.rpc.cameraAlarms.take.mutate({ id, as: 'seen', incident: null })
})

test('an alarm of a matter that is known goes to it with its picture; while locked what waits is told, without words and picture', async () => {
  const report = intake()
  await officer.rpc.incidents.report.mutate(report)
  const { body } = await push({ id: 'join-1', kind: '明火', camera: '西门', words: '车牌可见', image: picture.toString('base64') })
  const id = String(body['alarm'])
  await officer.rpc.accounts.lock.mutate()
  expect(await officer.rpc.cameraAlarms.list.query()).toMatchObject([{ id, kind: '明火', cameraName: '西门', words: '', image: null, takenAt: null }])
  const join = { id, as: 'joined' as const, incident: report.id }
  await expect(officer.rpc.cameraAlarms.take.mutate(join)).rejects.toEqual(refused('SESSION_LOCKED'))
  await officer.rpc.accounts.unlock.mutate({ password: goodPassword })
  await expect(officer.rpc.cameraAlarms.take.mutate({ ...join, incident: null })).rejects.toEqual(refused('INVALID_INPUT'))
  await expect(officer.rpc.cameraAlarms.take.mutate({ ...join, incident: newId() })).rejects.toEqual(refused('NOT_FOUND'))
  // Pressed twice at once, at two consoles, it goes there once.
  const both = await Promise.allSettled([officer.rpc.cameraAlarms.take.mutate(join), officer.rpc.cameraAlarms.take.mutate(join)])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect((await officer.rpc.cameraAlarms.list.query()).find((one) => one.id === id)).toMatchObject({ takenAs: 'joined', incident: report.id })
  const { attachments } = await officer.rpc.incidents.detail.query({ incident: report.id })
  expect(attachments).toMatchObject([{ name: '明火.jpg', sizeBytes: picture.length, mime: 'image/jpeg' }])
  const acts = (await app.journal.timeline({ dataset: 'incidents', row: report.id }, { by: 'known' })).map(({ action }) => action)
  // One act: what a crash in between would leave cannot be.
  expect(acts.filter((action) => /joinAlarm|attach/.test(action))).toEqual(['cameras.joinAlarm'])
})

test('an alarm of a sample camera is marked, and stands behind the real ones', async () => {
  const name = '样例摄像机'
  const { id: sample } = await admin.rpc.cameras.save.mutate({ ...plainCamera, name, sourceKind: 'rtsp', address: 'rtsp://sample.invalid/1' })
  const row = { dataset: 'cameras' as const, row: sample }
  await app.journal.write({ actor: 'station', action: 'cameras.edit', subject: row, rows: [{ ...row, set: { isSample: true } }] })
  await push({ id: 'real', kind: '烟雾', camera: '真的' })
  await push({ id: 'sample', kind: '烟雾', camera: name })
  const waiting = await open()
  expect(waiting.map(({ cameraName, isSample }) => [cameraName, isSample])).toEqual([
    ['真的', false],
    [name, true],
  ])
  for (const { id } of waiting) await officer.rpc.cameraAlarms.take.mutate({ id, as: 'seen', incident: null })
})

test('whoever has no key, and whatever is no event, gets nothing and leaves nothing', async () => {
  const event = { id: 'x', kind: '烟雾' }
  const before = (await officer.rpc.cameraAlarms.list.query()).length
  expect((await push(event, { key: 'x'.repeat(24) })).body).toEqual({ code: 'UNAUTHENTICATED', params: {} })
  for (const body of ['', '{', '[]', 'null', { id: 'x' }, { ...event, image: '!!' }, { ...event, position: [400, 0] }, { ...event, kind: ' ' }])
    expect((await push(body)).status).toBe(400)
  expect((await push({ ...event, image: Buffer.alloc(2_000, 60).toString('base64') })).body['code']).toBe('FILE_WRONG_TYPE')
  for (const path of ['/', '/rpc/cameras.list', '/health', '/camera-events/x']) expect((await push(event, { path })).status).toBe(404)
  expect((await push(null, { method: 'GET' })).status).toBe(404)
  // Four megabytes too many are not read to their end.
  const status = await new Promise<number>((resolve, reject) => {
    const sending = request(address, { method: 'POST', headers: { Authorization: `Bearer ${key}` } }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    sending.on('error', reject)
    for (let chunk = 0; chunk < 5; chunk += 1) sending.write(Buffer.alloc(1_000_000, 32))
  })
  expect(status).toBe(413)
  expect((await officer.rpc.cameraAlarms.list.query()).length).toBe(before)
})

test('a program that has gone wild is told to wait; one whose key is taken away is nobody; the key stands nowhere in the clear', async () => {
  const { id, key: other } = await admin.rpc.cameraAlarms.addSource.mutate({ name: '另一家' })
  const answers = []
  for (let index = 0; index < 62; index += 1) answers.push((await push({ id: String(index), kind: `种类 ${index}` }, { key: other })).status)
  expect([answers.slice(0, 60).every((status) => status === 201), ...answers.slice(60)]).toEqual([true, 429, 429])
  await admin.rpc.cameraAlarms.removeSource.mutate({ id })
  expect((await push({ id: 'y', kind: '烟雾' }, { key: other })).status).toBe(401)
  await expect(admin.rpc.cameraAlarms.removeSource.mutate({ id: newId() })).rejects.toEqual(refused('NOT_FOUND'))
  const rows = [
    ...(await app.store.all('SELECT * FROM secret_cameras')),
    ...(await app.store.all('SELECT * FROM cameraAlarmSources')),
    ...(await app.store.all('SELECT * FROM cameraAlarms')),
  ]
  expect(rows.length).toBeGreaterThan(60)
  for (const word of [key, other]) expect(JSON.stringify(rows)).not.toContain(word)
})
