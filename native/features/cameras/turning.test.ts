// 云台's promise, whatever the camera takes its time for: words in their order, and a stop that is always the last one.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CameraMove } from '../../contract/index.ts'
import { Turning } from './turning.ts'

const seed = Date.now() % 2_147_483_647
console.log(`turning: fast-check seed ${seed}`)

/** A camera that does each thing when the test lets it. */
function held(options: { renewMs?: number; failures?: number } = {}) {
  const told: string[] = []
  const gates: (() => void)[] = []
  const step = (word: string) => {
    const { promise, resolve } = Promise.withResolvers<void>()
    gates.push(resolve)
    return promise.then(() => void told.push(word))
  }
  let failures = options.failures ?? 0
  const turner = {
    renewMs: options.renewMs ?? null,
    move: (move: CameraMove) => step(move),
    stop: async () => {
      if ((failures -= 1) >= 0) throw new Error('busy')
      await step('stop')
    },
  }
  const turning = new Turning({ deadMs: 60_000, onError: () => undefined, turnerOf: () => step('found').then(() => turner) })
  /** Lets the camera do the next thing it is asked. @returns false: nothing is asked of it */
  async function goOne(): Promise<boolean> {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
    const gate = gates.shift()
    gate?.()
    return gate !== undefined
  }
  async function go(): Promise<void> {
    while (await goOne());
  }
  return { turning, told, goOne, go }
}
const up = { move: 'up', speed: 1 } as const

test('a stop never overtakes its start, and is tried again when it fails', async () => {
  const { turning, told, goOne, go } = held({ failures: 2 })
  const start = turning.turn('a', up)
  await goOne()
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
  // It is found, and being told to move now.
  expect(told).toEqual(['found'])
  const stop = turning.stop('a')
  await go()
  await Promise.all([start, stop])
  expect(told).toEqual(['found', 'up', 'stop'])
})

test('let go while the camera is still being found: it is never told to move', async () => {
  const { turning, told, go } = held()
  const start = turning.turn('a', up)
  const renewal = turning.turn('a', up)
  const stop = turning.stop('a')
  await go()
  await Promise.all([start, renewal, stop])
  expect(told).toEqual(['found'])
})

test('another direction while the last one is being stopped, and let go then: it stands', async () => {
  const { turning, told, go } = held()
  const start = turning.turn('a', up)
  await go()
  const other = turning.turn('a', { move: 'left', speed: 1 })
  const renewal = turning.turn('a', { move: 'left', speed: 1 })
  const stop = turning.stop('a')
  await go()
  await Promise.all([start, other, renewal, stop])
  expect(told).toEqual(['found', 'up', 'stop', 'found'])
})

test('the station ends while a camera is being stopped: it waits for that', async () => {
  const { turning, told, go } = held()
  const start = turning.turn('a', up)
  await go()
  void turning.stop('a')
  const closed = turning.close().then(() => told.push('closed'))
  await go()
  await Promise.all([start, closed])
  expect(told).toEqual(['found', 'up', 'stop', 'closed'])
})

test('whatever is pressed and let go, and however slow the camera: two words never at once, the last one is a stop', async () => {
  const act = fc.constantFrom<CameraMove | 'halt'>('up', 'left', 'halt')
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.array(fc.tuple(act, fc.nat(3)), { maxLength: 12 }), async (scheduler, acts) => {
      const told: string[] = []
      let speaking = 0
      async function word(name: string): Promise<void> {
        expect((speaking += 1)).toBe(1)
        await scheduler.schedule(Promise.resolve(), name)
        told.push(name)
        speaking -= 1
      }
      const turner = { renewMs: 0, move: (move: CameraMove) => word(move), stop: () => word('stop') }
      const turning = new Turning({
        deadMs: 60_000,
        onError: () => undefined,
        turnerOf: () => scheduler.schedule(Promise.resolve(turner), 'found'),
      })
      const done: Promise<void>[] = []
      for (const [name, steps] of [...acts, ['halt', 0] as const]) {
        done.push(name === 'halt' ? turning.stop('a') : turning.turn('a', { move: name, speed: 1 }))
        for (let step = 0; step < steps; step += 1) {
          await Promise.resolve()
          if (scheduler.count() > 0) await scheduler.waitOne()
        }
      }
      await scheduler.waitFor(Promise.all(done))
      expect(['stop', undefined]).toContain(told.at(-1))
      // A move that is not followed by itself is followed by its stop.
      for (const [index, name] of told.entries()) if (name !== 'stop') expect([name, 'stop']).toContain(told[index + 1])
    }),
    { seed },
  )
})
