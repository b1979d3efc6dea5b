// A station with a wall of screens, each a real page in a browser, paired: what the bench switches and the soak kills.
import type { Browser, BrowserContext, Page } from '@playwright/test'
import { v7 as newId } from 'uuid'
import type { WallStanding } from '../../../native/contract/index.ts'
import { type Client, startStation, type Station } from '../../../renderer/e2e/station.ts'

export interface WallOfPages {
  station: Station
  officer: Client
  wall: string
  shape: { rows: number; columns: number }
  scenes: { id: string; name: string }[]
  /** Screen by screen, as they stand now. */
  pages(): Page[]
  standing(): Promise<WallStanding>
  /** Opens (again) the page of one screen. */
  open(index: number): Promise<void>
  /** Ends one page as a crash does. */
  kill(index: number): Promise<void>
  close(): Promise<void>
}

export async function openWall(browser: Browser, shape: { rows: number; columns: number }): Promise<WallOfPages> {
  const { rows, columns } = shape
  const station = await startStation({ hasSample: false, slot: 7 })
  const officer = await station.as('officer')
  const wall = newId()
  await officer.wall.saveWall.mutate({ id: wall, name: '指挥大厅', rows, columns, bezelX: 0, bezelY: 0, groupName: '' })
  await officer.wall.addShipped.mutate({ wall })
  const standing = async () => (await officer.wall.standing.query()).find(({ id }) => id === wall)!
  const { screens } = await standing()
  const pages: { context: BrowserContext; page: Page }[] = []

  async function open(index: number): Promise<void> {
    const known = pages[index]?.context
    const context = known ?? (await browser.newContext({ viewport: { width: 1280, height: 720 } }))
    if (known === undefined) await context.request.get(await station.invite())
    const page = await context.newPage()
    pages[index] = { context, page }
    await page.goto(`${station.origin}/wall/${screens[index]!.id}`, { timeout: 120_000 })
  }

  for (const index of screens.keys()) {
    await open(index)
    const code = await pages[index]!.page.getByTestId('pairing-code').textContent({ timeout: 120_000 })
    await officer.wall.pair.mutate({ code: code ?? '' })
  }
  return {
    station,
    officer,
    wall,
    shape,
    pages: () => pages.map(({ page }) => page),
    scenes: await officer.wall.scenes.query({ wall }),
    standing,
    open,
    kill: (index) => pages[index]!.page.close(),
    async close() {
      for (const { context } of pages) await context.close()
      await station.stop()
    },
  }
}

/** Waits until every screen says that it shows what it should. @returns the screens that do not */
export async function settle(wall: WallOfPages, withinMs: number): Promise<string[]> {
  const until = Date.now() + withinMs
  for (;;) {
    const { screens } = await wall.standing()
    const wrong = screens.filter(({ intended, actual, isConnected }) => !isConnected || intended === null || actual?.switch !== intended.switch)
    if (wrong.length === 0 || Date.now() > until) return wrong.map(({ name }) => name)
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}
