// Streams on the real SFU from a camera that misbehaves as asked, and from GStreamer's real RTSP server.
import { readdirSync } from 'node:fs'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { StreamFaultCode, StreamState } from '../../contract/index.ts'
import { FakeCamera, type FakeCameraOptions, fakeDescription, type FakePlay } from '../../protocols/rtsp/fake.ts'
import { gstreamerMissing, hasGstreamer, startGstCamera } from '../../protocols/rtsp/testing/gst-camera.ts'
import type { Sfu } from '../sfu/sfu.ts'
import { hasWorker, testSfu, workerMissing } from '../testing/worker.ts'
import { backOffLimitMs, waitBeforeMs } from './back-off.ts'
import { Ingest, type Watch } from './ingest.ts'
import { writeRtp } from './rtp.ts'
import type { RtspSource } from './session-run.ts'

const patience = { tickMs: 20, firstPacketMs: 400, stalledMs: 200, silentMs: 600, pictureMs: 400, noPictureMs: 60_000, lingerMs: 50, answerMs: 3000 }
const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function station(options: Partial<Parameters<typeof testSfu>[0]> = {}) {
  const sfu: Sfu = testSfu({ workerCount: 1, ...options })
  await sfu.start()
  const errors: unknown[] = []
  const ingest = new Ingest({ sfu, timing: patience, onChange: () => undefined, onError: (error) => errors.push(error) })
  closers.push(async () => {
    await ingest.stop()
    await sfu.stop()
    expect(errors).toEqual([])
  })
  return { sfu, ingest }
}

async function camera(options: FakeCameraOptions, port = 0): Promise<FakeCamera> {
  const fake = await FakeCamera.open(options, port)
  closers.push(() => fake.close())
  return fake
}

function watch(ingest: Ingest, source: Partial<RtspSource> & { address: string }): Watch {
  return ingest.watch(source.address, async () => ({
    credentials: source.credentials ?? null,
    trust: null,
    transport: source.transport ?? 'auto',
    address: source.address,
  }))
}

function stands({ stream }: Watch): [StreamState, StreamFaultCode | null] {
  return [stream.status.state, stream.status.fault?.code ?? null]
}

const key = Buffer.concat([Buffer.from([0x65, 0x88]), Buffer.alloc(1500, 3)])
const slice = Buffer.from([0x61, 0xe0, 1, 2, 3])

/** 25 pictures a second, every fifth a key frame. */
function film(payload: (index: number) => Buffer = (index) => (index % 5 === 0 ? key : slice), more: { ssrc?: (index: number) => number } = {}) {
  return (seat: FakePlay) => {
    let index = 0
    const timer = setInterval(() => {
      if (!seat.isOpen) return clearInterval(timer)
      seat.send(
        writeRtp({
          marker: true,
          payloadType: 96,
          sequence: index & 0xffff,
          timestamp: index * 3600,
          ssrc: more.ssrc?.(index) ?? 7,
          payload: payload(index),
        }),
      )
      index += 1
    }, 40)
  }
}

test('asked again for ever: at once while the outage is young, never later than every 30 s, and not until the camera locks the account', () => {
  const at = (attempt: number, outageMs: number, code: StreamFaultCode = 'port-closed') => waitBeforeMs({ code, attempt, outageMs, random: 1 })
  expect(at(0, 0)).toBeLessThanOrEqual(500)
  for (const attempt of [1, 5, 50, 5000]) expect(at(attempt, 60_000)).toBeLessThanOrEqual(2000)
  expect(at(5000, 3_600_000)).toBe(backOffLimitMs)
  expect(at(3, 1000, 'unauthorised')).toBeGreaterThan(backOffLimitMs)
})

