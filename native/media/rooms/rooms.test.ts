// Rooms on the real SFU: streams go round, the chair's acts reach them, a cut line keeps its place, a killed worker costs no click.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ConsumerStat } from 'mediasoup/types'
import type { RoomEvent, RoomView } from '../../contract/index.ts'
import type { Sfu } from '../sfu/sfu.ts'
import { hasWorker, testSfu, until, workerMissing } from '../testing/worker.ts'
import { Rooms } from './rooms.ts'

const conference = '01990000-0000-7000-8000-000000000001'
let sfu: Sfu
let rooms: Rooms
let told: string[]

function open(options: { awayMs?: number; placesPerRouter?: number } = {}): void {
  rooms = new Rooms({
    sfu,
    onJoined: (_room, { name }) => told.push(`${name} joined`),
    onLeft: (_room, { name }, how) => told.push(`${name} ${how}`),
    onError: () => undefined,
    ...options,
  })
}

/** A page in a room: what it last saw, and what else it heard. */
class Page {
  readonly id = crypto.randomUUID()
  readonly heard: RoomEvent[] = []
  view: RoomView | null = null
  readonly #name: string
  #abort = new AbortController()
  #reading: Promise<void> = Promise.resolve()

  constructor(name: string) {
    this.#name = name
  }

