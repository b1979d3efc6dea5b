// The SFU on the real worker: spread, piped, killed and back; and without a worker the station says what mends it.
import { afterEach, describe, expect, test } from 'vitest'
import { hasWorker, testSfu, until, workerMissing } from '../testing/worker.ts'
import { capabilitiesForPages } from './codecs.ts'
import type { Sfu, SfuEvent } from './sfu.ts'

let sfu: Sfu
afterEach(() => sfu.stop())

/** RTP parameters of an H.264 stream as a camera sends it. */
const h264 = {
  codecs: [{ mimeType: 'video/H264', payloadType: 96, clockRate: 90_000, parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f' } }],
  encodings: [{ ssrc: 22_222_222 }],
}

describe('without a worker', () => {
  test('the station runs, nothing is hosted, health names the command', async () => {
    sfu = testSfu({ findWorker: () => ({ path: null, from: null, wrong: null }) })
    await sfu.start()
    expect(sfu.isAvailable).toBe(false)
    expect(sfu.health()).toMatchObject({
      subject: 'sfu',
      state: 'down',
      reason: 'sfu.missing',
      nextStep: 'sfu.missing.next',
      params: { command: 'npm run setup:sfu' },
    })
    await expect(sfu.router()).rejects.toMatchObject({ code: 'SFU_UNAVAILABLE' })
  })
  test('a path somebody set and where nothing lies is named', async () => {
    sfu = testSfu({ findWorker: () => ({ path: null, from: null, wrong: '/nowhere/worker' }) })
    await sfu.start()
    expect(sfu.health()).toMatchObject({ state: 'down', reason: 'sfu.settingWrong', params: { path: '/nowhere/worker' } })
  })
  test('a program that is no worker is refused, not waited for', async () => {
    sfu = testSfu({ findWorker: () => ({ path: process.execPath, from: 'setting', wrong: null }) })
    await sfu.start()
    await expect(sfu.router()).rejects.toMatchObject({ code: 'SFU_UNAVAILABLE' })
  })
})

describe.skipIf(!hasWorker)(`with the worker${hasWorker ? '' : `: skipped, ${workerMissing}`}`, () => {
  test('routers are spread over the workers; a closed one makes room again', async () => {
    sfu = testSfu()
    await sfu.start()
    expect(sfu.pids).toEqual([])
    const routers = await Promise.all([sfu.router(), sfu.router(), sfu.router()])
    expect(new Set(sfu.pids).size).toBe(2)
    expect(sfu.health()).toMatchObject({ state: 'ok', reason: 'sfu.running' })
    for (const router of routers) router.close()
  })

  test('pages are not offered abs-capture-time, and everything else', async () => {
    sfu = testSfu()
    await sfu.start()
    const { rtpCapabilities } = await sfu.router()
    const uris = (of: typeof rtpCapabilities) => (of.headerExtensions ?? []).map(({ uri }) => uri)
    const dropped = uris(rtpCapabilities).filter((uri) => !uris(capabilitiesForPages(rtpCapabilities)).includes(uri))
    expect(new Set(dropped)).toEqual(new Set(['http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time']))
  })

  test('a producer of one worker is consumable in the router of another, piped once', async () => {
    sfu = testSfu()
    await sfu.start()
    const [from, to] = await Promise.all([sfu.router(), sfu.router()])
    const plain = await sfu.plainTransport(from)
    const producer = await plain.produce({ kind: 'video', rtpParameters: h264 })
    const rtpCapabilities = to.rtpCapabilities
    expect(to.canConsume({ producerId: producer.id, rtpCapabilities })).toBe(false)
    const [piped, again] = await Promise.all([1, 2].map(() => sfu.pipe({ producerId: producer.id, from, to })))
    expect(again).toBe(piped)
    expect(to.canConsume({ producerId: piped ?? '', rtpCapabilities })).toBe(true)
    producer.close()
    await until(() => expect(to.canConsume({ producerId: piped ?? '', rtpCapabilities })).toBe(false))
  })

  test('two routers of one worker share a producer as well', async () => {
    sfu = testSfu({ workerCount: 1 })
    await sfu.start()
    const [from, to] = await Promise.all([sfu.router(), sfu.router()])
    const producer = await (await sfu.plainTransport(from)).produce({ kind: 'video', rtpParameters: h264 })
    const piped = await sfu.pipe({ producerId: producer.id, from, to })
    expect(to.canConsume({ producerId: piped, rtpCapabilities: to.rtpCapabilities })).toBe(true)
  })

  test('a killed worker comes back; its routers close and their owner is told which', async () => {
    const events: SfuEvent[] = []
    sfu = testSfu()
    sfu.listen((event) => events.push(event))
    await sfu.start()
    const routers = await Promise.all([sfu.router(), sfu.router()])
    const [victim] = sfu.pids
    if (victim === undefined) throw new Error('no worker')
    process.kill(victim, 'SIGKILL')
    await until(() => expect(events.map(({ kind }) => kind)).toEqual(['workerDied', 'workerBack']))
    const lost = routers.filter((router) => router.closed)
    expect(lost).toHaveLength(1)
    expect(events[0]).toEqual({ kind: 'workerDied', routers: lost.map(({ id }) => id) })
    expect(sfu.pids).toHaveLength(2)
    expect(sfu.pids).not.toContain(victim)
    // The empty worker carries the fewest: the next router stands on it.
    const next = await sfu.router()
    expect(next.closed).toBe(false)
    expect(sfu.health()).toMatchObject({ state: 'ok' })
  })

  test('killed twenty times in a row it still comes back, with no process left over', async () => {
    sfu = testSfu({ workerCount: 1, restartMs: 1 })
    await sfu.start()
    const seen: number[] = []
    for (let round = 0; round < 20; round += 1) {
      await sfu.router()
      const [pid] = sfu.pids
      if (pid === undefined) throw new Error('no worker')
      seen.push(pid)
      process.kill(pid, 'SIGKILL')
      await until(() => expect(sfu.pids).not.toContain(pid))
    }
    await sfu.router()
    expect(seen.filter(isAlive)).toEqual([])
  })

  test('stop closes everything, twice is once, and nothing more is given', async () => {
    sfu = testSfu()
    await sfu.start()
    const router = await sfu.router()
    const { pids } = sfu
    await Promise.all([sfu.stop(), sfu.stop()])
    await sfu.stop()
    expect(router.closed).toBe(true)
    expect(pids.filter(isAlive)).toEqual([])
    await expect(sfu.router()).rejects.toMatchObject({ code: 'SFU_UNAVAILABLE' })
  })
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
