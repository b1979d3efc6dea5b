// Browsers on other machines that come without a start link: screens of the wall. Each gets a session on which nobody can sign in, for a door that knows nothing but screens.
import { extname } from 'node:path'
import type { Sessions } from './sessions.ts'

const hourMs = 3_600_000

export class Guests {
  readonly #options: { prefixes: readonly string[]; mostAnHour: number; now?: () => number }
  #welcomed: number[] = []

  /** @param options.prefixes what they may ask for beside files of the page and RPC */
  constructor(options: { prefixes: readonly string[]; mostAnHour: number; now?: () => number }) {
    this.#options = options
  }

  mayAsk(path: string): boolean {
    const isRpc = path === '/rpc' || path.startsWith('/rpc/')
    return isRpc || extname(path) !== '' || this.#options.prefixes.some((prefix) => `${path}/`.startsWith(prefix))
  }

  /** @returns the cookie's value for a new session; null when too many have come: each is a row on the disk */
  async welcome(sessions: Sessions): Promise<string | null> {
    const now = (this.#options.now ?? Date.now)()
    this.#welcomed = this.#welcomed.filter((at) => at > now - hourMs)
    if (this.#welcomed.length >= this.#options.mostAnHour) return null
    this.#welcomed.push(now)
    return (await sessions.open()).token
  }
}