  come(): void {
    this.#abort = new AbortController()
    const who = {
      id: this.id,
      account: `account-${this.#name}`,
      session: `session-${this.#name}`,
      name: this.#name,
      unitName: '',
      unit: null,
      level: '',
      trunk: null,
      camera: null,
    }
    const events = rooms.open(conference, '会商（样例）').attend(who, this.#abort.signal)
    this.#reading = (async () => {
      for await (const event of events) {
        if (event.kind === 'room') this.view = event.room
        else this.heard.push(event)
      }
    })()
    // What refuses it is looked at by `refused`.
    this.#reading.catch(() => undefined)
  }

  async refused(): Promise<unknown> {
    return this.#reading.then(
      () => null,
      (error: unknown) => error,
    )
  }

  async cut(): Promise<void> {
    this.#abort.abort()
    await this.#reading
  }

  get media() {
    return rooms.mustHold(conference).media(this.id, `session-${this.#name}`)
  }

  get joined() {
    return this.heard.filter((event) => event.kind === 'joined')
  }

  async sends(source: 'camera' | 'microphone', ssrc: number): Promise<string> {
    const { id: transport } = await this.media.connect('send')
    const video = { mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000, parameters: {} }
    const audio = { mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2, parameters: {} }
    const rtpParameters = { codecs: [source === 'camera' ? video : audio], encodings: [{ ssrc }], rtcp: { cname: this.#name } }
    const kind = source === 'camera' ? ('video' as const) : ('audio' as const)
    return (await rooms.mustHold(conference).produce(this.media, { transport, kind, source, rtpParameters })).id
  }

  async takes(stream: string) {
    const { media } = this
    return rooms.mustHold(conference).consume(media, { stream, rtpCapabilities: media.router.rtpCapabilities })
  }
}

async function seated(...pages: Page[]): Promise<void> {
  for (const page of pages) {
    page.come()
    await until(() => expect(page.view).not.toBeNull())
  }
  await until(() => expect(pages.map((page) => page.view?.participants.length)).toEqual(pages.map(() => pages.length)))
}

beforeEach(async () => {
  told = []
  sfu = testSfu()
  await sfu.start()
  open()
  await rooms.start()
})
afterEach(async () => {
  await rooms.stop()
  await sfu.stop()
})

describe.skipIf(!hasWorker)(`rooms${hasWorker ? '' : `: skipped, ${workerMissing}`}`, () => {
  test('what one sends the other may take; a stream of another room may not be guessed', async () => {
    const [first, second] = [new Page('甲'), new Page('乙')]
    await seated(first, second)
    const camera = await first.sends('camera', 1_001)
    await until(() => expect(second.view?.participants[0]?.streams).toMatchObject([{ id: camera, kind: 'video', source: 'camera' }]))
    await second.media.connect('receive')
    expect(await second.takes(camera)).toMatchObject({ kind: 'video' })
    await expect(second.takes(crypto.randomUUID())).rejects.toMatchObject({ code: 'NOT_FOUND' })

    const other = rooms.open('01990000-0000-7000-8000-000000000002', '另一次（样例）')
    await expect(other.consume(second.media, { stream: camera, rtpCapabilities: second.media.router.rtpCapabilities })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(() => rooms.mustHold(conference).media(first.id, 'session-乙')).toThrow('NOT_FOUND')
    expect(() => rooms.mustHold('01990000-0000-7000-8000-000000000009')).toThrow('NOT_FOUND')
  })

  test('rubbish from a page is refused and the room goes on', async () => {
    const page = new Page('甲')
    await seated(page)
    const { id } = await page.media.connect('send')
    await expect(page.media.connectTransport(id, { fingerprints: 'none' })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await expect(page.media.produce({ transport: id, kind: 'video', source: 'camera', rtpParameters: { codecs: [{}] } })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
    await expect(page.media.connectTransport('guessed', {})).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await page.sends('camera', 2_001)).toBeTruthy()
  })

  test('two routers, two workers: the stream is piped to whoever stands on the other', async () => {
    await rooms.stop()
    open({ placesPerRouter: 1 })
    await rooms.start()
    const [first, second] = [new Page('甲'), new Page('乙')]
    await seated(first, second)
    expect(first.media.router.id).not.toBe(second.media.router.id)
    const camera = await first.sends('camera', 3_001)
    await second.media.connect('receive')
    expect(await second.takes(camera)).toMatchObject({ kind: 'video' })
    expect(await second.takes(camera)).toMatchObject({ kind: 'video' })
  })

  test('the chair mutes, hands over, locks and removes; each is seen by all and told once', async () => {
    const [first, second] = [new Page('甲'), new Page('乙')]
    await seated(first, second)
    const microphone = await second.sends('microphone', 4_001)
    const room = rooms.mustHold(conference)
    await expect(room.chair(second.id, { kind: 'mute', participant: first.id })).rejects.toMatchObject({ code: 'NOT_CHAIR' })
    await room.chair(first.id, { kind: 'mute-all' })
    await until(() => expect(second.heard.map(({ kind }) => kind)).toContain('mute'))
    await until(() => expect(first.view?.participants[1]?.streams).toMatchObject([{ id: microphone, isPaused: true }]))
    await second.media.pause(microphone, false)
    await until(() => expect(first.view?.participants[1]?.streams).toMatchObject([{ isPaused: false }]))

    await room.chair(first.id, { kind: 'lock', isLocked: true })
    const late = new Page('丙')
    late.come()
    expect(await late.refused()).toMatchObject({ code: 'ROOM_LOCKED' })
    await room.chair(first.id, { kind: 'remove', participant: second.id })
    await until(() => expect(second.heard.at(-1)).toEqual({ kind: 'ended', why: 'removed' }))
    second.come()
    expect(await second.refused()).toMatchObject({ code: 'ROOM_REMOVED' })
    expect(told).toEqual(['甲 joined', '乙 joined', '乙 removed'])
  })

  test('a cut line keeps its place and its streams; too long, and it is lost; the last one out closes the router', async () => {
    await rooms.stop()
    open({ awayMs: 400 })
    await rooms.start()
    const [first, second] = [new Page('甲'), new Page('乙')]
    await seated(first, second)
    const camera = await second.sends('camera', 5_001)
    await second.cut()
    await until(() => expect(first.view?.participants[1]).toMatchObject({ isAway: true, streams: [{ id: camera }] }))
    second.come()
    await until(() => expect(first.view?.participants[1]).toMatchObject({ isAway: false, streams: [{ id: camera }] }))
    expect(new Set(second.joined.map(({ generation }) => generation)).size).toBe(1)
    await second.cut()
    await until(() => expect(first.view?.participants).toHaveLength(1))
    const { router } = first.media
    rooms.mustHold(conference).leave(first.id)
    expect(told).toEqual(['甲 joined', '乙 joined', '乙 lost', '甲 left'])
    expect(router.closed).toBe(true)
    expect(rooms.present(conference)).toBe(0)
  })

  test('a line is as good as the worse of its two ways, and no good one while it carries sound only', async () => {
    const [first, second] = [new Page('甲'), new Page('乙')]
    await seated(first, second)
    const camera = await first.sends('camera', 5_101)
    const make = sfu.webRtcTransport.bind(sfu)
    let lost = 0
    vi.spyOn(sfu, 'webRtcTransport').mockImplementation(async (...asked) => {
      const transport = await make(...asked)
      const measured = transport.getStats.bind(transport)
      transport.getStats = async () => (await measured()).map((stats) => ({ ...stats, availableOutgoingBitrate: 1_000_000, rtpPacketLossSent: lost }))
      return transport
    })
    await second.media.connect('receive')
    await second.media.line(0)
    expect(second.media.quality).toBeNull()
    await second.takes(camera)
    const qualityAt = async (share: number) => {
      lost = share
      await second.media.line(0)
      return second.media.quality
    }
    expect([await qualityAt(0), await qualityAt(0.1), await qualityAt(0.4)]).toEqual([10, 6, 3])
    await until(() => expect(first.view?.participants[1]?.quality).toBe(3))
    await second.media.setAudioOnly(true)
    expect(await qualityAt(0)).toBe(4)
    // What comes from there is worse than the way back: nothing of it has arrived.
    await second.media.setAudioOnly(false)
    await second.sends('microphone', 5_102)
    expect(await qualityAt(0)).toBe(0)
  })

  test('while pictures are held back the line is judged by its sound: what is known of pictures stands still', async () => {
    const [first, second] = [new Page('甲'), new Page('乙')]
    await seated(first, second)
    const [camera, microphone] = [await first.sends('camera', 5_201), await first.sends('microphone', 5_202)]
    const make = sfu.webRtcTransport.bind(sfu)
    const sound = { packetCount: 0, fractionLost: 0 }
    vi.spyOn(sfu, 'webRtcTransport').mockImplementation(async (...asked) => {
      const transport = await make(...asked)
      const measured = transport.getStats.bind(transport)
      transport.getStats = async () => (await measured()).map((stats) => ({ ...stats, rtpPacketLossSent: 0.4 }))
      const consume = transport.consume.bind(transport)
      transport.consume = async (options) => {
        const consumer = await consume(options)
        const counted = { type: 'outbound-rtp', ...sound } as ConsumerStat
        if (consumer.kind === 'audio') consumer.getStats = async () => [Object.assign(counted, sound)]
        return consumer
      }
      return transport
    })
    await second.media.connect('receive')
    await second.takes(camera)
    const { id } = await second.takes(microphone)
    await second.media.watch(id, 0)
    const lost = async (said: Partial<typeof sound>) => {
      Object.assign(sound, said)
      return (await second.media.line(0))?.lost
    }
    expect(await lost({ packetCount: 50 })).toBe(0.4)
    await second.media.setAudioOnly(true)
    expect(await lost({ packetCount: 100, fractionLost: 128 })).toBe(0.5)
    expect(await lost({ packetCount: 150, fractionLost: 0 })).toBe(0)
    // Nobody speaks: nothing is known.
    expect(await lost({})).toBeNull()
    await second.media.setAudioOnly(false)
    expect(await lost({ packetCount: 200 })).toBe(0.4)
  })

  test('a page that is opened again takes over from its former line', async () => {
    const page = new Page('甲')
    await seated(page)
    page.come()
    await until(() => expect(page.joined).toHaveLength(2))
    expect(page.heard.map(({ kind }) => kind)).toContain('ended')
    expect(rooms.present(conference)).toBe(1)
    expect(told).toEqual(['甲 joined'])
  })

  test('the worker is killed: everybody is given a new router, and nobody has left', async () => {
    const [first, second] = [new Page('甲'), new Page('乙')]
    await seated(first, second)
    await first.sends('camera', 6_001)
    const before = first.joined.at(-1)
    for (const pid of sfu.pids) process.kill(pid, 'SIGKILL')
    await until(() => expect(first.joined).toHaveLength(2))
    await until(() => expect(second.joined).toHaveLength(2))
    expect(first.joined.at(-1)).not.toMatchObject({ generation: before?.generation })
    await until(() => expect(second.view?.participants[0]?.streams).toEqual([]))
    const camera = await first.sends('camera', 6_002)
    await second.media.connect('receive')
    expect(await second.takes(camera)).toMatchObject({ kind: 'video' })
    expect(told).toEqual(['甲 joined', '乙 joined'])
  })

  test('closing the conference ends it for everybody', async () => {
    const page = new Page('甲')
    await seated(page)
    rooms.close(conference)
    await until(() => expect(page.heard.at(-1)).toEqual({ kind: 'ended', why: 'closed' }))
    expect(told).toEqual(['甲 joined', '甲 closed'])
  })
})

test('without a worker coming in is refused with words', async () => {
  const none = testSfu({ findWorker: () => ({ path: null, from: null, wrong: null }) })
  await none.start()
  const empty = new Rooms({ sfu: none, onJoined: () => told.push('joined'), onLeft: () => told.push('left'), onError: () => undefined })
  const who = { id: crypto.randomUUID(), account: 'a', session: 's', name: '甲', unitName: '', unit: null, level: '', trunk: null, camera: null }
  await expect(empty.open(conference, '会商').attend(who, new AbortController().signal).next()).rejects.toMatchObject({ code: 'SFU_UNAVAILABLE' })
  expect(empty.present(conference)).toBe(0)
  expect(told).toEqual([])
})
