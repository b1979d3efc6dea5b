// What an act costs while the line is cut, against the same act while it stands: pairs one after the other, through two stations of one centre of which
// one is cut off and the other is not, both under the same load.
import { asAct, boatAct, median, timed } from './journal/measure.ts'
import { Proxy } from '../../native/link/testing/proxy.ts'
import { openPaired, openServer, untilOnline } from './link/measure.ts'
import type { BenchResult } from './run.ts'
import { setTimeout as sleep } from 'node:timers/promises'

const pairs = 300

export default async function linkCut(): Promise<BenchResult[]> {
  const server = await openServer()
  const line = await Proxy.open(() => ({ port: server.port }))
  const [host, up, cut] = await openPaired([
    { name: 'host', isHost: true, server: server.url },
    { name: 'up', server: server.url },
    { name: 'cut', server: `nats://127.0.0.1:${line.port}` },
  ])
  if (host === undefined || up === undefined || cut === undefined) throw new Error('no stations')
  try {
    for (const { link } of [host, up, cut]) await link.start()
    await untilOnline(host, up, cut)
    line.cut()
    await sleep(1_000)
    const [withLine, without]: [number[], number[]] = [[], []]
    for (let pair = -20; pair < pairs; pair += 1) {
      const act = asAct(boatAct(pair + 20))
      const first = pair % 2 === 0 ? up : cut
      const second = first === up ? cut : up
      for (const station of [first, second]) {
        const took = await timed(() => station.journal.write({ ...act, rows: act.rows }))
        // As a person works: what follows from it has ended before the next.
        await sleep(20)
        if (pair >= 0) (station === up ? withLine : without).push(took)
      }
    }
    const [value, baseline] = [median(without), median(withLine)]
    return [{ bench: 'link.cut', value, unit: 'ms median', baseline, ratio: value / baseline, n: pairs }]
  } finally {
    for (const station of [cut, up, host]) await station.close()
    await line.close()
    await server.stop()
  }
}
