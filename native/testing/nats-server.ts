// Real nats-server processes on loopback, for tests of the link: free ports, a directory of their own, ended by their own process id.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** The name of a test that is skipped without the program. */
export const natsServerMissing = 'nats-server is not installed: apt-get install nats-server'

const startLimitMs = 20_000
const endLimitMs = 5_000

export interface NatsUser {
  user: string
  password: string
  /** The content of `permissions { … }` in nats-server's own syntax; left out = everything is allowed. */
  permissions?: string
}

export interface NatsRemote {
  /** Where the leaf node of this server connects: `nats-leaf://user:password@127.0.0.1:7422`. */
  url: string
  /** Further lines of this remote in nats-server's own syntax, e.g. `deny_imports: [">"]`. */
  extra?: string
}

export interface NatsServerOptions {
  /** Its server_name; servers joined as leaf nodes need different ones. */
  name: string
  /** JetStream's domain; left out = none, JetStream is on either way. */
  domain?: string
  /** Left out = anybody may do everything. */
  users?: readonly NatsUser[]
  /** Opens a port for leaf nodes of other servers: true = a free one. */
  leafPort?: boolean | number
  /**
   * `host:port` told to leaf nodes as ours, the address of a fault proxy. Without it a leaf node learns the true address and goes
   * round the proxy when it connects again; `no_advertise` does not help in 2.9.10.
   */
  advertise?: string
  /** Servers above, to which this one connects as a leaf node. */
  remotes?: readonly NatsRemote[]
  /** Keeps configuration and streams here and leaves them after `stop`; left out = a temporary one that `stop` removes. */
  directory?: string
  /** Further lines at the top level of the configuration. */
  extraConfig?: string
  /** Left out = a free one. */
  port?: number
}

export interface NatsServer {
  /** For clients: `nats://127.0.0.1:port`. */
  url: string
  /** For leaf nodes, without user and password; null = it takes none. */
  leafUrl: string | null
  port: number
  leafPort: number | null
  directory: string
  /** The process that runs now; null = none. */
  readonly pid: number | null
  /** What it has written since it was started last: its log. */
  log(): string
  /** Ends the process and keeps its directory, so that `restart` finds its streams. SIGKILL is a power cut, SIGTERM a tidy end. */
  down(signal?: NodeJS.Signals): Promise<void>
  /** Starts it again on the same ports and directory; ends it first when it runs. */
  restart(): Promise<void>
  /** Ends the process and removes the directory when it was made here. Harmless when called twice. */
  stop(signal?: NodeJS.Signals): Promise<void>
}

/** Starts a server and waits until it answers. Rejects with its log when it does not. */
export async function startNatsServer(options: NatsServerOptions): Promise<NatsServer> {
  const directory = options.directory ?? (await mkdtemp(join(tmpdir(), 'wanglou-nats-')))
  await mkdir(directory, { recursive: true })
  const port = options.port ?? (await freePort())
  const leafPort = typeof options.leafPort === 'number' ? options.leafPort : options.leafPort === true ? await freePort() : null
  const configFile = join(directory, 'nats-server.conf')
  await writeFile(configFile, configuration(options, { directory, port, leafPort }))
  return runNatsServer({ configFile, name: options.name, port, leafPort, directory, isKept: options.directory !== undefined })
}

export interface RunOptions {
  /** A finished configuration that says the ports given here. */
  configFile: string
  /** Its server_name, by which we know that it is ours that answers. */
  name: string
  port: number
  leafPort: number | null
  directory: string
  /** Leaves the directory after `stop`. */
  isKept: boolean
}

