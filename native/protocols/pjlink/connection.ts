// A projector or display over PJLink: password, class 1 and 2, one connection that the device closes after 30 s of silence.
import { type DisplayAct, type DisplayAddress, DisplayError, type DisplayFactName } from '../../contract/index.ts'
import { ByteLine } from '../display/byte-line.ts'
import { capabilities, type Driver, type Expected, type OpenOptions, type Reading, ReadingMaker } from '../display/driver.ts'
import { digest, faultWords, inputCode, lampHours, parameterOf, pjlinkPort, pjlinkReader, powerWords, readLine, writeCommand } from './codec.ts'

export async function openPjlink(address: DisplayAddress, options: OpenOptions): Promise<Driver> {
  const line = await ByteLine.open({ address, defaultPort: pjlinkPort, reader: pjlinkReader(), timing: options.timing })
  try {
    const greeting = readLine(await line.next())
    if (greeting.kind !== 'greeting') throw new DisplayError('garbage', greeting.kind === 'stray' ? greeting.text : greeting.kind)
    if (greeting.random !== null && options.password === null) throw new DisplayError('password-missing')
    const driver = new PjlinkDriver(line, greeting.random === null ? null : digest(greeting.random, options.password ?? ''))
    await driver.hello()
    return driver
  } catch (error) {
    await line.close()
    throw error
  }
}

class PjlinkDriver implements Driver {
  readonly capabilities = capabilities.pjlink
  readonly #line: ByteLine<string>
  /** Sent once, before the first command. */
  #digest: string | null
  #class: 1 | 2 = 1
  #who: [DisplayFactName, string, string][] | null = null

  constructor(line: ByteLine<string>, signature: string | null) {
    this.#line = line
    this.#digest = signature
  }

  async hello(): Promise<void> {
    this.#class = (await this.#tell('CLSS')) === '2' ? 2 : 1
  }

  async apply(act: DisplayAct): Promise<string> {
    switch (act.kind) {
      case 'power':
        return this.#ask(1, 'POWR', act.isOn ? '1' : '0')
      case 'input':
        return this.#ask(this.#class, 'INPT', inputCode(act.input, this.#class))
      case 'blank':
        return this.#ask(1, 'AVMT', act.isOn ? '11' : '10')
      case 'freeze':
        if (this.#class === 1) throw new DisplayError('unsupported', 'class 1')
        return this.#ask(2, 'FREZ', act.isOn ? '1' : '0')
      default:
        throw new DisplayError('unsupported', act.kind)
    }
  }

  async read(): Promise<Reading> {
    const made = new ReadingMaker()
    const power = await this.#tell('POWR')
    if (power !== null) made.set('power', powerWords[power] ?? null, `POWR=${power}`)
    const input = await this.#tell('INPT', this.#class)
    if (input !== null) made.set('input', input.toUpperCase(), `INPT=${input}`)
    const mute = await this.#tell('AVMT')
    if (mute !== null) made.set('blank', mute === '11' || mute === '31' ? true : mute === '21' || mute === '30' ? false : null, `AVMT=${mute}`)
    if (this.#class === 2) {
      const freeze = await this.#tell('FREZ', 2)
      if (freeze !== null) made.set('freeze', freeze === '1' ? true : freeze === '0' ? false : null, `FREZ=${freeze}`)
    }
    const faults = await this.#tell('ERST')
    if (faults !== null) made.set('faults', faultWords(faults), `ERST=${faults}`)
    const lamps = await this.#tell('LAMP')
    const burnt = lamps === null ? null : lampHours(lamps)
    if (burnt !== null) made.set('hours', Math.max(...burnt.map(({ hours }) => hours)), `LAMP=${lamps}`)
    this.#who ??= await this.#readWho()
    for (const [fact, body, said] of this.#who) made.set(fact, said, `${body}=${said}`)
    return made
  }

  /** What does not change while the line stands. */
  async #readWho(): Promise<[DisplayFactName, string, string][]> {
    const who: [DisplayFactName, string, string][] = []
    for (const [fact, body, deviceClass] of [
      ['name', 'NAME', 1],
      ['model', 'INF2', 1],
      ['serial', 'SNUM', 2],
    ] as const) {
      const said = deviceClass > this.#class ? null : await this.#tell(body, deviceClass)
      if (said !== null && said !== '') who.push([fact, body, said])
    }
    return who
  }

  expected(act: DisplayAct): Expected | null {
    switch (act.kind) {
      case 'power':
        return { fact: 'power', values: act.isOn ? ['on', 'warming'] : ['off', 'cooling'] }
      case 'input':
        return { fact: 'input', values: [inputCode(act.input, this.#class)] }
      case 'blank':
      case 'freeze':
        return { fact: act.kind, values: [act.isOn] }
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

  /** @returns null when the device cannot say it now */
  async #tell(body: string, deviceClass: 1 | 2 = 1): Promise<string | null> {
    try {
      return await this.#ask(deviceClass, body, '?')
    } catch (error) {
      if (error instanceof DisplayError && ['unsupported', 'refused', 'standby', 'device-failure'].includes(error.fault.code)) return null
      throw error
    }
  }

  async #ask(deviceClass: 1 | 2, body: string, parameter: string): Promise<string> {
    const signature = this.#digest
    this.#digest = null
    const raw = await this.#line.request(writeCommand({ class: deviceClass, body, parameter, digest: signature }), (text) => {
      const line = readLine(text)
      return line.kind === 'wrong-password' || line.kind === 'stray' || (line.kind === 'answer' && line.body === body)
    })
    const line = readLine(raw)
    if (line.kind === 'wrong-password') throw new DisplayError('wrong-password', 'PJLINK ERRA')
    if (line.kind !== 'answer') throw new DisplayError('garbage', raw)
    return parameterOf(line)
  }
}
