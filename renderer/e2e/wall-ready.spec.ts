// 大屏: what is not ready takes no picture's place, what failed comes back by itself, a film over two screens is one picture; and the desk says beforehand what will stand still.
import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { v7 as newId } from 'uuid'
import { WallTile } from '../../native/contract/index.ts'
import { plainCamera } from '../../native/features/cameras/testing/plain-camera.ts'
import { ffmpegMissing, hasFfmpeg } from '../../native/media/testing/clock-film.ts'
import { expect, screen, test } from './fixtures.ts'
import { type Client, type Station, team } from './station.ts'

test.use({ house: 'wall-ready', hasSample: true })
test.skip(!hasFfmpeg, ffmpegMissing)

const seen = (page: Page) =>
  page.locator('.layer:not(.unseen)').evaluateAll((layers) => layers.map((layer) => (layer as HTMLElement).dataset['scene']))
const shown = (page: Page, testId: string) => page.locator('.layer:not(.unseen)').getByTestId(testId)
const tileOf = (kind: string, frame: { x: number; y: number; width: number; height: number }, set: object = {}) =>
  WallTile.parse({ id: newId(), kind, frame, ...set })
const whole = { x: 0, y: 0, width: 1, height: 1 }

/** Eight seconds at 25 pictures a second. */
async function film(): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'wanglou-film-'))
  const path = join(folder, 'film.webm')
  const encode = ['-c:v', 'libvpx', '-deadline', 'realtime', '-g', '25', '-b:v', '300k']
  spawnSync('ffmpeg', ['-loglevel', 'error', '-f', 'lavfi', '-i', 'testsrc=size=320x180:rate=25', '-t', '8', ...encode, '-y', path])
  const bytes = await readFile(path)
  await rm(folder, { recursive: true })
  return bytes
}
async function keep(page: Page, station: Station, body: Buffer): Promise<string> {
  const { login, password } = team.officer
  await page.request.post(`${station.origin}/rpc/accounts.signIn`, { data: { login, password } })
  const answer = await page.request.post(`${station.origin}/blobs`, { data: body, headers: { 'Content-Type': 'application/octet-stream' } })
  return ((await answer.json()) as { sha256: string }).sha256
}
async function wallOf(officer: Client, name: string, columns: number) {
  const id = newId()
  await officer.wall.saveWall.mutate({ id, name, rows: 1, columns, bezelX: 0, bezelY: 0, groupName: '' })
  const standing = async () => (await officer.wall.standing.query()).find((wall) => wall.id === id)!
  const sceneOf = async (called: string, tiles: WallTile[]) => {
    const scene = newId()
    await officer.wall.saveScene.mutate({ id: scene, wall: id, name: called, isInternal: false, tiles, acts: [], incidentType: null, phase: null })
    return scene
  }
  return { id, standing, sceneOf, screens: (await standing()).screens.map((one) => one.id) }
}
async function paired(page: Page, { station, officer, screen: id }: { station: Station; officer: Client; screen: string }): Promise<void> {
  await page.goto(`${station.origin}/wall/${id}`)
  await officer.wall.pair.mutate({ code: (await page.getByTestId('pairing-code').textContent()) ?? '' })
  await expect(page.getByText('已配对，等待上屏')).toBeVisible()
}

