// Sealed batches from outside: believed only under a good seal, in whatever order, and a fork is named.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newId } from '../kernel/ids.ts'
import { openTestStation, type TestStation } from '../testing/station.ts'
import { entryId } from './encode.ts'
import { makeSeal, type SealedBatch } from './seal.ts'
import { boatDatasets, boatMigrations } from './testing/boats.ts'
import { generateKeyPairSync } from 'node:crypto'

let author: TestStation
let station: TestStation
let wall = 1_800_000_000_000
const row = newId()

beforeEach(async () => {
  wall = 1_800_000_000_000
  const options = { datasets: boatDatasets, migrations: await boatMigrations(), now: () => wall }
  author = await openTestStation(options)
  station = await openTestStation({ ...options, now: () => 1_800_000_000_000 })
  await station.journal.trust({ station: author.journal.station, publicKey: author.journal.publicKey, certifiedBy: null })
})
afterEach(async () => {
  await author.close()
  await station.close()
})

const write = (name: string) =>
  author.journal.write({ actor: 'a', action: 'boats.write', subject: { dataset: 'boats', row }, rows: [{ dataset: 'boats', row, set: { name } }] })
async function batch(after: number, limit = 100): Promise<SealedBatch> {
  const sealed = await author.journal.sealedBatch({ scope: 'shared', after, limit })
  if (sealed === null) throw new Error('nothing to send')
  return sealed
}
const refusals = async (...batches: unknown[]) => (await station.journal.apply(batches)).map((one) => one.refusal)
const shown = async () => (await station.store.get<{ name: string }>('SELECT name FROM boats'))?.name

test('what was changed on the way is refused, what comes twice is harmless, what comes early waits', async () => {
  for (const name of ['a', 'b', 'c', 'd']) await write(name)
  const whole = await batch(0)
  const first = whole.entries[0]
  const changed = {
    ...whole,
    entries: whole.entries.map((entry) => (entry === first ? { ...entry, body: entry.body?.replace('"a"', '"x"') ?? null } : entry)),
  }
  const forged = {
    ...whole,
    seal: makeSeal(
      { station: whole.station, scope: whole.scope, seq: whole.seal.seq, headHash: whole.seal.headHash },
      generateKeyPairSync('ed25519').privateKey,
    ),
  }
  expect(await refusals(changed, forged, { v: 1 }, 'words', null, { ...whole, scope: 'elsewhere' })).toEqual([
    'chain',
    'seal',
    'malformed',
    'malformed',
    'malformed',
    'malformed',
  ])
  expect(await station.journal.length()).toBe(0)
  expect(await refusals(await batch(2), await batch(1, 1))).toEqual(['held', 'held'])
  expect(await refusals(await batch(0, 1))).toEqual([null])
  expect(await shown()).toBe('d')
  expect(await refusals(whole)).toEqual([null])
  expect(await station.journal.length()).toBe(4)
  expect(await station.journal.stateHash()).toBe(await author.journal.stateHash())
})

test('what is urgent goes ahead of what precedes it, is seen at once, is passed on, and joins when the gap is filled', async () => {
  for (const name of ['a', 'b', 'c', 'd', 'e']) await write(name)
  const ahead = async (after: number, limit: number) => author.journal.sealedBatch({ scope: 'shared', after, limit, isAhead: true })
  expect(await refusals(await batch(0, 1), await ahead(3, 1))).toEqual([null, null])
  expect(await shown()).toBe('d')
  const end = async () => (await station.journal.heads()).find((head) => head.station === author.journal.station)?.seq
  expect(await end()).toBe(1)
  expect((await station.journal.verify()).damage).toEqual([])

  // A third station gets it through this one, which does not have what precedes it either.
  const third = await openTestStation({ datasets: boatDatasets, migrations: await boatMigrations() })
  await third.journal.trust({ station: author.journal.station, publicKey: author.journal.publicKey, certifiedBy: null })
  const range = { station: author.journal.station, scope: 'shared' as const }
  expect(await station.journal.sealedBatch({ ...range, after: 1 })).toBeNull()
  const passedOn = await station.journal.sealedBatch({ ...range, after: 3, isAhead: true })
  expect((await third.journal.apply([passedOn])).map((one) => [one.refusal, one.added])).toEqual([[null, 1]])
  await third.close()

  // Forged: another hash before it is not covered by the seal.
  const forged = { ...(await ahead(4, 1)), prev: 'ab'.repeat(32) }
  const apart = await openTestStation({ datasets: boatDatasets, migrations: await boatMigrations() })
  await apart.journal.trust({ station: author.journal.station, publicKey: author.journal.publicKey, certifiedBy: null })
  expect((await apart.journal.apply([forged])).map((one) => one.refusal)).toEqual(['chain'])
  await apart.close()

  expect(await refusals(await batch(1, 2))).toEqual([null])
  expect(await end()).toBe(4)
  expect(await refusals(await batch(0))).toEqual([null])
  expect(await end()).toBe(5)
  expect(await station.store.all('SELECT * FROM journal_islands')).toEqual([])
  expect(await station.journal.stateHash()).toBe(await author.journal.stateHash())
})

test('a station nobody has paired with is refused; a known one keeps its key', async () => {
  await write('a')
  const stranger = await openTestStation({ datasets: boatDatasets, migrations: await boatMigrations() })
  expect((await stranger.journal.apply([await batch(0)])).map((one) => one.refusal)).toEqual(['unknown-station'])
  expect(await station.journal.trust({ station: author.journal.station, publicKey: stranger.journal.publicKey, certifiedBy: null })).toBe(false)
  await stranger.close()
})

