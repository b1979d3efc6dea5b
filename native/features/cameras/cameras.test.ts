import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CameraSave, faultHops } from '../../contract/index.ts'
import { hasWorker, workerMissing } from '../../media/testing/worker.ts'
import { FakeCamera, type FakePlay } from '../../protocols/rtsp/fake.ts'
import { openTestApp, type Seat, type TestApp } from '../../testing/app.ts'
import { childrenOfOurs, filesOf } from '../../testing/traces.ts'
import { writeRtp } from '../../media/ingest/rtp.ts'
import { diagnosisOf } from './doctor.ts'

const password = 'Geheim-4711-密'
const encoded = encodeURIComponent(password)
let app: TestApp
let admin: Seat
let officer: Seat
let fake: FakeCamera
const logged: string[] = []
const told: string[] = []

const base: CameraSave = {
  id: null,
  name: '朝阳大街路口',
  area: null,
  owner: '临渭区公安局',
  device: '硬盘录像机 1',
  channel: '通道 3',
  position: [109.5, 34.5],
  heightM: 6,
  azimuthDeg: 0,
  viewDeg: 60,
  rangeM: 300,
  hasPtz: false,
  sourceKind: 'rtsp',
  address: 'rtsp://127.0.0.1:1/live',
  subAddress: null,
  transport: 'tcp',
  note: '',
}

function film(seat: FakePlay): void {
  let index = 0
  const key = Buffer.concat([Buffer.from([0x65, 0x88]), Buffer.alloc(500, 3)])
  const timer = setInterval(() => {
    if (!seat.isOpen) return clearInterval(timer)
    const payload = index % 5 === 0 ? key : Buffer.from([0x61, 0xe0, 1])
    seat.send(writeRtp({ marker: true, payloadType: 96, sequence: index & 0xffff, timestamp: index * 3600, ssrc: 7, payload }))
    index += 1
  }, 40)
}

beforeAll(async () => {
  app = await openTestApp({ log: pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) }) })
  admin = await app.as('system-admin')
  officer = await app.as('duty-officer')
  fake = await FakeCamera.open({ login: { username: 'admin', password, scheme: 'MD5' }, onPlay: film })
})
afterAll(async () => {
  await fake.close()
  await app.close()
})

/** Everything a page is given goes through here. */
async function ask(seat: Seat, path: string, init: RequestInit = {}): Promise<{ status: number; text: string; headers: Headers }> {
  const answer = await fetch(`${app.door.origin}${path}`, { ...init, headers: { Authorization: `Bearer ${seat.token}`, ...init.headers } })
  const text = await answer.text()
  told.push(text)
  return { status: answer.status, text, headers: answer.headers }
}
const query = (seat: Seat, procedure: string, input: unknown) =>
  ask(seat, `/rpc/cameras.${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`)

async function add(more: Partial<CameraSave> = {}): Promise<string> {
  const { id } = await admin.rpc.cameras.save.mutate({ ...base, ...more })
  return id
}

test('kept, found by words, pinyin and initials, in the order of the tree, and taken away', async () => {
  const first = await add()
  const second = await add({ name: '华州化工厂东门', owner: '华州区应急管理局', channel: '通道 8' })
  const names = async (words: string) => (await officer.rpc.cameras.list.query({ query: words })).map(({ name }) => name)
  expect(await names('')).toEqual(['朝阳大街路口', '华州化工厂东门'])
  for (const words of ['朝阳', 'chaoyang', 'cydj', '公安 路口', '通道 3']) expect(await names(words), words).toEqual(['朝阳大街路口'])
  // 华 is huà here.
  for (const words of ['huazhou', 'hzhgc', '东门']) expect(await names(words), words).toEqual(['华州化工厂东门'])
  expect(await names('西门')).toEqual([])
  expect((await officer.rpc.cameras.seeing.query({ position: [109.5, 34.501], limit: 5 })).length).toBe(2)
  await admin.rpc.cameras.remove.mutate({ id: second })
  expect(await names('')).toEqual(['朝阳大街路口'])
  await expect(officer.rpc.cameras.save.mutate({ ...base, id: first })).rejects.toMatchObject({ data: { code: 'FORBIDDEN' } })
  await expect(officer.rpc.cameras.get.query({ id: first })).rejects.toMatchObject({ data: { code: 'FORBIDDEN' } })
  await admin.rpc.cameras.remove.mutate({ id: first })
})

