// The grid of 视频 under the officer's hands: turning and its stop, presets, dragged tiles, the patrol, a place pointed at, a main stream no page can play.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { plainCamera } from '../../native/features/cameras/testing/plain-camera.ts'
import { asHlsOfH265, ffmpegMissing, hasFfmpeg, startClockFilm } from '../../native/media/testing/clock-film.ts'
import { openPictureServer } from '../../native/media/testing/picture-server.ts'
import { playKeyFrames } from '../../native/media/testing/rtsp-film.ts'
import { hasWorker, workerMissing } from '../../native/media/testing/worker.ts'
import { FakeOnvif } from '../../native/protocols/onvif/fake.ts'
import { FakeCamera } from '../../native/protocols/rtsp/fake.ts'
import { FakeWvp } from '../../native/protocols/wvp/fake.ts'
import { gstreamerMissing, hasGstreamer, startGstCamera } from '../../native/protocols/rtsp/testing/gst-camera.ts'
import { readClock } from './clock-picture.ts'
import { expect, test } from './fixtures.ts'

test.use({ house: 'cameras-grid', hasSample: false })

const login = { username: 'admin', password: 'Geheim-77' }
const tileOf = (page: Page, id: string) => page.getByTestId(`tile-${id}`)

async function openGrid(page: Page, { origin, ids, layout }: { origin: string; ids: readonly string[]; layout: number }): Promise<void> {
  const kept = { chosen: JSON.stringify(ids), layout: String(layout) }
  await page.evaluate(({ chosen, layout }) => {
    localStorage.setItem('cameras.chosen', chosen)
    localStorage.setItem('cameras.layout', layout)
  }, kept)
  await page.goto(`${origin}/cameras`)
}

test('a camera stands still when the key comes up, the pointer leaves, the focus goes; what it looks at is kept as a preset', async ({
  openAs,
  station,
}) => {
  const camera = await FakeCamera.open({ login: { ...login, scheme: 'MD5' }, onPlay: playKeyFrames })
  const onvif = await FakeOnvif.open({ login, rtspPort: camera.port })
  try {
    const admin = await station.as('admin')
    const how = { ...plainCamera, hasPtz: true, sourceKind: 'onvif' as const, address: onvif.address, login }
    const { id } = await admin.cameras.save.mutate({ ...how, name: '球机' })
    const page = await openAs('officer')
    await openGrid(page, { origin: station.origin, ids: [id], layout: 1 })
    const tile = tileOf(page, id)
    await tile.hover()
    await tile.getByRole('button', { name: '云台' }).click()
    const pad = page.getByTestId('ptz')
    const last = () => onvif.acts.at(-1)

    await pad.getByRole('button', { name: '上', exact: true }).hover()
    await page.mouse.down()
    await expect.poll(last).toBe('ContinuousMove x=0 y=0.5 zoom=0')
    await page.mouse.move(5, 5)
    await expect.poll(last).toBe('Stop')
    await page.mouse.up()

    // The arrows of the slider are the slider's.
    const slider = pad.getByRole('slider')
    await slider.focus()
    await page.keyboard.press('ArrowRight')
    await expect(slider).toHaveValue('55')
    expect(last()).toBe('Stop')

    // Held on a key of the pad while the focus goes elsewhere, by itself and by a click.
    await expect(pad.getByRole('button', { name: '大门' })).toBeVisible()
    for (const leave of [
      () => page.getByLabel('名称、单位、拼音首字母').focus(),
      () => page.getByRole('heading', { name: '视频' }).first().click(),
    ]) {
      await pad.getByRole('button', { name: '大门' }).focus()
      await page.keyboard.down('ArrowLeft')
      await expect.poll(last).toBe('ContinuousMove x=-0.55 y=0 zoom=0')
      await leave()
      await expect.poll(last).toBe('Stop')
      await page.keyboard.up('ArrowLeft')
    }

    await expect(pad.getByRole('button', { name: /光圈/ })).toHaveCount(0)
    await pad.getByRole('button', { name: '存为预置位' }).click()
    await pad.getByLabel('预置位名称').fill('岗亭')
    await pad.getByRole('button', { name: '保存' }).click()
    await expect.poll(last).toBe('SetPreset 2 岗亭')
    await pad.getByRole('button', { name: '岗亭' }).click()
    await expect.poll(last).toBe('GotoPreset 2')
    await pad.getByRole('button', { name: '存为预置位' }).click()
    await pad.getByLabel('预置位名称').fill('大门')
    await pad.getByRole('button', { name: '保存' }).click()
    await page.getByRole('dialog').filter({ hasText: '预置位“大门”已经有了' }).getByRole('button', { name: '确定' }).click()
    await expect.poll(last).toBe('SetPreset 1 大门')
    await pad.getByRole('button', { name: '删除预置位' }).click()
    await pad.getByRole('button', { name: '岗亭' }).click()
    await page.getByRole('dialog').filter({ hasText: '删除预置位“岗亭”' }).getByRole('button', { name: '确定' }).click()
    await expect.poll(last).toBe('RemovePreset 2')
    await expect(pad.getByRole('button', { name: '岗亭' })).toHaveCount(0)
  } finally {
    await onvif.close()
    await camera.close()
  }
})

