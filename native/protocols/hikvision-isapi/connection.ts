// A Hikvision controller over ISAPI, with HTTP Digest: it says who it is and that it is there; its scenes are driven by a command template.
import { randomBytes } from 'node:crypto'
import { type DisplayAddress, DisplayError } from '../../contract/index.ts'
import { capabilities, type Driver, type OpenOptions, type Reading, ReadingMaker } from '../display/driver.ts'
import { type HttpAnswer, httpAsk } from '../display/http-ask.ts'
import { authorization, readChallenges, strongest } from '../rtsp/digest.ts'
import { deviceInfoPath, isapiPort, readDeviceInfo } from './codec.ts'

export function openHikvisionIsapi(address: DisplayAddress, options: OpenOptions): Promise<Driver> {
  return Promise.resolve(new IsapiDriver(address, options))
}

class IsapiDriver implements Driver {
  readonly capabilities = capabilities['hikvision-isapi']
  readonly isOpen = true
  readonly #address: DisplayAddress
  readonly #options: OpenOptions

  constructor(address: DisplayAddress, options: OpenOptions) {
    this.#address = address
    this.#options = options
  }

  apply(): Promise<string> {
    return Promise.reject(new DisplayError('unsupported'))
  }

  async read(): Promise<Reading> {
    const made = new ReadingMaker()
    const { name, model, serial } = readDeviceInfo(await this.#get(deviceInfoPath))
    made.set('name', name, deviceInfoPath)
    made.set('model', model, deviceInfoPath)
    made.set('serial', serial, deviceInfoPath)
    return made
  }

  expected(): null {
    return null
  }

  close(): void {
    // Each question has its own connection.
  }

  async #get(path: string): Promise<string> {
    const { username, password } = this.#options
    let answer = await this.#ask(path)
    if (answer.status === 401) {
      if (username === null || password === null) throw new DisplayError('password-missing')
      const challenge = strongest(readChallenges(answer.challenges))
      if (challenge === null) throw new DisplayError('wrong-password', answer.challenges.join())
      const cnonce = randomBytes(8).toString('hex')
      // Once: these devices lock an account after a handful of wrong passwords.
      answer = await this.#ask(path, authorization({ challenge, username, password, method: 'GET', uri: path, count: 1, cnonce }))
      if (answer.status === 401) throw new DisplayError('wrong-password')
    }
    if (answer.status === 403) throw new DisplayError('refused', 'HTTP 403')
    if (answer.status !== 200) throw new DisplayError('garbage', `HTTP ${answer.status}`)
    return answer.body
  }

  #ask(path: string, signature?: string): Promise<HttpAnswer> {
    const headers: Record<string, string> = signature === undefined ? {} : { Authorization: signature }
    return httpAsk({ address: this.#address, defaultPort: isapiPort, method: 'GET', path, headers, timeoutMs: this.#options.timing.timeoutMs })
  }
}
