// The door for screens on other machines: an address on the local network where there is nothing but `/wall/…`, its files, and what a screen may ask.
import type { Logger } from 'pino'
import { Door } from '../../door/door.ts'
import { Guests } from '../../door/guests.ts'
import type { Page } from '../../door/page.ts'
import type { Session, Sessions } from '../../door/sessions.ts'
import { type Context, router } from '../../door/trpc.ts'
import type { Wall } from './wall.feature.ts'
import { screenRouter } from './wall.router.ts'

export interface ScreenDoorOptions {
  wall: Wall
  /** `config.json`, `wall.listen`. */
  listen: { ip: string; port: number; names: readonly string[] }
  sessions: Sessions
  contextOf: (session: Session) => Context
  page: Page
  /** Names the cookie; another one than that of the door for people. */
  cookieName: string
  log: Logger
}

/** New browsers within an hour; a wall has some dozens of screens. */
const mostAnHour = 100

export class ScreenDoor {
  readonly name = 'door for screens'
  readonly #wall: Wall
  readonly #log: Logger
  readonly #door: Door

  constructor({ wall, listen, sessions, contextOf, page, cookieName, log }: ScreenDoorOptions) {
    this.#wall = wall
    this.#log = log
    this.#door = new Door({
      router: router({ wall: router({ screen: screenRouter(wall) }) }),
      routes: [],
      sessionRoutes: wall.routes,
      sessions,
      contextOf,
      health: () => Promise.resolve(null),
      onRefused: () => undefined,
      page,
      port: listen.port,
      at: { ip: listen.ip, names: [listen.ip, ...listen.names], proxied: listen.names },
      guests: new Guests({ prefixes: ['/wall/', '/wall-files/', '/wall-media/', '/wall-tiles/'], mostAnHour }),
      cookieName: `${cookieName}-screen`,
      log,
    })
  }

  /** An address that this machine does not have today keeps nobody from working here: the wall's page says that there is no such door. */
  async start(): Promise<void> {
    try {
      await this.#door.start()
      this.#wall.screensAt = this.#door.origin
    } catch (error) {
      this.#log.error({ error }, 'no door for screens')
    }
  }

  async stop(): Promise<void> {
    this.#wall.screensAt = null
    await this.#door.stop()
  }
}
