// What the benches of the link share: a bare server, boats in bulk, and waiting without asking the disk.
import { setTimeout as sleep } from 'node:timers/promises'
import { openSmall, pairAll, smallDomain, type SmallOptions, type SmallStation } from '../../../native/link/testing/small.ts'
import { type NatsServer, startNatsServer } from '../../../native/testing/nats-server.ts'
import { asAct, boatAct } from '../journal/measure.ts'

export const openServer = (): Promise<NatsServer> => startNatsServer({ name: 'bench', domain: smallDomain })

/** Stations that believe one another, not linked yet. */
export async function openPaired(each: readonly SmallOptions[]): Promise<SmallStation[]> {
  const stations: SmallStation[] = []
  for (const options of each) stations.push(await openSmall(options))
  await pairAll(stations)
  return stations
}

export async function writeBoats(station: SmallStation, count: number): Promise<void> {
  for (let done = 0; done < count; done += 2_000) {
    await station.journal.writeAll(Array.from({ length: Math.min(2_000, count - done) }, (_, index) => asAct(boatAct(done + index))))
  }
}

export async function untilLength(station: SmallStation, length: number, limitMs = 600_000): Promise<void> {
  const endsAt = performance.now() + limitMs
  while ((await station.journal.length()) < length) {
    if (performance.now() > endsAt) throw new Error(`${await station.journal.length()} of ${length} entries after ${limitMs} ms`)
    await sleep(10)
  }
}

/** Waits until the line to the centre stands. */
export async function untilOnline(...stations: readonly SmallStation[]): Promise<void> {
  for (const { link } of stations) while (link.view().links.some(({ kind, state }) => kind === 'centre' && state !== 'online')) await sleep(20)
}
