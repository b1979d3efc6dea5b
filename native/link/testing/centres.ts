// Real stations on real servers: province, city and county as leaf nodes of one another, and a second console in the county.
import { type Datasets, datasets } from '../../contract/index.ts'
import { boatDatasets, boatMigrations } from '../../journal/testing/boats.ts'
import { type Migration, readMigrations } from '../../store/migrate.ts'
import { migrationsFolder } from '../../store/store.ts'
import { city, county, type Level, Levels, province } from '../../testing/levels.ts'
import { openTestStation, type TestStation } from '../../testing/station.ts'
import { exchangeTimes } from '../exchange-times.ts'
import { HeldStore } from '../held-store.ts'
import { Link, type LinkOptions } from '../link.ts'
import { readLinkSettings } from '../settings.ts'
import { connectionTimes } from '../nats/connection.ts'
import { until } from './until.ts'

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

export class Centres {
  readonly stations: LinkedStation[] = []
  readonly #levels: Levels

  private constructor(levels: Levels) {
    this.#levels = levels
  }

  /** @param options.random of the proxies' stalls */
  static async open(options: { random?: () => number } = {}): Promise<Centres> {
    const centres = new Centres(await Levels.open([province, city, county], options.random))
    await centres.#addStation('province', province, 'host')
    await centres.#addStation('city', city, 'host')
    await centres.#addStation('county', county, 'host')
    await centres.#addStation('desk', county, 'desk1')
    await centres.#pair()
    return centres
  }

  get levels(): Level[] {
    return this.#levels.all
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
    await this.#levels.close()
  }

  async #addStation(name: string, unit: string, user: string): Promise<void> {
    const data = await this.#levels.dataDirectory(unit, user)
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
        held: new HeldStore(station.store),
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

export { until } from './until.ts'
