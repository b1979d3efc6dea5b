// An LG commercial display, by TCP or RS-232.
import { type DisplayAct, type DisplayAddress, DisplayError } from '../../contract/index.ts'
import { ByteLine } from '../display/byte-line.ts'
import { capabilities, type Driver, type Expected, type OpenOptions, type Reading, ReadingMaker } from '../display/driver.ts'
import { inputCode, inputWord, lgPort, lgReader, readReply, writeCommand } from './codec.ts'

export async function openLg(address: DisplayAddress, { timing, unit }: OpenOptions): Promise<Driver> {
  const line = await ByteLine.open({ address, defaultPort: lgPort, reader: lgReader(), timing })
  return new LgDriver(line, unit ?? 1)
}

const ask = 0xff

class LgDriver implements Driver {
  readonly capabilities = capabilities.lg
  readonly #line: ByteLine<string>
  /** 0 = every set on the line; none answers. */
  readonly #id: number

  constructor(line: ByteLine<string>, id: number) {
    this.#line = line
    this.#id = id
  }

  async apply(act: DisplayAct): Promise<string> {
    switch (act.kind) {
      case 'power':
        return this.#say('ka', act.isOn ? 1 : 0)
      case 'input':
        return this.#say('xb', inputCode(act.input))
      case 'brightness':
        return this.#say('kh', act.percent)
      case 'blank':
        return this.#say('kd', act.isOn ? 1 : 0)
      case 'tiling': {
        if (act.columns > 15 || act.rows > 15 || act.position > 225) throw new DisplayError('value-invalid', `${act.columns}x${act.rows}`)
        const said = await this.#say('dd', act.columns === 0 ? 0 : (act.columns << 4) | act.rows)
        return act.columns === 0 ? said : this.#say('di', act.position)
      }
      default:
        throw new DisplayError('unsupported', act.kind)
    }
  }

  async read(): Promise<Reading> {
    const made = new ReadingMaker()
    if (this.#id === 0) return made
    const power = await this.#tell('ka')
    if (power !== null) made.set('power', ['off', 'on'][power] ?? null, `ka ${power}`)
    const input = await this.#tell('xb')
    if (input !== null) made.set('input', inputWord(input), `xb ${input.toString(16)}`)
    const blank = await this.#tell('kd')
    if (blank !== null) made.set('blank', blank === 1 ? true : blank === 0 ? false : null, `kd ${blank}`)
    const brightness = await this.#tell('kh')
    if (brightness !== null && brightness <= 100) made.set('brightness', brightness, `kh ${brightness}`)
    const tiling = await this.#tell('dd')
    const place = tiling === null || tiling === 0 ? null : await this.#tell('di')
    if (tiling === 0) made.set('tiling', 'off', 'dd 0')
    // How many there are without which one it is would not tell a wall put together wrong.
    else if (tiling !== null && place !== null)
      made.set('tiling', tilingWords(tiling >> 4, tiling & 0x0f, place), `dd ${tiling.toString(16)} di ${place}`)
    return made
  }

  expected(act: DisplayAct): Expected | null {
    if (this.#id === 0) return null
    switch (act.kind) {
      case 'power':
        return { fact: 'power', values: [act.isOn ? 'on' : 'off'] }
      case 'input':
        return { fact: 'input', values: [inputWord(inputCode(act.input))] }
      case 'brightness':
        return { fact: 'brightness', values: [act.percent] }
      case 'blank':
        return { fact: 'blank', values: [act.isOn] }
      case 'tiling':
        return { fact: 'tiling', values: [act.columns === 0 ? 'off' : tilingWords(act.columns, act.rows, act.position)] }
      default:
        return null
    }
  }

  get isOpen(): boolean {
    return this.#line.isOpen
  }

  close(): Promise<void> {
    return this.#line.close()
  }

  async #tell(command: string): Promise<number | null> {
    try {
      return (await this.#ask(command, ask)).data
    } catch (error) {
      if (error instanceof DisplayError && error.fault.code === 'refused') return null
      throw error
    }
  }

  async #say(command: string, data: number): Promise<string> {
    if (this.#id !== 0) return (await this.#ask(command, data)).words
    this.#line.send(writeCommand(command, 0, data))
    return 'broadcast'
  }

  async #ask(command: string, data: number): Promise<{ data: number; words: string }> {
    // Another set of the same line may be late with its answer.
    const words = await this.#line.request(writeCommand(command, this.#id, data), (line) => {
      const read = readReply(line)
      return read?.letter === command[1] && read?.id === this.#id
    })
    const reply = readReply(words)
    if (reply?.isOk !== true) throw new DisplayError('refused', words)
    return { data: reply.data, words }
  }
}

function tilingWords(columns: number, rows: number, position: number): string {
  return `${columns}x${rows} #${position}`
}
