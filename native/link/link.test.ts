// Province, city, county and a second console on three real servers: whatever is cut, killed and slowed, everybody ends with what he may hold.
import { expect, test } from 'vitest'
import { findNatsServer, natsServerMissing } from '../testing/nats-server.ts'
import { Play } from './testing/play.ts'

const steps = Number(process.env.WANGLOU_LINK_STEPS ?? 40)
const seed = Number(process.env.WANGLOU_PROPERTY_SEED ?? Date.now() % 2 ** 31)
const title = 'after any trouble everything acknowledged is everywhere it should be, every conflict is shown and none is invented'

test.skipIf(findNatsServer() === null)(findNatsServer() === null ? natsServerMissing : title, { timeout: 1_800_000 }, async () => {
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
    console.log(`seed ${seed}`, JSON.stringify(play.outcome))
  } finally {
    await play.centres.close()
  }
})
