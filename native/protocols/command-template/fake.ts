// A splicer (拼接器) of no known make in this process, spoken to by a template.
import { type FakeDevice, type FakeMood, openByteFake } from '../display/fake.ts'
import { readTemplate } from './template.ts'

export const sourceOfFake = `
name: 样例拼接器
transport: tcp
encoding: hex
timeoutMs: 150
retries: 1
refuse: "AA 55 EE"
commands:
  recall:
    label: 调用预案
    act: preset
    values:
      preset: { min: 1, max: 64, add: -1 }
    send: AA 55 01 {preset:u8} {sum8@2}
    expect: AA 55 01
  next: { send: "AA 55 03 {sum8@2}", expect: AA 55 03, mayRepeat: false }
reads:
  preset: { send: "AA 55 02 {sum8@2}", expect: "AA 55 02 {value}", as: number, add: 1 }
`
export const templateOfFake = readTemplate(sourceOfFake)

export function openFakeTemplate({ mood }: { mood: FakeMood }): Promise<FakeDevice> {
  let preset = 0
  return openByteFake(mood, () => ({
    take(chunk) {
      const [, , command = 0, value = 0] = chunk
      const say = (...bytes: number[]) => [{ answer: Buffer.from([0xaa, 0x55, ...bytes]) }]
      if (command === 2) return say(2, preset)
      if (mood.isRefusing) return say(0xee)
      if (!mood.isLying) preset = command === 1 ? value : preset + 1
      return say(command, preset)
    },
  }))
}
