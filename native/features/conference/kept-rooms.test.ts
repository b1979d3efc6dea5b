// What a station left of its rooms: read at the next start, whoever wrote it, and gone when it is too old, over, or rubbish.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestStation, type TestStation } from '../../testing/station.ts'
import { KeptRooms } from './kept-rooms.ts'

const rules = {
  chair: 'place-a',
  isLocked: true,
  removed: ['account-c'],
  silenced: [],
  seated: [{ id: 'place-a', account: 'account-a', camera: null }],
  texts: [{ id: 1, at: 5, name: '甲', words: '现场已到位' }],
  recordings: [{ of: null }],
}
const minuteMs = 60_000
let station: TestStation
let now: number
let errors: unknown[]
beforeEach(async () => {
  station = await openTestStation({ unit: 'city', isQuick: true })
  now = 1_800_000_000_000
  errors = []
})
afterEach(() => station.close())

const open = async () => {
  const kept = new KeptRooms({ store: station.store, now: () => now, onError: (error) => errors.push(error) })
  await kept.load()
  return kept
}
const rows = async () =>
  (await station.store.all<{ conference: string }>('SELECT conference FROM conference_kept ORDER BY conference')).map((row) => row.conference)
const write = (conference: string, room: string) =>
  station.store.write((tx) => tx.run('INSERT INTO conference_kept (conference, seenAt, room) VALUES (?, ?, ?)', [conference, now, room]))

test('a room goes on for five minutes after it was seen last, and then begins anew', async () => {
  const first = await open()
  first.note('held', rules)
  first.note('over', rules)
  first.over('over', { isCutOff: false })
  first.note('cut off', rules)
  first.over('cut off', { isCutOff: true })
  // Held for long: still seen at its end.
  now += 20 * minuteMs
  first.look()
  await first.stop()
  expect(await rows()).toEqual(['held'])
  now += 4 * minuteMs
  const second = await open()
  expect(second.before('held')).toEqual(rules)
  expect(second.before('over')).toBeNull()
  now += 2 * minuteMs
  expect(second.before('held')).toBeNull()
  second.look()
  await second.stop()
  expect(await rows()).toEqual([])
})

test('a row of an earlier version is whole, one that cannot be read is dropped and keeps nothing from starting', async () => {
  const { seated: _seated, texts: _texts, recordings: _recordings, ...earlier } = rules
  await write('earlier', JSON.stringify(earlier))
  await write('rubbish', '{"chair":')
  await write('of another shape', JSON.stringify({ ...rules, seated: 'nobody' }))
  const kept = await open()
  expect(kept.before('earlier')).toEqual({ ...earlier, seated: [], texts: [], recordings: [] })
  expect([kept.before('rubbish'), kept.before('of another shape')]).toEqual([null, null])
  expect(errors).toHaveLength(2)
  await kept.stop()
  expect(await rows()).toEqual(['earlier'])
})
