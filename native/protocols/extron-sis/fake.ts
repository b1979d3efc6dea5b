// An Extron wall processor in this process, with or without a password.
import { type FakeDevice, type FakeMood, openByteFake } from '../display/fake.ts'

export function openFakeExtron({ mood, password }: { mood: FakeMood; password?: string }): Promise<FakeDevice> {
  const presets = new Map<string, string>()
  const windows = new Map<string, string>()
  return openByteFake(mood, () => {
    let isIn = password === undefined
    return {
      greeting: Buffer.from(`(c) Copyright, Extron, Quantum Ultra, V1.00\r\n${password === undefined ? '' : 'Password:'}`),
      take(chunk) {
        const text = chunk.toString('latin1')
        const say = (line: string) => [{ answer: Buffer.from(`${line}\r\n`) }]
        if (!isIn) {
          isIn = text === `${password}\r`
          return isIn ? say('Login Administrator') : [{ answer: Buffer.from('Password:') }]
        }
        const [, canvas, recalled] = /^1\*(\d+)\*(\d+)\.$/.exec(text) ?? []
        if (canvas !== undefined && recalled !== undefined) {
          if (mood.isRefusing) return say('E11')
          if (!mood.isLying) presets.set(canvas, recalled)
          return say(`1Rpr${canvas.padStart(2, '0')}*${recalled.padStart(3, '0')}`)
        }
        const asked = /^\u001bL1\*(\d+)PRST\r$/.exec(text)?.[1]
        if (asked !== undefined) return say((presets.get(asked) ?? '1').padStart(3, '0'))
        const [, window, input] = /^(\d+\*\d+)(?:\*(\d+))?!$/.exec(text) ?? []
        if (window === undefined) return say('E10')
        if (input !== undefined && !mood.isLying) windows.set(window, input)
        return say(input === undefined ? (windows.get(window) ?? '0') : `Grp${window} In${input}`)
      },
    }
  })
}
