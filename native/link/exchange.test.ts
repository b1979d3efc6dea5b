// A line that takes nothing: tried again now and then, never as fast as it refuses; and goes on by itself when it takes something.
import { expect, test } from 'vitest'
import { Exchange } from './exchange.ts'
import { exchangeTimes } from './exchange-times.ts'
import { MemoryJournal } from './testing/memory-journal.ts'
import { VirtualClock } from './testing/simulation.ts'

test('what cannot be sent is tried again after waits that grow, and goes when the line takes it', async () => {
  const clock = new VirtualClock()
  const journal = new MemoryJournal('here', new Map([['here', '610500']]), () => clock.now())
  let [tries, isCut] = [0, true]
  const sent: number[] = []
  const exchange = new Exchange({
    journal,
    unit: '610500',
    mayHold: () => true,
    refusal: () => null,
    send: () => {
      tries += 1
      if (isCut) return Promise.reject(new Error('no responders'))
      sent.push(clock.now())
      return Promise.resolve({ seq: sent.length })
    },
    timing: clock,
    times: exchangeTimes,
  })
  for (let count = 0; count < 300; count += 1) journal.write('shared', 'resources.edit', `${count}`)
  exchange.open()
  await clock.pass(60_000)
  // Waits of 1, 2, 4, 8 and then 15 s: seven times within the minute, a question and what is on its way each time.
  expect(tries).toBeGreaterThan(5)
  expect(tries).toBeLessThan(60)
  isCut = false
  await clock.pass(20_000)
  expect(sent.length).toBeGreaterThan(1)
  exchange.close()
})
