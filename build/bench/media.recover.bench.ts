// From the moment a source is there again to the first frame it took since: camera restarted, media server killed, SFU worker killed, station killed, the cable cut for ten seconds.
import { setTimeout as sleep } from 'node:timers/promises'
import { firstFrameSince } from '../../renderer/e2e/clock-picture.ts'
import { asRtmp, type ClockFilm, startClockFilm } from '../../native/media/testing/clock-film.ts'
import { type FlvServer, startFlvServer } from '../../native/media/testing/flv-server.ts'
import { type GstCamera, startGstCamera } from '../../native/protocols/rtsp/testing/gst-camera.ts'
import { quantile } from './journal/measure.ts'
import { openCable } from './media/cable.ts'
import { type CameraHouse, openCameraHouse } from './media/camera-house.ts'
import { workersOf } from './media/processes.ts'
import type { BenchResult } from './run.ts'

const limitMs = 5_000
const times = 5
const cuts = 3
const awayMs = 3_000
const cutMs = 10_000
/** What does not come back at all must not hold the bench for ever. */
const patienceMs = 90_000

export default async function mediaRecover(): Promise<BenchResult[]> {
  const house = await openCameraHouse({ slot: 6 })
  const closers: (() => Promise<unknown>)[] = []
  try {
    let camera: GstCamera = await startGstCamera()
    closers.push(() => camera.kill())
    const cable = await openCable(camera.port)
    closers.push(() => cable.close())
    const rtsp = await house.add('rtsp', `rtsp://127.0.0.1:${cable.port}/live`, { transport: 'tcp' })
    const { port } = camera
    const media = await openMediaServer(house)
    closers.push(() => media.kill())

    const restarted = await repeat(times, { house, id: rtsp }, async () => {
      await camera.kill()
      await sleep(awayMs)
      camera = await startGstCamera({ port })
      return Date.now()
    })
    const worker = await repeat(times, { house, id: rtsp }, async () => {
      for (const pid of await workersOf(house.station.dataDirectory)) process.kill(pid, 'SIGKILL')
      return Date.now()
    })
    const cut = await repeat(cuts, { house, id: rtsp }, async () => {
      cable.cut()
      await sleep(cutMs)
      cable.mend()
      return Date.now()
    })
    const station = await repeat(cuts, { house, id: rtsp }, async () => {
      await house.station.kill()
      await house.station.restart()
      return Date.now()
    })
    const server = await repeat(times, { house, id: media.id }, async () => {
      await media.kill()
      await sleep(awayMs)
      await media.start()
      return Date.now()
    })
    const result = (name: string, values: readonly number[]): BenchResult => {
      const value = Math.round(quantile(values, 0.95))
      return { bench: `media.recover.${name}`, value, unit: 'ms p95', baseline: limitMs, ratio: value / limitMs, n: values.length }
    }
    return [result('camera', restarted), result('worker', worker), result('cut', cut), result('station', station), result('server', server)]
  } finally {
    for (const close of closers.reverse()) await close()
    await house.close()
  }
}

/** @param disturb ends when the source is there again, and says when that was */
async function repeat(count: number, { house, id }: { house: CameraHouse; id: string }, disturb: () => Promise<number>): Promise<number[]> {
  const tile = `tile-${id}`
  await house.show(id)
  const taken: number[] = []
  for (let time = 0; time < count; time += 1) {
    await firstFrameSince(house.page, tile, { sinceMs: Date.now(), withinMs: patienceMs })
    await sleep(awayMs)
    taken.push(await firstFrameSince(house.page, tile, { sinceMs: await disturb(), withinMs: patienceMs }))
  }
  return taken
}

/** A media server that cameras push to and that gives HTTP-FLV; killed, it comes back on its ports with its source. */
async function openMediaServer(house: CameraHouse) {
  let server: FlvServer = await startFlvServer()
  const { rtmpPort, httpPort } = server
  const push = (): ClockFilm => startClockFilm([asRtmp(`rtmp://127.0.0.1:${rtmpPort}/live/x`)])
  let film = push()
  return {
    id: await house.add('flv', `http://127.0.0.1:${httpPort}/live/x.flv`),
    async kill() {
      await server.kill()
      await film.stop()
    },
    async start() {
      server = await startFlvServer({ rtmpPort, httpPort })
      film = push()
    },
  }
}
