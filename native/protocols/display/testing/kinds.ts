// Each driver with its fake and the act it is tried with.
import type { CommandTemplate, DisplayAct, DisplayAddress, DisplayProtocol, DisplayResult } from '../../../contract/index.ts'
import { openFakeTemplate, templateOfFake } from '../../command-template/fake.ts'
import { openFakeEventMaster } from '../../event-master/fake.ts'
import { openFakeExtron } from '../../extron-sis/fake.ts'
import { openFakeIsapi } from '../../hikvision-isapi/fake.ts'
import { openFakeLg } from '../../lg/fake.ts'
import { openFakeCoex } from '../../novastar-coex/fake.ts'
import { openFakeNovastarH } from '../../novastar-h/fake.ts'
import { openFakeProjector } from '../../pjlink/fake.ts'
import { openFakeSamsung } from '../../samsung-mdc/fake.ts'
import { Device } from '../device.ts'
import type { DriverTiming } from '../driver.ts'
import type { FakeDevice, FakeMood } from '../fake.ts'
import { openDisplay } from '../open.ts'
import { overSerial } from './serial-bridge.ts'

export const on: DisplayAct = { kind: 'power', isOn: true }
export const preset: DisplayAct = { kind: 'preset', preset: 4, screen: null }

export interface Kind {
  protocol: DisplayProtocol
  open: (mood: FakeMood) => Promise<FakeDevice>
  /** null = it only says how it is. */
  act: DisplayAct | null
  /** Something is said or asked as soon as the line stands. */
  isGreeted?: true
  /** Barco does not say which preset is on. */
  cannotReadBack?: true
  /** What is made of its lie; left out = it is found out. */
  lie?: DisplayResult
  template?: CommandTemplate
  isEndedBySilence?: true
  /** Of the tests, where it is not that of the protocol. */
  name?: string
  login?: { username: string; password: string }
}

export const kinds: readonly Kind[] = [
  {
    protocol: 'pjlink',
    open: (mood) => openFakeProjector({ mood, password: 'JBMIAProjectorLink' }),
    act: on,
    isGreeted: true,
    login: { username: '', password: 'JBMIAProjectorLink' },
  },
  { protocol: 'samsung-mdc', open: (mood) => openFakeSamsung({ mood }), act: on },
  { protocol: 'lg', open: (mood) => openFakeLg({ mood }), act: on },
  { protocol: 'novastar-h', open: (mood) => openFakeNovastarH({ mood }), act: preset },
  { protocol: 'novastar-coex', open: (mood) => openFakeCoex({ mood }), act: { kind: 'blank', isOn: true }, isGreeted: true },
  {
    protocol: 'extron-sis',
    open: (mood) => openFakeExtron({ mood, password: 'extron' }),
    act: preset,
    isGreeted: true,
    login: { username: '', password: 'extron' },
  },
  { protocol: 'event-master', open: (mood) => openFakeEventMaster({ mood }), act: preset, cannotReadBack: true, lie: 'accepted' },
  {
    protocol: 'hikvision-isapi',
    open: (mood) => openFakeIsapi({ mood }),
    act: null,
    lie: 'confirmed',
    login: { username: 'admin', password: 'Hik-2026' },
  },
  { protocol: 'template', open: (mood) => openFakeTemplate({ mood }), act: preset, template: templateOfFake, isEndedBySilence: true },
]

/** The same devices at the far end of a serial line. */
export const serialKinds: readonly Kind[] = [
  { name: 'lg over a serial line', protocol: 'lg', open: (mood) => overSerial(openFakeLg({ mood })), act: on },
  {
    name: 'template over a serial line',
    protocol: 'template',
    open: (mood) => overSerial(openFakeTemplate({ mood })),
    act: preset,
    template: { ...templateOfFake, transport: 'serial' },
    isEndedBySilence: true,
  },
]

export function openKind(
  kind: Partial<Kind> & Pick<Kind, 'protocol'>,
  { port, line, timing }: Pick<FakeDevice, 'port' | 'line'> & { timing: DriverTiming },
): Device {
  const address: DisplayAddress =
    line === undefined ? { kind: 'network', host: '127.0.0.1', port } : { kind: 'serial', path: line, baudRate: 9600, parity: 'none' }
  const identity = { protocol: kind.protocol, address, unit: null, template: null }
  // A file names its own time; here it follows that of the test, as it changes.
  const template = kind.template && Object.defineProperty({ ...kind.template }, 'timeoutMs', { get: () => timing.timeoutMs })
  return new Device({
    open: () => openDisplay({ identity, login: kind.login ?? null, template: template ?? null, timing }),
    settle: { times: 2, everyMs: 5 },
  })
}

/** Does its act, or asks how it is where it has none. */
export async function ask(device: Device, { act }: Pick<Kind, 'act'>): Promise<DisplayResult> {
  if (act !== null) return (await device.apply(act)).result
  const { state } = await device.refresh()
  return state === 'ok' ? 'confirmed' : state === 'degraded' ? 'refused' : 'unknown'
}