test('a film that cannot be fetched keeps the old scene, is named at the desk, is shown when a person says so, and comes back by itself; the tile that threw and its neighbours too', async ({
  openAs,
  doors,
  station,
}) => {
  const officer = await station.as('officer')
  const wall = await wallOf(officer, '指挥大厅', 1)
  const page = await doors()
  const desk = await openAs('officer', { path: `/wall-desk/${wall.id}` })
  const file = await keep(desk, station, await film())
  await paired(page, { station, officer, screen: wall.screens[0]! })
  const day = await wall.sceneOf('日间', [tileOf('clock', whole)])
  await wall.sceneOf('处置', [
    tileOf('clock', { ...whole, width: 0.5 }),
    tileOf('video', { x: 0.5, y: 0, width: 0.5, height: 1 }, { file, name: 'film.webm' }),
  ])
  await officer.wall.switch.mutate({ wall: wall.id, scene: day })
  await expect.poll(() => seen(page)).toEqual(['日间'])

  await test.step('late, and why', async () => {
    await page.route('**/wall-files/**', (route) => route.abort())
    await desk.getByRole('button', { name: '处置', exact: true }).click()
    await desk.getByTestId('switch').click()
    await expect(desk.getByTestId('standing-1-1')).toContainText('视频文件 film.webm：文件取不到或打不开')
    await expect(desk.getByTestId('standing-1-1')).toContainText('显示的是：日间')
    expect(await seen(page)).toEqual(['日间'])
    await screen(desk, 'wall-late')
  })
  await test.step('shown anyway, with the fault in its place', async () => {
    await desk.getByRole('button', { name: '仍然上屏' }).click()
    await expect.poll(() => seen(page)).toEqual(['处置'])
    await expect(shown(page, 'tile-video')).toContainText('文件取不到或打不开')
    await expect(shown(page, 'tile-clock')).toContainText(/\d\d:\d\d:\d\d/)
  })
  await test.step('back by itself, and the desk knows', async () => {
    await page.unroute('**/wall-files/**')
    await expect(shown(page, 'tile-video').getByText('文件取不到')).toHaveCount(0, { timeout: 60_000 })
    await expect
      .poll(() =>
        shown(page, 'tile-video')
          .locator('video')
          .evaluate((video) => (video as HTMLVideoElement).getVideoPlaybackQuality().totalVideoFrames),
      )
      .toBeGreaterThan(5)
    await expect.poll(async () => (await wall.standing()).screens[0]?.faults).toEqual([])
  })
  await test.step('an error thrown within one tile: the film goes on, the tile is tried again', async () => {
    await page.evaluate(() => {
      const { DateTimeFormat } = Intl
      Object.assign(window, { mend: () => Object.assign(Intl, { DateTimeFormat }) })
      const broken = () => {
        throw new Error('broken on purpose')
      }
      Object.assign(Intl, { DateTimeFormat: broken })
    })
    await expect(shown(page, 'tile-clock')).toContainText('这个画面出错了')
    const frames = () =>
      shown(page, 'tile-video')
        .locator('video')
        .evaluate((video) => (video as HTMLVideoElement).getVideoPlaybackQuality().totalVideoFrames)
    const before = await frames()
    await expect.poll(frames).toBeGreaterThan(before + 5)
    await expect.poll(async () => (await wall.standing()).screens[0]?.faults.map(({ kind, reason }) => [kind, reason])).toEqual([['clock', 'broken']])
    await page.evaluate(() => (window as unknown as { mend: () => void }).mend())
    await expect(shown(page, 'tile-clock')).toContainText(/\d\d:\d\d:\d\d/, { timeout: 60_000 })
    await expect(shown(page, 'tile-clock').getByText('这个画面出错了')).toHaveCount(0)
  })
  await test.step('the station is gone and comes again: the picture stays, and the film goes on', async () => {
    await station.kill()
    await expect(page.getByRole('status').filter({ hasText: '与席位失去联系' })).toBeVisible({ timeout: 60_000 })
    await expect(shown(page, 'tile-video').locator('video')).toBeVisible()
    await station.restart()
    await expect(page.getByText('与席位失去联系')).toHaveCount(0, { timeout: 60_000 })
    await expect(shown(page, 'tile-video').getByText('文件取不到')).toHaveCount(0, { timeout: 60_000 })
  })
})

