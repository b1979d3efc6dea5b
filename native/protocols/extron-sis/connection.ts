// An Extron wall processor over SIS, by TCP (with its password) or RS-232.
import { type DisplayAct, type DisplayAddress, DisplayError } from '../../contract/index.ts'
import { ByteLine } from '../display/byte-line.ts'
import { capabilities, type Driver, type Expected, type OpenOptions, type Reading, ReadingMaker } from '../display/driver.ts'
import { askInput, askPreset, errorOf, readLine, recallPreset, setInput, sisPort, sisReader } from './codec.ts'

/** How long it is waited whether a password is asked: a processor without one only shows its name. */
const promptMs = 700

export async function openExtronSis(address: DisplayAddress, { timing, password, unit }: OpenOptions): Promise<Driver> {
  const line = await ByteLine.open({ address, defaultPort: sisPort, reader: sisReader(), timing })
  try {
    if (address.kind === 'network') await signIn(line, { password, waitMs: Math.min(promptMs + timing.quietMs, timing.timeoutMs) })
    return new SisDriver(line, unit ?? 1)
  } catch (error) {
    await line.close()
    throw error
  }
}

async function signIn(line: ByteLine<string>, { password, waitMs }: { password: string | null; waitMs: number }): Promise<void> {
  const isPrompt = (text: string) => readLine(text).kind === 'password'
  const isAsked = await line.next(isPrompt, waitMs).then(
    () => true,
    (error: unknown) => {
      if (error instanceof DisplayError && error.fault.code === 'no-answer') return false
      throw error
    },
  )
  if (!isAsked) return
  if (password === null) throw new DisplayError('password-missing')
  const answer = await line.request(Buffer.from(`${password}\r`, 'latin1'), (text) => ['password', 'login'].includes(readLine(text).kind))
  // It asks again instead of saying no.
  if (readLine(answer).kind === 'password') throw new DisplayError('wrong-password')
}

class SisDriver implements Driver {
  readonly capabilities = capabilities['extron-sis']
  readonly #line: ByteLine<string>
  readonly #canvas: number
  #window: number | null = null

  constructor(line: ByteLine<string>, canvas: number) {
    this.#line = line
    this.#canvas = canvas
  }

  async apply(act: DisplayAct): Promise<string> {
    switch (act.kind) {
      case 'preset': {
        const canvas = act.screen ?? this.#canvas
        return this.#ask(recallPreset(canvas, act.preset), (line) => line.kind === 'preset' && line.preset === act.preset)
      }
      case 'input': {
        this.#window = act.window ?? 1
        return this.#ask(setInput({ canvas: this.#canvas, window: this.#window, input: Number(act.input) }), ({ kind }) => kind === 'text')
      }
      default:
        throw new DisplayError('unsupported', act.kind)
    }
  }

  async read(): Promise<Reading> {
    const made = await this.#readPreset(this.#canvas, new ReadingMaker())
    const input = this.#window === null ? null : await this.#tell(askInput(this.#canvas, this.#window))
    const shown = input === null ? null : /(\d{1,3})$/.exec(input)?.[1]
    if (input !== null && shown !== undefined && shown !== null) made.set('input', String(Number(shown)), input)
    return made
  }

  async #readPreset(canvas: number, made: ReadingMaker): Promise<ReadingMaker> {
    const preset = await this.#tell(askPreset(canvas))
    const recalled = preset === null ? undefined : /(\d{1,3})$/.exec(preset)?.[1]
    if (preset !== null && recalled !== undefined) made.set('preset', Number(recalled), preset)
    return made
  }

  expected(act: DisplayAct): Expected | null {
    if (act.kind === 'preset') {
      const canvas = act.screen ?? this.#canvas
      // One of every canvas at once is not read back.
      if (canvas === 0) return null
      return {
        fact: 'preset',
        values: [act.preset],
        ...(canvas === this.#canvas ? {} : { elsewhere: () => this.#readPreset(canvas, new ReadingMaker()) }),
      }
    }
    return act.kind === 'input' ? { fact: 'input', values: [String(Number(act.input))] } : null
  }

  get isOpen(): boolean {
    return this.#line.isOpen
  }

  close(): Promise<void> {
    return this.#line.close()
  }

  async #tell(bytes: Buffer): Promise<string | null> {
    try {
      return await this.#ask(bytes, ({ kind }) => kind === 'text' || kind === 'preset')
    } catch (error) {
      if (error instanceof DisplayError && ['unsupported', 'refused', 'value-invalid'].includes(error.fault.code)) return null
      throw error
    }
  }

  async #ask(bytes: Buffer, accepts: (line: ReturnType<typeof readLine>) => boolean): Promise<string> {
    const text = await this.#line.request(bytes, (line) => {
      const read = readLine(line)
      return read.kind === 'error' || accepts(read)
    })
    const read = readLine(text)
    if (read.kind === 'error') throw errorOf(read.code)
    return text
  }
}
