// Every driver against its fake over a real socket: done, refused, lied to, silent, garbled, half-spoken, hung up on, and well again afterwards.
import type { IncomingMessage } from 'node:http'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { readTemplate } from '../command-template/template.ts'
import { openFakeExtron } from '../extron-sis/fake.ts'
import { openFakeIsapi } from '../hikvision-isapi/fake.ts'
import { openFakeLg } from '../lg/fake.ts'
import { openFakeCoex } from '../novastar-coex/fake.ts'
import { openFakeProjector } from '../pjlink/fake.ts'
import { openFakeSamsung } from '../samsung-mdc/fake.ts'
import type { Device } from './device.ts'
import { type FakeDevice, type FakeHttpAnswer, type FakeMood, openHttpFake, wellBehaved } from './fake.ts'
import { openDisplay } from './open.ts'
import { ask, type Kind, kinds, on, openKind, preset, serialKinds } from './testing/kinds.ts'
import { mutate, randomOf } from './testing/mutate.ts'
import { serialMissing } from './testing/serial-bridge.ts'

const brisk = { timeoutMs: 150, quietMs: 30 }
const patient = { timeoutMs: 10_000, quietMs: 100 }
const seed = Date.now() % 2_147_483_647
console.log(`display drivers: seed ${seed}`)

const fakes: FakeDevice[] = []
const devices: Device[] = []
afterAll(async () => {
  await Promise.all(devices.splice(0).map((device) => device.stop()))
  await Promise.all(fakes.splice(0).map((fake) => fake.close()))
})

function deviceOf(kind: Partial<Kind> & Pick<Kind, 'protocol'>, at: number | FakeDevice, timing = { ...patient }): Device {
  const { port, line } = typeof at === 'number' ? { port: at } : at
  const device = openKind(kind, { port, line, timing })
  devices.push(device)
  return device
}

async function keep<F extends FakeDevice>(opening: Promise<F>): Promise<F> {
  const fake = await opening
  fakes.push(fake)
  return fake
}

// Side by side: each has its own fake, and most of the time is waiting.
const rows = [...kinds, ...(serialMissing === null ? serialKinds : [])].map((kind) => ({ name: kind.protocol, ...kind }))
if (serialMissing !== null) test.skip(`over a serial line: ${serialMissing}`)

describe.concurrent.each(rows)('$name', (kind) => {
  const done = kind.cannotReadBack === true ? 'accepted' : 'confirmed'
  const lied = kind.lie ?? 'contradicted'

  test('done and read back, also when the answer comes byte by byte; lied to; refused', async () => {
    const fake = await keep(kind.open(wellBehaved()))
    const device = deviceOf(kind, fake)
    fake.mood.isLying = true
    expect(await ask(device, kind)).toBe(lied)
    fake.mood.isLying = false
    expect(await ask(device, kind)).toBe(done)
    expect(device.status).toMatchObject({ state: 'ok', fault: null, queued: 0 })
    // On a busy machine there may be a silence between two bytes.
    if (kind.isEndedBySilence !== true) fake.mood.speech = 'pieces'
    expect(await ask(device, kind)).toBe(done)
    fake.mood.isRefusing = true
    const told = fake.received.length
    expect(await ask(device, kind)).toBe('refused')
    expect(fake.received.length).toBeGreaterThan(told)
    fake.mood.speech = 'plain'
    // What no such device can do is a no of our own: nothing is sent.
    const sent = fake.received.length
    expect((await device.apply({ kind: 'tiling', columns: 99, rows: 99, position: 9999 })).result).toBe('refused')
    expect(fake.received).toHaveLength(sent)
    // A no to an act is a word of it all the same; one that will not even say how it stands is not well.
    expect(device.status.state).toBe(kind.act === null ? 'degraded' : 'ok')
    expect(fake.connections).toBeLessThanOrEqual(1)
  })

  test('silence, garbage, half an answer, a hang-up in mid-command on a standing line: unknown, and nothing is taken for current; then well again', async () => {
    const fake = await keep(kind.open(wellBehaved()))
    const timing = { ...patient }
    const device = deviceOf(kind, fake, timing)
    expect(await ask(device, kind)).toBe(done)
    const facts = (await device.refresh()).facts.length
    expect(facts).toBeGreaterThan(0)
    for (const speech of ['silent', 'garbage', 'half', 'drop'] as const) {
      Object.assign(timing, brisk)
      fake.mood.speech = speech
      // It was sent: whether it was done nobody knows, also when the next try did not even reach the device.
      expect(await ask(device, kind), speech).toBe('unknown')
      expect(device.status.state).toBe('down')
      expect(device.status.facts.filter(({ isCurrent }) => isCurrent)).toEqual([])
      fake.mood.speech = 'plain'
      Object.assign(timing, patient)
      expect(await ask(device, kind), `after ${speech}`).toBe(done)
      const status = await device.refresh()
      expect([status.state, status.facts.length, status.facts.every(({ isCurrent }) => isCurrent)]).toEqual(['ok', facts, true])
    }
    await vi.waitFor(() => expect(fake.connections).toBeLessThanOrEqual(1))
  })

  test('hung up on while nobody asked anything: the next question, and the next act, reach it anew', async () => {
    const fake = await keep(kind.open(wellBehaved()))
    const device = deviceOf(kind, fake)
    expect(await ask(device, kind)).toBe(done)
    for (const again of [async () => (await device.refresh()).state, () => ask(device, kind)]) {
      fake.hangUp()
      await vi.waitFor(() => expect(fake.connections).toBe(0))
      expect(['ok', done]).toContain(await again())
      expect(device.status).toMatchObject({ state: 'ok', fault: null })
    }
  })

  test('answers bent on the way: an outcome each time, never a bug; then well again', async () => {
    const fake = await keep(kind.open(wellBehaved()))
    const random = randomOf(seed)
    const device = deviceOf(kind, fake, { timeoutMs: 40, quietMs: 10 })
    fake.mood.bend = (answer) => mutate([answer], random)
    for (let turn = 0; turn < 4; turn += 1) await ask(device, kind)
    delete fake.mood.bend
    // A serial line is one device's at a time.
    await device.stop()
    expect(await ask(deviceOf(kind, fake), kind)).toBe(done)
  })
})

