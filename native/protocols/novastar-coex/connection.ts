// A NovaStar COEX controller over HTTP.
import { type DisplayAct, type DisplayActKind, type DisplayAddress } from '../../contract/index.ts'
import { type Driver, type DriverTiming, type Expected, type OpenOptions, type Reading, ReadingMaker } from '../display/driver.ts'
import { httpAsk } from '../display/http-ask.ts'
import { coexPaths, coexPort, type CoexScreen, readDisplayMode, readEnvelope, readScreens, writeAct } from './codec.ts'

export async function openNovastarCoex(address: DisplayAddress, { timing }: OpenOptions): Promise<Driver> {
  const driver = new CoexDriver(address, timing)
  await driver.hello()
  return driver
}

class CoexDriver implements Driver {
  readonly capabilities: readonly DisplayActKind[] = ['brightness', 'blank', 'freeze']
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
    const mode = readDisplayMode(await this.#get(coexPaths.displayState))
    if (mode !== null) {
      made.set('blank', mode === 1, `displayMode ${mode}`)
      made.set('freeze', mode === 2, `displayMode ${mode}`)
    }
    this.#screens = readScreens(await this.#get(coexPaths.displayParameters))
    const brightness = this.#screens[0]?.brightness ?? null
    made.set('brightness', brightness, `brightness ${String(brightness)}`)
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
