// From the address to the first drawn globe, and to one on which no tile is missing: the console in a signed-in browser beside a bare Cesium page, fresh profile each time.
import type { Browser } from '@playwright/test'
import { startStation, type Station, team } from '../../renderer/e2e/station.ts'
import { buildPages, launchBrowser, median, type PageServer, servePages } from './globe/pages.ts'
import type { BenchResult } from './run.ts'

const RUNS = 7

/** Milliseconds from the start of the navigation, by the page's own clock. */
interface Start {
  first: number
  whole: number
}

async function startOf(
  browser: Browser,
  url: string,
  prepare: (context: Awaited<ReturnType<Browser['newContext']>>) => Promise<void>,
): Promise<Start> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } })
  try {
    await prepare(context)
    const page = await context.newPage()
    await page.goto(url, { waitUntil: 'commit' })
    await page.waitForFunction(() => performance.getEntriesByName('globe-whole').length > 0, undefined, { timeout: 120_000, polling: 100 })
    return await page.evaluate(() => ({
      first: performance.getEntriesByName('globe')[0]!.startTime,
      whole: performance.getEntriesByName('globe-whole')[0]!.startTime,
    }))
  } finally {
    await context.close()
  }
}

async function ours(browser: Browser, station: Station): Promise<Start> {
  return startOf(browser, `${station.origin}/globe`, async (context) => {
    // In already, as on every morning: what is measured is the console's start, not the typing of a password.
    await context.request.get(await station.invite())
    const { login, password } = team.officer
    const answer = await context.request.post(`${station.origin}/rpc/accounts.signIn`, { data: { login, password } })
    if (!answer.ok()) throw new Error(`not signed in: ${answer.status()}`)
  })
}

async function measure(browser: Browser, station: Station, server: PageServer): Promise<BenchResult[]> {
  const app: Start[] = []
  const bare: Start[] = []
  const takeApp = async () => void app.push(await ours(browser, station))
  const takeBare = async () => void bare.push(await startOf(browser, `${server.url}/bare.html`, async () => undefined))
  // The first of each warms the disk and is left out.
  for (let run = 0; run <= RUNS; run++) {
    for (const take of run % 2 === 0 ? [takeApp, takeBare] : [takeBare, takeApp]) await take()
  }
  const result = (bench: string, of: (start: Start) => number): BenchResult => {
    const value = median(app.slice(1).map(of))
    const baseline = median(bare.slice(1).map(of))
    return {
      bench,
      value: Math.round(value),
      unit: 'ms',
      baseline: Math.round(baseline),
      ratio: Math.round((value / baseline) * 1000) / 1000,
      n: RUNS,
    }
  }
  return [result('globe.start', ({ first }) => first), result('globe.start.whole', ({ whole }) => whole)]
}

export default async function bench(): Promise<BenchResult[]> {
  await buildPages()
  const server = await servePages()
  const station = await startStation({ hasSample: false })
  const browser = await launchBrowser()
  try {
    return await measure(browser, station, server)
  } finally {
    await browser.close()
    await station.stop()
    await server.close()
  }
}
