// Ten minutes of a camera: no older at the end than at the beginning; a cable cut for a minute; a hundred reconnects that leave nothing behind at either end.
import { setTimeout as sleep } from 'node:timers/promises'
import { sampleAges, firstFrameSince } from '../../renderer/e2e/clock-picture.ts'
import { startGstCamera } from '../../native/protocols/rtsp/testing/gst-camera.ts'
import { median } from '../bench/journal/measure.ts'
import { openCable } from '../bench/media/cable.ts'
import { openCameraHouse } from '../bench/media/camera-house.ts'
import { holdingsOf, processesOf, workersOf } from '../bench/media/processes.ts'
import type { SoakReport } from './run.ts'

const driftMs = 100
const cutMs = 60_000
const backWithinMs = 5_000
const reconnects = 100
const lookMs = 10_000
/** Sockets that are just being closed, buffers that are just being freed. */
const slack = { files: 4, memoryMb: 60, memoryShare: 1.25 }

export default async function mediaSoak(report: SoakReport): Promise<void> {
  const forMs = Number(process.env.WANGLOU_SOAK_S ?? 600) * 1000
  const house = await openCameraHouse({ slot: 5 })
  const camera = await startGstCamera()
  const cable = await openCable(camera.port)
  try {
    const id = await house.add('rtsp', `rtsp://127.0.0.1:${cable.port}/live`, { transport: 'tcp' })
    const tile = `tile-${id}`
    await house.show(id)
    const age = async () => median(await sampleAges(house.page, tile, { forMs: lookMs, withinMs: 60_000 }))
    await age()
    const first = await age()
    await sleep(forMs)
    const last = await age()
    report(`age of the picture ${first} ms, after ${forMs / 1000} s ${last} ms`)
    if (last - first > driftMs) throw new Error('the picture has grown older')

    cable.cut()
    await sleep(cutMs)
    cable.mend()
    const tookMs = await firstFrameSince(house.page, tile, { sinceMs: Date.now(), withinMs: 120_000 })
    report(`the cable cut for ${cutMs / 1000} s: picture back after ${tookMs} ms`)
    if (tookMs > backWithinMs) throw new Error('the picture came back too late')

    const before = await holdings()
    for (let time = 0; time < reconnects; time += 1) {
      cable.drop()
      await firstFrameSince(house.page, tile, { sinceMs: Date.now(), withinMs: 60_000 })
    }
    await sleep(lookMs)
    const after = await holdings()
    report(`${reconnects} reconnects: ${JSON.stringify(before)} → ${JSON.stringify(after)}`)
    for (const [name, held] of Object.entries(before)) {
      const now = after[name as keyof typeof after]
      if (now.files > held.files + slack.files) throw new Error(`${name} holds ${now.files} files and sockets, before ${held.files}`)
      if (now.memoryMb > held.memoryMb * slack.memoryShare + slack.memoryMb)
        throw new Error(`${name} holds ${now.memoryMb} MB, before ${held.memoryMb}`)
    }
    if (cable.connections !== 1) throw new Error(`${cable.connections} connections to the camera, there is one picture`)
  } finally {
    await cable.close()
    await camera.kill()
    await house.close()
  }

  async function holdings() {
    const directory = house.station.dataDirectory
    const [{ station }, workers] = [await processesOf(directory), await workersOf(directory)]
    const each = await Promise.all(workers.map(holdingsOf))
    const sfu = each.reduce((sum, { files, memoryMb }) => ({ files: sum.files + files, memoryMb: sum.memoryMb + memoryMb }))
    return { station: await holdingsOf(station), sfu, camera: await holdingsOf(camera.pid) }
  }
}
