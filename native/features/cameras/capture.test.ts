// Capture cards: the console's first page captures, the next takes over, what is wrong is said with the console's name; another console fetches it over their line.
import { hostname } from 'node:os'
import { afterEach, describe, expect, test } from 'vitest'
import type { CameraSave, CaptureJob, CapturePlace } from '../../contract/index.ts'
import { captureAddress, capturePlaceOf } from '../../contract/index.ts'
import { newId } from '../../kernel/ids.ts'
import { Captures } from '../../media/capture/captures.ts'
import type { CaptureDesk } from '../../media/capture/desk.ts'
import { streamTiming } from '../../media/ingest/timing.ts'
import { hasWorker, testSfu, until, workerMissing } from '../../media/testing/worker.ts'
import { openTestApp } from '../../testing/app.ts'
import { Neighbourhood, type TestHost } from '../conference/testing.ts'
import { plainCamera } from './testing/plain-camera.ts'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const device = 'USB3 HDMI 采集卡 (534d:2109)'
const sound = 'HDMI 数字声音 (534d:2109)'
const vp8 = {
  codecs: [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000, parameters: {} }],
  encodings: [{ ssrc: 7 }],
  rtcp: { cname: 'page' },
}
const opus = {
  codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2, parameters: {} }],
  encodings: [{ ssrc: 8 }],
  rtcp: { cname: 'page' },
}
const transports = new Map<string, string>()
const what = (name: string, address: string): CameraSave => ({ ...plainCamera, name, sourceKind: 'capture', address })

/** A page that is open on the console. */
function openPage(desk: CaptureDesk, session: string) {
  const [page, abort] = [newId(), new AbortController()]
  const seen: { jobs: CaptureJob[] } = { jobs: [] }
  const reading = (async () => {
    for await (const jobs of desk.attend({ page, session }, abort.signal)) seen.jobs = jobs
  })()
  const close = async () => {
    abort.abort()
    await reading
  }
  closers.push(close)
  return { page, by: { page, session }, seen, close }
}

/** Sound goes the way the picture has opened. */
async function sendFrom(
  desk: CaptureDesk,
  by: { page: string; session: string },
  camera: string,
  kind: 'video' | 'audio' = 'video',
): Promise<string> {
  if (kind === 'video') transports.set(camera, (await desk.connect(by, camera)).transport.id)
  const transport = transports.get(camera) ?? ''
  return (await desk.produce(by, { camera, transport, kind, rtpParameters: kind === 'video' ? vp8 : opus })).id
}

test('an address is told and read back, whatever the label; what is none is none', () => {
  const place: CapturePlace = { station: 'pc7k2', device: 'a/b%#?sound=采集卡', sound: '' }
  for (const one of [place, { ...place, sound: '声音?&=' }]) expect(capturePlaceOf(captureAddress(one))).toEqual(one)
  for (const address of ['', 'capture:', 'capture:pc7k2/', 'capture:pc7k2/%', 'rtsp://pc7k2/a']) expect(capturePlaceOf(address)).toBeNull()
})

