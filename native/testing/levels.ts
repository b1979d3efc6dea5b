// Servers of one to three levels of the reporting tree as `npm run nats` configures them, certificates and all, with a proxy on each line up.
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Proxy } from '../link/testing/proxy.ts'
import { linkFolder } from '../link/settings.ts'
import { type ConfiguredServer, runConfigured } from './configured-server.ts'

export const [province, city, county] = ['610000', '610500', '610502'] as const
const levelOf: Record<string, 'province' | 'city'> = { [province]: 'province', [city]: 'city' }

export interface Level extends ConfiguredServer {
  /** The line to the level above. */
  line: Proxy | null
}

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
    const line = this.#lines.get(unit) ?? null
    // Those below come through a proxy; the server tells them of it, or they would go round it at their next connection.
    const advertise = async (leafPort: number) => {
      const lineBelow = await Proxy.open(() => ({ port: leafPort }), random)
      this.#lines.set(below ?? '', lineBelow)
      return lineBelow.port
    }
    const level = await runConfigured({
      level: levelOf[unit] ?? 'county',
      unit,
      folder: join(this.#folder, unit),
      ...(below === null ? {} : { below: [below], advertise }),
      ...(upper === undefined ? {} : { above: { folder: upper.folder, url: `nats-leaf://127.0.0.1:${line?.port ?? 0}` } }),
    })
    this.all.push({ ...level, line })
  }
}
