// A projector in this process: class 1 or 2, with or without a password, deviating as real ones do.
import { createHash } from 'node:crypto'
import { type FakeDevice, type FakeMood, openByteFake } from '../display/fake.ts'

export interface FakeProjectorOptions {
  mood: FakeMood
  class?: 1 | 2
  password?: string
  /** Lower case, NUL bytes, answers without CR. */
  isOdd?: boolean
}

const random = '498e4a67'

export function openFakeProjector({ mood, class: deviceClass = 2, password, isOdd = false }: FakeProjectorOptions): Promise<FakeDevice> {
  const state: Record<string, string> = {
    POWR: '0',
    INPT: '31',
    AVMT: '30',
    FREZ: '0',
    ERST: '000000',
    LAMP: '1200 1',
    NAME: '会商室投影',
    INF2: 'PX-1',
    SNUM: 'SN0001',
    CLSS: String(deviceClass),
  }
  return openByteFake(mood, () => {
    let isIn = password === undefined
    let held = ''
    const word = (text: string) => Buffer.from(isOdd ? `\0${text.toLowerCase()}\0` : `${text}\r`, 'utf8')
    return {
      greeting: Buffer.from(password === undefined ? 'PJLINK 0\r' : `PJLINK 1 ${random}\r`),
      take(chunk) {
        held += chunk.toString('utf8')
        const lines = held.split('\r')
        held = lines.pop() ?? ''
        return lines.map((line) => {
          let text = line
          if (!isIn) {
            const sum = createHash('md5')
              .update(random + (password ?? ''))
              .digest('hex')
            if (!line.startsWith(sum)) return { answer: Buffer.from('PJLINK ERRA\r'), end: true }
            isIn = true
            text = line.slice(32)
          }
          const [, digit = '1', body = '', parameter = ''] = /^%([12])(\w{4}) (.*)$/.exec(text) ?? []
          return { answer: word(`%${digit}${body}=${answerTo({ state, mood, deviceClass }, { digit, body, parameter })}`) }
        })
      },
    }
  })
}

interface Inside {
  state: Record<string, string>
  mood: FakeMood
  deviceClass: 1 | 2
}

function answerTo({ state, mood, deviceClass }: Inside, { digit, body, parameter }: { digit: string; body: string; parameter: string }): string {
  const value = state[body]
  if (value === undefined || (digit === '2' && deviceClass === 1)) return 'ERR1'
  if (parameter === '?') return value
  if (mood.isRefusing) return 'ERR2'
  if (mood.isLying) return 'OK'
  state[body] = body === 'POWR' && parameter === '1' ? '3' : body === 'POWR' ? '2' : parameter
  return 'OK'
}
