// What is read back is of the part that was told, and is not made up: another screen or canvas, the place within a splice, all screens of a controller, lamps that make no sense.
import { afterAll, expect, test } from 'vitest'
import type { DisplayAct, DisplayFactName } from '../../contract/index.ts'
import { readTemplate } from '../command-template/template.ts'
import { openFakeExtron } from '../extron-sis/fake.ts'
import { openFakeLg } from '../lg/fake.ts'
import { openFakeCoex } from '../novastar-coex/fake.ts'
import { openFakeNovastarH } from '../novastar-h/fake.ts'
import { openFakeProjector } from '../pjlink/fake.ts'
import { faultWords } from '../samsung-mdc/codec.ts'
import { openFakeSamsung } from '../samsung-mdc/fake.ts'
import type { Device } from './device.ts'
import { type FakeDevice, openByteFake, wellBehaved } from './fake.ts'
import { type Kind, openKind } from './testing/kinds.ts'

const timing = { timeoutMs: 10_000, quietMs: 30 }
const open: { stop(): Promise<void> }[] = []
afterAll(() => Promise.all(open.map((one) => one.stop())))

async function deviceOf(kind: Partial<Kind> & Pick<Kind, 'protocol'>, opening: Promise<FakeDevice>): Promise<{ device: Device; fake: FakeDevice }> {
  const fake = await opening
  const device = openKind(kind, { port: fake.port, timing })
  open.push({ stop: async () => (await device.stop(), await fake.close()) })
  return { device, fake }
}
const factOf = async (device: Device, name: DisplayFactName) =>
  (await device.refresh()).facts.find((fact) => fact.name === name && fact.isCurrent)?.value
const presetOn = (screen: number | null): DisplayAct => ({ kind: 'preset', preset: 4, screen })

const template = readTemplate(`
name: 双屏拼接器
transport: tcp
replyEnd: "\\r"
end: "\\r"
commands:
  recall: { act: preset, send: "P {screen} {preset}", expect: OK }
reads:
  preset: { send: "Q {screen}", expect: "P={value}", as: number }
`)
const silentOnOthers = readTemplate(`
name: 只报第一屏
transport: tcp
replyEnd: "\\r"
end: "\\r"
commands:
  recall: { act: preset, send: "P {screen} {preset}", expect: OK }
reads:
  preset: { send: "Q 1", expect: "P={value}", as: number }
`)

function openFakeSplicer(mood: ReturnType<typeof wellBehaved>): Promise<FakeDevice> {
  const presets = new Map<string, string>()
  return openByteFake(mood, () => ({
    take(chunk) {
      const [verb, screen = '', preset] = chunk.toString('latin1').trim().split(' ')
      if (verb === 'P' && preset !== undefined && !mood.isLying) presets.set(screen, preset)
      return [{ answer: Buffer.from(verb === 'P' ? 'OK\r' : `P=${presets.get(screen) ?? 1}\r`) }]
    },
  }))
}

test.each([
  ['novastar-h', { protocol: 'novastar-h' }, openFakeNovastarH],
  ['extron-sis', { protocol: 'extron-sis' }, openFakeExtron],
  ['template', { protocol: 'template', template }, ({ mood }: { mood: ReturnType<typeof wellBehaved> }) => openFakeSplicer(mood)],
] as const)('%s: a preset of another screen is read back from that screen, and is none of the first', async (_, kind, openFake) => {
  const { device, fake } = await deviceOf(kind, openFake({ mood: wellBehaved() }))
  expect(await factOf(device, 'preset')).toBe(1)
  expect((await device.apply(presetOn(2))).result).toBe('confirmed')
  expect(await factOf(device, 'preset')).toBe(1)
  fake.mood.isLying = true
  // The second shows it already; the first would only say so.
  expect((await device.apply(presetOn(1))).result).toBe('contradicted')
  expect((await device.apply({ ...presetOn(2), preset: 5 } as DisplayAct)).result).toBe('contradicted')
})

test('a template whose read tells of the first screen only: another is accepted, never confirmed nor contradicted', async () => {
  const { device } = await deviceOf({ protocol: 'template', template: silentOnOthers }, openFakeSplicer(wellBehaved()))
  expect((await device.apply(presetOn(2))).result).toBe('accepted')
  expect((await device.apply(presetOn(null))).result).toBe('confirmed')
})

test('NovaStar H counts from 1 for people: screen 0 is none', async () => {
  const { device, fake } = await deviceOf({ protocol: 'novastar-h' }, openFakeNovastarH({ mood: wellBehaved() }))
  expect(await device.apply(presetOn(0))).toMatchObject({ result: 'refused', fault: { code: 'value-invalid' } })
  expect(fake.received).toEqual([])
})

test('LG: a set that took the splice but not its place in it is found out', async () => {
  const mood = wellBehaved()
  const { device } = await deviceOf({ protocol: 'lg' }, openFakeLg({ mood }))
  const third: DisplayAct = { kind: 'tiling', columns: 2, rows: 2, position: 3 }
  expect((await device.apply(third)).result).toBe('confirmed')
  expect(await factOf(device, 'tiling')).toBe('2x2 #3')
  mood.isLying = true
  expect((await device.apply({ ...third, position: 4 })).result).toBe('contradicted')
})

test('COEX: black is black when every screen is', async () => {
  const mood = { ...wellBehaved(), isLying: true }
  const { device } = await deviceOf({ protocol: 'novastar-coex' }, openFakeCoex({ mood }))
  for (const act of [
    { kind: 'blank', isOn: true },
    { kind: 'brightness', percent: 80 },
  ] as const) {
    mood.isLying = true
    expect((await device.apply(act)).result).toBe('contradicted')
    expect(await factOf(device, act.kind)).toBe('mixed')
    mood.isLying = false
    expect((await device.apply(act)).result).toBe('confirmed')
  }
})

test('PJLink: who it is; lamps that make no sense are not known', async () => {
  const { device } = await deviceOf({ protocol: 'pjlink' }, openFakeProjector({ mood: wellBehaved() }))
  const facts = new Map((await device.refresh()).facts.map(({ name, value }) => [name, value]))
  expect([facts.get('name'), facts.get('model'), facts.get('serial'), facts.get('hours')]).toEqual(['会商室投影', 'PX-1', 'SN0001', 1200])
  const mood = { ...wellBehaved(), bend: (answer: Buffer) => Buffer.from(answer.toString().replace('LAMP=1200 1', 'LAMP=12OO')) }
  const { device: odd } = await deviceOf({ protocol: 'pjlink' }, openFakeProjector({ mood }))
  expect(await factOf(odd, 'hours')).toBeUndefined()
})

test('Samsung: its error status makes it a device with a fault', async () => {
  const { device } = await deviceOf({ protocol: 'samsung-mdc' }, openFakeSamsung({ mood: wellBehaved(), faults: [0, 1, 0, 1, 90, 1] }))
  expect(await device.refresh()).toMatchObject({ state: 'degraded', fault: { code: 'device-failure', evidence: 'temperature error, fan error' } })
  expect(faultWords(Buffer.from([0, 0, 0, 0, 30]))).toBe('')
  for (const odd of [[], [0], [7, 0, 0, 0, 30, 0]]) expect(faultWords(Buffer.from(odd))).toBeNull()
})
