// Every driver against its fake over a real socket: done, refused, lied to, silent, garbled, half-spoken, hung up on, and well again afterwards.
import { afterAll, describe, expect, test } from 'vitest'
import type { CommandTemplate, DisplayAct, DisplayProtocol } from '../../contract/index.ts'
import { openFakeTemplate, templateOfFake } from '../command-template/fake.ts'
import { openFakeEventMaster } from '../event-master/fake.ts'
import { openFakeExtron } from '../extron-sis/fake.ts'
import { openFakeIsapi } from '../hikvision-isapi/fake.ts'
import { openFakeLg } from '../lg/fake.ts'
import { openFakeCoex } from '../novastar-coex/fake.ts'
import { openFakeNovastarH } from '../novastar-h/fake.ts'
import { openFakeProjector } from '../pjlink/fake.ts'
import { openFakeSamsung } from '../samsung-mdc/fake.ts'
import { Device } from './device.ts'
import { type FakeDevice, type FakeMood, wellBehaved } from './fake.ts'
import { openDisplay } from './open.ts'

const brisk = { timeoutMs: 150, quietMs: 30 }
const patient = { timeoutMs: 10_000, quietMs: 100 }
const on: DisplayAct = { kind: 'power', isOn: true }
const preset: DisplayAct = { kind: 'preset', preset: 4, screen: null }

interface Kind {
  protocol: DisplayProtocol
  open: (mood: FakeMood) => Promise<FakeDevice>
  act: DisplayAct
  /** Barco does not say which preset is on. */
  cannotReadBack?: true
  template?: CommandTemplate
  login?: { username: string; password: string }
}

const kinds: Kind[] = [
  {
    protocol: 'pjlink',
    open: (mood) => openFakeProjector({ mood, password: 'JBMIAProjectorLink' }),
    act: on,
    login: { username: '', password: 'JBMIAProjectorLink' },
  },
  { protocol: 'samsung-mdc', open: (mood) => openFakeSamsung({ mood }), act: on },
  { protocol: 'lg', open: (mood) => openFakeLg({ mood }), act: on },
  { protocol: 'novastar-h', open: (mood) => openFakeNovastarH({ mood }), act: preset },
  { protocol: 'novastar-coex', open: (mood) => openFakeCoex({ mood }), act: { kind: 'blank', isOn: true } },
  { protocol: 'extron-sis', open: (mood) => openFakeExtron({ mood, password: 'extron' }), act: preset, login: { username: '', password: 'extron' } },
  { protocol: 'event-master', open: (mood) => openFakeEventMaster({ mood }), act: preset, cannotReadBack: true },
  { protocol: 'template', open: (mood) => openFakeTemplate({ mood }), act: preset, template: templateOfFake },
]

const fakes: FakeDevice[] = []
const devices: Device[] = []
afterAll(async () => {
  await Promise.all(devices.splice(0).map((device) => device.stop()))
  await Promise.all(fakes.splice(0).map((fake) => fake.close()))
})

function deviceOf(kind: Omit<Kind, 'open' | 'act'>, port: number, timing = { ...patient }): Device {
  const identity = { protocol: kind.protocol, address: { kind: 'network' as const, host: '127.0.0.1', port }, unit: null, template: null }
  const device = new Device({
    open: () => openDisplay({ identity, login: kind.login ?? null, template: kind.template ?? null, timing }),
    settle: { times: 2, everyMs: 5 },
  })
  devices.push(device)
  return device
}

async function keep<F extends FakeDevice>(opening: Promise<F>): Promise<F> {
  const fake = await opening
  fakes.push(fake)
  return fake
}

// Side by side: each has its own fake, and most of the time is waiting.
describe.concurrent.each(kinds)('$protocol', (kind) => {
  test('done and read back; lied to; refused', async () => {
    const fake = await keep(kind.open(wellBehaved()))
    const device = deviceOf(kind, fake.port)
    fake.mood.isLying = true
    expect((await device.apply(kind.act)).result).toBe(kind.cannotReadBack ? 'accepted' : 'contradicted')
    fake.mood.isLying = false
    expect((await device.apply(kind.act)).result).toBe(kind.cannotReadBack ? 'accepted' : 'confirmed')
    expect(device.status).toMatchObject({ state: 'ok', fault: null, queued: 0 })
    fake.mood.isRefusing = true
    expect((await device.apply(kind.act)).result).toBe('refused')
    // Its no is a word of it all the same.
    expect(device.status.state).toBe('ok')
    expect((await device.apply({ kind: 'tiling', columns: 99, rows: 99, position: 9999 })).result).toBe('refused')
    expect(fake.connections).toBeLessThanOrEqual(1)
  })

  test('silence, garbage, half an answer, a hang-up: unknown and soon, then well again', async () => {
    const fake = await keep(kind.open(wellBehaved()))
    const timing = { ...patient }
    const device = deviceOf(kind, fake.port, timing)
    await device.apply(kind.act)
    const facts = (await device.refresh()).facts.length
    for (const speech of ['silent', 'garbage', 'half', 'drop'] as const) {
      Object.assign(timing, brisk)
      fake.mood.speech = speech
      const hurried = deviceOf(kind, fake.port, timing)
      const outcome = await hurried.apply(kind.act)
      expect(['unknown', 'unreached'], `${speech} ${JSON.stringify(outcome)}`).toContain(outcome.result)
      expect(hurried.status).toMatchObject({ state: 'down', lastEvidenceAt: null })
      fake.mood.speech = 'plain'
      Object.assign(timing, patient)
      expect((await hurried.apply(kind.act)).result, `after ${speech}`).toBe(kind.cannotReadBack ? 'accepted' : 'confirmed')
      const status = await hurried.refresh()
      expect([status.state, status.facts.length, status.facts.every(({ isCurrent }) => isCurrent)]).toEqual(['ok', facts, true])
    }
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

describe('passwords', () => {
  test.each([
    ['pjlink', (mood: FakeMood) => openFakeProjector({ mood, password: 'right' })],
    ['extron-sis', (mood: FakeMood) => openFakeExtron({ mood, password: 'right' })],
    ['hikvision-isapi', (mood: FakeMood) => openFakeIsapi({ mood, password: 'right' })],
  ] as const)('%s: wrong, missing, right', async (protocol, open) => {
    const fake = await keep(open(wellBehaved()))
    const codeWith = async (password: string | null) =>
      (await deviceOf({ protocol, ...(password === null ? {} : { login: { username: 'admin', password } }) }, fake.port).refresh()).fault?.code ??
      null
    expect(await codeWith('wrong')).toBe('wrong-password')
    expect(await codeWith(null)).toBe('password-missing')
    expect(await codeWith('right')).toBeNull()
    const before = fake.received.length
    await deviceOf({ protocol, login: { username: 'admin', password: 'wrong' } }, fake.port).apply(on)
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
