// A Barco Event Master processor over JSON-RPC. It does not say which preset is on: an act it took is accepted, never confirmed.
import { type DisplayAct, type DisplayAddress } from '../../contract/index.ts'
import { capabilities, type Driver, type DriverTiming, type OpenOptions, type Reading, ReadingMaker } from '../display/driver.ts'
import { httpAsk } from '../display/http-ask.ts'
import { callOf, eventMasterPort, presetCount, readResult, writeCall } from './codec.ts'

export function openEventMaster(address: DisplayAddress, { timing }: OpenOptions): Promise<Driver> {
  return Promise.resolve(new EventMasterDriver(address, timing))
}

class EventMasterDriver implements Driver {
  readonly capabilities = capabilities['event-master']
  readonly isOpen = true
  readonly #address: DisplayAddress
  readonly #timing: DriverTiming
  #id = 0

  constructor(address: DisplayAddress, timing: DriverTiming) {
    this.#address = address
    this.#timing = timing
  }

  async apply(act: DisplayAct): Promise<string> {
    const { method, params } = callOf(act)
    await this.#call(method, params)
    return `${method} ${JSON.stringify(params)}`
  }

  async read(): Promise<Reading> {
    const made = new ReadingMaker()
    const count = presetCount(await this.#call('listPresets', {}))
    made.set('name', count === null ? null : `Event Master, ${count} presets`, 'listPresets')
    return made
  }

  expected(): null {
    return null
  }

  close(): void {
    // Each question has its own connection.
  }

  async #call(method: string, params: Record<string, unknown>): Promise<unknown> {
    this.#id += 1
    const id = this.#id
    const answer = await httpAsk({
      address: this.#address,
      defaultPort: eventMasterPort,
      method: 'POST',
      path: '/',
      headers: { 'Content-Type': 'application/json' },
      body: writeCall(method, params, id),
      timeoutMs: this.#timing.timeoutMs,
    })
    return readResult(answer.body, id)
  }
}
