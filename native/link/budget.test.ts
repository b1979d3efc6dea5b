// How much may go over a line is set while it stands: it counts at once, what was held back goes, and it is there after a restart.
import { afterEach, expect, test } from 'vitest'
import { freePort } from '../testing/nats-server.ts'
import { Exchange } from './exchange.ts'
import { Budget } from './flow.ts'
import type { Line } from './line.ts'
import { MemoryJournal } from './testing/memory-journal.ts'
import { VirtualClock } from './testing/simulation.ts'
import { lowerUnit, openSmall, type SmallStation, upperUnit } from './testing/small.ts'
import { waitingAmong } from './unsent.ts'

test('a budget that is set anew owes nothing from before', () => {
  const clock = new VirtualClock()
  const budget = new Budget(clock, 100)
  budget.take(10_100)
  expect(budget.waitMs()).toBeGreaterThan(99_000)
  budget.set(null)
  expect([budget.bytesPerS, budget.waitMs()]).toEqual([null, 0])
  budget.take(1e9)
  budget.set(200)
  expect([budget.bytesPerS, budget.waitMs()]).toEqual([200, 0])
  budget.take(1_200)
  expect(budget.waitMs()).toBe(5_001)
})

test('entries held back by a narrow budget go as soon as it is lifted; which ones wait is exact', async () => {
  const clock = new VirtualClock()
  const journal = new MemoryJournal('one', new Map([['one', lowerUnit]]), () => clock.now())
  let sent = 0
  const exchange = new Exchange({
    journal,
    unit: lowerUnit,
    mayHold: () => true,
    refusal: () => null,
    send: async (bytes) => ({ seq: (sent += bytes.byteLength) }),
    timing: clock,
    budgetBytesPerS: 50,
  })
  const noise = Array.from({ length: 4_000 }, (_, index) => String.fromCharCode(33 + ((index * 7919) % 90))).join('')
  for (let index = 0; index < 20; index += 1) journal.write('shared', 'resources.change', `${index}${noise.slice(index * 10)}`)
  exchange.open()
  await clock.pass(5_000)
  const narrow = sent
  const line = { exchange, unit: upperUnit } as Line
  const places = [1, 20].map((seq) => ({ station: 'one', scope: 'shared' as const, seq }))
  expect(await waitingAmong([line], [...places, { station: 'two', scope: 'shared', seq: 1 }])).toEqual(
    places.map(({ seq }) => ({ entry: `one/shared/${seq}`, unit: upperUnit })),
  )
  await clock.pass(5_000)
  // Whatever it is held to, it must not have run through.
  expect(sent).toBeLessThan(narrow + 50 * 5 + 4_000)
  const before = sent
  exchange.budget.set(null)
  exchange.changed()
  await clock.pass(100)
  expect(sent).toBeGreaterThan(before)
  const free = sent
  await clock.pass(1_000)
  expect(sent).toBe(free)
  exchange.theyHold(new Map([['one/shared', 1]]))
  expect((await waitingAmong([line], places)).map(({ entry }) => entry)).toEqual(['one/shared/20'])
  exchange.close()
})

const open: SmallStation[] = []
afterEach(async () => {
  for (const station of open.splice(0)) await station.close()
})

test('it counts over link.json after a restart, none at all too; a line that is not there is not found', async () => {
  const server = `nats://127.0.0.1:${await freePort()}`
  const options = { name: 'county', unit: lowerUnit, isHost: true, server, above: server, below: ['610503'], budgetBytesPerS: 1_200 }
  const first = await openSmall(options)
  open.push(first)
  await first.link.start()
  const budgets = ({ link }: SmallStation) => Object.fromEntries(link.view().links.map(({ unit, budgetBytesPerS }) => [unit, budgetBytesPerS]))
  expect(budgets(first)).toEqual({ [lowerUnit]: null, [upperUnit]: 1_200, '610503': null })
  let told = 0
  first.link.onChange(() => (told += 1))
  await first.link.setBudget(upperUnit, null)
  await first.link.setBudget('610503', 8_000)
  expect(told).toBeGreaterThan(0)
  expect(budgets(first)).toEqual({ [lowerUnit]: null, [upperUnit]: null, '610503': 8_000 })
  for (const unit of [lowerUnit, '610599']) await expect(first.link.setBudget(unit, 100)).rejects.toThrow('NOT_FOUND')
  await first.stop()
  const again = await openSmall({ ...options, directory: first.directory })
  open.push(again)
  await again.link.start()
  expect(budgets(again)).toEqual({ [lowerUnit]: null, [upperUnit]: null, '610503': 8_000 })
})