/** Runs a server on a configuration file written elsewhere. */
export async function runNatsServer({ configFile, name, port, leafPort, directory, isKept }: RunOptions): Promise<NatsServer> {
  const program = findNatsServer()
  if (program === null) throw new Error(natsServerMissing)
  let child: ChildProcess | null = null
  let log = ''

  async function start(path: string): Promise<void> {
    log = ''
    const started = spawn(path, ['--config', configFile], { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] })
    child = started
    running.add(started)
    for (const stream of [started.stdout, started.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (log = (log + text).slice(-100_000)))
    let failed: string | null = null
    started.once('error', (error) => (failed = error.message))
    started.once('exit', (code, signal) => {
      running.delete(started)
      failed = `it ended (${code ?? signal})`
      if (child === started) child = null
    })
    const until = Date.now() + startLimitMs
    while ((await nameOfServer(port)) !== name) {
      if (failed === null && Date.now() > until) failed = `it did not answer within ${startLimitMs} ms`
      if (failed !== null) {
        started.kill('SIGKILL')
        throw new Error(`nats-server ${name} on port ${port}: ${failed}\n${log}`)
      }
      await sleep(15)
    }
  }
  async function down(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const ending = child
    if (ending === null) return
    const ended = new Promise<void>((resolve) => ending.once('exit', () => resolve()))
    ending.kill(signal)
    const timer = setTimeout(() => ending.kill('SIGKILL'), endLimitMs)
    await ended
    clearTimeout(timer)
  }
  async function stop(signal?: NodeJS.Signals): Promise<void> {
    await down(signal)
    if (!isKept) await rm(directory, { recursive: true, force: true })
  }

  try {
    await start(program)
  } catch (error) {
    await stop('SIGKILL')
    throw error
  }
  return {
    url: `nats://127.0.0.1:${port}`,
    leafUrl: leafPort === null ? null : `nats-leaf://127.0.0.1:${leafPort}`,
    port,
    leafPort,
    directory,
    get pid() {
      return child?.pid ?? null
    },
    log: () => log,
    down,
    async restart() {
      await down()
      await start(program)
    },
    stop,
  }
}

/** @returns where nats-server lies: named by WANGLOU_NATS_SERVER, on PATH, or where Debian puts it; null = nowhere */
export function findNatsServer(): string | null {
  const named = process.env.WANGLOU_NATS_SERVER
  if (named !== undefined && named !== '') return existsSync(named) ? named : null
  const file = process.platform === 'win32' ? 'nats-server.exe' : 'nats-server'
  // Debian's package puts it into /usr/sbin, which only root has on PATH.
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/bin', '/usr/local/sbin']
  return folders.map((folder) => join(folder, file)).find((path) => existsSync(path)) ?? null
}

/** A port of loopback that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('loopback has no port')
  return address.port
}

const running = new Set<ChildProcess>()
// A test that breaks off must not leave servers behind.
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** The name in the greeting of what listens on a port; null = nothing answers. */
function nameOfServer(port: number): Promise<string | null> {
  return new Promise((resolve) => {
    let greeting = ''
    const socket = connect({ port, host: '127.0.0.1', timeout: 1_000 })
    const finish = (name: string | null) => {
      socket.destroy()
      resolve(name)
    }
    socket.setEncoding('utf8').on('data', (text: string) => {
      greeting += text
      const name = /"server_name":"([^"]*)"/.exec(greeting)?.[1]
      if (name !== undefined) finish(name)
    })
    socket.once('error', () => finish(null))
    socket.once('timeout', () => finish(null))
    socket.once('close', () => finish(null))
  })
}

function configuration(options: NatsServerOptions, own: { directory: string; port: number; leafPort: number | null }): string {
  const { name, domain, users, advertise, remotes = [], extraConfig } = options
  const lines = [`server_name: ${quoted(name)}`, 'host: "127.0.0.1"', `port: ${own.port}`]
  lines.push(`jetstream { store_dir: ${quoted(join(own.directory, 'jetstream'))}${domain === undefined ? '' : `, domain: ${quoted(domain)}`} }`)
  if (users !== undefined) {
    const each = users.map(({ user, password, permissions }) => {
      const rights = permissions === undefined ? '' : `, permissions { ${permissions} }`
      return `{ user: ${quoted(user)}, password: ${quoted(password)}${rights} }`
    })
    lines.push(`authorization { users: [\n${each.join('\n')}\n] }`)
  }
  if (own.leafPort !== null || remotes.length > 0) {
    lines.push('leafnodes {')
    if (own.leafPort !== null) lines.push(`host: "127.0.0.1"`, `port: ${own.leafPort}`)
    if (advertise !== undefined) lines.push(`advertise: ${quoted(advertise)}`)
    if (remotes.length > 0) lines.push(`remotes: [\n${remotes.map(({ url, extra }) => `{ url: ${quoted(url)}\n${extra ?? ''} }`).join('\n')}\n]`)
    lines.push('}')
  }
  if (extraConfig !== undefined) lines.push(extraConfig)
  return `${lines.join('\n')}\n`
}

function quoted(text: string): string {
  return JSON.stringify(text)
}