describe.skipIf(!hasWorker)(`on the SFU${hasWorker ? '' : `: skipped, ${workerMissing}`}`, () => {
  test('packets reach the SFU as a stream it can pass on', async () => {
    const { sfu, ingest } = await station()
    const routers = vi.spyOn(sfu, 'router')
    const fake = await camera({ onPlay: film() })
    const watched = watch(ingest, fake)
    await expect.poll(() => stands(watched)).toEqual(['live', null])
    const producer = watched.stream.outlet!.producer
    await expect.poll(async () => (await producer.getStats())[0]?.packetCount ?? 0).toBeGreaterThan(20)
    const [stats] = await producer.getStats()
    expect(stats).toMatchObject({ mimeType: 'video/H264', packetsLost: 0 })
    expect(watched.stream.status.evidence).toMatchObject({ transport: 'tcp', codec: expect.stringContaining('H.264'), strayPackets: 0 })
    // Not one for the description and another for the stream.
    expect(routers).toHaveBeenCalledTimes(1)
  })

  test('one owner: eight watch, the camera has one session; when the last is gone, none', async () => {
    const { ingest } = await station()
    const fake = await camera({ onPlay: film() })
    const watches = Array.from({ length: 8 }, () => watch(ingest, fake))
    await expect.poll(() => stands(watches[0]!)).toEqual(['live', null])
    expect([fake.sessions, fake.connections, ingest.open.length]).toEqual([1, 1, 1])
    for (const one of watches) one.release()
    watches[0]!.release()
    await expect.poll(() => [fake.sessions, fake.connections, ingest.open.length]).toEqual([0, 0, 0])
  })

  test.each([
    ['silence after PLAY', {}, ['failed', 'no-media']],
    ['silence from behind another address', { description: fakeDescription.replace('0.0.0.0', '10.9.9.9') }, ['failed', 'sdp-address']],
    ['H.265', { description: fakeDescription.replace('H264', 'H265') }, ['failed', 'codec-unplayable']],
    ['the interleaved packing', { onPlay: film(() => Buffer.from([0x1d, 0x85, 0, 0, 1, 2])) }, ['failed', 'packing-unplayable']],
    ['no key frame', { onPlay: film(() => slice) }, ['stalled', 'no-key-frame']],
    ['no parameter sets anywhere', { description: fakeDescription.replace(/;sprop[^\r]*/, ''), onPlay: film() }, ['stalled', 'no-parameter-sets']],
    ['B-frames', { onPlay: film((index) => (index % 5 === 0 ? key : Buffer.from([0x01, 0b10011100, 1]))) }, ['degraded', 'b-frames']],
    ['strangers in between', { onPlay: film(undefined, { ssrc: (index) => (index % 5 === 3 ? 666 : 7) }) }, ['degraded', 'loss']],
    ['a wrong password', { login: { username: 'a', password: 'b', scheme: 'MD5' } }, ['failed', 'password-missing']],
    [
      'a description of 100 MB',
      { describeWith: (socket) => socket.write('RTSP/1.0 200 OK\r\nContent-Length: 104857600\r\n\r\n') },
      ['failed', 'answer-too-large'],
    ],
    [
      'an endless header',
      { describeWith: (socket) => socket.write(`RTSP/1.0 200 OK\r\n${'X-A: bbbbbbbbbbbb\r\n'.repeat(5000)}`) },
      ['failed', 'answer-too-large'],
    ],
  ] satisfies [string, FakeCameraOptions, [StreamState, StreamFaultCode]][])(
    '%s: that tile says so, the other plays on',
    async (_, options: FakeCameraOptions, expected) => {
      const { ingest } = await station()
      const good = watch(ingest, await camera({ onPlay: film() }))
      const bad = watch(ingest, await camera(options))
      await expect.poll(() => stands(bad)).toEqual(expected)
      await expect.poll(() => stands(good)).toEqual(['live', null])
    },
  )

  test('garbage between the frames is passed over', async () => {
    const { ingest } = await station()
    const onPlay = (seat: FakePlay) => {
      film()(seat)
      const timer = setInterval(() => (seat.isOpen ? seat.write(Buffer.from([1, 2, 3, 0x24, 0xee, 7])) : clearInterval(timer)), 100)
    }
    const watched = watch(ingest, await camera({ onPlay }))
    await expect.poll(() => watched.stream.status.evidence.framesPerSecond).toBeGreaterThan(20)
    expect(watched.stream.status.state).toBe('live')
  })

  test('frozen, then silent: stalled with its age, then asked anew, and live again', async () => {
    const { ingest } = await station()
    let plays = 0
    const onPlay = (seat: FakePlay) => {
      plays += 1
      let left = plays === 1 ? 20 : Infinity
      film()({
        send: (rtp) => left-- > 0 && seat.send(rtp),
        sendRtcp: (rtcp) => seat.sendRtcp(rtcp),
        write: (bytes) => seat.write(bytes),
        drop: () => seat.drop(),
        get isOpen() {
          return seat.isOpen
        },
      })
    }
    const watched = watch(ingest, await camera({ onPlay }))
    await expect.poll(() => stands(watched)).toEqual(['live', null])
    await expect.poll(() => stands(watched)).toEqual(['stalled', 'stalled'])
    await expect.poll(() => [watched.stream.status.state, watched.stream.status.recoveries]).toEqual(['live', 1])
    expect(plays).toBe(2)
  })

  test('a camera that comes back is seen without a click, by the same producer; a corrected password is used at once', async () => {
    const { ingest } = await station()
    const first = await camera({ onPlay: film() })
    const { port } = first
    let credentials: RtspSource['credentials'] = null
    const watched = ingest.watch('one', async () => ({ address: `rtsp://127.0.0.1:${port}/live`, credentials, trust: null, transport: 'auto' }))
    await expect.poll(() => stands(watched)).toEqual(['live', null])
    const { id } = watched.stream.outlet!.producer
    await first.close()
    await expect.poll(() => watched.stream.status.state).toBe('reconnecting')
    const second = await camera({ onPlay: film(), login: { username: 'a', password: 'b', scheme: 'SHA-256' } }, port)
    await expect.poll(() => stands(watched)).toEqual(['failed', 'password-missing'])
    expect(second.requests.some(({ authorization }) => authorization !== null)).toBe(false)
    credentials = { username: 'a', password: 'b' }
    watched.stream.restart()
    await expect.poll(() => stands(watched)).toEqual(['live', null])
    expect(watched.stream.outlet!.producer.id).toBe(id)
  })

  test('the SFU worker killed: another producer, and the picture again', async () => {
    const { sfu, ingest } = await station()
    const watched = watch(ingest, await camera({ onPlay: film() }))
    await expect.poll(() => stands(watched)).toEqual(['live', null])
    const { id } = watched.stream.outlet!.producer
    process.kill(sfu.pids[0]!, 'SIGKILL')
    await expect.poll(() => watched.stream.outlet?.producer.id ?? id).not.toBe(id)
    await expect.poll(() => stands(watched)).toEqual(['live', null])
  })

  test('100 reconnects leave nothing behind: no session, no socket, no port, no router', async () => {
    const { sfu, ingest } = await station()
    let plays = 0
    const fake = await camera({
      onPlay(seat) {
        plays += 1
        film()(seat)
        if (plays <= 100) setTimeout(() => seat.drop(), 45)
      },
    })
    const watched = ingest.watch('one', async () => ({
      address: fake.address,
      credentials: null,
      trust: null,
      transport: plays % 2 === 0 ? 'tcp' : 'udp',
    }))
    const hurry = setInterval(() => watched.stream.retryNow(), 20)
    await expect.poll(() => plays).toBeGreaterThan(2)
    const before = openFiles()
    await expect.poll(() => plays, { timeout: 55_000 }).toBeGreaterThan(100)
    clearInterval(hurry)
    await expect.poll(() => stands(watched)).toEqual(['live', null])
    expect(watched.stream.status.recoveries).toBeGreaterThan(0)
    await expect.poll(() => [fake.sessions, fake.connections]).toEqual([1, 1])
    await expect.poll(openFiles).toBeLessThanOrEqual(before + 4)
    const dump = await watched.stream.outlet!.router.dump()
    expect(dump.transportIds.length).toBe(1)
    watched.release()
    await expect.poll(() => [fake.sessions, ingest.open.length]).toEqual([0, 0])
    expect(sfu.pids.length).toBe(1)
  })
})

