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
  await station.journal.erase({ rows: [{ dataset: 'boats', row }], actor: 'a', reason: 'asked for' })
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

test('only the chosen columns go; what happened when, and what else the entry said, stays in the time line', async () => {
  const station = await openBoats()
  const late = await openBoats()
  const row = newId()
  const happenedAt = { at: Date.now() - 60_000, precision: 'about' as const, source: 'SECRET-caller' }
  await station.journal.write({
    actor: 'a',
    action: 'boats.write',
    subject: { dataset: 'boats', row },
    rows: [{ dataset: 'boats', row, set: { name: 'b', crew: 7, phone: 'SECRET-1' } }],
    happenedAt,
  })
  await station.journal.erase({ rows: [{ dataset: 'boats', row, columns: ['phone'] }], actor: 'a', reason: 'asked for' })
  await late.journal.apply([await station.journal.sealedBatch({ scope: 'shared', after: 0 })])
  for (const one of [station, late]) {
    expect(await one.store.get('SELECT name, crew, phone FROM boats')).toEqual({ name: 'b', crew: 7, phone: null })
    const [first, erasure] = await one.journal.timeline({ dataset: 'boats', row }, { by: 'happened' })
    expect(first?.happenedAt).toEqual({ ...happenedAt, source: '' })
    expect(first?.cells.map(([, , column, value]) => [column, value])).toEqual([
      ['name', 'b'],
      ['crew', 7],
      ['phone', null],
    ])
    expect(erasure).toMatchObject({ action: 'journal.erase', note: { reason: 'asked for' } })
    for (const table of ['journal', 'journal_erasures']) expect(JSON.stringify(await one.store.all(`SELECT * FROM ${table}`))).not.toContain('SECRET')
  }
  const nothing = late.journal.erase({ rows: [{ dataset: 'boats', row, columns: ['phone', 'name'] }], actor: 'a', reason: 'again' })
  await expect(nothing).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('of a JSON value only its personal members go, whoever erases first', async () => {
  const datasets = {
    boats: { ...boatDatasets.boats, columns: { ...boatDatasets.boats.columns, kit: { type: 'json', personal: ['owner'] } } },
  } as const
  const options = { datasets, migrations: await boatMigrations() }
  const [one, other] = [await openTestStation(options), await openTestStation(options)]
  stations.push(one, other)
  for (const [a, b] of [
    [one, other],
    [other, one],
  ] as const)
    await a.journal.trust({ station: b.journal.station, publicKey: b.journal.publicKey, certifiedBy: null })
  const row = newId()
  const set = { kit: { ropes: 3, owner: 'SECRET-owner' }, phone: 'SECRET-1' }
  await one.journal.write({ actor: 'a', action: 'boats.write', subject: { dataset: 'boats', row }, rows: [{ dataset: 'boats', row, set }] })
  await other.journal.apply([await one.journal.sealedBatch({ scope: 'shared', after: 0 })])
  await one.journal.erase({ rows: [{ dataset: 'boats', row, columns: ['kit'] }], actor: 'a', reason: 'asked for' })
  await other.journal.erase({ rows: [{ dataset: 'boats', row, columns: ['phone'] }], actor: 'a', reason: 'asked for' })
  await other.journal.apply([await one.journal.sealedBatch({ scope: 'shared', after: 1 })])
  await one.journal.apply([await other.journal.sealedBatch({ scope: 'shared', after: 0 })])
  for (const { journal, store } of [one, other]) {
    expect(await store.get('SELECT kit, phone FROM boats')).toEqual({ kit: '{"owner":"","ropes":3}', phone: null })
    expect(JSON.stringify(await store.all('SELECT * FROM cell_history'))).not.toContain('SECRET')
    expect((await journal.verify()).damage).toEqual([])
    const hash = await journal.stateHash()
    await journal.rebuild()
    expect(await journal.stateHash()).toBe(hash)
  }
  expect(await one.journal.stateHash()).toBe(await other.journal.stateHash())
})

test('what waits for its clock, and what was kept aside under its name, loses it too', async () => {
  let wall = Date.now()
  const options = { datasets: boatDatasets, migrations: await boatMigrations() }
  const author = await openTestStation({ ...options, now: () => wall })
  const station = await openTestStation(options)
  stations.push(author, station)
  await station.journal.trust({ station: author.journal.station, publicKey: author.journal.publicKey, certifiedBy: null })
  const row = newId()
  const write = (one: TestStation, phone: string) =>
    one.journal.write({ actor: 'a', action: 'boats.write', subject: { dataset: 'boats', row }, rows: [{ dataset: 'boats', row, set: { phone } }] })
  wall += 30 * 3_600_000
  const ahead = await write(author, 'SECRET-ahead')
  await station.journal.apply([await author.journal.sealedBatch({ scope: 'shared', after: 0 })])
  const own = await write(station, 'SECRET-own')
  await station.store.write((tx) =>
    tx.run("INSERT INTO journal_forks (station, scope, seq, hash, knownHash, entry, receivedAt) VALUES (?, 'shared', 1, 'h', 'k', ?, 1)", [
      own.station,
      JSON.stringify({ body: '{"cells":"SECRET-fork"}' }),
    ]),
  )
  await station.journal.erase({ rows: [{ dataset: 'boats', row }], actor: 'a', reason: 'asked for' })
  await station.journal.letIn({ entries: [entryId(ahead)], actor: 'a', reason: 'telephoned' })
  expect(await station.store.get('SELECT phone FROM boats')).toEqual({ phone: null })
  for (const table of ['journal', 'cell_history', 'journal_forks'])
    expect(JSON.stringify(await station.store.all(`SELECT * FROM ${table}`))).not.toContain('SECRET')
})

test('the longest body can be erased, and many of them in one act of several entries', async () => {
  const station = await openBoats()
  const row = newId()
  for (const name of ['x'.repeat(65_000), 'y'.repeat(65_000)])
    await station.journal.write({
      actor: 'a',
      action: 'boats.write',
      subject: { dataset: 'boats', row },
      rows: [{ dataset: 'boats', row, set: { name, phone: name.slice(0, 100) } }],
    })
  const entries = await station.journal.erase({ rows: [{ dataset: 'boats', row }], actor: 'a', reason: '理'.repeat(500) })
  expect(entries).toHaveLength(2)
  expect(await station.store.get('SELECT length(name) AS length, phone FROM boats')).toEqual({ length: 65_000, phone: null })
})

/** Everything a station keeps that could say it, but for what was written after. */
async function kept(station: TestStation): Promise<string> {
  const tables = ['journal', 'cell_history', 'journal_erasures', 'boats']
  return (await Promise.all(tables.map(async (table) => JSON.stringify(await station.store.all(`SELECT * FROM ${table}`))))).join('\n')
}

test('what one erasure carries of an entry goes with the next, on every station and whatever came first', async () => {
  const station = await openBoats()
  const other = await openBoats()
  const late = await openBoats()
  const [row, second] = [newId(), newId()]
  const subject = { dataset: 'boats', row }
  await station.journal.write({
    actor: 'a',
    action: 'boats.write',
    subject,
    rows: [
      { dataset: 'boats', row, set: { name: 'one', phone: 'SECRET-1' } },
      { dataset: 'boats', row: second, set: { name: 'two', phone: 'SECRET-2' } },
    ],
  })
  const erase = (at: TestStation, one: string, reason: string) => at.journal.erase({ rows: [{ dataset: 'boats', row: one }], actor: 'a', reason })
  const first = await erase(station, row, 'first')
  await other.journal.apply([await station.journal.sealedBatch({ scope: 'shared', after: 0 })])
  expect(await kept(other)).toContain('SECRET-2')
  await erase(station, second, 'second')
  expect(await kept(station)).not.toContain('SECRET')
  // The first erasure is empty now, and stays in its chain.
  expect((await station.journal.entry(entryId(first[0]!)))?.note).toBeNull()
  await other.journal.apply([await station.journal.sealedBatch({ scope: 'shared', after: 2 })])
  await late.journal.apply([await station.journal.sealedBatch({ scope: 'shared', after: 0 })])
  for (const one of [station, other, late]) {
    expect(await kept(one)).not.toContain('SECRET')
    expect(await one.store.all('SELECT name, phone FROM boats ORDER BY name')).toEqual([
      { name: 'one', phone: null },
      { name: 'two', phone: null },
    ])
    expect((await one.journal.verify()).damage).toEqual([])
    const hash = await one.journal.stateHash()
    await one.journal.rebuild()
    expect(await one.journal.stateHash()).toBe(hash)
    expect(hash).toBe(await station.journal.stateHash())
  }
})

test('two stations that erase parts of one entry at the same time leave nothing of either', async () => {
  const one = await openBoats()
  const other = await openBoats()
  const rows = [newId(), newId()]
  await one.journal.write({
    actor: 'a',
    action: 'boats.write',
    subject: { dataset: 'boats', row: rows[0]! },
    rows: rows.map((row, index) => ({ dataset: 'boats', row, set: { name: `boat ${index}`, phone: `SECRET-${index}` } })),
  })
  await other.journal.apply([await one.journal.sealedBatch({ scope: 'shared', after: 0 })])
  await one.journal.erase({ rows: [{ dataset: 'boats', row: rows[0]! }], actor: 'a', reason: 'first' })
  await other.journal.erase({ rows: [{ dataset: 'boats', row: rows[1]! }], actor: 'a', reason: 'second' })
  for (let round = 0; round < 3; round += 1) {
    await other.journal.apply([await one.journal.sealedBatch({ scope: 'shared', after: 0 })])
    await one.journal.apply([await other.journal.sealedBatch({ scope: 'shared', after: 0 })])
  }
  for (const station of [one, other]) {
    expect(await kept(station)).not.toContain('SECRET')
    expect((await station.journal.verify()).damage).toEqual([])
  }
  expect(await one.journal.stateHash()).toBe(await other.journal.stateHash())
  const lengths = [await one.journal.length(), await other.journal.length()]
  await other.journal.apply([await one.journal.sealedBatch({ scope: 'shared', after: 0 })])
  expect([await one.journal.length(), await other.journal.length()]).toEqual(lengths)
})
