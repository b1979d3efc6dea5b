// Real stations on real servers: province, city and county as leaf nodes of one another, and a second console in the county.
import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Datasets, datasets } from '../../contract/index.ts'
import { boatDatasets, boatMigrations } from '../../journal/testing/boats.ts'
import { type Migration, readMigrations } from '../../store/migrate.ts'
import { migrationsFolder } from '../../store/store.ts'
import { openTestStation, type TestStation } from '../../testing/station.ts'
import { freePort, type NatsServer, runNatsServer } from '../../testing/nats-server.ts'
import { exchangeTimes } from '../exchange.ts'
import { Link, type LinkOptions } from '../link.ts'
import { linkFolder, readLinkSettings } from '../settings.ts'
import { connectionTimes } from '../nats/connection.ts'
import { Proxy } from './proxy.ts'
import { until } from './until.ts'

export const [province, city, county] = ['610000', '610500', '610502'] as const
export const superiors: ReadonlyMap<string, string | null> = new Map([
  [province, null],
  [city, province],
  [county, city],
])

/** Short waits: half an hour of silence is tested in seconds. */
export const quickTimes: LinkOptions['times'] = {
  exchange: { ...exchangeTimes, tellMs: 50, compareMs: 5_000, aliveMs: 1_000, retryMs: 100, longestRetryMs: 500, longestHoldBackMs: 1_000 },
  connection: { ...connectionTimes, retryMs: 100, longestRetryMs: 500, refusedMs: 2_000, pingMs: 1_000, fetchMs: 1_000 },
  publishMs: 3_000,
  lookMs: 100,
}

export interface LinkedStation extends TestStation {
  name: string
  unit: string
  link: Link
  errors: unknown[]
  /** Ends the program without a word, as far as that is possible in one process, and starts it again on the same directory. */
  restart(): Promise<void>
}

export interface Level {
  unit: string
  /** What `npm run nats` wrote for it. */
  folder: string
  server: NatsServer
  /** The line to the level above. */
  line: Proxy | null
}

const generator = fileURLToPath(new URL('../../../build/nats.mjs', import.meta.url))

export class Centres {
  readonly levels: Level[] = []
  readonly stations: LinkedStation[] = []
  readonly #folder: string

  private constructor(folder: string) {
    this.#folder = folder
  }

  /** Servers as `npm run nats` configures them, certificates and all; a proxy on each line up. @param options.random of the proxies' stalls */
  static async open(options: { random?: () => number } = {}): Promise<Centres> {
    const centres = new Centres(await mkdtemp(join(tmpdir(), 'wanglou-centres-')))
    for (const [level, unit, below] of [
      ['province', province, city],
      ['city', city, county],
      ['county', county, null],
    ] as const) {
      await centres.#addLevel(level, unit, below, options.random)
    }
    await centres.#addStation('province', province, 'host')
    await centres.#addStation('city', city, 'host')
    await centres.#addStation('county', county, 'host')
    await centres.#addStation('desk', county, 'desk1')
    await centres.#pair()
    return centres
  }

  level(unit: string): Level {
    const level = this.levels.find((one) => one.unit === unit)
    if (level === undefined) throw new Error(`no level ${unit}`)
    return level
  }

  station(name: string): LinkedStation {
    const station = this.stations.find((one) => one.name === name)
    if (station === undefined) throw new Error(`no station ${name}`)
    return station
  }

  async close(): Promise<void> {
    for (const { link, close } of this.stations) {
      await link.stop()
      // One that failed to start again is closed already; what failed must be told, not this.
      await close().catch(() => undefined)
    }
    for (const { line, server } of [...this.levels].reverse()) {
      await line?.close()
      await server.stop()
    }
    await rm(this.#folder, { recursive: true, force: true })
  }

  async #addLevel(level: string, unit: string, below: string | null, random?: () => number): Promise<void> {
    const upper = this.levels.at(-1)
    const folder = join(this.#folder, unit)
    const [port, leafPort] = [await freePort(), await freePort()]
    // Those below come through a proxy; the server tells them of it, or they would go round it at their next connection.
    const lineBelow = below === null ? null : await Proxy.open(() => ({ port: leafPort }), random)
    const options = ['--unit', unit, '--name', unit, '--out', folder, '--host', '127.0.0.1', '--port', `${port}`, '--address', '127.0.0.1']
    if (below !== null) options.push('--below', below, '--leaf-host', '127.0.0.1', '--leaf-port', `${leafPort}`)
    if (upper !== undefined)
      options.push('--from-above', join(upper.folder, 'below', unit), '--above', `nats-leaf://127.0.0.1:${this.#lines.get(unit)?.port ?? 0}`)
    if (level === 'county') options.push('--consoles', 'desk1')
    await promisify(execFile)(process.execPath, [generator, level, ...options])
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
    this.levels.push({ unit, folder, server, line: this.#lines.get(unit) ?? null })
  }

  readonly #lines = new Map<string, Proxy>()

  async #addStation(name: string, unit: string, user: string): Promise<void> {
    const { folder } = this.level(unit)
    const data = await mkdtemp(join(this.#folder, `${name}-`))
    await cp(join(folder, 'stations', user), join(data, linkFolder), { recursive: true })
    const read = await readLinkSettings(data)
    if (read === null) throw new Error(`no link.json of ${name}`)
    const settings = { ...read, name }
    const opened = await openTestStation({ ...(await stationOptions()), unit, directory: data })
    const errors: unknown[] = []
    const linkOf = (station: TestStation) =>
      new Link({
        store: station.store,
        journal: station.journal,
        blobs: station.blobs,
        directory: station.directory,
        settings,
        superiors: () => superiors,
        nameOf: (of) => of,
        onError: (error) => errors.push(error),
        ...(quickTimes === undefined ? {} : { times: quickTimes }),
      })
    const station: LinkedStation = {
      ...opened,
      name,
      unit,
      link: linkOf(opened),
      errors,
      restart: async () => {
        await station.link.stop()
        await station.stop()
        Object.assign(station, await openTestStation({ ...(await stationOptions()), unit, directory: opened.directory }))
        station.link = linkOf(station)
        await station.link.start()
      },
    }
    await station.link.start()
    this.stations.push(station)
  }

  /** Each host is paired with the one above, the desk with its host; everybody else is vouched for. */
  async #pair(): Promise<void> {
    for (const [upper, lower, side] of [
      ['province', 'city', 'above'],
      ['city', 'county', 'above'],
      ['county', 'desk', 'centre'],
    ] as const) {
      await until(
        () =>
          this.station(lower)
            .link.view()
            .links.map(({ kind, state }) => `${kind} ${state}`),
        (states) => states.length > 0,
      )
      const { code } = this.station(upper).link.beginPairing()
      await until(
        () =>
          this.station(lower)
            .link.join(code, side)
            .then(
              () => 'paired',
              (error: Error) => error.message,
            ),
        (state) => state === 'paired',
      )
    }
  }
}

/** Everything a station has, and boats, which the oracle of the journal's tests knows. */
async function stationOptions(): Promise<{ datasets: Datasets; migrations: Migration[]; isQuick: true }> {
  const boats = (await boatMigrations()).filter(({ name }) => name.startsWith('9'))
  return { datasets: { ...datasets, ...boatDatasets }, migrations: [...(await readMigrations(migrationsFolder)), ...boats], isQuick: true }
}

async function setAdvertise(configFile: string, port: number): Promise<void> {
  const text = await readFile(configFile, 'utf8')
  await writeFile(configFile, text.replace(/^(\s*)advertise:.*$/m, `$1advertise: "127.0.0.1:${port}"`))
}

export { until } from './until.ts'
