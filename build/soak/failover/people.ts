// People of a conference in real pages: each shows a clock of black and white blocks as her camera, and reads the others' out of the decoded pictures.
import { type Browser, chromium, type Page } from '@playwright/test'
import { type Person, type RunningStation, team } from '../../../renderer/e2e/station.ts'
import { clockOfTile, wrapMs } from '../../../renderer/e2e/clock-picture.ts'

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.WANGLOU_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  })
}

export async function enter(browser: Browser, at: { station: RunningStation; person: Person; conference: string }): Promise<Page> {
  const { station, person, conference } = at
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1280, height: 720 } })
  await context.addInitScript(showClock)
  await context.request.get(await station.invite())
  const { login, password } = team[person]
  await context.request.post(`${station.origin}/rpc/accounts.signIn`, { data: { login: login + station.suffix, password } })
  const page = await context.newPage()
  await page.goto(`${station.origin}/conference/${conference}`)
  await page.getByTestId('join').locator('video').waitFor({ timeout: 60_000 })
  await page.getByRole('button', { name: '加入会商' }).click()
  return page
}

/** Waits until a picture of each of the others, taken after a moment, was decoded here. @returns how long after that moment, milliseconds */
export async function seesSince(
  page: Page,
  others: readonly Person[],
  { sinceMs, withinMs }: { sinceMs: number; withinMs: number },
): Promise<number> {
  for (const other of others) {
    for (;;) {
      const clock = await clockOfTile(page.getByTestId('tile').filter({ hasText: team[other].name }))
      if (clock !== null && (((clock - sinceMs) % wrapMs) + wrapMs) % wrapMs < wrapMs / 2) break
      if (Date.now() > sinceMs + withinMs) throw new Error(`${team[other].name} was not seen within ${withinMs} ms`)
      await page.waitForTimeout(20)
    }
  }
  return Date.now() - sinceMs
}

/** In the page, instead of a camera: the blocks of `native/media/testing/clock-film.ts`, drawn anew 25 times a second. */
function showClock(): void {
  const asked = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    if (wanted?.video === undefined || wanted.video === false) return asked(wanted)
    const canvas = document.createElement('canvas')
    Object.assign(canvas, { width: 640, height: 480 })
    const context = canvas.getContext('2d')!
    setInterval(() => {
      const value = Date.now() % 2 ** 28
      let sum = 0
      for (let nibble = 0; nibble < 7; nibble += 1) sum += Math.floor(value / 16 ** nibble) % 16
      const bits = value.toString(2).padStart(28, '0') + (sum % 16).toString(2).padStart(4, '0')
      for (let bit = 0; bit < 32; bit += 1) {
        context.fillStyle = bits[bit] === '1' ? '#ebebeb' : '#101010'
        context.fillRect((bit % 16) * 40, Math.floor(bit / 16) * 240, 40, 240)
      }
    }, 40)
    return canvas.captureStream(25)
  }
}
