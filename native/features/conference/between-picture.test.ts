// The picture of a county's camera in the city's room: decoded there frame by frame, and crossing once however many watch it.
import { createSocket } from 'node:dgram'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { newId } from '../../kernel/ids.ts'
import { freePortPair } from '../../media/recording/ports.ts'
import { recordingSdp } from '../../media/recording/sdp.ts'
import type { Supply } from '../../media/rooms/room-media.ts'
import { asRtp, ffmpegMissing, hasFfmpeg, startClockDecoder, startClockFilm } from '../../media/testing/clock-film.ts'
import { layTrunkWire } from '../../media/testing/trunk-wire.ts'
import { hasWorker, testSfu, until, workerMissing } from '../../media/testing/worker.ts'
import type { CameraSeat } from './room-cameras.ts'
import { Neighbourhood, TestPage } from './testing.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const missing = hasWorker ? (hasFfmpeg ? null : ffmpegMissing) : workerMissing
const h264 = { mimeType: 'video/H264', payloadType: 96, clockRate: 90_000, parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f' } }
const windowMs = 1_500
const watchers = 4

describe.skipIf(missing !== null)(`a picture between two levels${missing === null ? '' : `: skipped, ${missing}`}`, () => {
  test('its clock is read at the city out of decoded frames; five who watch cost the line what one costs', async () => {
    const wire = layTrunkWire()
    closers.push(() => wire.close())
    const near = new Neighbourhood()
    closers.push(() => near.close())
    const seat = await film()
    const { city, county, conference } = await near.openCalled(async () => seat)
    const chair = new TestPage(city, '市值班', conference)
    chair.come()
    closers.push(() => chair.go())
    await until(() => expect(chair.view?.participants).toHaveLength(1))
    const camera = newId()
    await county.conferences.cameras.bring({ conference, camera, account: 'account-county' }, { isRelayed: false })
    await until(() => expect(chair.view?.participants.find((one) => one.camera === camera)?.streams).toMatchObject([{ isPaused: false }]))
    const stream = chair.view?.participants.find((one) => one.camera === camera)?.streams[0]?.id ?? ''
    await sleep(windowMs)
    const idle = wire.bytes
    expect(idle).toBeLessThan(1_000)

    const { clocks, stop } = await decode(await city.conferences.rooms.mustHold(conference).supply(stream))
    closers.push(stop)
    await until(() => expect(clocks.length).toBeGreaterThan(25))
    expect(new Set(clocks).size).toBe(clocks.length)
    expect(clocks).toEqual(clocks.toSorted((a, b) => a - b))

    const sinks = await Promise.all(
      Array.from({ length: watchers }, async () => take(await city.conferences.rooms.mustHold(conference).supply(stream))),
    )
    closers.push(...sinks.map(({ close }) => close))
    await until(() => expect(sinks.every(({ bytes }) => bytes() > 0)).toBe(true))
    const before = [wire.bytes, ...sinks.map(({ bytes }) => bytes())]
    await sleep(windowMs)
    const [crossed = 0, ...each] = [wire.bytes, ...sinks.map(({ bytes }) => bytes())].map((now, index) => now - (before[index] ?? 0))
    expect(Math.min(...each)).toBeGreaterThan(5_000)
    // What is sent again and the reports of both ends cost a little; each watcher by herself would cost as much again.
    expect(crossed).toBeLessThan(2 * Math.min(...each))
    console.log(`the trunk: ${crossed} bytes while ${watchers} more took ${each.join(', ')}`)
    expect(city.conferences.rooms.mustHold(conference).crossing).toEqual({ sent: 0, received: 1 })
    expect([...city.errors, ...county.errors]).toEqual([])
  })
})

/** A camera of the county whose picture carries the time. */
async function film(): Promise<CameraSeat> {
  const sfu = testSfu({ workerCount: 1 })
  await sfu.start()
  closers.push(() => sfu.stop())
  const router = await sfu.router()
  const transport = await sfu.plainTransport(router)
  const producer = await transport.produce({ kind: 'video', rtpParameters: { codecs: [h264], encodings: [{ ssrc: 5_001 }] } })
  const running = startClockFilm([asRtp(transport.tuple.localPort, 5_001)])
  closers.push(() => running.stop())
  const supply = {
    source: () => ({ router, producerId: producer.id }),
    sound: () => null,
    isLive: () => true,
    onChange: () => () => undefined,
    release: () => undefined,
  }
  return { name: '县城高点', unitName: '样例县', supply }
}

/** RTP of a stream to a port of loopback. */
async function send({ router, producerId }: Supply, port: number) {
  const transport = await router.createPlainTransport({ listenInfo: { protocol: 'udp', ip: '127.0.0.1' }, rtcpMux: false, comedia: false })
  closers.push(() => transport.close())
  await transport.connect({ ip: '127.0.0.1', port, rtcpPort: port + 1 })
  return transport.consume({ producerId, rtpCapabilities: router.rtpCapabilities })
}

async function decode(supply: Supply) {
  const port = await freePortPair(() => false)
  const { kind, rtpParameters } = await send(supply, port)
  return startClockDecoder(recordingSdp([{ kind, rtpParameters, port }]))
}

async function take(supply: Supply) {
  const socket = createSocket('udp4')
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', () => resolve()))
  const { rtpParameters } = await send(supply, socket.address().port)
  let bytes = 0
  // Padding that tries the line out is no picture.
  socket.on('message', (packet) => (bytes += (packet.readUInt8(1) & 0x7f) === rtpParameters.codecs[0]?.payloadType ? packet.length : 0))
  return { bytes: () => bytes, close: () => socket.close() }
}