test('a film over two screens is one picture: each is where the station’s clock says, the same for both', async ({ doors, openAs, station }) => {
  const officer = await station.as('officer')
  const wall = await wallOf(officer, '双屏', 2)
  const pages = [await doors(), await doors()]
  const file = await keep(await openAs('officer'), station, await film())
  for (const [index, page] of pages.entries()) await paired(page, { station, officer, screen: wall.screens[index]! })
  const scene = await wall.sceneOf('片', [tileOf('video', { ...whole, width: 2 }, { file, name: 'film.webm' })])
  await officer.wall.switch.mutate({ wall: wall.id, scene })
  for (const page of pages) await expect.poll(() => seen(page)).toEqual(['片'])
  const offs = await Promise.all(
    pages.map((page) =>
      page.evaluate(async () => {
        const video = document.querySelector<HTMLVideoElement>('.layer:not(.unseen) video')!
        const offMs: number[] = []
        const endAt = performance.now() + 6_000
        while (performance.now() < endAt)
          await new Promise<void>((resolve) =>
            video.requestVideoFrameCallback((_, { mediaTime, expectedDisplayTime }) => {
              const wanted = ((performance.timeOrigin + expectedDisplayTime) / 1000) % video.duration
              const off = mediaTime - wanted
              offMs.push((off - Math.round(off / video.duration) * video.duration) * 1000)
              resolve()
            }),
          )
        return offMs
      }),
    ),
  )
  const part = (list: number[], share: number) => list.toSorted((a, b) => a - b)[Math.floor((list.length - 1) * share)] ?? Number.NaN
  const medians = offs.map((list) => part(list, 0.5))
  for (const [index, list] of offs.entries())
    console.log(
      `film, screen ${index + 1}: ${list.length} pictures, off by ${medians[index]?.toFixed(0)} ms in the median, by at most ${part(list.map(Math.abs), 0.95).toFixed(0)} ms in 95 of 100`,
    )
  // 80 ms and one picture of 40.
  for (const off of medians) expect(Math.abs(off)).toBeLessThan(120)
  expect(Math.abs(medians[0]! - medians[1]!)).toBeLessThan(80)
})

test('the desk: a grid of nine cameras says which three stand still; a thing is dragged from the shelf onto a tile, or sent from its own page; what another program drops does nothing', async ({
  openAs,
  station,
}) => {
  const [admin, officer] = [await station.as('admin'), await station.as('officer')]
  const cameras = await Promise.all(
    Array.from({ length: 9 }, (_, index) =>
      admin.cameras.save.mutate({ ...plainCamera, name: `九宫格 ${index + 1}`, sourceKind: 'film', address: 'film:none.mp4' }),
    ),
  )
  const wall = await wallOf(officer, '大厅', 2)
  await wall.sceneOf('看', [
    tileOf('camera', { x: 0.5, y: 0, width: 1, height: 1 }, { cameras: cameras.map(({ id }) => id) }),
    tileOf('orders', { x: 1.5, y: 0, width: 0.5, height: 1 }, { incident: null }),
  ])
  const desk = await openAs('officer', { path: `/wall-desk/${wall.id}` })
  await desk.getByRole('button', { name: '看' }).click()
  await expect(desk.getByTestId('still')).toHaveText('静止 3 路')
  await expect(desk.getByTestId('stills')).toContainText('摄像机（3 路）')
  await desk.getByTestId('placed-camera').click()
  await expect(desk.getByTestId('span-note')).toContainText('不保证同步')
  await screen(desk, 'wall-stills')

  await desk.getByTestId('shelf').locator('.el-select').click()
  await desk.getByRole('option', { name: '事件' }).click()
  const thing = desk.getByTestId('thing-incident').first()
  const title = (await thing.innerText()).trim()
  await thing.dragTo(desk.getByTestId('placed-orders'))
  await expect(desk.locator('.fields')).toContainText(title)

  // Of no shape that is known: nothing happens, and nothing is thrown (the watch fails on it).
  await desk.getByTestId('placed-orders').evaluate((place) => {
    for (const words of ['{', '{"kind":"camera","id":"x"}', '[]']) {
      const dataTransfer = new DataTransfer()
      dataTransfer.setData('text/x-wall-thing', words)
      dataTransfer.setData('text/x-wall-tile', 'nothing')
      place.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }))
    }
  })
  await expect(desk.getByTestId('placed-camera')).toHaveCount(1)

  await desk.getByRole('link', { name: '事件', exact: true }).first().click()
  await desk.getByRole('grid', { name: '事件' }).getByText(title).click()
  await desk.getByTestId('to-wall').first().click()
  await expect(desk.getByTestId('placed-incidents')).toHaveCount(1)
  // What was being composed is still there.
  await expect(desk.getByTestId('placed-camera')).toHaveCount(1)
  await expect(desk.getByTestId('scene-name')).toHaveValue('看')
})
