// Pages, lines and the station of a wall killed and scenes switched at random; every screen must end on the intended scene.
import { settle, type WallOfPages } from '../../bench/wall/screens.ts'

export interface Kills {
  pages: number
  lines: number
  stations: number
  switches: number
}

/** @param seed one number, one order of events @throws Error that names the screens which do not show what they should */
export async function killAtRandom(wall: WallOfPages, { forMs, seed }: { forMs: number; seed: number }): Promise<Kills> {
  const random = randomOf(seed)
  const counts: Kills = { pages: 0, lines: 0, stations: 0, switches: 0 }
  // Before the first one there is no scene to come back to.
  await wall.officer.wall.switch.mutate({ wall: wall.wall, scene: wall.scenes[0]!.id })
  const until = Date.now() + forMs
  while (Date.now() < until) {
    counts[await once(wall, random)] += 1
    if (random(5) === 0) await mustSettle(wall)
  }
  await mustSettle(wall)
  return counts
}

/** @throws Error that names the screens which do not show what they should within a minute */
export async function mustSettle(wall: WallOfPages): Promise<void> {
  const wrong = await settle(wall, 60_000)
  if (wrong.length === 0) return
  for (const page of wall.pages()) console.error(page.url(), (await page.locator('body').innerText()).replaceAll(/\s+/g, ' ').slice(0, 200))
  throw new Error(`screens not on the intended scene: ${wrong.join(', ')}`)
}

async function once(wall: WallOfPages, random: (below: number) => number): Promise<keyof Kills> {
  const what = random(10)
  const index = random(wall.pages().length)
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

function randomOf(seed: number): (below: number) => number {
  let state = seed | 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}
