// A real station for the end-to-end tests: started as `npm start -- --headless` starts it, on a temporary directory, with a duty team.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, realpath, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'
import { createTRPCClient, httpLink } from '@trpc/client'
import { alone } from '../../build/lock.mjs'
import { ensurePage } from '../../build/page.mjs'
import { ourNode, root, stationEnvironment, stationFlags } from '../../build/programs.mjs'
import type { AppRouter } from '../../native/app-router.ts'
import type { Role } from '../../native/contract/index.ts'

const stopWithinMs = 8_000

export interface Member {
  login: string
  name: string
  password: string
  roles: Role[]
}

/** Everybody who works in the tests; the first makes the others. */
export const team = {
  admin: { login: 'xitong', name: '赵系统', password: 'Wanglou-2026-xt', roles: ['system-admin'] },
  security: { login: 'anquan', name: '钱安全', password: 'Wanglou-2026-aq', roles: ['security-admin'] },
  audit: { login: 'shenji', name: '孙审计', password: 'Wanglou-2026-sj', roles: ['audit-admin'] },
  officer: { login: 'zhiban', name: '李值班', password: 'Wanglou-2026-zb', roles: ['duty-officer'] },
  shiftLeader: { login: 'zhibanzhang', name: '周班长', password: 'Wanglou-2026-bz', roles: ['shift-leader'] },
  watchLeader: { login: 'daiban', name: '吴带班', password: 'Wanglou-2026-db', roles: ['watch-leader'] },
  member: { login: 'zhihuibu', name: '郑指挥', password: 'Wanglou-2026-zh', roles: ['command-member'] },
} satisfies Record<string, Member>
export type Person = keyof typeof team

export interface Station {
  /** `http://127.0.0.1:<port>` */
  origin: string
  dataDirectory: string
  /** Of its process as it runs now. */
  readonly pid: number
  /** A new start address with its one-time token. */
  invite(): Promise<string>
  /** The procedures, called as that person, for setting a scene. */
  as(person: Person): Promise<Client>
  /** Ends it hard (kill -9), as a power cut does. */
  kill(): Promise<void>
  /** Starts it again on the same directory and the same port. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** A station whose directory is somebody else's to remove. */
export interface RunningStation extends Omit<Station, 'stop'> {
  suffix: string
  /** For a new station. @returns the administrator's procedures */
  makeTeam(): Promise<Client>
  /** Leaves the directory. */
  end(): Promise<void>
}

export type Client = ReturnType<typeof client>

function client(origin: string, bearer: string) {
  return createTRPCClient<AppRouter>({ links: [httpLink({ url: `${origin}/rpc`, headers: { Authorization: `Bearer ${bearer}` } })] })
}

async function launch(options: { dataDirectory: string; port: number; hasSample: boolean }): Promise<{ child: ChildProcess; origin: string }> {
  const args = [...stationFlags, 'native/main.ts', '--headless', '--port', String(options.port), '--data', options.dataDirectory]
  if (!options.hasSample) args.push('--no-sample')
  const child = spawn(ourNode(), args, { cwd: root, env: stationEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] })
  const said: string[] = []
  child.stderr?.on('data', (chunk: Buffer) => said.push(String(chunk)))
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  createInterface({ input: child.stdout! }).on('line', (line) => {
    if (line.startsWith('wanglou ready ')) resolve(new URL(line.slice('wanglou ready '.length).trim()).origin)
  })
  child.once('exit', (code) => reject(new Error(`the station ended (${code}) before it was ready:\n${said.join('').slice(-4_000)}`)))
  return { child, origin: await promise }
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const { promise, resolve } = Promise.withResolvers<void>()
  child.once('exit', () => resolve())
  child.kill(signal)
  const hurry = globalThis.setTimeout(() => child.kill('SIGKILL'), stopWithinMs)
  await promise
  clearTimeout(hurry)
}

/** Data directories with the team and, in one of them, the sample pack: each is made once a run, as a first run makes it, and copied for every house. */
export const furnishedDirectory = join(root, '.cache', 'e2e', 'houses')

const readBearer = async (dataDirectory: string) => (await readFile(join(dataDirectory, 'bearer-token'), 'utf8')).trim()

