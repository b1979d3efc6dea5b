// A whole station on a temporary directory, door and all, with people of every role: what tests of the door stand on.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client'
import { type Logger, pino } from 'pino'
import { type App, createApp } from '../app.ts'
import type { AppRouter } from '../app-router.ts'
import type { Role } from '../contract/index.ts'
import { MachineConfig } from '../kernel/config.ts'
import type { Session } from '../door/sessions.ts'
import { Lifecycle } from '../kernel/lifecycle.ts'

/** Weak on purpose: tests sign in often. */
const cheap = { N: 2 ** 10, r: 8, p: 1 }
export const goodPassword = 'Zhi-ban-2026!'

export interface TestAppOptions {
  /** Fields of config.json. */
  config?: Partial<MachineConfig>
  pageDirectory?: string
  directory?: string
  /** Default: nothing, the test opens it again itself. */
  restart?: () => void
  /** Left out = nothing is written. */
  log?: Logger
}

/** A session with its typed client. */
export interface Seat {
  token: string
  session: Session
  rpc: TRPCClient<AppRouter>
}

/** Written out: as an inferred type it is longer than the compiler will write. */
export interface TestApp extends App {
  directory: string
  client(bearer: string): TRPCClient<AppRouter>
  stranger(): Promise<Seat>
  as(...roles: Role[]): Promise<Seat & { login: string; account: string }>
  makePerson(login: string, roles: readonly Role[]): Promise<string>
  stop(): Promise<void>
  close(): Promise<void>
}

export async function openTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const directory = options.directory ?? (await mkdtemp(join(tmpdir(), 'wanglou-app-')))
  const log = options.log ?? pino({ level: 'silent' })
  const lifecycle = new Lifecycle({ log, stopTimeoutMs: 2_000 })
  const app = await createApp({
    directory,
    pageDirectory: options.pageDirectory ?? directory,
    version: '0.0.0-test',
    port: 0,
    config: MachineConfig.parse(options.config ?? {}),
    log,
    logState: { lost: 0 },
    lifecycle,
    cost: cheap,
    restart: options.restart ?? (() => undefined),
  })

  /** The typed client of a bearer token. */
  function client(bearer: string): TRPCClient<AppRouter> {
    return createTRPCClient<AppRouter>({ links: [httpLink({ url: `${app.door.origin}/rpc`, headers: { Authorization: `Bearer ${bearer}` } })] })
  }
  /** A session on which nobody is signed in. */
  async function stranger() {
    const { token, session } = await app.sessions.open()
    return { token, session, rpc: client(token) }
  }
  let made = 0
  /** A new person holding these roles, signed in. */
  async function as(...roles: Role[]) {
    made += 1
    const login = `person-${made}`
    const account = await makePerson(login, roles)
    const seat = await stranger()
    await seat.rpc.accounts.signIn.mutate({ login, password: goodPassword })
    return { ...seat, login, account }
  }
  /** Writes the person as the first run would: the grants as acts, the password as her own. */
  async function makePerson(login: string, roles: readonly Role[]): Promise<string> {
    const { accounts, journal } = app
    const slip = await accounts.service.create({ member: { login, name: login, telephone: null, roles: [], unit: null }, actor: 'station' })
    await journal.writeAll(
      roles.map((role) => ({
        actor: 'station',
        action: 'accounts.grant',
        subject: { dataset: 'accounts', row: slip.account },
        rows: [{ dataset: 'grants', row: crypto.randomUUID(), set: { account: slip.account, role, unit: null } }],
      })),
    )
    await accounts.signIn.changePassword({ account: slip.account, current: slip.password, next: goodPassword })
    await accounts.directory.reload()
    await accounts.view.reload()
    return slip.account
  }
  /** Stops the station; the directory stays. */
  const stop = () => lifecycle.stop()
  async function close(): Promise<void> {
    await stop()
    await rm(directory, { recursive: true, force: true })
  }
  return { ...app, directory, client, stranger, as, makePerson, stop, close }
}
