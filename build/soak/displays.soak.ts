// The desk opens screens on the displays of its machine in a real Chromium: three displays without a monitor, then a window on one large virtual screen (Xvfb); each window stands where its display does.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { v7 as newId } from 'uuid'
import { startStation, type Station, team } from '../../renderer/e2e/station.ts'
import type { SoakReport } from './run.ts'

interface Place {
  left: number
  top: number
  width: number
  height: number
}

/** One of another size, and one to the left of the first: its places are negative. */
const displays: readonly Place[] = [
  { left: -1280, top: 0, width: 1280, height: 1024 },
  { left: 0, top: 0, width: 1920, height: 1080 },
  { left: 1920, top: 0, width: 2560, height: 1440 },
]
const virtual: Place = { left: 0, top: 0, width: 3840, height: 1080 }
const xvfb = '/usr/bin/Xvfb'
const withinMs = 60_000

export default async function displaysSoak(report: SoakReport): Promise<void> {
  const station = await startStation({ hasSample: false, slot: 7 })
  try {
    const listed = [1, 0, 2].map((index) => displays[index]!).map(({ left, top, width, height }) => `{${left},${top} ${width}x${height}}`)
    await openEach(station, { headless: true, args: [`--screen-info=${listed.join('')}`], display: null, places: displays, report })
    if (!existsSync(xvfb)) return report(`skipped: a real window on a virtual screen needs ${xvfb} (Debian package xvfb)`)
    const server = await startXvfb()
    try {
      await openEach(station, { headless: false, args: [], display: server.display, places: [virtual], report })
    } finally {
      server.process.kill()
    }
  } finally {
    await station.stop()
  }
}

interface Opening {
  headless: boolean
  args: string[]
  display: string | null
  places: readonly Place[]
  report: SoakReport
}

/** A screen a display: opened by the desk's buttons, then switched to a scene; then opened again, which must find the same window. */
async function openEach(station: Station, { headless, args, display, places, report }: Opening): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'wanglou-displays-'))
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: process.env.WANGLOU_CHROMIUM ?? '/usr/bin/chromium',
    headless,
    viewport: null,
    locale: 'zh-CN',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run', ...args],
    ...(display === null ? {} : { env: { ...process.env, DISPLAY: display } }),
  })
  try {
    const { desk, names } = await openDesk(station, context, places.length)
    for (const [index, place] of places.entries()) {
      const page = await openOn(desk, { name: names[index]!, number: index + 1, isChosen: places.length > 1 })
      await mustStand(page, place)
      // A window of the console's own needs no code.
      await page.getByText('已配对，等待上屏').waitFor({ timeout: withinMs })
      report(`${names[index]} on ${place.width}×${place.height} at ${place.left},${place.top}`)
    }
    await desk.getByRole('button', { name: '日常值守' }).click()
    await desk.getByTestId('switch').click()
    const screens = context.pages().filter((page) => page.url().includes('/wall/'))
    for (const page of screens) await page.locator('.layer:not(.unseen)[data-scene="日常值守"]').waitFor({ timeout: withinMs })
    const before = context.pages().length
    await press(desk, { name: names[0]!, number: 1, isChosen: places.length > 1 })
    await sleep(1_000)
    if (screens.length !== places.length || context.pages().length !== before)
      throw new Error(`${context.pages().length} windows instead of ${before}`)
    report(`${screens.length} windows, each on its display and on its scene; opened again it is the same window`)
  } finally {
    await context.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function openDesk(station: Station, context: BrowserContext, columns: number): Promise<{ desk: Page; names: string[] }> {
  const officer = await station.as('officer')
  const wall = newId()
  await officer.wall.saveWall.mutate({ id: wall, name: `指挥大厅 ${columns}`, rows: 1, columns, bezelX: 0, bezelY: 0, groupName: '' })
  await officer.wall.addShipped.mutate({ wall })
  const desk = context.pages()[0] ?? (await context.newPage())
  const devtools = await context.newCDPSession(desk)
  // What a person answers to the browser's question.
  await devtools.send('Browser.grantPermissions', { origin: station.origin, permissions: ['windowManagement'] })
  await context.request.get(await station.invite())
  const { login, password } = team.officer
  const answer = await context.request.post(`${station.origin}/rpc/accounts.signIn`, { data: { login, password } })
  if (!answer.ok()) throw new Error(await answer.text())
  await desk.goto(`${station.origin}/wall-desk/${wall}`, { timeout: 120_000 })
  const standing = (await officer.wall.standing.query()).find(({ id }) => id === wall)!
  return { desk, names: standing.screens.map(({ name }) => name) }
}

interface Pressed {
  name: string
  number: number
  /** There is more than one display to choose from. */
  isChosen: boolean
}

async function press(desk: Page, { name, number, isChosen }: Pressed): Promise<void> {
  const row = desk.getByTestId(`standing-${name}`)
  await row.getByRole('button', { name: '打开', exact: false }).first().click()
  if (isChosen) await row.getByRole('button', { name: `${number} 号显示器` }).click()
}

async function openOn(desk: Page, pressed: Pressed): Promise<Page> {
  const [page] = await Promise.all([desk.context().waitForEvent('page', { timeout: withinMs }), press(desk, pressed)])
  await page.waitForURL(/\/wall\//, { timeout: withinMs })
  return page
}

/** Both what the page says of itself and what the browser says of its window. */
async function mustStand(page: Page, place: Place): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  const until = Date.now() + 10_000
  for (;;) {
    const { bounds } = await devtools.send('Browser.getWindowForTarget')
    const own = await page.evaluate(() => ({ left: window.screenX, top: window.screenY, width: window.outerWidth, height: window.outerHeight }))
    const isRight = (Object.keys(place) as (keyof Place)[]).every((key) => isNear(own[key], place[key], key) && isNear(bounds[key], place[key], key))
    if (isRight) return
    if (Date.now() > until) throw new Error(`${JSON.stringify({ own, bounds })} instead of ${JSON.stringify(place)}`)
    await sleep(200)
  }
}

/** Under X11 Chromium leaves a pixel free, or a window as large as the display would be taken for one in full screen. */
function isNear(value: number | undefined, wanted: number, key: keyof Place): boolean {
  const leftPx = value === undefined ? Number.NaN : wanted - value
  return leftPx === 0 || (leftPx === 1 && (key === 'width' || key === 'height'))
}

/** On the first display number that is free; it says itself which. */
async function startXvfb(): Promise<{ display: string; process: ChildProcess }> {
  const process = spawn(xvfb, ['-displayfd', '1', '-screen', '0', `${virtual.width}x${virtual.height}x24`, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  process.stdout.once('data', (said: Buffer) => resolve(`:${said.toString().trim()}`))
  process.once('error', reject)
  process.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)))
  return { display: await promise, process }
}
