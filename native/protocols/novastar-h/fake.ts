// A NovaStar H splicer in this process.
import { type FakeDevice, type FakeMood, openDatagramFake } from '../display/fake.ts'

export function openFakeNovastarH({ mood }: { mood: FakeMood }): Promise<FakeDevice> {
  // Two screens; what is said of one is not said of the other.
  const screens = ['Screen 1', 'Screen 2'].map((name) => ({ brightness: 100, screenFrz: 0, blackout: 1, presetId: 0, name }))
  return openDatagramFake(mood, (bytes) => {
    const [asked] = JSON.parse(bytes.toString('utf8')) as [Record<string, number> & { cmd: string }]
    const { cmd } = asked
    const state = screens[(cmd === 'R0401' ? asked.param1 : asked.screenId) ?? 0]
    if (state === undefined) return Buffer.from(JSON.stringify([{ cmd, ack: 'Error' }]))
    if (mood.isRefusing && cmd.startsWith('W')) return Buffer.from(JSON.stringify([{ cmd, ack: 'Error' }]))
    if (!mood.isLying) {
      if (cmd === 'W0605') state.presetId = asked.presetId ?? 0
      if (cmd === 'W0410') state.brightness = asked.brightness ?? 0
      if (cmd === 'W0409') state.blackout = asked.type ?? 1
      if (cmd === 'W040A') state.screenFrz = asked.enable ?? 0
    }
    return Buffer.from(JSON.stringify([cmd === 'R0401' ? { cmd, ack: 'Ok', screenId: asked.param1, ...state } : { cmd, ack: 'Ok' }]))
  })
}