// The others say nothing before they are asked.
describe.concurrent.each(kinds.filter(({ isGreeted }) => isGreeted))('$protocol, from its first word', (kind) => {
  test.each(['silent', 'garbage', 'half', 'drop'] as const)('%s: not done, and soon; then well again', async (speech) => {
    const fake = await keep(kind.open({ ...wellBehaved(), speech }))
    const timing = { ...brisk }
    const device = deviceOf(kind, fake.port, timing)
    expect(['unknown', 'unreached']).toContain(await ask(device, kind))
    expect(device.status).toMatchObject({ state: 'down', lastEvidenceAt: null })
    fake.mood.speech = 'plain'
    Object.assign(timing, patient)
    expect(await ask(device, kind)).toBe('confirmed')
  })
})

test('what was known is unknown once it falls silent, its words and their age stay', async () => {
  const fake = await keep(openFakeLg({ mood: wellBehaved() }))
  const device = deviceOf({ protocol: 'lg' }, fake.port)
  await device.apply(on)
  expect(device.status.facts.find(({ name }) => name === 'power')).toMatchObject({ value: 'on', isCurrent: true })
  await fake.close()
  expect((await device.refresh()).facts.find(({ name }) => name === 'power')).toMatchObject({ value: 'on', isCurrent: false })
  expect(device.status).toMatchObject({ state: 'down' })
  expect((await device.apply(on)).result).toBe('unreached')
  expect(device.status.fault?.code).toBe('port-closed')
})

test('acts asked at once are done one after another over one connection', async () => {
  const fake = await keep(openFakeSamsung({ mood: wellBehaved() }))
  const device = deviceOf({ protocol: 'samsung-mdc' }, fake.port)
  const results = await Promise.all([
    device.apply(on),
    device.apply({ kind: 'input', input: 'HDMI1', window: null }),
    device.apply({ kind: 'tiling', columns: 2, rows: 2, position: 3 }),
    device.apply({ kind: 'brightness', percent: 80 }),
    device.apply({ kind: 'freeze', isOn: true }),
  ])
  expect(results.map(({ result }) => result)).toEqual(['confirmed', 'confirmed', 'confirmed', 'confirmed', 'refused'])
  expect(fake.connections).toBe(1)
  expect(fake.received.filter((frame) => frame[3]! > 0).map((frame) => frame.toString('hex').toUpperCase())).toEqual([
    'AA1101010114',
    'AA1401012137',
    'AA8401010187',
    'AA8901022203B1',
    'AA2501015077',
  ])
})

const webTemplate = readTemplate(
  'name: 网络中控\ntransport: http\ncommands:\n  on: { act: power-on, method: PUT, path: /on, send: "1", expect: OK }\nreads:\n  power: { method: GET, path: /power, send: "", expect: "power={value};" }\n',
)

