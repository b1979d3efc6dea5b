// A screen's PC: woken by its network card, asked only whether it is there. A port that nobody listens on answers all the same; silence says nothing for certain.
import { type DisplayAddress, DisplayError } from '../../contract/index.ts'
import { openTcp } from '../display/byte-line.ts'
import { capabilities, type Driver, type DriverTiming, type OpenOptions, type Reading, ReadingMaker } from '../display/driver.ts'

/** SMB: open on most Windows machines, refused by the others. */
const computerPort = 445

export function openComputer(address: DisplayAddress, { timing }: OpenOptions): Promise<Driver> {
  return Promise.resolve(new ComputerDriver(address, timing))
}

class ComputerDriver implements Driver {
  readonly capabilities = capabilities.computer
  readonly isOpen = true
  readonly #address: DisplayAddress
  readonly #timing: DriverTiming

  constructor(address: DisplayAddress, timing: DriverTiming) {
    this.#address = address
    this.#timing = timing
  }

  apply(): Promise<string> {
    return Promise.reject(new DisplayError('unsupported'))
  }

  async read(): Promise<Reading> {
    if (this.#address.kind !== 'network') throw new DisplayError('address-invalid', this.#address.path)
    const { host, port } = this.#address
    const made = new ReadingMaker()
    try {
      const socket = await openTcp({ host, port: port ?? computerPort, timeoutMs: this.#timing.timeoutMs })
      socket.destroy()
    } catch (error) {
      if (!(error instanceof DisplayError) || error.fault.code !== 'port-closed') throw error
    }
    made.set('power', 'on', `${host}:${port ?? computerPort}`)
    return made
  }

  expected(): null {
    return null
  }

  close(): void {
    // Each question has its own connection.
  }
}
