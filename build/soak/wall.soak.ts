// Five minutes of pages killed, the station killed and scenes switched at random: every screen ends on the intended scene.
import { launchBrowser } from '../bench/globe/pages.ts'
import { openWall, settle } from '../bench/wall/screens.ts'
import type { SoakReport } from './run.ts'

const screens = 6

export default async function wallSoak(report: SoakReport): Promise<void> {
  const forMs = Number(process.env.WANGLOU_SOAK_S ?? 300) * 1000
  let seed = Number(process.env.WANGLOU_SEED ?? Date.now() % 2 ** 31) | 1
  report(`seed ${seed}`)
  const random = (below: number) => {
    seed ^= seed << 13
    seed ^= seed >>> 17
    seed ^= seed << 5
    return (seed >>> 0) % below
  }
  const browser = await launchBrowser()
  const wall = await openWall(browser, { rows: 2, columns: screens / 2 })
  const counts = { pages: 0, stations: 0, switches: 0 }
  try {
    const until = Date.now() + forMs
    while (Date.now() < until) {
      const what = random(10)
      if (what === 0) {
        await wall.station.kill()
        await wall.station.restart()
        counts.stations += 1
      } else if (what < 5) {
        const index = random(screens)
        await wall.kill(index)
        await wall.open(index)
        counts.pages += 1
      } else {
        await wall.officer.wall.switch.mutate({ wall: wall.wall, scene: wall.scenes[random(wall.scenes.length)]!.id })
        counts.switches += 1
      }
      if (random(5) === 0) await mustSettle()
    }
    await mustSettle()
    report(`${counts.pages} pages and ${counts.stations} stations killed, ${counts.switches} switches; every screen on its scene`)
  } finally {
    await wall.close()
    await browser.close()
  }

  async function mustSettle(): Promise<void> {
    const wrong = await settle(wall, 60_000)
    if (wrong.length > 0) throw new Error(`screens not on the intended scene: ${wrong.join(', ')}`)
  }
}