/** Asks for HTTP Basic. */
function onlyRight({ headers }: IncomingMessage): FakeHttpAnswer {
  const isRight = headers.authorization === `Basic ${Buffer.from('admin:right').toString('base64')}`
  return isRight ? { status: 200, body: 'OK power=on;' } : { status: 401, body: '' }
}

describe('passwords', () => {
  test.each([
    ['pjlink', (mood: FakeMood) => openFakeProjector({ mood, password: 'right' })],
    ['extron-sis', (mood: FakeMood) => openFakeExtron({ mood, password: 'right' })],
    ['hikvision-isapi', (mood: FakeMood) => openFakeIsapi({ mood, password: 'right' })],
    ['template', (mood: FakeMood) => openHttpFake(mood, onlyRight)],
  ] as const)('%s: wrong, missing, right', async (protocol, open) => {
    const fake = await keep(open(wellBehaved()))
    const codeWith = async (password: string | null, username = 'admin') =>
      (await deviceOf({ protocol, template: webTemplate, ...(password === null ? {} : { login: { username, password } }) }, fake.port).refresh())
        .fault?.code ?? null
    expect(await codeWith('wrong')).toBe('wrong-password')
    expect(await codeWith('错误', '管理员')).toBe('wrong-password')
    expect(await codeWith(null)).toBe('password-missing')
    expect(await codeWith('right')).toBeNull()
    const before = fake.received.length
    await deviceOf({ protocol, template: webTemplate, login: { username: 'admin', password: 'wrong' } }, fake.port).apply(on)
    // Devices lock whoever tries again and again.
    expect(fake.received.length - before).toBeLessThanOrEqual(2)
  })

  test('a Samsung that wants TLS and a PIN, a COEX controller that a desktop tool holds, ISAPI that only says who it is', async () => {
    const secured = await keep(openFakeSamsung({ mood: wellBehaved(), isSecured: true }))
    expect((await deviceOf({ protocol: 'samsung-mdc' }, secured.port).refresh()).fault?.code).toBe('pin-tls-required')
    const locked = await keep(openFakeCoex({ mood: wellBehaved(), isLocked: () => true }))
    expect(await deviceOf({ protocol: 'novastar-coex' }, locked.port).apply({ kind: 'blank', isOn: true })).toMatchObject({
      result: 'refused',
      fault: { code: 'locked-elsewhere' },
    })
    const isapi = await keep(openFakeIsapi({ mood: wellBehaved() }))
    const login = { username: 'admin', password: 'Hik-2026' }
    const device = deviceOf({ protocol: 'hikvision-isapi', login }, isapi.port)
    expect((await device.refresh()).facts.map(({ name, value }) => [name, value])).toEqual([
      ['name', 'B20'],
      ['model', 'DS-B20'],
      ['serial', '0001'],
    ])
    expect((await device.apply(preset)).result).toBe('refused')
  })
})

test('a projector of class 1 that speaks lower case, strews NUL bytes and leaves the CR out', async () => {
  const fake = await keep(openFakeProjector({ mood: wellBehaved(), class: 1, isOdd: true }))
  const device = deviceOf({ protocol: 'pjlink' }, fake.port, { timeoutMs: 10_000, quietMs: 15 })
  expect((await device.apply({ kind: 'input', input: 'DIGITAL2', window: null })).result).toBe('confirmed')
  expect((await device.apply({ kind: 'freeze', isOn: true })).result).toBe('refused')
})

test('nobody listens, no such name, no address', async () => {
  const fake = await openFakeLg({ mood: wellBehaved() })
  const { port } = fake
  await fake.close()
  expect(await deviceOf({ protocol: 'lg' }, port).apply(on)).toMatchObject({ result: 'unreached', fault: { code: 'port-closed' } })
  const identity = {
    protocol: 'lg' as const,
    address: { kind: 'network' as const, host: 'no-such-display.invalid', port: null },
    unit: null,
    template: null,
  }
  await expect(openDisplay({ identity, login: null, template: null, timing: brisk })).rejects.toMatchObject({
    fault: { code: expect.stringMatching(/name-unresolved|connect-timeout/) as string },
  })
  const serial = { ...identity, address: { kind: 'serial' as const, path: '/dev/no-such-line', baudRate: 9600, parity: 'none' as const } }
  await expect(openDisplay({ identity: serial, login: null, template: null })).rejects.toMatchObject({ fault: { code: 'serial-unavailable' } })
})
