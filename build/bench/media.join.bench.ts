// From the click on 加入会商 to the first decoded frame of somebody else, and from the end of a ten-second cut to the next one; two pages and a station on loopback.
import { setTimeout as sleep } from 'node:timers/promises'
import { type Browser, chromium, type Page } from '@playwright/test'
import { type Person, startStation, type Station, team } from '../../renderer/e2e/station.ts'
import { quantile } from './journal/measure.ts'
import { processesOf } from './media/processes.ts'
import type { BenchResult } from './run.ts'

const joins = 12
const cuts = 3
const cutMs = 10_000
const limits = { joinMs: 1_000, rejoinMs: 3_000 }

export default async function mediaJoin(): Promise<BenchResult[]> {
  const station = await startStation({ hasSample: false, slot: 0 })
  const browser = await chromium.launch({
    executablePath: process.env.WANGLOU_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  })
  try {
    const officer = await open(browser, station, 'officer')
    const id = crypto.randomUUID()
    await (await station.as('officer')).conference.open.mutate({ id, incident: null, title: '测试会商（样例）' })
    await enter(officer, station, id)
    const leader = await open(browser, station, 'shiftLeader')
    const joined: number[] = []
    for (let run = 0; run <= joins; run += 1) {
      const tookMs = await enter(leader, station, id)
      // The first loads the page's parts and is left out.
      if (run > 0) joined.push(tookMs)
      await leader.getByRole('button', { name: '退出会商' }).click()
      await leader.getByTestId('join').waitFor()
    }
    await enter(leader, station, id)
    const back: number[] = []
    for (let run = 0; run < cuts; run += 1) back.push(await cut(leader, station))
    const result = (bench: string, values: readonly number[], limitMs: number): BenchResult => {
      const value = Math.round(quantile(values, 0.95))
      return { bench, value, unit: 'ms p95', baseline: limitMs, ratio: value / limitMs, n: values.length }
    }
    return [result('media.join.first', joined, limits.joinMs), result('media.join.again', back, limits.rejoinMs)]
  } finally {
    await browser.close()
    await station.stop()
  }
}

async function open(browser: Browser, station: Station, person: Person): Promise<Page> {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1280, height: 720 } })
  await context.request.get(await station.invite())
  const { login, password } = team[person]
  await context.request.post(`${station.origin}/rpc/accounts.signIn`, { data: { login, password } })
  return context.newPage()
}

/** @returns from the click to the first frame of another; 0 for whoever is alone */
async function enter(page: Page, station: Station, conference: string): Promise<number> {
  if (!page.url().includes(conference)) await page.goto(`${station.origin}/conference/${conference}`)
  const again = page.getByRole('button', { name: '重新加入' })
  if (await again.isVisible()) await again.click()
  await page.getByTestId('join').locator('video').waitFor()
  return page.evaluate(async () => {
    const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.trim() === '加入会商')
    const began = performance.now()
    button?.click()
    for (;;) {
      await new Promise((resolve) => requestAnimationFrame(resolve))
      if (document.querySelector('[data-notice="alone"]') !== null) return 0
      const videos = [...document.querySelectorAll<HTMLVideoElement>('[data-testid="tile"] video:not(.mirrored)')]
      if (videos.some((video) => video.getVideoPlaybackQuality().totalVideoFrames > 0)) return performance.now() - began
      if (performance.now() - began > 60_000) throw new Error('nobody was seen')
    }
  })
}

/** Station and SFU stand still as a line that is cut; @returns from its end to the next new frame */
async function cut(page: Page, station: Station): Promise<number> {
  const { station: own, children } = await processesOf(station.dataDirectory)
  const pids = [own, ...children.map(({ pid }) => pid)]
  const frames = () =>
    page.evaluate(() => {
      const videos = [...document.querySelectorAll<HTMLVideoElement>('[data-testid="tile"] video:not(.mirrored)')]
      return videos.reduce((sum, video) => sum + video.getVideoPlaybackQuality().totalVideoFrames, 0)
    })
  for (const pid of pids) process.kill(pid, 'SIGSTOP')
  await sleep(cutMs)
  const before = await frames()
  const began = performance.now()
  for (const pid of pids) process.kill(pid, 'SIGCONT')
  while ((await frames()) <= before) {
    if (performance.now() - began > 60_000) throw new Error('the picture did not come back')
    await sleep(20)
  }
  return performance.now() - began
}