/** Sockets and all, on systems that tell. */
function openFiles(): number {
  return process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0
}

test('without a worker the tile says so, and names no camera as the culprit', async () => {
  const { ingest } = await station({ findWorker: () => ({ path: null, from: null, wrong: null }) })
  const watched = watch(ingest, await camera({ onPlay: film() }))
  await expect.poll(() => stands(watched)).toEqual(['failed', 'sfu-missing'])
})

const canFilm = hasWorker && hasGstreamer
describe.skipIf(!canFilm)(`a real RTSP server${canFilm ? '' : `: skipped, ${hasWorker ? gstreamerMissing : workerMissing}`}`, () => {
  test.each([
    ['by TCP', {}, 'tcp'],
    ['by UDP only', { transport: 'udp', profile: 'high' }, 'udp'],
    ['large packets', { mtu: 8000, profile: 'main' }, 'tcp'],
    ['Digest', { login: { username: 'admin', password: 'p@ss:w/rd', scheme: 'digest' } }, 'tcp'],
    ['Basic', { login: { username: 'admin', password: '密码', scheme: 'basic' } }, 'tcp'],
  ] as const)('%s: live, and the SFU counts no loss', async (_, options, transport) => {
    const server = await startGstCamera(options)
    closers.push(() => server.kill())
    const { ingest } = await station()
    const credentials = 'login' in options ? options.login : null
    const watched = watch(ingest, { address: server.address, credentials })
    await expect.poll(() => stands(watched)).toEqual(['live', null])
    expect(watched.stream.status.evidence).toMatchObject({ widthPx: 320, heightPx: 240, transport })
    const { producer } = watched.stream.outlet!
    await expect.poll(async () => (await producer.getStats())[0]?.packetCount ?? 0).toBeGreaterThan(20)
    expect((await producer.getStats())[0]?.packetsLost).toBe(0)
  })

  test('H.265 is said, by its name', async () => {
    const server = await startGstCamera({ codec: 'h265' })
    closers.push(() => server.kill())
    const { ingest } = await station()
    const watched = watch(ingest, server)
    await expect.poll(() => watched.stream.status.fault).toEqual({ code: 'codec-unplayable', params: { codec: 'H265' } })
  })
})
