// A NovaStar H splicer over UDP.
import { type DisplayAct, type DisplayAddress, DisplayError } from '../../contract/index.ts'
import { DatagramLine } from '../display/datagram-line.ts'
import { capabilities, type Driver, type DriverTiming, type Expected, type OpenOptions, type Reading, ReadingMaker } from '../display/driver.ts'
import { askScreen, novastarHPort, type NovastarReply, readReply, readScreen, writeAct } from './codec.ts'

export async function openNovastarH(address: DisplayAddress, { timing, unit }: OpenOptions): Promise<Driver> {
  return new NovastarHDriver(await DatagramLine.open(address, novastarHPort), { timing, screen: unit ?? 0 })
}

class NovastarHDriver implements Driver {
  readonly capabilities = capabilities['novastar-h']
  readonly #line: DatagramLine
  readonly #timing: DriverTiming
  readonly #screen: number

  constructor(line: DatagramLine, options: { timing: DriverTiming; screen: number }) {
    this.#line = line
    this.#timing = options.timing
    this.#screen = options.screen
  }

  async apply(act: DisplayAct): Promise<string> {
    return (await this.#ask(writeAct(act, this.#screenOf(act)))).words
  }

  read(): Promise<Reading> {
    return this.#read(this.#screen)
  }

  async #read(screen: number): Promise<Reading> {
    const { reply, words } = await this.#ask(askScreen(screen))
    const state = readScreen(reply.data)
    const made = new ReadingMaker()
    made.set('brightness', state.brightness, words)
    made.set('freeze', state.isFrozen, words)
    made.set('blank', state.isBlack, words)
    made.set('preset', state.preset, words)
    made.set('name', state.name, words)
    return made
  }

  expected(act: DisplayAct): Expected | null {
    const screen = this.#screenOf(act)
    if (act.kind === 'preset')
      return { fact: 'preset', values: [act.preset], ...(screen === this.#screen ? {} : { elsewhere: () => this.#read(screen) }) }
    if (act.kind === 'brightness') return { fact: 'brightness', values: [act.percent] }
    return act.kind === 'blank' || act.kind === 'freeze' ? { fact: act.kind, values: [act.isOn] } : null
  }

  get isOpen(): boolean {
    return this.#line.isOpen
  }

  close(): void {
    this.#line.close()
  }

  /** People count screens from 1. @throws DisplayError value-invalid */
  #screenOf(act: DisplayAct): number {
    if (act.kind !== 'preset' || act.screen === null) return this.#screen
    if (act.screen < 1) throw new DisplayError('value-invalid', `screen ${act.screen}`)
    return act.screen - 1
  }

  async #ask({ bytes, command }: { bytes: Buffer; command: string }): Promise<{ reply: NovastarReply; words: string }> {
    const answer = await this.#line.request(bytes, (datagram) => isAnswer(datagram, command), this.#timing.timeoutMs)
    const reply = readReply(answer)
    const words = answer.toString('utf8', 0, 200)
    if (!reply.isOk) throw new DisplayError('refused', words)
    return { reply, words }
  }
}

/** What cannot be read is passed over: another program on the network may speak to this port too. */
function isAnswer(datagram: Buffer, command: string): boolean {
  try {
    return readReply(datagram).command === command
  } catch (error) {
    if (error instanceof DisplayError) return false
    throw error
  }
}
