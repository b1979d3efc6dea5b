// Province, city, county and a second console on three real servers: whatever is cut, killed and slowed, everybody ends with what he may hold.
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { importedId } from '../kernel/ids.ts'
import { findNatsServer, natsServerMissing } from '../testing/nats-server.ts'
import { Centres, until } from './testing/centres.ts'
import { Play } from './testing/play.ts'

const steps = Number(process.env.WANGLOU_LINK_STEPS ?? 40)
const seed = Number(process.env.WANGLOU_PROPERTY_SEED ?? Date.now() % 2 ** 31)
const title = 'after any trouble everything acknowledged is everywhere it should be, every conflict is shown and none is invented'

const isMissing = findNatsServer() === null
const titled = (title: string) => (isMissing ? `${natsServerMissing}: ${title}` : title)

test.skipIf(isMissing)(titled(title), { timeout: 1_800_000 }, async () => {
  console.log(`seed ${seed}`)
  const play = await Play.open(seed)
  try {
    await play.run(steps)
    await play.heal()
    expect(await play.tooMuch()).toEqual([])
    const conflicts = await Promise.all(
      play.centres.stations.map(async ({ journal }) =>
        (await journal.conflicts({ dataset: 'boats' })).map(({ row, column }) => `${row}/${column}`).sort(),
      ),
    )
    for (const one of conflicts) expect(one).toEqual(play.oracle.conflicts())
    const [county, desk] = [play.centres.station('county'), play.centres.station('desk')]
    expect(await county.journal.stateHash()).toBe(await desk.journal.stateHash())
    for (const { journal } of play.centres.stations) expect((await journal.verify()).damage).toEqual([])
    play.outcome.conflicts = play.oracle.conflicts().length
    console.log(JSON.stringify(play.outcome))
  } finally {
    await play.centres.close()
  }
})

test.skipIf(isMissing)(titled('a ledger taken in at a desk reaches the province with its file'), { timeout: 120_000 }, async () => {
  const centres = await Centres.open()
  try {
    const desk = centres.station('desk')
    // Larger than a piece, and not to be compressed.
    const lines = Array.from({ length: 4_000 }, (_, index) => `${JSON.stringify([`k${index}`, `${Math.random()}${Math.random()}`.repeat(8)])}\n`)
    const { sha256, size } = await desk.blobs.put(Readable.from(lines.map((line) => Buffer.from(line))), { limitBytes: 1e8 })
    expect(size).toBeGreaterThan(1_000_000)
    await desk.journal.writeBulk({
      actor: 'desk',
      action: 'boats.import',
      subject: { dataset: 'boats', row: importedId('boats', 'ledger', '') },
      dataset: 'boats',
      source: 'ledger',
      columns: ['name'],
      blob: sha256,
      rows: lines.length,
    })
    for (const { store, name } of centres.stations) {
      const count = async () => (await store.get<{ count: number }>('SELECT count(*) AS count FROM boats'))?.count
      expect([name, await until(count, (rows) => rows === lines.length, 30_000)]).toEqual([name, lines.length])
    }
    for (const { store } of centres.stations) expect(await store.all('SELECT sha256 FROM link_wanted')).toEqual([])
  } finally {
    await centres.close()
  }
})
