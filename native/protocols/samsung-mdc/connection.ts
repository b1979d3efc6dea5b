// A Samsung display over MDC, by TCP or RS-232.
import { type DisplayAct, type DisplayAddress, DisplayError } from '../../contract/index.ts'
import { ByteLine } from '../display/byte-line.ts'
import { capabilities, type Driver, type Expected, type OpenOptions, type Reading, ReadingMaker } from '../display/driver.ts'
import { anyId, broadcastId, commands, faultWords, inputCode, inputName, mdcPort, MdcReader, type MdcReply, wallLayout, writeFrame } from './codec.ts'

export async function openSamsungMdc(address: DisplayAddress, { timing, unit }: OpenOptions): Promise<Driver> {
  const line = await ByteLine.open({ address, defaultPort: mdcPort, reader: new MdcReader(), timing })
  return new MdcDriver(line, unit ?? 1)
}

class MdcDriver implements Driver {
  readonly capabilities = capabilities['samsung-mdc']
  readonly #line: ByteLine<MdcReply>
  readonly #id: number

  constructor(line: ByteLine<MdcReply>, id: number) {
    this.#line = line
    this.#id = id
  }

  async apply(act: DisplayAct): Promise<string> {
    switch (act.kind) {
      case 'power':
        return this.#set(commands.power, [act.isOn ? 1 : 0])
      case 'input':
        return this.#set(commands.input, [inputCode(act.input)])
      case 'brightness':
        return this.#set(commands.brightness, [act.percent])
      case 'blank':
        return this.#set(commands.panelOff, [act.isOn ? 1 : 0])
      case 'tiling': {
        const layout = wallLayout(act)
        if (act.columns === 0) return this.#set(commands.wallOn, [0])
        await this.#set(commands.wallOn, [1])
        return this.#set(commands.wallLayout, layout)
      }
      default:
        throw new DisplayError('unsupported', act.kind)
    }
  }

  async read(): Promise<Reading> {
    const made = new ReadingMaker()
    const power = await this.#tell(commands.power)
    if (power !== null) made.set('power', ['off', 'on'][power[0] ?? -1] ?? null, words(power))
    const input = await this.#tell(commands.input)
    if (input !== null && input.length > 0) made.set('input', inputName(input[0]!), words(input))
    const brightness = await this.#tell(commands.brightness)
    if (brightness !== null && brightness.length > 0) made.set('brightness', brightness[0]!, words(brightness))
    const panel = await this.#tell(commands.panelOff)
    if (panel !== null) made.set('blank', panel[0] === 1 ? true : panel[0] === 0 ? false : null, words(panel))
    const isWall = await this.#tell(commands.wallOn)
    const layout = await this.#tell(commands.wallLayout)
    if (isWall?.[0] === 0) made.set('tiling', 'off', words(isWall))
    else if (layout !== null && layout.length > 1) made.set('tiling', layoutWords(layout[0]!, layout[1]!), words(layout))
    const faults = await this.#tell(commands.error)
    if (faults !== null) made.set('faults', faultWords(faults), words(faults))
    const model = await this.#tell(commands.model)
    if (model !== null && model.length > 0) made.set('model', model.toString('latin1').replace(/[^ -~]/g, ''), words(model))
    const serial = await this.#tell(commands.serial)
    if (serial !== null && serial.length > 0) made.set('serial', serial.toString('latin1').replace(/[^ -~]/g, ''), words(serial))
    return made
  }

  expected(act: DisplayAct): Expected | null {
    if (this.#id === broadcastId) return null
    switch (act.kind) {
      case 'power':
        return { fact: 'power', values: [act.isOn ? 'on' : 'off'] }
      case 'input':
        return { fact: 'input', values: [inputName(inputCode(act.input))] }
      case 'brightness':
        return { fact: 'brightness', values: [act.percent] }
      case 'blank':
        return { fact: 'blank', values: [act.isOn] }
      case 'tiling':
        return { fact: 'tiling', values: [act.columns === 0 ? 'off' : layoutWords((act.rows << 4) | act.columns, act.position)] }
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

  async #set(command: number, data: readonly number[]): Promise<string> {
    const bytes = writeFrame(command, this.#id, data)
    if (this.#id !== broadcastId) return words((await this.#ask(command, bytes)).data)
    this.#line.send(bytes)
    return 'broadcast'
  }

  /** @returns null when the set does not know the command */
  async #tell(command: number): Promise<Buffer | null> {
    if (this.#id === broadcastId) return null
    try {
      return (await this.#ask(command, writeFrame(command, this.#id))).data
    } catch (error) {
      if (error instanceof DisplayError && error.fault.code === 'refused') return null
      throw error
    }
  }

  async #ask(command: number, bytes: Buffer): Promise<MdcReply> {
    const reply = await this.#line.request(bytes, (frame) => frame.command === command && (this.#id === anyId || frame.id === this.#id))
    if (!reply.isAck) throw new DisplayError('refused', `NAK ${words(reply.data)}`)
    return reply
  }
}

function layoutWords(divider: number, position: number): string {
  return divider === 0 ? 'off' : `${divider & 0x0f}x${divider >> 4} #${position}`
}

function words(bytes: Buffer): string {
  return bytes
    .toString('hex')
    .toUpperCase()
    .replace(/(..)(?=.)/g, '$1 ')
}
