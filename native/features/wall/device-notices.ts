// What PJLink devices say unasked, by UDP: heard while one of them is kept here, and laid to the device from whose address it came.
import { lookup } from 'node:dns/promises'
import type { MachineConfig } from '../../kernel/config.ts'
import type { Reading } from '../../protocols/display/driver.ts'
import { PjlinkNotices } from '../../protocols/pjlink/notices.ts'

export interface DeviceNoticesOptions {
  /** `config.json`, `wall.notices`. */
  listen: MachineConfig['wall']['notices']
  onNotice: (device: string, reading: Reading) => void
  onError: (error: unknown) => void
}

export class DeviceNotices {
  readonly #options: DeviceNoticesOptions
  /** Devices by the address they speak from; a splicer of several names is one address. */
  #byAddress = new Map<string, string>()
  #notices: PjlinkNotices | null = null
  #port: number | null = null

  constructor(options: DeviceNoticesOptions) {
    this.#options = options
  }

  /** Where it hears; null = it does not. */
  get port(): number | null {
    return this.#port
  }

  /** @param devices the PJLink devices of this station, by the host that was typed */
  async follow(devices: readonly { id: string; host: string }[]): Promise<void> {
    const found = await Promise.all(devices.map(async ({ id, host }) => (await addressesOf(host)).map((address) => [address, id] as const)))
    this.#byAddress = new Map(found.flat())
    if (devices.length === 0) this.stop()
    else await this.#open()
  }

  stop(): void {
    this.#notices?.close()
    this.#notices = null
    this.#port = null
  }

  async #open(): Promise<void> {
    const { listen, onNotice, onError } = this.#options
    if (listen === null || this.#notices !== null) return
    const notices = new PjlinkNotices((host, reading) => {
      const device = this.#byAddress.get(host)
      if (device !== undefined) onNotice(device, reading)
    })
    this.#notices = notices
    const port = await notices.listen(listen.port, listen.ip)
    // Stopped meanwhile.
    if (this.#notices !== notices) return notices.close()
    this.#port = port
    if (port !== null) return
    this.#notices = null
    onError(new Error(`no notices of PJLink devices: port ${listen.port} at ${listen.ip} is not to be had`))
  }
}

/** A name that nobody knows today has no address; what it would say is not heard until the device is kept again. */
async function addressesOf(host: string): Promise<string[]> {
  try {
    return (await lookup(host, { all: true, family: 4 })).map(({ address }) => address)
  } catch {
    return []
  }
}