test('an address of the wrong kind is refused before anything is written', async () => {
  for (const more of [{ address: 'file:///etc/passwd' }, { address: 'http://cam/live' }, { subAddress: 'ftp://x/y' }])
    await expect(add(more)).rejects.toMatchObject({ data: { code: 'INVALID_INPUT' } })
})

test('a still is kept by its camera alone, with its age; what is no JPEG is not', async () => {
  const id = await add()
  expect((await ask(officer, `/camera-stills/${id}`)).status).toBe(404)
  const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(200, 7)])
  expect((await ask(officer, `/camera-stills/${id}`, { method: 'PUT', body: jpeg })).status).toBe(204)
  expect((await ask(officer, `/camera-stills/${id}`)).status).toBe(200)
  const [row] = await officer.rpc.cameras.list.query({ query: '' })
  expect(Date.now() - (row?.stillAt ?? 0)).toBeLessThan(60_000)
  expect((await ask(officer, `/camera-stills/${id}`, { method: 'PUT', body: Buffer.alloc(500, 60) })).status).toBe(422)
  expect((await ask(officer, `/camera-stills/${id}`, { method: 'PUT', body: Buffer.alloc(1_100_000, 1) })).status).toBe(413)
  expect((await ask(officer, '/camera-stills/..%2Fmachine-key')).status).toBe(404)
  expect((await ask(officer, `/camera-stills/${crypto.randomUUID()}`, { method: 'PUT', body: jpeg })).status).toBe(404)
  await admin.rpc.cameras.remove.mutate({ id })
})

test('each hop of the doctor stands where its fault is', () => {
  const status = (code: string, state = 'failed') => ({ state, fault: { code, params: {} } }) as never
  const at = (code: string, state?: string) => {
    const { hops } = diagnosisOf(status(code, state), { at: 0, isDecided: true, sourceKind: 'rtsp', address: 'rtsp://x' })
    return hops.filter(({ result }) => result === 'failed').map(({ hop }) => hop)
  }
  expect(at('name-unresolved')).toEqual(['name'])
  expect(at('unauthorised')).toEqual(['login'])
  expect(at('certificate')).toEqual(['certificate'])
  for (const [code, hop] of Object.entries(faultHops)) expect([code, ...at(code)]).toEqual([code, hop])
  expect(at('b-frames', 'degraded')).toEqual([])
})

