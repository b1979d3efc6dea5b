// From the moment a scene is to be seen to the last of 24 pages of 1280 × 720 that has painted it, boards and banner; and from the first to the last.
import { launchBrowser } from './globe/pages.ts'
import type { BenchResult } from './run.ts'
import { openWall, settle } from './wall/screens.ts'

const switches = 20

export default async function wallSwitch(): Promise<BenchResult[]> {
  const browser = await launchBrowser()
  const wall = await openWall(browser, { rows: 4, columns: 6 })
  try {
    const last: number[] = []
    const skew: number[] = []
    let late = 0
    for (let turn = 0; turn <= switches; turn += 1) {
      const result = await wall.officer.wall.switch.mutate({ wall: wall.wall, scene: wall.scenes[turn % wall.scenes.length]!.id })
      const wrong = await settle(wall, 30_000)
      if (wrong.length > 0) throw new Error(`screens on another scene: ${wrong.join(', ')}`)
      const painted = (await wall.standing()).screens.map(({ paintedAt }) => paintedAt ?? 0)
      // The first warms the pages and is left out.
      if (turn === 0) continue
      late += result.late.length
      last.push(Math.max(...painted) - result.at)
      skew.push(Math.max(...painted) - Math.min(...painted))
    }
    const figure = (bench: string, values: number[], unit = 'ms p95'): BenchResult => {
      const value = values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? 0
      return { bench, value, unit, baseline: null, ratio: null, n: values.length }
    }
    return [
      figure('wall.switch', last),
      figure('wall.skew', skew),
      { bench: 'wall.late', value: late, unit: 'screens', baseline: null, ratio: null, n: switches * 24 },
    ]
  } finally {
    await wall.close()
    await browser.close()
  }
}
