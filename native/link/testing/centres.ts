// Real stations on real servers: province, city and county as leaf nodes of one another, and a second console in the county.
import { city, county, type Level, Levels, province } from '../../testing/levels.ts'
import type { TestStation } from '../../testing/station.ts'
import { exchangeTimes } from '../exchange-times.ts'
import type { Link, LinkOptions } from '../link.ts'
import { readLinkSettings } from '../settings.ts'
import { connectionTimes } from '../nats/connection.ts'
import { openLinked } from './linked.ts'
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
    const errors: unknown[] = []
    const shared = {
      settings,
      superiors,
      errors,
      isQuick: true as const,
      directory: data,
      ...(quickTimes === undefined ? {} : { times: quickTimes }),
    }
    const opened = await openLinked(shared)
    const station: LinkedStation = {
      ...opened,
      name,
      unit,
      errors,
      restart: async () => {
        await station.link.stop()
        await station.stop()
        Object.assign(station, await openLinked(shared))
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

export { until } from './until.ts'
