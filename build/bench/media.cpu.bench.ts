// What one 1080p stream that is passed through costs the station and its SFU, beside ffmpeg transcoding the same stream; processor time as the system counts it.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { encodeFilm, openFilmCamera } from '../../native/media/testing/film-camera.ts'
import { median } from './journal/measure.ts'
import { openCameraHouse } from './media/camera-house.ts'
import { cpuSecondsOf, processesOf } from './media/processes.ts'
import type { BenchResult } from './run.ts'

const film = { widthPx: 1920, heightPx: 1080, framesPerSecond: 25, kbps: 4_000, seconds: 10 }
const warmMs = 20_000
/** The station holds a stream that nobody watches any more for 15 s. */
const settleMs = 17_000
const lookMs = 10_000
const rounds = 3
const transcoderMs = 5_000
/** The cheapest that x264 has, and the one media servers are usually set to. */
const presets = ['ultrafast', 'veryfast'] as const

export default async function mediaCpu(): Promise<BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'wanglou-cpu-'))
  const path = join(folder, 'film.h264')
  await encodeFilm({ ...film, path })
  const camera = await openFilmCamera({ ...film, path })
  const house = await openCameraHouse({ slot: 6 })
  try {
    const id = await house.add('rtsp', camera.address, { transport: 'tcp' })
    const { station, children } = await processesOf(house.station.dataDirectory)
    const own = [station, ...children.map(({ pid }) => pid)]
    // What a station does in its first minute is no stream's cost.
    await sleep(warmMs)
    const costs: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      await house.show()
      await sleep(settleMs)
      const idle = await coresOf(own)
      await house.show(id)
      await house.page.locator(`[data-testid="tile-${id}"][data-state="live"] video`).waitFor({ timeout: 60_000 })
      await sleep(settleMs)
      const before = await decoded(house.page)
      const passing = await coresOf(own)
      const frames = (await decoded(house.page)) - before
      if (frames < (lookMs / 1000) * 5) throw new Error(`the page decoded ${frames} frames only`)
      costs.push(passing - idle)
    }
    await house.show()
    const cost = median(costs)
    const results: BenchResult[] = []
    for (const preset of presets) {
      const baseline = await transcoding(camera.address, preset)
      const what = { value: rounded(cost), unit: 'cores a stream', baseline: rounded(baseline), ratio: cost / baseline, n: costs.length }
      results.push({ bench: `media.cpu.${preset}`, ...what })
    }
    return results
  } finally {
    await house.close()
    await camera.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

const rounded = (value: number) => Math.round(value * 10_000) / 10_000

const decoded = (page: Page) => page.evaluate(() => document.querySelector('video')?.getVideoPlaybackQuality().totalVideoFrames ?? 0)

/** Processor time over time. */
async function coresOf(pids: readonly number[]): Promise<number> {
  const [before, began] = [await cpuSecondsOf(pids), performance.now()]
  await sleep(lookMs)
  return ((await cpuSecondsOf(pids)) - before) / ((performance.now() - began) / 1000)
}

/** The same stream decoded and encoded again at its size and rate, with one thread each so that they do not wait for one another. */
async function transcoding(address: string, preset: string): Promise<number> {
  const rate = ['-b:v', `${film.kbps}k`, '-maxrate', `${film.kbps}k`, '-bufsize', `${film.kbps}k`, '-g', String(film.framesPerSecond)]
  const h264 = ['-c:v', 'libx264', '-preset', preset, '-tune', 'zerolatency', ...rate]
  const child: ChildProcess = spawn('ffmpeg', ['-loglevel', 'error', '-rtsp_transport', 'tcp', '-i', address, '-an', ...h264, '-f', 'null', '-'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  try {
    await sleep(transcoderMs)
    return await coresOf([child.pid!])
  } finally {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
}
