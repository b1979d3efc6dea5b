// From the moment a scene is to be seen to the last of 24 pages of 1280 × 720 that has painted it, pictures and boards; the same told to the same pages as dead markup.
import type { Browser } from '@playwright/test'
import { launchBrowser } from './globe/pages.ts'
import type { BenchResult } from './run.ts'
import { mixingOf, watchMixing } from './wall/mixed.ts'
import { addScenes } from './wall/scenes.ts'
import { openWall, settle, type WallOfPages } from './wall/screens.ts'
import { type DeadPage, markupOf, openStatic } from './wall/static.ts'

const switches = 20
/** Rows and columns; `WANGLOU_WALL=2x3` for a quick look. */
const [rows = 4, columns = 6] = (process.env.WANGLOU_WALL ?? '4x6').split('x').map(Number)
/** What the station gives a broadcast to reach every screen. */
const leadMs = 120
/** Between two switches, so that what a page does after it is not counted with the next. */
const restMs = 1_500

interface Figures {
  last: number[]
  skew: number[]
}

export default async function wallSwitch(): Promise<BenchResult[]> {
  const browser = await launchBrowser()
  try {
    return await measured(browser)
  } finally {
    await browser.close()
  }
}

async function measured(browser: Browser): Promise<BenchResult[]> {
  const wall = await openWall(browser, { rows, columns })
  try {
    const scenes = await addScenes(wall)
    const { figures: ours, late, dead } = await switched(wall, scenes)
    const mixing = await Promise.all(wall.pages().map(mixingOf))
    if (mixing.some(({ swaps }) => swaps < switches)) throw new Error('a page was not watched')
    const bare = await broadcast(wall, dead)
    const of = (bench: string, [value, baseline]: [number, number | null], unit: string): BenchResult => {
      const ratio = baseline === null || baseline === 0 ? null : value / baseline
      return { bench, value, unit, baseline, ratio, n: switches }
    }
    return [
      of('wall.switch', [p95(ours.last), p95(bare.last)], 'ms p95'),
      of('wall.switch.median', [median(ours.last), median(bare.last)], 'ms'),
      of('wall.skew', [p95(ours.skew), p95(bare.skew)], 'ms p95'),
      of('wall.mixed', [mixing.reduce((sum, { mixed }) => sum + mixed, 0), null], 'screens'),
      of('wall.late', [late, null], 'screens'),
    ]
  } finally {
    await wall.close()
  }
}

async function switched(wall: WallOfPages, scenes: string[]): Promise<{ figures: Figures; late: number; dead: DeadPage[] }> {
  const figures: Figures = { last: [], skew: [] }
  const dead: DeadPage[] = wall.pages().map(() => ({ styles: '', stage: '', layers: [] }))
  let late = 0
  // The first ones warm the pages and are left out.
  for (let turn = -scenes.length; turn < switches; turn += 1) {
    const result = await wall.officer.wall.switch.mutate({ wall: wall.wall, scene: scenes[(turn + scenes.length) % scenes.length]! })
    const painted = await paintedBy(wall)
    await rest()
    if (turn < 0) await takeDown(wall, dead)
    if (turn === -1) await Promise.all(wall.pages().map(watchMixing))
    if (turn < 0) continue
    late += result.late.length
    note(figures, painted, result.at)
  }
  return { figures, late, dead }
}

/** Waits until all screens show what they should. @returns when each had painted it */
async function paintedBy(wall: WallOfPages): Promise<number[]> {
  const wrong = await settle(wall, 30_000)
  if (wrong.length > 0) throw new Error(`screens on another scene: ${wrong.join(', ')}`)
  return (await wall.standing()).screens.map(({ name, paintedAt }) => {
    if (paintedAt === null) throw new Error(`screen ${name} does not say when it painted`)
    return paintedAt
  })
}

async function takeDown(wall: WallOfPages, dead: DeadPage[]): Promise<void> {
  for (const [index, page] of wall.pages().entries()) {
    const { styles, stage, layer } = await markupOf(page)
    Object.assign(dead[index]!, { styles, stage })
    dead[index]!.layers.push(layer)
  }
}

async function broadcast(wall: WallOfPages, dead: DeadPage[]): Promise<Figures> {
  const figures: Figures = { last: [], skew: [] }
  const pages = await openStatic(wall.pages(), dead)
  try {
    for (let turn = -2; turn < switches; turn += 1) {
      const at = Date.now() + leadMs
      const painted = await pages.show((turn + 2) % 2, at)
      await rest()
      if (turn >= 0) note(figures, painted, at)
    }
  } finally {
    await pages.close()
  }
  return figures
}

function note({ last, skew }: Figures, painted: number[], at: number): void {
  last.push(Math.max(...painted) - at)
  skew.push(Math.max(...painted) - Math.min(...painted))
}

function rest(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, restMs))
}

function p95(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? 0
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
}
