// Stations on one bare server, host and desks of a centre and a centre below, paired without a code: for faults and benches, where certificates say nothing.
import { rm } from 'node:fs/promises'
import type { TestStation, TestStationOptions } from '../../testing/station.ts'
import type { Link, LinkOptions } from '../link.ts'
import { LinkSettings } from '../settings.ts'
import { openLinked } from './linked.ts'

/** The JetStream domain of the server, by which a centre below speaks to it. */
export const smallDomain = 'small'
export const [upperUnit, lowerUnit] = ['610500', '610502'] as const
export const smallTree: ReadonlyMap<string, string | null> = new Map([
  [upperUnit, null],
  [lowerUnit, upperUnit],
])

export interface SmallOptions extends Pick<TestStationOptions, 'directory' | 'now' | 'isQuick'> {
  name: string
  unit?: string
  isHost?: boolean
  /** `nats://127.0.0.1:port` */
  server: string
  user?: string
  passwordFile?: string
  /** Server of the line up; left out = none. */
  above?: string
  below?: string[]
  budgetBytesPerS?: number
  times?: LinkOptions['times']
  snapshotFromEntries?: number
}

export interface SmallStation extends TestStation {
  link: Link
  errors: unknown[]
}

/** Opened and not started: `link.start()`. */
export async function openSmall(options: SmallOptions): Promise<SmallStation> {
  const {
    name,
    unit = upperUnit,
    isHost = false,
    server,
    user,
    passwordFile,
    above,
    below = [],
    budgetBytesPerS,
    times,
    snapshotFromEntries,
    ...rest
  } = options
  const login = { ...(user === undefined ? {} : { user }), ...(passwordFile === undefined ? {} : { passwordFile }) }
  const settings = LinkSettings.parse({
    unit,
    name,
    isHost,
    centre: { servers: [server], ...login },
    below,
    ...(above === undefined ? {} : { above: { servers: [above], ...login, unit: upperUnit, domain: smallDomain } }),
    ...(budgetBytesPerS === undefined ? {} : { budgetBytesPerS }),
  })
  const errors: unknown[] = []
  const { link, ...opened } = await openLinked({
    settings,
    superiors: smallTree,
    errors,
    ...rest,
    ...(times === undefined ? {} : { times }),
    ...(snapshotFromEntries === undefined ? {} : { snapshotFromEntries }),
  })
  let isStopped = false
  const stop = async () => {
    if (isStopped) return
    isStopped = true
    await link.stop()
    await opened.stop()
  }
  const close = async () => {
    await stop()
    if (rest.directory === undefined) await rm(opened.directory, { recursive: true, force: true })
  }
  return { ...opened, link, errors, stop, close }
}

/** Everybody believes everybody. */
export async function pairAll(stations: readonly SmallStation[]): Promise<void> {
  for (const one of stations) for (const other of stations) if (one !== other) await one.link.stations.pair(other.link.card, Date.now())
}
