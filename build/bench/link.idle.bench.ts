// What the line between two centres costs while nothing happens: servers as `npm run nats` writes them, bytes of both ways through a proxy in a minute.
import { setTimeout as sleep } from 'node:timers/promises'
import { exchangeTimes } from '../../native/link/exchange-times.ts'
import { connectionTimes } from '../../native/link/nats/connection.ts'
import { county } from '../../native/testing/levels.ts'
import { Centres, quickTimes } from '../../native/link/testing/centres.ts'
import type { BenchResult } from './run.ts'

const seconds = 60

export default async function linkIdle(): Promise<BenchResult[]> {
  // As the program runs, not as its tests.
  Object.assign(quickTimes ?? {}, { exchange: exchangeTimes, connection: connectionTimes, publishMs: 10_000, lookMs: 1_000 })
  const centres = await Centres.open()
  try {
    const line = centres.levels.find(({ unit }) => unit === county)?.line
    if (line === undefined || line === null) throw new Error('the county has no line')
    await sleep(5_000)
    const before = line.bytes
    await sleep(seconds * 1_000)
    return [{ bench: 'link.idle', value: ((line.bytes - before) * 8) / 1_000 / seconds, unit: 'kbit/s', baseline: null, ratio: null, n: seconds }]
  } finally {
    await centres.close()
  }
}
