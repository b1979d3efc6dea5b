// 100 000 live dots, one per cent changing each second: script time a second of our points layer beside bare Cesium's own collection, and beside one Entity each.
import type { Browser } from '@playwright/test'
import { buildPages, launchBrowser, median, type PageServer, servePages } from './globe/pages.ts'
import type { BenchResult } from './run.ts'

/** What the measured pages offer (`renderer/globe/bench/measure.ts`). */
declare global {
  interface Window {
    bench: { load(count: number): Promise<void>; tick(tick: number): number }
  }
}

const RUNS = 5
const TICKS = 20
const WARM_UP = 5

type PageName = 'bare' | 'app' | 'entities'

/** Milliseconds of script for one second's change and the picture with it (median of the ticks of one fresh page). */
async function secondOf(browser: Browser, server: PageServer, name: PageName, dots: number): Promise<number> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
  try {
    await page.goto(`${server.url}/${name}.html`)
    await page.waitForFunction(() => performance.getEntriesByType('resource').length > 3 && 'bench' in window)
    await page.waitForTimeout(2500)
    const ticks = await page.evaluate(
      async ({ dots, ticks }) => {
        await window.bench.load(dots)
        const times: number[] = []
        for (let tick = 0; tick < ticks; tick++) {
          times.push(window.bench.tick(tick))
          await new Promise((resolve) => setTimeout(resolve, 30))
        }
        return times
      },
      { dots, ticks: WARM_UP + TICKS },
    )
    return median(ticks.slice(WARM_UP))
  } finally {
    await page.close()
  }
}

async function compare(browser: Browser, server: PageServer, options: { bench: string; dots: number; baseline: PageName }): Promise<BenchResult> {
  const ours: number[] = []
  const theirs: number[] = []
  for (let run = 0; run < RUNS; run++) {
    // Who goes first changes, so that a machine growing busier favours nobody.
    const order: PageName[] = run % 2 === 0 ? ['app', options.baseline] : [options.baseline, 'app']
    for (const name of order) (name === 'app' ? ours : theirs).push(await secondOf(browser, server, name, options.dots))
  }
  const value = median(ours)
  const baseline = median(theirs)
  return {
    bench: options.bench,
    value: round(value),
    unit: 'ms script/s',
    baseline: round(baseline),
    ratio: round(value / baseline),
    n: RUNS * TICKS,
  }
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}

export default async function bench(): Promise<BenchResult[]> {
  await buildPages()
  const server = await servePages()
  const browser = await launchBrowser()
  try {
    return [
      await compare(browser, server, { bench: 'globe.points', dots: 100_000, baseline: 'bare' }),
      await compare(browser, server, { bench: 'globe.points.entities', dots: 10_000, baseline: 'entities' }),
    ]
  } finally {
    await browser.close()
    await server.close()
  }
}
