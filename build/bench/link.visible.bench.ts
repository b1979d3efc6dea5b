// From an act at one console until another one, in a process of its own, announces the row as changed; against the act alone.
import { setTimeout as sleep } from 'node:timers/promises'
import { StationChild } from '../../native/link/testing/station-process.ts'
import { asAct, boatAct, quantile } from './journal/measure.ts'
import { openPaired, openServer, untilOnline } from './link/measure.ts'
import type { BenchResult } from './run.ts'

const acts = 300

export default async function linkVisible(): Promise<BenchResult[]> {
  const server = await openServer()
  const [host, desk] = await openPaired([
    { name: 'host', isHost: true, server: server.url },
    { name: 'desk', server: server.url },
  ])
  if (host === undefined || desk === undefined) throw new Error('no stations')
  await desk.stop()
  await host.link.start()
  await untilOnline(host)
  const child = await StationChild.open({ name: 'desk', directory: desk.directory, server: server.url })
  try {
    await child.ask('start', 'started')
    await child.ask('watch', 'watching')
    await sleep(1_500)
    const [seen, alone]: [number[], number[]] = [[], []]
    for (let index = -20; index < acts; index += 1) {
      const act = asAct(boatAct(index + 20))
      const isSeen = new Promise<void>((resolve) => {
        const stop = child.onLine((line) => {
          if (!line.startsWith('changed') || !line.includes(act.subject.row)) return
          stop()
          resolve()
        })
      })
      const began = performance.now()
      await host.journal.write(act)
      const written = performance.now()
      await isSeen
      const changed = performance.now()
      if (index >= 0) {
        alone.push(written - began)
        seen.push(changed - began)
      }
      await sleep(Math.random() * 30)
    }
    const [value, baseline] = [quantile(seen, 0.95), quantile(alone, 0.95)]
    return [{ bench: 'link.visible', value, unit: 'ms p95', baseline, ratio: value / baseline, n: acts }]
  } finally {
    await child.stop()
    await host.close()
    await desk.close()
    await server.stop()
  }
}
