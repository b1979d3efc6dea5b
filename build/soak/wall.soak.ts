// Five minutes of pages, lines and the station killed and scenes switched at random: every screen ends on the intended scene, and nothing is held that was not before.
import { launchBrowser } from '../bench/globe/pages.ts'
import { openWall, type WallOfPages } from '../bench/wall/screens.ts'
import type { SoakReport } from './run.ts'
import { killAtRandom, mustSettle } from './wall/kills.ts'
import { grown, held } from './wall/leaks.ts'

/** The last one stands elsewhere and came by the short address. */
const screens = 6
/** Switches and cuts between two looks at what is held. */
const rounds = 12
/** What grows from each look to the next leaks, however little. */
const looks = 5
/** HTTP lines that nobody uses are closed by then, and a line that was cut has been missed by the station. */
const idleMs = 20_000

export default async function wallSoak(report: SoakReport): Promise<void> {
  const forMs = Number(process.env.WANGLOU_SOAK_S ?? 300) * 1000
  const seed = Number(process.env.WANGLOU_SEED ?? Date.now() % 2 ** 31)
  report(`seed ${seed}`)
  const browser = await launchBrowser()
  const wall = await openWall(browser, { rows: 2, columns: screens / 2, hasElsewhere: true, canCut: true })
  try {
    const counts = await killAtRandom(wall, { forMs, seed })
    report(
      `${counts.pages} pages, ${counts.lines} lines and ${counts.stations} stations killed, ${counts.switches} switches; every screen on its scene`,
    )
    await mustNotLeak(wall, report)
  } finally {
    await wall.close()
    await browser.close()
  }
}

/** The same pages and the same station throughout: what grows here would grow for a year. */
async function mustNotLeak(wall: WallOfPages, report: SoakReport): Promise<void> {
  const round = async (count: number) => {
    for (let turn = 0; turn < count; turn += 1) {
      await wall.officer.wall.switch.mutate({ wall: wall.wall, scene: wall.scenes[turn % wall.scenes.length]!.id })
      if (turn % 3 === 0) await wall.cut(turn % screens)
    }
    // The scene of the first look: pages hold what their scene needs.
    await wall.officer.wall.switch.mutate({ wall: wall.wall, scene: wall.scenes[0]!.id })
    await mustSettle(wall)
    await new Promise((resolve) => setTimeout(resolve, idleMs))
  }
  await round(wall.scenes.length)
  const seen = [await held(wall)]
  report(`held: ${JSON.stringify(seen[0])}`)
  while (seen.length < looks) {
    await round(rounds)
    seen.push(await held(wall))
    report(`after ${rounds} more switches: ${JSON.stringify(seen.at(-1))}`)
  }
  const leaks = grown(seen)
  if (leaks.length > 0) throw new Error(`leaks: ${leaks.join(', ')}`)
}