describe.skipIf(!hasWorker)(`with an SFU${hasWorker ? '' : `: skipped, ${workerMissing}`}`, () => {
  test('the first page captures, no other speaks for it, the next takes over; away, and what the page says is wrong', async () => {
    const app = await openTestApp()
    closers.push(() => app.close())
    const [admin, officer] = [await app.as('system-admin'), await app.as('duty-officer')]
    const { here, names } = await officer.rpc.cameraCapture.consoles.query()
    expect(names[here]).toBe(hostname())
    const { id } = await admin.rpc.cameras.save.mutate(what('会议终端', captureAddress({ station: here, device, sound })))
    expect((await officer.rpc.cameraCapture.consoles.query()).cameras).toEqual([id])
    const watch = await app.cameras.watch(id, 'main')
    const { desk } = app.cameras.captures
    await until(() =>
      expect(watch.stream.status).toMatchObject({ state: 'failed', fault: { code: 'capture-away', params: { console: hostname() } } }),
    )

    const first = openPage(desk, 'session-1')
    const second = openPage(desk, 'session-2')
    await until(() => expect(first.seen.jobs).toEqual([{ camera: id, device, sound }]))
    expect(second.seen.jobs).toEqual([])
    await expect(desk.connect(second.by, id)).rejects.toThrow('NOT_FOUND')
    await expect(desk.connect({ page: first.page, session: 'session-2' }, id)).rejects.toThrow('NOT_FOUND')
    await expect(desk.connect(first.by, newId())).rejects.toThrow('NOT_FOUND')
    const producer = await sendFrom(desk, first.by, id)
    await until(() => expect(watch.stream.outlet).toMatchObject({ producer: { id: producer }, codec: { name: 'VP8' } }))

    // Sound comes beside it; what is wrong with it is said, and the picture stands.
    const heard = await sendFrom(desk, first.by, id, 'audio')
    await until(() => expect(watch.stream.outlet?.sound?.id).toBe(heard))
    expect(watch.stream.outlet?.producer.id).toBe(producer)
    watch.stream.outlet?.sound?.close()
    await until(() => expect(watch.stream.outlet?.sound).toBeUndefined())
    expect(watch.stream.outlet?.producer.id).toBe(producer)

    // The device was pulled out.
    const figures = { widthPx: 0, heightPx: 0, framesPerSecond: 0, soundTrouble: null }
    desk.tell(first.by, { camera: id, trouble: 'none', ...figures })
    await until(() => expect(watch.stream.status.fault).toEqual({ code: 'capture-no-device', params: { console: hostname(), device } }))
    expect(watch.stream.outlet).toBeNull()
    expect(first.seen.jobs).toEqual([])
    desk.devicesChanged(first.by)
    await until(() => expect(first.seen.jobs).toHaveLength(1))
    await sendFrom(desk, first.by, id)
    await first.close()
    await until(() => expect(second.seen.jobs).toHaveLength(1))
    const again = await sendFrom(desk, second.by, id)
    await until(() => expect(watch.stream.outlet?.producer.id).toBe(again))
    await second.close()
    await until(() => expect(watch.stream.status).toMatchObject({ fault: { code: 'capture-away' } }))
    watch.release()
  })

  test('another console fetches it, told with the name of the console that is away; a station of another centre gets nothing', async () => {
    const near = new Neighbourhood()
    closers.push(() => near.close())
    const [sfuOfCard, sfuOfViewer, sfuOfStranger] = [testSfu({ workerCount: 1 }), testSfu({ workerCount: 1 }), testSfu({ workerCount: 1 })]
    for (const sfu of [sfuOfCard, sfuOfViewer, sfuOfStranger]) {
      await sfu.start()
      closers.push(() => sfu.stop())
    }
    const camera = newId()
    let card: TestHost | null = null
    const stationOfCard = () => card?.journal.station ?? ''
    const capturesOf = (sfu: typeof sfuOfCard, host: () => TestHost) => {
      const captures = new Captures({
        sfu,
        timing: { ...streamTiming, tickMs: 50, lingerMs: 10 },
        consoles: {
          here: () => host().journal.station,
          nameOf: (station) => (station === stationOfCard() ? '值班台 2' : '值班台 1'),
          names: () => ({}),
          talk: (station) => host().conferences.hosts.lineTo(station),
        },
        place: () => Promise.resolve({ station: stationOfCard(), device, sound }),
        onChange: () => undefined,
        onError: (error) => expect.unreachable(String(error)),
      })
      closers.push(() => captures.owners.stop())
      return captures
    }
    const ofCard = capturesOf(sfuOfCard, () => card!)
    // The console with the card is no host: it has called the other one, and is reached over that line.
    card = await near.open({ name: '值班台 2', isHost: false, capture: (input, signal) => ofCard.serve(input, signal) })
    const viewer = await near.open({ name: '值班台 1' })
    const stranger = await near.open({ name: '县值班台', unit: 'county' })
    const [ofViewer, ofStranger] = [capturesOf(sfuOfViewer, () => viewer), capturesOf(sfuOfStranger, () => stranger)]
    const watch = ofViewer.watch(camera)
    await until(() => expect(watch.stream.status.fault).toEqual({ code: 'capture-away', params: { console: '值班台 2' } }))

    near.introduce(card, viewer, stranger)
    await until(() => expect(viewer.conferences.hosts.lineTo(stationOfCard())).not.toBeNull())
    const page = openPage(ofCard.desk, 'session')
    watch.stream.retryNow()
    await until(() => expect(page.seen.jobs).toEqual([{ camera, device, sound }]))
    await sendFrom(ofCard.desk, page.by, camera)
    await until(() => expect(watch.stream.outlet?.codec).toEqual({ name: 'VP8' }))
    const { id } = watch.stream.outlet!.producer
    await sendFrom(ofCard.desk, page.by, camera, 'audio')
    await until(() => expect(watch.stream.outlet?.sound?.kind).toBe('audio'))
    expect(watch.stream.outlet?.producer.id).toBe(id)
    expect(watch.stream.status).toMatchObject({ state: 'connecting', fault: null })
    await page.close()
    await until(() =>
      expect(watch.stream.status).toMatchObject({ state: 'stalled', fault: { code: 'capture-away', params: { console: '值班台 2' } } }),
    )
    watch.release()
    await until(() => expect(ofCard.owners.open).toEqual([]))

    await until(() => expect(stranger.conferences.hosts.lineTo(stationOfCard())).not.toBeNull())
    const theirs = ofStranger.watch(camera)
    await until(() => expect(theirs.stream.status.fault?.code).toBe('capture-away'))
    expect(ofCard.owners.open).toEqual([])
    theirs.release()
  })
})