/** @param options.slot of the worker, whose houses stand one after the other at the same place */
async function furnish({ hasSample, slot = 0 }: { hasSample: boolean; slot?: number }): Promise<string> {
  const kind = hasSample ? 'sample' : 'empty'
  const kept = join(furnishedDirectory, kind)
  const directory = `${kept}-${slot}`
  await rm(directory, { recursive: true, force: true, maxRetries: 5 })
  await alone(`house-${kind}`, async () => {
    if (!existsSync(kept)) await makeHouse(kept, hasSample)
  })
  await cp(kept, directory, { recursive: true })
  await moveIn(directory)
  return directory
}

async function makeHouse(kept: string, hasSample: boolean): Promise<void> {
  const directory = `${kept}-half`
  await rm(directory, { recursive: true, force: true })
  await mkdir(directory, { recursive: true })
  const { child, origin } = await launch({ dataDirectory: directory, port: 0, hasSample })
  try {
    const admin = await makeTeam(origin, await readBearer(directory), '')
    while (hasSample && ((await admin.packs.list.query()).length === 0 || (await admin.packs.progress.query()) !== null)) await setTimeout(200)
  } finally {
    await end(child, 'SIGTERM')
  }
  await rename(directory, kept)
}

/** A directory that finds itself elsewhere is rightly taken for a clone of another station; this one has no other and is told its new place. */
async function moveIn(directory: string): Promise<void> {
  const database = new DatabaseSync(join(directory, 'wanglou.db'))
  database.prepare('UPDATE journal_incarnations SET path = ?').run(await realpath(directory))
  database.close()
}

/**
 * One at a time for each slot.
 * @param options.hasSample with the sample pack
 * @param options.slot which of the run's workers asks, from 0
 */
export async function startStation(options: { hasSample: boolean; slot?: number }): Promise<Station> {
  await ensurePage()
  const dataDirectory = await furnish(options)
  const station = await runStation(dataDirectory, options)
  return Object.assign(station, {
    async stop() {
      await station.end()
      await rm(dataDirectory, { recursive: true, force: true, maxRetries: 5 })
    },
  })
}

/**
 * A station on a directory that is there and stays; nobody needs to have an account yet.
 * @param options.suffix of every login: a centre knows each name once, a password only the machine where it was set
 */
export async function runStation(
  dataDirectory: string,
  { hasSample, suffix = '' }: { hasSample: boolean; suffix?: string },
): Promise<RunningStation> {
  let { child, origin } = await launch({ dataDirectory, port: 0, hasSample })
  const port = Number(new URL(origin).port)
  const bearer = await readBearer(dataDirectory)

  return {
    origin,
    dataDirectory,
    suffix,
    get pid() {
      return child.pid ?? -1
    },
    async invite() {
      const response = await fetch(`${origin}/token`, { method: 'POST', headers: { Authorization: `Bearer ${bearer}` } })
      if (!response.ok) throw new Error(`no start address: ${response.status}`)
      return ((await response.json()) as { url: string }).url
    },
    async as(person) {
      const { login, password } = team[person]
      const { sessionToken } = await client(origin, bearer).accounts.signIn.mutate({ login: login + suffix, password })
      if (sessionToken === null) throw new Error('a script was given no token')
      return client(origin, sessionToken)
    },
    makeTeam: () => makeTeam(origin, bearer, suffix),
    kill: () => end(child, 'SIGKILL'),
    async restart() {
      ;({ child, origin } = await launch({ dataDirectory, port, hasSample }))
    },
    end: () => end(child, 'SIGTERM'),
  }
}

/** First the administrator, who makes everybody with a one-time password; each then sets her own, as people do. @returns the administrator's procedures */
async function makeTeam(origin: string, bearer: string, suffix: string): Promise<Client> {
  const { admin, ...rest } = team
  const others = Object.values<Member>(rest).map((member) => ({ ...member, login: member.login + suffix }))
  const first = await client(origin, bearer).accounts.createFirst.mutate({ login: admin.login + suffix, name: admin.name, password: admin.password })
  if (first.sessionToken === null) throw new Error('the first account was given no token')
  const made = await client(origin, first.sessionToken).accounts.addTeam.mutate({
    members: others.map(({ login, name, roles }) => ({ login, name, roles, telephone: null, unit: null })),
  })
  for (const { login, password: oneTime } of made) {
    const member = others.find((candidate) => candidate.login === login)
    if (member === undefined) throw new Error(`nobody asked for ${login}`)
    const { sessionToken } = await client(origin, bearer).accounts.signIn.mutate({ login, password: oneTime })
    await client(origin, sessionToken ?? '').accounts.changePassword.mutate({ current: oneTime, next: member.password })
  }
  return client(origin, first.sessionToken)
}
