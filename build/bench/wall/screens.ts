// A station with a wall of screens, each a real page in a browser, paired: what the bench switches and the soak kills.
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page, WebSocketRoute } from '@playwright/test'
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
  /** Ends the page's line to the station; it comes back by itself. */
  cut(index: number): Promise<void>
  close(): Promise<void>
}

export interface WallOptions {
  rows: number
  columns: number
  /** The last screen stands elsewhere: it came by the short address of the door for screens. */
  hasElsewhere?: boolean
  /** Lines of pages can be cut; they then pass through this process, which a bench does not want. */
  canCut?: boolean
}

export async function openWall(browser: Browser, { rows, columns, hasElsewhere = false, canCut = false }: WallOptions): Promise<WallOfPages> {
  const station = await startStation({ hasSample: false, slot: 7 })
  const elsewhere = hasElsewhere ? await openScreenDoor(station) : null
  const officer = await station.as('officer')
  const wall = newId()
  await officer.wall.saveWall.mutate({ id: wall, name: '指挥大厅', rows, columns, bezelX: 0, bezelY: 0, groupName: '' })
  await officer.wall.addShipped.mutate({ wall })
  const standing = async () => (await officer.wall.standing.query()).find(({ id }) => id === wall)!
  const { screens } = await standing()
  const pages: { context: BrowserContext; page: Page; lines: Set<WebSocketRoute> }[] = []
  const isElsewhere = (index: number) => elsewhere !== null && index === screens.length - 1

  async function open(index: number): Promise<void> {
    const known = pages[index]
    const context = known?.context ?? (await browser.newContext({ viewport: { width: 1280, height: 720 } }))
    const lines = known?.lines ?? new Set<WebSocketRoute>()
    if (known === undefined && !isElsewhere(index)) await context.request.get(await station.invite())
    if (known === undefined && canCut)
      await context.routeWebSocket(/\/rpc/, (line) => {
        // Both ends: what is cut for the page alone would stand at the station for ever.
        lines.add(line).add(line.connectToServer())
      })
    const page = await context.newPage()
    pages[index] = { context, page, lines }
    await page.goto(isElsewhere(index) ? `${elsewhere}/wall` : `${station.origin}/wall/${screens[index]!.id}`, { timeout: 120_000 })
  }

  for (const [index, { id }] of screens.entries()) {
    await open(index)
    const code = await pages[index]!.page.getByTestId('pairing-code').textContent({ timeout: 120_000 })
    await officer.wall.pair.mutate({ code: code ?? '', screen: id })
  }
  return {
    station,
    officer,
    wall,
    shape: { rows, columns },
    pages: () => pages.map(({ page }) => page),
    scenes: await withoutGlobes(officer, wall),
    standing,
    open,
    kill: (index) => pages[index]!.page.close(),
    async cut(index) {
      const { lines } = pages[index]!
      const open = [...lines]
      lines.clear()
      // Some are gone already, with their page or the station.
      await Promise.allSettled(open.map((line) => line.close({ code: 1001 })))
    },
    async close() {
      for (const { context } of pages) await context.close()
      await station.stop()
    },
  }
}

/** The shipped scenes: a globe on each page is more than two processors draw, and not what is looked at here. */
async function withoutGlobes(officer: Client, wall: string): Promise<WallOfPages['scenes']> {
  const scenes = await officer.wall.scenes.query({ wall })
  for (const { position: _position, ...scene } of scenes)
    await officer.wall.saveScene.mutate({ ...scene, tiles: scene.tiles.filter(({ kind }) => kind !== 'globe') })
  return scenes
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

/** @returns its address, the same after each start */
async function openScreenDoor(station: Station): Promise<string> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  await writeFile(join(station.dataDirectory, 'config.json'), JSON.stringify({ wall: { listen: { ip: '127.0.0.1', port } } }))
  await station.kill()
  await station.restart()
  return `http://127.0.0.1:${port}`
}
