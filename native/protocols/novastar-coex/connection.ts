// A NovaStar COEX controller over HTTP.
import { type DisplayAct, type DisplayAddress } from '../../contract/index.ts'
import {
  agreed,
  capabilities,
  type Driver,
  type DriverTiming,
  type Expected,
  type OpenOptions,
  type Reading,
  ReadingMaker,
} from '../display/driver.ts'
import { httpAsk } from '../display/http-ask.ts'
import { coexPaths, coexPort, type CoexScreen, readDisplayModes, readEnvelope, readScreens, writeAct } from './codec.ts'

export async function openNovastarCoex(address: DisplayAddress, { timing }: OpenOptions): Promise<Driver> {
  const driver = new CoexDriver(address, timing)
  await driver.hello()
  return driver
}

class CoexDriver implements Driver {
  readonly capabilities = capabilities['novastar-coex']
  readonly isOpen = true
  readonly #address: DisplayAddress
  readonly #timing: DriverTiming
  #screens: CoexScreen[] = []

  constructor(address: DisplayAddress, timing: DriverTiming) {
    this.#address = address
    this.#timing = timing
  }

  async hello(): Promise<void> {
    this.#screens = readScreens(await this.#get(coexPaths.displayParameters))
  }

  async apply(act: DisplayAct): Promise<string> {
    const { path, body } = writeAct(
      act,
      this.#screens.map(({ id }) => id),
    )
    await this.#ask('PUT', path, body)
    return `PUT ${path} ${body}`
  }

  async read(): Promise<Reading> {
    const made = new ReadingMaker()
    const modes = readDisplayModes(await this.#get(coexPaths.displayState))
    for (const [fact, meant] of [
      ['blank', 1],
      ['freeze', 2],
    ] as const)
      made.set(fact, agreed(modes.map((mode) => (mode === null ? null : mode === meant))), `displayMode ${modes.join()}`)
    this.#screens = readScreens(await this.#get(coexPaths.displayParameters))
    const levels = this.#screens.map(({ brightness }) => brightness)
    made.set('brightness', agreed(levels), `brightness ${levels.join()}`)
    return made
  }

  expected(act: DisplayAct): Expected | null {
    if (act.kind === 'brightness') return { fact: 'brightness', values: [act.percent] }
    return act.kind === 'blank' || act.kind === 'freeze' ? { fact: act.kind, values: [act.isOn] } : null
  }

  close(): void {
    // Each question has its own connection.
  }

  #get(path: string): Promise<unknown> {
    return this.#ask('GET', path)
  }

  async #ask(method: 'GET' | 'PUT', path: string, body?: string): Promise<unknown> {
    const headers: Record<string, string> = body === undefined ? {} : { 'Content-Type': 'application/json' }
    const answer = await httpAsk({ address: this.#address, defaultPort: coexPort, method, path, headers, body, timeoutMs: this.#timing.timeoutMs })
    return readEnvelope(answer.status, answer.body)
  }
}