const offer = [
  'v=0',
  'm=video 9 UDP/TLS/RTP/SAVPF 109',
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}`,
  'a=mid:0',
  'a=rtpmap:109 H264/90000',
  'a=fmtp:109 packetization-mode=1;profile-level-id=42e01f',
  '',
].join('\r\n')
const post = { method: 'POST', body: offer, headers: { 'Content-Type': 'application/sdp' } }

describe.skipIf(!hasWorker)(`with the SFU${hasWorker ? '' : `: skipped, ${workerMissing}`}`, () => {
  test('a password typed into the address reaches the camera and nothing else: no page, no log, no file, no child of ours', async () => {
    const id = await add({ address: `rtsp://admin:${encoded}@127.0.0.1:${fake.port}/live` })
    const answer = await ask(officer, `/whep/${id}/main`, post)
    expect(answer.status).toBe(201)
    expect(answer.text).toContain('m=video 7 UDP/TLS/RTP/SAVPF 109')
    expect(fake.requests.some(({ authorization }) => authorization?.includes('username="admin"'))).toBe(true)
    const diagnosis = await officer.rpc.cameras.diagnose.mutate({ id })
    expect(diagnosis.fault).toBeNull()
    expect(JSON.parse((await query(admin, 'get', { id })).text)).toMatchObject({
      result: { data: { hasLogin: true, username: 'admin', address: fake.address } },
    })
    await query(officer, 'list', { query: '' })
    await query(officer, 'states', { streams: [{ id, quality: 'main' }] })
    const everything = encodeURIComponent(JSON.stringify({ from: null, to: null, actor: null, action: null, before: null, limit: 100 }))
    expect((await ask(await app.as('audit-admin'), `/rpc/audit.page?input=${everything}`)).status).toBe(200)
    told.push(JSON.stringify(diagnosis))
    // A wrong one: its error passes every hop too.
    await admin.rpc.cameras.save.mutate({ ...base, id, address: fake.address, login: { username: 'admin', password: `${password}-wrong` } })
    await expect
      .poll(async () => (await officer.rpc.cameras.states.query({ streams: [{ id, quality: 'main' }] }))[`${id}/main`]?.fault?.code)
      .toBe('unauthorised')
    told.push(JSON.stringify(await officer.rpc.cameras.diagnose.mutate({ id })))
    const forms = [password, encoded, Buffer.from(`admin:${password}`).toString('base64')]
    const [files, children] = [await filesOf(app.directory), await childrenOfOurs()]
    // The SFU's worker at least.
    if (process.platform === 'linux') expect(children.length).toBeGreaterThan(0)
    for (const form of forms) {
      expect(told.join('\n').includes(form), 'page').toBe(false)
      expect(logged.join('').includes(form), 'log').toBe(false)
      for (const bytes of [...files, ...children]) expect(bytes.includes(form), 'file or child').toBe(false)
    }
    await admin.rpc.cameras.remove.mutate({ id })
  })

  test('a session is its viewer’s: another person, a guessed id, nobody at all gets nothing', async () => {
    const id = await add({ address: fake.address, login: { username: 'admin', password } })
    const answer = await ask(officer, `/whep/${id}/main`, post)
    expect([answer.status, answer.text]).toEqual([201, expect.stringContaining('m=video')])
    const session = new URL(answer.headers.get('location') ?? '', `http://x/whep/${id}/main`).pathname
    expect(session).toMatch(/^\/whep-sessions\/[0-9a-f]{32}$/)
    expect((await ask(await app.as('duty-officer'), session, { method: 'DELETE' })).status).toBe(404)
    expect((await ask(officer, `/whep-sessions/${'0'.repeat(32)}`, { method: 'DELETE' })).status).toBe(404)
    const stranger = await app.stranger()
    for (const [path, init] of [
      [`/whep/${id}/main`, post],
      [session, { method: 'DELETE' }],
      [`/camera-stills/${id}`, {}],
    ] as const)
      expect((await ask(stranger, path, init)).status).toBe(401)
    expect((await ask(officer, `/whep/${crypto.randomUUID()}/main`, post)).status).toBe(404)
    expect((await ask(officer, `/whep/${id}/other`, post)).status).toBe(404)
    expect((await ask(officer, `/whep/${id}/main`, { ...post, body: 'hello' })).status).toBe(400)
    expect((await ask(await app.as('security-admin'), `/whep/${id}/main`, post)).status).toBe(403)
    expect((await ask(officer, session, { method: 'DELETE' })).status).toBe(204)
    expect((await ask(officer, session, { method: 'DELETE' })).status).toBe(404)
    await admin.rpc.cameras.remove.mutate({ id })
  })

  test('no camera there: the answer names the hop, and the state goes on by itself', async () => {
    const id = await add()
    const answer = await ask(officer, `/whep/${id}/main`, post)
    expect(answer.status).toBe(503)
    expect(JSON.parse(answer.text)).toMatchObject({ fault: { code: 'port-closed' } })
    const { hops } = await officer.rpc.cameras.diagnose.mutate({ id })
    expect(hops.find(({ result }) => result === 'failed')?.hop).toBe('connection')
    await admin.rpc.cameras.remove.mutate({ id })
  })
})
