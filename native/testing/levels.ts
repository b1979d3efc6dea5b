// Servers of one to three levels of the reporting tree as `npm run nats` configures them, certificates and all, with a proxy on each line up.
import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Proxy } from '../link/testing/proxy.ts'
import { linkFolder } from '../link/settings.ts'
import { freePort, type NatsServer, runNatsServer } from './nats-server.ts'

export const [province, city, county] = ['610000', '610500', '610502'] as const
const namesOf: Record<string, string> = { [province]: 'province', [city]: 'city', [county]: 'county' }

export interface Level {
  unit: string
  /** What `npm run nats` wrote for it. */
  folder: string
  server: NatsServer
  /** The line to the level above. */
  line: Proxy | null
}

const generator = fileURLToPath(new URL('../../build/nats.mjs', import.meta.url))

export class Levels {
  readonly all: Level[] = []
  readonly #folder: string
  readonly #lines = new Map<string, Proxy>()

  private constructor(folder: string) {
    this.#folder = folder
  }

  /** @param units from the top, each the one below the one before @param random of the proxies' stalls */
  static async open(units: readonly string[], random?: () => number): Promise<Levels> {
    const levels = new Levels(await mkdtemp(join(tmpdir(), 'wanglou-levels-')))
    for (const [index, unit] of units.entries()) await levels.#add(unit, units[index + 1] ?? null, random)
    return levels
  }

  of(unit: string): Level {
    const level = this.all.find((one) => one.unit === unit)
    if (level === undefined) throw new Error(`no level ${unit}`)
    return level
  }

  /** A new data directory of a station, with its folder `link` in it. @param user `host` or `desk1` */
  async dataDirectory(unit: string, user: string): Promise<string> {
    const directory = await mkdtemp(join(this.#folder, `${user}-`))
    await cp(join(this.of(unit).folder, 'stations', user), join(directory, linkFolder), { recursive: true })
    return directory
  }

  async close(): Promise<void> {
    for (const { line, server } of [...this.all].reverse()) {
      await line?.close()
      await server.stop()
    }
    await rm(this.#folder, { recursive: true, force: true })
  }

  async #add(unit: string, below: string | null, random?: () => number): Promise<void> {
    const upper = this.all.at(-1)
    const folder = join(this.#folder, unit)
    const [port, leafPort] = [await freePort(), await freePort()]
    // Those below come through a proxy; the server tells them of it, or they would go round it at their next connection.
    const lineBelow = below === null ? null : await Proxy.open(() => ({ port: leafPort }), random)
    const line = this.#lines.get(unit) ?? null
    const options = [
      '--unit',
      unit,
      '--name',
      unit,
      '--out',
      folder,
      '--host',
      '127.0.0.1',
      '--port',
      `${port}`,
      '--address',
      '127.0.0.1',
      '--consoles',
      'desk1',
    ]
    if (below !== null) options.push('--below', below, '--leaf-host', '127.0.0.1', '--leaf-port', `${leafPort}`)
    if (upper !== undefined) options.push('--from-above', join(upper.folder, 'below', unit), '--above', `nats-leaf://127.0.0.1:${line?.port ?? 0}`)
    await promisify(execFile)(process.execPath, [generator, namesOf[unit] ?? 'county', ...options])
    const configFile = join(folder, 'nats-server.conf')
    if (lineBelow !== null) await setAdvertise(configFile, lineBelow.port)
    const server = await runNatsServer({
      configFile,
      name: `wanglou-${unit}`,
      port,
      leafPort: below === null ? null : leafPort,
      directory: folder,
      isKept: true,
    })
    if (below !== null && lineBelow !== null) this.#lines.set(below, lineBelow)
    this.all.push({ unit, folder, server, line })
  }
}

async function setAdvertise(configFile: string, port: number): Promise<void> {
  const text = await readFile(configFile, 'utf8')
  await writeFile(
    configFile,
    text.replace(/^(\s*)advertise:.*$/m, (_, indent: string) => `${indent}advertise: "127.0.0.1:${port}"`),
  )
}