test('tiles are dragged to other places; a patrol passes over the one that is turned, and what was chosen comes back', async ({
  openAs,
  station,
}) => {
  const camera = await FakeCamera.open({ onPlay: playKeyFrames })
  const onvif = await FakeOnvif.open({ login, rtspPort: camera.port })
  try {
    const admin = await station.as('admin')
    const add = async (name: string, more: object = {}) =>
      (await admin.cameras.save.mutate({ ...plainCamera, sourceKind: 'rtsp', transport: 'tcp', address: camera.address, name, ...more })).id
    const turning = await add('甲', { hasPtz: true, sourceKind: 'onvif', address: onvif.address, login })
    const ids = [turning, await add('乙'), await add('丙'), await add('丁'), await add('戊'), await add('己')]
    const page = await openAs('officer')
    await openGrid(page, { origin: station.origin, ids: ids.slice(0, 4), layout: 4 })
    const names = () => page.locator('figure .name').allTextContents()
    await expect.poll(names).toEqual(['甲', '乙', '丙', '丁'])
    await tileOf(page, ids[0]!).dragTo(tileOf(page, ids[2]!), { sourcePosition: { x: 200, y: 120 }, targetPosition: { x: 200, y: 120 } })
    await expect.poll(names).toEqual(['丙', '乙', '甲', '丁'])

    await page.getByTestId('patrol-seconds').click()
    await page.getByRole('option', { name: '10 秒' }).click()
    await tileOf(page, turning).hover()
    await tileOf(page, turning).getByRole('button', { name: '云台' }).click()
    await page.getByRole('button', { name: '轮巡', exact: true }).click()
    await expect.poll(async () => (await names()).filter((name) => name === '戊' || name === '己').length, { timeout: 30_000 }).toBeGreaterThan(0)
    expect((await names())[2]).toBe('甲')
    await expect(page.getByTestId('ptz')).toBeVisible()
    await page.getByRole('button', { name: '停止轮巡' }).click()
    await expect.poll(names).toEqual(['丙', '乙', '甲', '丁'])
  } finally {
    await onvif.close()
    await camera.close()
  }
})

test.describe(() => {
  test.use({ hasGlobe: true })

  test('a place pointed at on the globe: the cameras that see it, how far, which must be turned; their pictures by one click', async ({
    openAs,
    station,
  }) => {
    const admin = await station.as('admin')
    const at = { ...plainCamera, sourceKind: 'rtsp' as const, address: 'rtsp://127.0.0.1:9/x', viewDeg: 60, rangeM: 30_000 }
    // One looks east at the place from the west, one looks away and can be turned, one looks away for good.
    const looks = await admin.cameras.save.mutate({ ...at, name: '西侧枪机', position: [109.45, 34.5], azimuthDeg: 90 })
    const turns = await admin.cameras.save.mutate({ ...at, name: '东侧球机', position: [109.55, 34.5], azimuthDeg: 90, hasPtz: true })
    await admin.cameras.save.mutate({ ...at, name: '背向枪机', position: [109.55, 34.5], azimuthDeg: 90 })
    const page = await openAs('officer', { path: '/cameras' })
    await page.getByRole('button', { name: '按位置找' }).click()
    await expect(page.getByText('请在地图上点一处')).toBeVisible()
    const globe = page.locator('.globe-view')
    await expect(globe).toHaveAttribute('data-state', 'running', { timeout: 60_000 })
    const goTo = page.locator('.go-to input')
    await goTo.fill('109.5,34.5')
    await goTo.press('Enter')
    await expect(goTo).toHaveValue(/109\.5/)
    const area = (await globe.boundingBox())!
    await page.mouse.click(area.x + area.width / 2, area.y + area.height / 2)
    const found = page.getByTestId('seeing')
    await expect(found.getByRole('button')).toHaveCount(2)
    await expect(found.getByRole('button', { name: '西侧枪机' })).toHaveText(/西侧枪机\s*\d+(\.\d)? 公里/)
    await expect(found.getByRole('button', { name: '东侧球机' })).toHaveText(/东侧球机\s*需转动\s*\d+(\.\d)? 公里/)
    await page.getByRole('button', { name: '看这 2 台的画面' }).click()
    await expect(tileOf(page, looks.id)).toBeVisible()
    await expect(tileOf(page, turns.id)).toBeVisible()
  })
})