test('two entries with one identity: the later is kept aside and both are named', async () => {
  const whole = await write('a')
  await station.journal.apply([await batch(0)])
  // The author forgets what it sent and writes another first entry under the same identity.
  await author.store.write((tx) => tx.run("UPDATE journal SET body = replace(body, '\"a\"', '\"z\"'), bodyHash = unhex('00'), hash = unhex('00')"))
  const other = await batch(0)
  const entry = other.entries[0]
  if (entry === undefined) throw new Error('no entry')
  const { hashAlong } = await import('./seal.ts')
  const { chainStart } = await import('./encode.ts')
  const headHash = hashAlong(other, chainStart).at(-1)?.hash ?? ''
  const key = (await import('node:crypto')).createPrivateKey((await import('node:fs')).readFileSync(`${author.directory}/station.key`))
  const forked = { ...other, seal: makeSeal({ station: other.station, scope: other.scope, seq: 1, headHash }, key) }
  const [received] = await station.journal.apply([forked])
  expect(received).toMatchObject({ refusal: 'fork', named: [`${author.journal.station}/shared/1`] })
  expect(await shown()).toBe('a')
  expect(await station.journal.health()).toContainEqual(expect.objectContaining({ reason: 'journal.fork', state: 'down' }))
  expect((await station.journal.waiting({ limit: 10 })).forks).toMatchObject([
    {
      entry: `${author.journal.station}/shared/1`,
      kept: { actor: 'a', action: 'boats.write', hash: whole.hash },
      aside: { actor: 'a', action: 'boats.write', hash: headHash },
    },
  ])
  expect((await station.journal.verify()).damage).toEqual([{ kind: 'fork', name: `${author.journal.station}/shared/1` }])
})

test('an entry a day ahead is kept, named and let in by a person; the chain moves on', async () => {
  wall += 25 * 3_600_000
  const ahead = await write('tomorrow')
  expect(await refusals(await batch(0))).toEqual([null])
  expect(await shown()).toBeUndefined()
  expect(await station.journal.health()).toContainEqual(
    expect.objectContaining({ reason: 'journal.ahead', params: { count: 1, entry: entryId(ahead) } }),
  )
  expect(await station.journal.health()).toContainEqual(expect.objectContaining({ reason: 'clock.ahead' }))
  expect(station.journal.clock.ms).toBeLessThan(wall)
  expect(await station.journal.waiting({ limit: 10 })).toMatchObject({
    total: 1,
    entries: [
      { reason: 'ahead', station: author.journal.station, actor: 'a', action: 'boats.write', subject: { dataset: 'boats', row }, at: ahead.at },
    ],
    forks: [],
  })
  expect(await station.journal.letIn({ entries: [entryId(ahead)], actor: 'admin', reason: 'telephoned' })).toBe(1)
  expect(await shown()).toBe('tomorrow')
  expect(await station.journal.waiting({ limit: 10 })).toEqual({ total: 0, entries: [], forks: [] })
})

test('letting in is an act of this console, and our own clock does not follow', async () => {
  wall += 400 * 24 * 3_600_000
  const ahead = [await write('a'), await write('b')]
  await station.journal.apply([await batch(0)])
  await station.journal.letIn({ entries: ahead.map(entryId), actor: 'admin', reason: 'telephoned' })
  expect(await station.journal.timeline({ dataset: 'boats', row }, { by: 'known' })).toMatchObject([
    { action: 'boats.write' },
    { action: 'boats.write' },
    { action: 'journal.letIn', actor: 'admin', scope: 'self', cells: [], note: { reason: 'telephoned', entries: ahead.map(entryId) } },
  ])
  const { directory } = station
  await station.stop()
  const options = { datasets: boatDatasets, migrations: await boatMigrations(), directory, now: () => 1_800_000_000_000 }
  station = await openTestStation(options)
  const own = await station.journal.write({
    actor: 'a',
    action: 'boats.write',
    subject: { dataset: 'boats', row },
    rows: [{ dataset: 'boats', row, set: { name: 'ours' } }],
  })
  // Else whoever hears from us would have to wait for more than a year.
  expect(own.hlc.ms).toBeLessThan(1_800_000_100_000)
  expect(await shown()).toBe('ours')
  await expect(station.journal.letIn({ entries: ahead.map(entryId), actor: 'admin', reason: 'again' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a newer form is kept, not applied, and named', async () => {
  await write('a')
  const sealed = await batch(0)
  const { hashAlong } = await import('./seal.ts')
  const { chainStart } = await import('./encode.ts')
  const key = (await import('node:crypto')).createPrivateKey((await import('node:fs')).readFileSync(`${author.directory}/station.key`))
  const newer = { ...sealed, entries: sealed.entries.map((entry) => ({ ...entry, v: 99 })) }
  const headHash = hashAlong(newer, chainStart).at(-1)?.hash ?? ''
  expect(await refusals({ ...newer, seal: makeSeal({ station: newer.station, scope: newer.scope, seq: 1, headHash }, key) })).toEqual([null])
  expect(await shown()).toBeUndefined()
  expect(await station.journal.health()).toContainEqual(expect.objectContaining({ reason: 'journal.newerForm' }))
  const { entries } = await station.journal.waiting({ limit: 10 })
  expect(entries).toMatchObject([{ reason: 'newer-form', v: 99 }])
  const letIn = station.journal.letIn({ entries: entries.map(entryId), actor: 'admin', reason: 'in a hurry' })
  await expect(letIn).rejects.toMatchObject({ code: 'STATE_NOT_ALLOWED' })
})
