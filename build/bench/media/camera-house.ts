// A station with cameras and a page of an officer who looks at them: what the benches of the video and the soak stand on.
import { type Browser, chromium, type Page } from '@playwright/test'
import type { CameraSave, CameraSourceKind } from '../../../native/contract/index.ts'
import { type Client, startStation, type Station, team } from '../../../renderer/e2e/station.ts'
import { plainCamera } from '../../../native/features/cameras/testing/plain-camera.ts'

export interface CameraHouse {
  station: Station
  admin: Client
  page: Page
  /** @returns its id */
  add(sourceKind: CameraSourceKind, address: string, more?: Partial<CameraSave>): Promise<string>
  /** Only these, in a page that has just been loaded. */
  show(...ids: string[]): Promise<void>
  close(): Promise<void>
}

export async function openCameraHouse({ slot }: { slot: number }): Promise<CameraHouse> {
  const station = await startStation({ hasSample: false, slot })
  const browser = await launch()
  const page = await openPage(browser, station)
  const admin = await station.as('admin')
  return {
    station,
    admin,
    page,
    async add(sourceKind, address, more = {}) {
      return (await admin.cameras.save.mutate({ ...plainCamera, device: '测试', name: sourceKind, sourceKind, address, ...more })).id
    },
    async show(...ids) {
      await page.goto('about:blank')
      await page.goto(`${station.origin}/cameras`)
      await page.evaluate((chosen) => {
        localStorage.setItem('cameras.chosen', JSON.stringify(chosen))
        localStorage.setItem('cameras.layout', String([1, 4, 9, 16, 25].find((count) => count >= chosen.length) ?? 25))
      }, ids)
      await page.reload()
    },
    async close() {
      await browser.close()
      await station.stop()
    },
  }
}

function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.WANGLOU_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--autoplay-policy=no-user-gesture-required'],
  })
}

async function openPage(browser: Browser, station: Station): Promise<Page> {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1280, height: 720 } })
  await context.request.get(await station.invite())
  const { login, password } = team.officer
  await context.request.post(`${station.origin}/rpc/accounts.signIn`, { data: { login, password } })
  return context.newPage()
}
