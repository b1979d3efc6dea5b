// Five minutes of pages, lines and the station killed and scenes switched at random: every screen ends on the intended scene, and nothing is held that was not before.
import { launchBrowser } from '../bench/globe/pages.ts'
import { openWall, settle, type WallOfPages } from '../bench/wall/screens.ts'
import type { SoakReport } from './run.ts'
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
  const seed = Number(process.env.WANGLOU_SEED ?? Date.now() % 2 ** 31) | 1
  report(`seed ${seed}`)
  const random = randomOf(seed)
  const browser = await launchBrowser()
  const wall = await openWall(browser, { rows: 2, columns: screens / 2, hasElsewhere: true, canCut: true })
  const counts = { pages: 0, lines: 0, stations: 0, switches: 0 }
  try {
    // Before the first one there is no scene to come back to.
    await wall.officer.wall.switch.mutate({ wall: wall.wall, scene: wall.scenes[0]!.id })
    const until = Date.now() + forMs
    while (Date.now() < until) {
      counts[await once(wall, random)] += 1
      if (random(5) === 0) await mustSettle(wall)
    }
    await mustSettle(wall)
    report(
      `${counts.pages} pages, ${counts.lines} lines and ${counts.stations} stations killed, ${counts.switches} switches; every screen on its scene`,
    )
    await mustNotLeak(wall, report)
  } finally {
    await wall.close()
    await browser.close()
  }
}

async function once(wall: WallOfPages, random: (below: number) => number): Promise<'pages' | 'lines' | 'stations' | 'switches'> {
  const what = random(10)
  const index = random(screens)
  if (what === 0) {
    await wall.station.kill()
    await wall.station.restart()
    return 'stations'
  }
  if (what < 4) {
    await wall.kill(index)
    await wall.open(index)
    return 'pages'
  }
  if (what < 6) {
    await wall.cut(index)
    return 'lines'
  }
  await wall.officer.wall.switch.mutate({ wall: wall.wall, scene: wall.scenes[random(wall.scenes.length)]!.id })
  return 'switches'
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

async function mustSettle(wall: WallOfPages): Promise<void> {
  const wrong = await settle(wall, 60_000)
  if (wrong.length === 0) return
  for (const page of wall.pages()) console.error(page.url(), (await page.locator('body').innerText()).replaceAll(/\s+/g, ' ').slice(0, 200))
  throw new Error(`screens not on the intended scene: ${wrong.join(', ')}`)
}

function randomOf(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}
