// 大屏: a paired screen on which nobody has signed in shows a live camera, a conference, a globe, a PDF and charts; a camera that is dead takes none of them along.
import type { Page } from '@playwright/test'
import { v7 as newId } from 'uuid'
import { WallTile } from '../../native/contract/index.ts'
import { hasWorker, workerMissing } from '../../native/media/testing/worker.ts'
import { gstreamerMissing, hasGstreamer, startGstCamera } from '../../native/protocols/rtsp/testing/gst-camera.ts'
import { expect, screen, test } from './fixtures.ts'
import { plainCamera } from '../../native/features/cameras/testing/plain-camera.ts'

test.use({ house: 'wall-tiles', hasSample: true, hasGlobe: true })
test.skip(!hasWorker || !hasGstreamer, hasWorker ? gstreamerMissing : workerMissing)

/** Frames that the pictures in this tile have decoded, each. */
const frames = (page: Page, tile: string) =>
  page.getByTestId(tile).evaluate((box) => [...box.querySelectorAll('video')].map((video) => video.getVideoPlaybackQuality().totalVideoFrames))

/** One page with a line of text, whole and valid. */
function pdfOf(words: string): string {
  const content = `BT /F1 48 Tf 60 400 Td (${words}) Tj ET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let file = '%PDF-1.4\n'
  const at = objects.map((object, index) => {
    const start = file.length
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
    return start
  })
  const table = at.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  return `${file}xref\n0 6\n0000000000 65535 f \n${table}trailer << /Size 6 /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`
}

test('camera, conference, globe, PDF and charts on a paired screen', async ({ openAs, doors, station, watch }) => {
  const camera = await startGstCamera({ login: { username: 'admin', password: 'Geheim-77', scheme: 'digest' } })
  const [admin, officer] = [await station.as('admin'), await station.as('officer')]
  const save = (name: string, port: number) =>
    admin.cameras.save.mutate({ ...plainCamera, sourceKind: 'rtsp', name, address: `rtsp://admin:Geheim-77@127.0.0.1:${port}/live` })
  const [alive, dead] = [await save('朝阳大街路口', camera.port), await save('断线的摄像机', 9)]
  const conference = newId()
  await officer.conference.open.mutate({ id: conference, incident: null, title: '氯气泄漏会商（演示）' })

  const person = await openAs('officer', { path: '/conference' })
  await person.getByText('氯气泄漏会商（演示）').first().click()
  await expect(person.getByTestId('join').locator('video')).toBeVisible({ timeout: 30_000 })
  await person.getByRole('button', { name: '加入会商' }).click()
  await expect(person.locator('[data-notice="alone"]')).toBeVisible({ timeout: 30_000 })
  const { sha256 } = await person.evaluate(
    async (body) => (await (await fetch('/blobs', { method: 'POST', body })).json()) as { sha256: string },
    pdfOf('Response plan'),
  )

  const wall = newId()
  await officer.wall.saveWall.mutate({ id: wall, name: '指挥大厅', rows: 1, columns: 1, bezelX: 0, bezelY: 0, groupName: '' })
  const tile = (kind: string, x: number, y: number, set: object) =>
    WallTile.parse({ id: newId(), kind, frame: { x: x / 3, y: y / 2, width: 1 / 3, height: 1 / 2 }, ...set })
  const scene = newId()
  const tiles = [
    tile('camera', 0, 0, { cameras: [alive.id, dead.id] }),
    tile('conference', 1, 0, { conference }),
    tile('globe', 2, 0, { layers: ['boundaries', 'incidents', 'tasks', 'cameras'] }),
    tile('pdf', 0, 1, { file: sha256, name: 'plan.pdf' }),
    tile('chart', 1, 1, { chart: 'resources' }),
    tile('chart', 2, 1, { chart: 'casualties' }),
  ]
  await officer.wall.saveScene.mutate({ id: scene, wall, name: '全部', isInternal: false, tiles, acts: [], incidentType: null, phase: null })
  const [{ id }] = (await officer.wall.standing.query())[0]!.screens as unknown as [{ id: string }]
  const page = await doors()
  await page.setViewportSize({ width: 1920, height: 1080 })
  await page.goto(`${station.origin}/wall/${id}`)
  await officer.wall.pair.mutate({ code: (await page.getByTestId('pairing-code').textContent()) ?? '' })
  await expect(page.getByText('已配对，等待上屏')).toBeVisible()
  await officer.wall.switch.mutate({ wall, scene })

  await test.step('the camera plays, its neighbour says that it does not, the conference is seen without anybody having come in', async () => {
    await expect(page.locator(`[data-camera="${alive.id}"][data-live="true"]`)).toBeVisible({ timeout: 60_000 })
    await expect(page.locator(`[data-camera="${dead.id}"]`)).toContainText('正在重试', { timeout: 30_000 })
    await expect(page.getByTestId('wall-conference').locator('video')).toBeVisible({ timeout: 30_000 })
    for (const one of ['tile-camera', 'tile-conference']) {
      const before = Math.max(...(await frames(page, one)))
      await expect.poll(async () => Math.max(...(await frames(page, one)))).toBeGreaterThan(before + 5)
    }
    await expect(person.getByTestId('on-wall')).toContainText('1 块大屏正在显示')
    await expect(person.getByTestId('tile')).toHaveCount(1)
  })
  await test.step('globe, PDF and charts are drawn', async () => {
    await expect(page.getByTestId('tile-globe').locator('[data-state="running"] canvas').first()).toBeVisible()
    await expect(page.getByTestId('tile-pdf').locator('[data-page="1"]')).toBeVisible()
    await expect(page.getByTestId('tile-chart').locator('canvas').first()).toBeVisible()
    await screen(page, 'wall-tiles')
  })
  await test.step('a lost graphics context: the camera beside it goes on, the globe comes back by itself', async () => {
    const isLost = await page.getByTestId('tile-globe').evaluate((tile) => {
      const globe = tile.querySelector<HTMLElement>('[data-state]')!
      const seen: string[] = []
      Object.assign(window, { seen })
      new MutationObserver(() => seen.push(globe.dataset['state'] ?? '')).observe(globe, { attributeFilter: ['data-state'] })
      const canvas = [...tile.querySelectorAll('canvas')].find((each) => each.getContext('webgl2') !== null)
      canvas?.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext()
      return canvas !== undefined
    })
    expect(isLost).toBe(true)
    const before = Math.max(...(await frames(page, 'tile-camera')))
    await expect.poll(() => page.evaluate(() => (window as unknown as { seen: string[] }).seen), { timeout: 60_000 }).toEqual(['lost', 'running'])
    await expect.poll(async () => Math.max(...(await frames(page, 'tile-camera')))).toBeGreaterThan(before)
  })
  await test.step('the desk knows which tile does not show what it should, and what was on the wall', async () => {
    const standing = async () => (await officer.wall.standing.query())[0]!.screens[0]!
    await expect
      .poll(async () => (await standing()).faults, { timeout: 20_000 })
      .toEqual([{ tile: tiles[0]!.id, kind: 'camera', name: '', reason: 'partly' }])
    await expect
      .poll(async () => (await officer.wall.shownAt.query({ wall, at: Date.now() }))?.confirmed.map(({ screenName }) => screenName))
      .toEqual(['1-1'])
  })
  expect(watch.violations).toEqual([])
  await camera.kill()
})