test('a main stream of H.265 that the page cannot play: the sub-stream comes by itself, and the tile says so', async ({ openAs, station }) => {
  test.skip(!(hasWorker && hasGstreamer), hasWorker ? gstreamerMissing : workerMissing)
  const [main, sub] = await Promise.all([startGstCamera({ codec: 'h265' }), startGstCamera()])
  try {
    const admin = await station.as('admin')
    const how = { ...plainCamera, sourceKind: 'rtsp' as const, address: main.address }
    const { id } = await admin.cameras.save.mutate({ ...how, name: '双码流', subAddress: sub.address })
    const alone = await admin.cameras.save.mutate({ ...how, name: '单码流' })
    const page = await openAs('officer', { viewport: { width: 1920, height: 1080 } })
    await openGrid(page, { origin: station.origin, ids: [id], layout: 1 })
    const tile = tileOf(page, id)
    await expect(tile).toContainText('大画面改用子码流：主码流是 H.265', { timeout: 60_000 })
    await expect(tile).toHaveAttribute('data-state', 'live', { timeout: 60_000 })
    await expect.poll(() => readClock(page, `tile-${id}`)).not.toBeNull()
    await test.step('a page that takes H.265 is given it as FLV; what cannot be played all the same gives way too', async () => {
      const other = await openAs('shiftLeader', { viewport: { width: 1920, height: 1080 } })
      await other.addInitScript(() => {
        const { isTypeSupported } = MediaSource
        MediaSource.isTypeSupported = (kind) => kind.includes('hvc1') || isTypeSupported.call(MediaSource, kind)
      })
      const asked = other.waitForResponse((response) => response.url().endsWith(`/camera-media/${id}/main/live.flv`))
      await openGrid(other, { origin: station.origin, ids: [id], layout: 1 })
      expect((await asked).status()).toBe(200)
      await expect(tileOf(other, id)).toContainText('大画面改用子码流：主码流是 H.265', { timeout: 60_000 })
      await expect(tileOf(other, id)).toHaveAttribute('data-state', 'live', { timeout: 60_000 })
    })
    await openGrid(page, { origin: station.origin, ids: [alone.id], layout: 1 })
    await expect(tileOf(page, alone.id)).toContainText('填一路 H.264 的子码流', { timeout: 60_000 })
  } finally {
    await main.kill()
    await sub.kill()
  }
})

test('a stream that the page’s own player cannot decode: its codec is named, not what it comes in, and its tile has failed', async ({
  openAs,
  station,
}) => {
  test.skip(!hasFfmpeg, ffmpegMissing)
  const folder = await mkdtemp(join(tmpdir(), 'wanglou-h265-'))
  const film = startClockFilm([asHlsOfH265(join(folder, 'index.m3u8'))])
  const server = await openPictureServer({ folder })
  try {
    const admin = await station.as('admin')
    const address = `http://127.0.0.1:${server.port}/index.m3u8`
    const { id } = await admin.cameras.save.mutate({ ...plainCamera, name: '体育场', sourceKind: 'hls', address })
    const page = await openAs('officer')
    await openGrid(page, { origin: station.origin, ids: [id], layout: 1 })
    await expect(tileOf(page, id)).toContainText('编码是 H.265，页面放不了', { timeout: 60_000 })
    await expect(tileOf(page, id)).toHaveAttribute('data-state', 'failed')
  } finally {
    await server.close()
    await film.stop()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
})

test('talk through a platform: the key says that the platform stands between, and what that means; presets are numbers there', async ({
  openAs,
  station,
}) => {
  const camera = await FakeCamera.open({ onPlay: playKeyFrames })
  const wvp = await FakeWvp.open({ login, rtspAddress: camera.address })
  try {
    const admin = await station.as('admin')
    const { id: platform } = await admin.cameraControl.savePlatform.mutate({ id: null, name: '样例市视频平台', address: wvp.address, login })
    const device = '34020000001110000001'
    const [channel] = await admin.cameraControl.platformChannels.query({ id: platform, device })
    await admin.cameraControl.adopt.mutate({ id: platform, device, channels: [channel!.id] })
    const [row] = await (await station.as('officer')).cameras.list.query({ query: '通道 1' })
    const page = await openAs('officer')
    await openGrid(page, { origin: station.origin, ids: [row!.id], layout: 1 })
    const tile = tileOf(page, row!.id)
    await tile.hover()
    await expect(tile.getByTestId('talk')).toHaveText('按住喊话（经平台）')
    await expect(tile.getByTestId('talk')).toHaveAttribute('title', '平台要先呼叫摄像机，头几秒可能听不到；平台不告诉是否有喇叭。')
    await tile.getByRole('button', { name: '云台' }).click()
    const pad = page.getByTestId('ptz')
    await expect(pad.getByRole('button', { name: /光圈/ })).toHaveCount(2)
    await pad.getByRole('button', { name: '存为预置位' }).click()
    await expect(pad.getByLabel('编号 1–255')).toHaveValue('2')
    await pad.getByRole('button', { name: '保存' }).click()
    await expect.poll(() => String(wvp.asked.findLast((path) => path.includes('/preset/add/')))).toMatch(/presetId=2$/)
  } finally {
    await wvp.close()
    await camera.close()
  }
})
