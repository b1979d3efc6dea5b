// A camera that is heard in two rooms: silenced in one it goes on in the other; its sound goes and comes by itself.
import { createSocket } from 'node:dgram'
import type { Producer, Router } from 'mediasoup/types'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Sfu } from '../sfu/sfu.ts'
import { hasWorker, testSfu, until, workerMissing } from '../testing/worker.ts'
import { CameraMedia } from './camera-media.ts'
import type { Supply } from './room-media.ts'
import { RoomRouters } from './room-routers.ts'

const opus = { mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2, parameters: {} }
const ssrc = 6_001
const closers: (() => unknown)[] = []
let sfu: Sfu
const errors: unknown[] = []

beforeEach(async () => {
  sfu = testSfu()
  await sfu.start()
})
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
  await sfu.stop()
  expect(errors.splice(0)).toEqual([])
})

/** Speaks without a pause. */
async function speaker(router: Router): Promise<Producer> {
  const transport = await sfu.plainTransport(router, { rtcpMux: true })
  const producer = await transport.produce({ kind: 'audio', rtpParameters: { codecs: [opus], encodings: [{ ssrc }] } })
  const socket = createSocket('udp4')
  let sequence = 0
  const timer = setInterval(() => {
    sequence += 1
    const packet = Buffer.alloc(52, 7)
    packet.writeUInt16BE(0x806f, 0)
    packet.writeUInt16BE(sequence % 65_536, 2)
    packet.writeUInt32BE(sequence * 960, 4)
    packet.writeUInt32BE(ssrc, 8)
    socket.send(packet, transport.tuple.localPort, '127.0.0.1')
  }, 20)
  closers.push(() => {
    clearInterval(timer)
    socket.close()
  })
  return producer
}

/** A camera whose sound stands there. */
class Camera {
  sound: Supply | null = null
  readonly #listeners = new Set<() => void>()

  now(sound: Supply | null): void {
    this.sound = sound
    for (const listener of this.#listeners) listener()
  }

  /** In a room of its own routers. */
  inRoom() {
    let loudest: string | null = null
    const routers = new RoomRouters({ sfu, placesPerRouter: 4, onLoudest: (producer) => (loudest = producer) })
    const supply = {
      source: () => null,
      sound: () => this.sound,
      isLive: () => true,
      onChange: (listener: () => void) => {
        this.#listeners.add(listener)
        return () => this.#listeners.delete(listener)
      },
      release: () => undefined,
    }
    const media = new CameraMedia({ routers, supply, onChange: () => undefined, onError: (error) => errors.push(error) })
    closers.push(
      () => media.close(),
      () => routers.close(),
    )
    return { media, loudest: () => loudest }
  }
}

/** How much of it a page there would have been given since it asked. */
async function listener(media: CameraMedia): Promise<() => Promise<number>> {
  const { router, producerId } = await media.supply(media.streams[0]?.id ?? '')
  const transport = await router.createPlainTransport({ listenInfo: { protocol: 'udp', ip: '127.0.0.1' }, rtcpMux: true })
  const socket = createSocket('udp4').bind(0, '127.0.0.1')
  await new Promise((resolve) => socket.once('listening', resolve))
  closers.push(() => socket.close())
  let count = 0
  socket.on('message', () => (count += 1))
  await transport.connect({ ip: '127.0.0.1', port: socket.address().port })
  await transport.consume({ producerId, rtpCapabilities: router.rtpCapabilities })
  return async () => {
    const before = count
    await new Promise((resolve) => setTimeout(resolve, 300))
    return count - before
  }
}

describe.skipIf(!hasWorker)(`with an SFU${hasWorker ? '' : `: skipped, ${workerMissing}`}`, () => {
  test('silenced in one room it is heard in the other, and who speaks is known', async () => {
    const camera = new Camera()
    const [one, other] = [camera.inRoom(), camera.inRoom()]
    expect(one.media.streams).toEqual([])
    const router = await sfu.router()
    camera.now({ router, producerId: (await speaker(router)).id })
    for (const { media } of [one, other])
      await until(() => expect(media.streams).toMatchObject([{ kind: 'audio', source: 'microphone', isPaused: false }]))
    const [inOne, inOther] = [await listener(one.media), await listener(other.media)]
    await until(async () => expect(Math.min(await inOne(), await inOther())).toBeGreaterThan(0))

    expect([await one.media.muteMicrophones(), await one.media.muteMicrophones()]).toEqual([true, false])
    expect([one.media.streams[0]?.isPaused, other.media.streams[0]?.isPaused]).toEqual([true, false])
    await until(async () => expect(await inOne()).toBe(0))
    await until(async () => expect(await inOther()).toBeGreaterThan(0))
    await one.media.openMicrophones()
    await until(async () => expect(await inOne()).toBeGreaterThan(0))
  })

  test('its sound goes and comes again; one that was silenced stays so; nothing is left when it is taken out', async () => {
    const camera = new Camera()
    const { media } = camera.inRoom()
    const first = await sfu.router()
    camera.now({ router: first, producerId: (await speaker(first)).id })
    await until(() => expect(media.streams).toHaveLength(1))
    await media.muteMicrophones()
    first.close()
    camera.now(null)
    await until(() => expect(media.streams).toEqual([]))
    const second = await sfu.router()
    const speaking = await speaker(second)
    camera.now({ router: second, producerId: speaking.id })
    await until(() => expect(media.streams).toMatchObject([{ isPaused: true }]))
    const { router } = await media.supply(media.streams[0]?.id ?? '')
    media.close()
    await until(async () => expect((await router.dump()).mapProducerIdConsumerIds).toEqual([]))
    expect(speaking.closed).toBe(false)
  })
})
