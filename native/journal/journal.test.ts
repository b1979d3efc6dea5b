// The local journal: acts in, entries, chains, rows, conflicts and undo out.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { chainStart, entryId } from './encode.ts'
import { boatDatasets, boatMigrations } from './testing/boats.ts'
import { newId } from '../kernel/ids.ts'
import { openTestStation, type TestStation } from '../testing/station.ts'

let station: TestStation
const id = newId()
const act = (set: Record<string, never> | Record<string, unknown>, more = {}) => ({
  actor: 'a',
  action: 'boats.write',
  subject: { dataset: 'boats', row: id },
  rows: [{ dataset: 'boats', row: id, set: set as Record<string, string> }],
  ...more,
})

beforeEach(async () => {
  station = await openTestStation({ datasets: boatDatasets, migrations: await boatMigrations() })
})
afterEach(() => station.close())

test('an act becomes an entry, a chain and a row', async () => {
  const first = await station.journal.write(act({ name: '救生艇', length: 5.5, isReady: true, kit: { ropes: 2 } }))
  const second = await station.journal.write(act({ length: 6, name: '救生艇' }))
  expect(first.prev).toBe(chainStart)
  expect(second.prev).toBe(first.hash)
  expect(second.cells).toEqual([['boats', id, 'length', 6, [entryId(first)]]])
  expect(await station.store.get('SELECT name, length, isReady, kit, _deleted, _conflicts, _entry FROM boats')).toEqual({
    name: '救生艇',
    length: 6,
    isReady: 1,
    kit: '{"ropes":2}',
    _deleted: 0,
    _conflicts: 0,
    _entry: 2,
  })
  expect(await station.journal.entry(entryId(second))).toEqual(second)
  expect(await station.journal.timeline({ dataset: 'boats', row: id }, { by: 'known' })).toEqual([first, second])
})

test('a refusal in check leaves nothing, and the next act is whole', async () => {
  const refusal = station.journal.write(act({ name: 'x' }, { check: () => Promise.reject(new Error('no')) }))
  const good = station.journal.write(act({ name: 'y' }))
  await expect(refusal).rejects.toThrow('no')
  expect((await good).seq).toBe(1)
  expect(await station.journal.length()).toBe(1)
})

test('of 50 acts that may win only once, one does', async () => {
  const acts = Array.from({ length: 50 }, (_, index) =>
    station.journal.write(
      act(
        { name: `n${index}` },
        {
          check: async (tx: { get(sql: string): Promise<unknown> }) => {
            if ((await tx.get('SELECT 1 FROM boats')) !== null) throw new Error('taken')
          },
        },
      ),
    ),
  )
  const results = await Promise.allSettled(acts)
  expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
  expect(await station.journal.length()).toBe(1)
})

test('undo sets back while the values are heads, and then no more', async () => {
  const made = await station.journal.write(act({ name: 'a' }))
  const changed = await station.journal.write(act({ name: 'b' }))
  await station.journal.undo({ entry: entryId(changed), actor: 'a' })
  expect((await station.store.get<{ name: string }>('SELECT name FROM boats'))?.name).toBe('a')
  await expect(station.journal.undo({ entry: entryId(made), actor: 'a' })).rejects.toMatchObject({ code: 'UNDO_STALE' })
})

test('a deleted row is gone from the present, not from the past', async () => {
  await station.journal.write(act({ name: 'a' }))
  await station.journal.write(act({}, { rows: [], deletes: [{ dataset: 'boats', row: id }] }))
  expect((await station.store.get<{ _deleted: number }>('SELECT _deleted FROM boats'))?._deleted).toBe(1)
  await expect(station.journal.write(act({ name: 'b' }))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await station.journal.write(act({ '~deleted': false, name: 'b' }))
  expect(await station.store.get('SELECT _deleted, name FROM boats')).toEqual({ _deleted: 0, name: 'b' })
})

test('listeners hear which rows changed', async () => {
  const heard: unknown[] = []
  station.journal.onChange((changes) => heard.push(...changes))
  await station.journal.write(act({ name: 'a' }))
  expect(heard).toEqual([{ dataset: 'boats', ids: [id], revision: 1 }])
})
