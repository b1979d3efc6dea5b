// An LG display in this process.
import { type FakeDevice, type FakeMood, openByteFake } from '../display/fake.ts'

export function openFakeLg({ mood }: { mood: FakeMood }): Promise<FakeDevice> {
  const state: Record<string, string> = { ka: '00', xb: '90', kd: '00', kh: '32', dd: '00', di: '01' }
  return openByteFake(mood, () => ({
    take(chunk) {
      const [, command = '', id = '', data = ''] = /^(\w\w) (\w\w) (\w\w)\r$/.exec(chunk.toString('latin1')) ?? []
      const say = (word: string) => [{ answer: Buffer.from(`${command[1]} ${id} ${word}x`) }]
      const known = state[command]
      if (known === undefined) return say('NG00')
      if (data.toLowerCase() === 'ff') return say(`OK${known}`)
      if (mood.isRefusing) return say(`NG${data}`)
      if (!mood.isLying) state[command] = data
      return say(`OK${data}`)
    },
  }))
}
