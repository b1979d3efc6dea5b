// What a device makes of a driver: a refusal of the second try, a line that comes when nobody waits any more, answers of another set, a no of our own.
import { expect, test } from 'vitest'
import { type DisplayAct, DisplayError } from '../../contract/index.ts'
import { writeReply } from '../samsung-mdc/codec.ts'
import { Device } from './device.ts'
import type { Driver } from './driver.ts'
import { openByteFake, wellBehaved } from './fake.ts'
import { openDisplay } from './open.ts'
import { on, openKind } from './testing/kinds.ts'

function driverOf(parts: Partial<Driver>): Driver {
  return {
    capabilities: ['power'],
    isOpen: true,
    apply: () => Promise.resolve('OK'),
    read: () => Promise.resolve({ values: { power: 'on' }, evidence: { power: 'POWR=1' } }),
    expected: () => ({ fact: 'power', values: ['on', 'warming'] }),
    close: () => undefined,
    ...parts,
  }
}

test('hung up on just as it is asked: reached anew once; a line that breaks at once again is down', async () => {
  let reads = 0
  const lost = (times: number) =>
    new Device({
      open: () =>
        Promise.resolve(
          driverOf({
            read: () => {
              reads += 1
              return reads > 1 && reads <= times + 1
                ? Promise.reject(new DisplayError('connection-lost'))
                : Promise.resolve({ values: { power: 'on' }, evidence: {} })
            },
          }),
        ),
    })
  for (const [times, state] of [
    [1, 'ok'],
    [2, 'down'],
  ] as const) {
    reads = 0
    const device = lost(times)
    await device.refresh()
    expect((await device.refresh()).state).toBe(state)
  }
})

test.each([
  ['warming', 'confirmed'],
  ['off', 'refused'],
] as const)('the answer is lost, the second try is refused, it reads back %s: %s', async (power, result) => {
  let tries = 0
  const driver = driverOf({
    apply: () => Promise.reject(new DisplayError((tries += 1) === 1 ? 'no-answer' : 'standby')),
    read: () => Promise.resolve({ values: { power }, evidence: { power: `POWR=${power}` } }),
  })
  expect((await new Device({ open: () => Promise.resolve(driver) }).apply(on)).result).toBe(result)
  expect(tries).toBe(2)
})

test('refused at the second try, and it cannot say how it stands: unknown', async () => {
  let tries = 0
  const driver = driverOf({ apply: () => Promise.reject(new DisplayError((tries += 1) === 1 ? 'no-answer' : 'standby')), expected: () => null })
  expect((await new Device({ open: () => Promise.resolve(driver) }).apply(on)).result).toBe('unknown')
})

test('stopped while it was being reached: the line that comes is hung up', async () => {
  const { promise, resolve } = Promise.withResolvers<Driver>()
  const dialled = Promise.withResolvers<void>()
  const device = new Device({
    open: () => {
      dialled.resolve()
      return promise
    },
  })
  const outcome = device.apply(on)
  await dialled.promise
  const stopped = device.stop()
  let isClosed = false
  resolve(
    driverOf({
      close: () => {
        isClosed = true
      },
    }),
  )
  await stopped
  expect((await outcome).result).toBe('unreached')
  expect(isClosed).toBe(true)
})

test('a no of our own says nothing of the device; one that will not say how it stands is not well', async () => {
  const device = new Device({ open: () => Promise.resolve(driverOf({ read: () => Promise.reject(new DisplayError('refused', 'HTTP 403')) })) })
  const freeze: DisplayAct = { kind: 'freeze', isOn: true }
  expect((await device.apply(freeze)).result).toBe('refused')
  expect(device.status).toMatchObject({ state: 'unknown', lastEvidenceAt: null })
  expect(await device.refresh()).toMatchObject({ state: 'degraded', fault: { code: 'refused' } })
  const lost = new Device({
    open: () =>
      openDisplay({
        identity: { protocol: 'template', address: { kind: 'network', host: '127.0.0.1', port: 9 }, unit: null, template: null },
        login: null,
        template: null,
      }),
  })
  expect(await lost.refresh()).toMatchObject({ state: 'degraded', fault: { code: 'template-missing' }, lastEvidenceAt: null })
})

test('what another set of the same line says is not taken for an answer', async () => {
  const samsung = await openByteFake(wellBehaved(), () => ({
    take: ([, command = 0]) => [
      { answer: writeReply(2, { isAck: true, command, data: [0] }) },
      { answer: writeReply(1, { isAck: true, command, data: [1] }) },
    ],
  }))
  const lg = await openByteFake(wellBehaved(), () => ({
    take: (chunk) => [{ answer: Buffer.from(`${chunk.toString('latin1')[1]} 02 OK00x${chunk.toString('latin1')[1]} 01 OK01x`) }],
  }))
  for (const [protocol, { port }] of [
    ['samsung-mdc', samsung],
    ['lg', lg],
  ] as const) {
    const device = openKind({ protocol }, { port, timing: { timeoutMs: 10_000, quietMs: 100 } })
    expect((await device.apply(on)).result, protocol).toBe('confirmed')
    await device.stop()
  }
  await Promise.all([samsung.close(), lg.close()])
})

test('a value that cannot be is not known', async () => {
  const samsung = await openByteFake(wellBehaved(), () => ({
    take: ([, command = 0]) => [{ answer: writeReply(1, { isAck: true, command, data: [231] }) }],
  }))
  const device = openKind({ protocol: 'samsung-mdc' }, { port: samsung.port, timing: { timeoutMs: 10_000, quietMs: 100 } })
  expect((await device.refresh()).facts.map(({ name }) => name)).not.toContain('brightness')
  await device.stop()
  await samsung.close()
})
