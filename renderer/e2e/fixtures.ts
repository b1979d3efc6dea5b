// What every end-to-end test stands on: a real station, signed-in pages, a watch on requests that leave it and on the page's own policy.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type BrowserContext, type Page, test as base } from '@playwright/test'
import { openElectronConsole } from '../../build/electron-console.ts'
import { root } from '../../build/programs.mjs'
import { type Person, startStation, type Station, team } from './station.ts'

export { expect } from '@playwright/test'
export { team } from './station.ts'

const isPictured = process.env.SCREENS === '1'

/** What the browser reported against the station's Content-Security-Policy. */
export interface Violation {
  directive: string
  blocked: string
  source: string
}

export interface Watch {
  /** Addresses outside the station that something asked for; all were refused. */
  outside: string[]
  violations: Violation[]
  /** Errors nobody caught. */
  pageErrors: string[]
}

interface TestFixtures {
  watch: Watch
  /** A new browser context that the station knows, its page still blank. */
  doors: () => Promise<Page>
  /** A new browser context with its own page, signed in as that person. */
  openAs: (person: Person, options?: { path?: string; lang?: 'zh-CN' | 'en'; viewport?: { width: number; height: number } }) => Promise<Page>
  /** A page where nobody has signed in yet. */
  openDoor: () => Promise<Page>
}
interface TestOptions {
  /** `test.use({ hasGlobe: true })` where the globe is looked at. Elsewhere the page runs as on a machine without 3D graphics: here a processor would draw each. */
  hasGlobe: boolean
}
interface WorkerFixtures {
  /** `test.use({ hasSample: false })` at the top of a spec for an empty station. */
  hasSample: boolean
  /** `test.use({ house: 'accounts' })` at the top of a spec that changes the team: it gets a station of its own. */
  house: string
  station: Station
}

async function watchContext(context: BrowserContext, origin: string, watch: Watch): Promise<void> {
  const isOutside = (url: URL) => /^(http|ws)s?:$/.test(url.protocol) && url.host !== new URL(origin).host
  // Chromium itself resolves no name but the station's (`playwright.config.ts`); intercepting each request here would switch its cache off.
  context.on('request', (request) => {
    if (isOutside(new URL(request.url()))) watch.outside.push(request.url())
  })
  await context.exposeBinding('__violation', (_source, violation: Violation) => void watch.violations.push(violation))
  await context.exposeBinding('__rejection', (_source, reason: string) => void watch.pageErrors.push(`rejected: ${reason}`))
  await context.addInitScript(() => {
    // Playwright tells of a rejection that is no Error without a word of what it was.
    window.addEventListener('unhandledrejection', ({ reason }) => {
      const report = (window as unknown as { __rejection: (reason: string) => void }).__rejection
      if (!(reason instanceof Error)) report(`${reason?.constructor?.name} ${JSON.stringify(reason)} ${String(reason)}`.slice(0, 500))
    })
    document.addEventListener('securitypolicyviolation', (event) => {
      const report = (window as unknown as { __violation: (violation: object) => void }).__violation
      report({ directive: event.effectiveDirective, blocked: event.blockedURI, source: `${event.sourceFile}:${event.lineNumber} ${event.sample}` })
    })
  })
  context.on('page', (page) => {
    page.on('pageerror', (error) => watch.pageErrors.push(error.stack || `${error.name}: ${error.message}`))
    page.on('websocket', (socket) => {
      if (isOutside(new URL(socket.url()))) watch.outside.push(socket.url())
    })
  })
}

/** As where the graphics driver is missing: the page says so in the globe's place and does everything else. */
const withoutGraphics = () => {
  const { getContext } = HTMLCanvasElement.prototype
  HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
    return kind.startsWith('webgl') ? null : Reflect.apply(getContext, this, [kind, ...rest])
  } as typeof getContext
}

export const test = base.extend<TestFixtures & TestOptions, WorkerFixtures>({
  // The pictures of the README are of the page as it is.
  hasGlobe: [isPictured, { option: true }],
  hasSample: [true, { option: true, scope: 'worker' }],
  house: ['shared', { option: true, scope: 'worker' }],
  station: [
    // A worker of its own for each house; its name is all that is needed.
    async ({ hasSample, house: _house }, use, { parallelIndex }) => {
      const station = await startStation({ hasSample, slot: parallelIndex })
      await use(station)
      await station.stop()
    },
    { scope: 'worker', timeout: 240_000 },
  ],
  watch: async ({}, use) => {
    const watch: Watch = { outside: [], violations: [], pageErrors: [] }
    await use(watch)
    base.expect(watch.outside, 'requests to other hosts').toEqual([])
    base.expect(watch.violations, 'violations of the Content-Security-Policy').toEqual([])
    base.expect(watch.pageErrors, 'errors nobody caught').toEqual([])
  },
  doors: async ({ browser, station, watch, hasGlobe, viewport, contextOptions }, use, { project }) => {
    const opened: { close(): Promise<void> }[] = []
    await use(async () => {
      if (project.name === 'electron') {
        const shell = await openElectronConsole(await station.invite())
        opened.push(shell)
        await watchContext(shell.context, station.origin, watch)
        // The shell has shown its page already; the watch begins with the next one.
        await shell.page.reload()
        return shell.page
      }
      const context = await browser.newContext({ ...contextOptions, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', viewport })
      opened.push(context)
      await watchContext(context, station.origin, watch)
      if (!hasGlobe) await context.addInitScript(withoutGraphics)
      // The start address is spent for its cookie alone: the page is drawn once, when the test is where it wants to be.
      await context.request.get(await station.invite())
      return context.newPage()
    })
    for (const closable of opened) await closable.close()
  },
  openDoor: async ({ doors, station }, use) => {
    await use(async () => {
      const page = await doors()
      await page.goto(station.origin)
      return page
    })
  },
  openAs: async ({ doors, station }, use) => {
    await use(async (person, options = {}) => {
      const page = await doors()
      if (options.viewport !== undefined) await page.setViewportSize(options.viewport)
      const { login, password } = team[person]
      const answer = await page.request.post(`${station.origin}/rpc/accounts.signIn`, { data: { login, password } })
      if (!answer.ok()) throw new Error(`${login} could not sign in: ${await answer.text()}`)
      await page.goto(`${station.origin}${options.path ?? '/'}${options.lang === undefined ? '' : `?lang=${options.lang}`}`)
      // The keys work from here on.
      await page.getByRole('banner').waitFor({ timeout: 60_000 })
      return page
    })
  },
})

/** A picture for the README, taken only when SCREENS=1; the page is left to come to rest first. */
export async function screen(page: Page, name: string): Promise<void> {
  if (!isPictured) return
  const folder = join(root, 'resources', 'screens')
  await mkdir(folder, { recursive: true })
  await page.waitForTimeout(1_500)
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
}
