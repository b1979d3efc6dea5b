// Personal data goes, the chain stays; in whatever order erasure and entry come.
import { afterEach, expect, test } from 'vitest'
import { newId } from '../kernel/ids.ts'
import { openTestStation, type TestStation } from '../testing/station.ts'
import { entryId } from './encode.ts'
import { boatDatasets, boatMigrations } from './testing/boats.ts'

const stations: TestStation[] = []
afterEach(async () => {
  for (const station of stations.splice(0)) await station.close()
})

async function openBoats(): Promise<TestStation> {
  const station = await openTestStation({ datasets: boatDatasets, migrations: await boatMigrations() })
  stations.push(station)
  for (const one of stations) {
    await one.journal.trust({ station: station.journal.station, publicKey: station.journal.publicKey, certifiedBy: null })
    await station.journal.trust({ station: one.journal.station, publicKey: one.journal.publicKey, certifiedBy: null })
  }
  return station
}

test('the value is gone from journal, history and table; chain and other values stay; it travels', async () => {
  const station = await openBoats()
  const other = await openBoats()
  const late = await openBoats()
  const row = newId()
  const act = { actor: 'a', action: 'boats.write', subject: { dataset: 'boats', row } }
  const first = await station.journal.write({ ...act, rows: [{ dataset: 'boats', row, set: { name: 'b', phone: 'SECRET-1' } }] })
  await station.journal.write({ ...act, rows: [{ dataset: 'boats', row, set: { phone: 'SECRET-2' } }], note: { words: 'SECRET-3 called' } })
  const before = await station.journal.sealedBatch({ scope: 'shared', after: 0 })
  await other.journal.apply([before])
  await station.journal.erase({ dataset: 'boats', row, actor: 'a', reason: 'asked for' })
  const after = await station.journal.sealedBatch({ scope: 'shared', after: 2 })
  const whole = await station.journal.sealedBatch({ scope: 'shared', after: 0 })
  await other.journal.apply([after])
  expect(JSON.stringify(whole)).not.toContain('SECRET')
  expect((await late.journal.apply([whole])).map((one) => one.refusal)).toEqual([null])

  for (const one of stations) {
    for (const table of ['journal', 'cell_history', 'boats'])
      expect(JSON.stringify(await one.store.all(`SELECT * FROM ${table}`))).not.toContain('SECRET')
    expect(await one.store.get('SELECT name, phone FROM boats')).toEqual({ name: 'b', phone: null })
    expect((await one.journal.verify()).damage).toEqual([])
    expect(await one.journal.stateHash()).toBe(await station.journal.stateHash())
    const hash = await one.journal.stateHash()
    await one.journal.rebuild()
    expect(await one.journal.stateHash()).toBe(hash)
  }
  expect((await other.journal.entry(entryId(first)))?.hash).toBe(first.hash)
})
