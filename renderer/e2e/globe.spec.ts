// The globe in the console, on a real station with the sample pack: what is on it, how one gets about, layers, drawings, no word to anybody outside.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { makePack, png } from '../../native/features/layers/fixtures.ts'
import { expect, screen, test } from './fixtures.ts'

async function running(page: Page): Promise<void> {
  await expect(page.locator('.globe-view')).toHaveAttribute('data-state', 'running', { timeout: 60_000 })
}

/** A layer of the tree says how many things stand in it. */
async function expectCount(page: Page, layer: string, words: RegExp): Promise<void> {
  await expect(page.locator(`[data-layer="${layer}"] .size`)).toHaveText(words, { timeout: 60_000 })
}

test.use({ hasGlobe: true })

test('boundaries and names of the province stand on it, marked as a sketch, and nothing is asked of another host', async ({ openAs, watch }) => {
  const page = await openAs('officer', { path: '/layers' })
  await running(page)
  await expectCount(page, 'boundaries', /^11 个$/)
  await expectCount(page, 'places', /^11[78] 个$/)
  await expect(page.getByText('示意，非权威边界')).toBeVisible()
  await page.waitForTimeout(3000)
  await screen(page, 'globe')
  expect(watch.outside).toEqual([])
})

test('go to a place by coordinate, name, area code; what cannot be is said', async ({ openAs }) => {
  const page = await openAs('officer', { path: '/layers' })
  await running(page)
  await expectCount(page, 'places', /^11[78] 个$/)
  const box = page.locator('.go-to input')
  for (const [words, title] of [
    ['109°30′E 34°30′N', '109.50000°E 34.50000°N'],
    ['610502', '临渭区'],
    ['华阴', '华阴市'],
  ] as const) {
    await box.fill(words)
    await box.press('Enter')
    await expect(box).toHaveValue(title)
    await expect(page.locator('[data-layer="goto"] .size')).toHaveText('1 个')
  }
  await box.fill('109°61′E 34°30′N')
  await box.press('Enter')
  await expect(page.getByText('分、秒须小于 60')).toBeVisible()
  await box.fill('乌有之乡')
  await box.press('Enter')
  await expect(page.getByText('没有这个地名或代码')).toBeVisible()
})

test('order, opacity and visibility by keyboard, kept for the person', async ({ openAs }) => {
  const page = await openAs('officer', { path: '/layers' })
  await running(page)
  await expectCount(page, 'places', /^11[78] 个$/)
  const ids = () => page.locator('li[data-layer]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-layer')))
  const before = await ids()
  const at = before.indexOf('boundaries')
  await page.locator('[data-layer="boundaries"] button').first().focus()
  await page.keyboard.press('Alt+ArrowUp')
  await expect.poll(ids).toEqual(before.toSpliced(at - 1, 2, 'boundaries', before[at - 1]!))
  await page.locator('[data-layer="places"]').getByRole('button', { name: '隐藏 地名' }).press('Enter')
  await page.locator('[data-layer="base"] [role="slider"]').press('ArrowLeft')
  await expect(page.locator('[data-layer="base"] [role="slider"]')).toHaveAttribute('aria-valuenow', '99')
  await page.waitForTimeout(1200)
  const after = await ids()
  await page.reload()
  await running(page)
  await expect.poll(ids).toEqual(after)
  await expect(page.locator('[data-layer="places"]').getByRole('button', { name: '显示 地名' })).toBeVisible()
  await expect(page.locator('[data-layer="base"] [role="slider"]')).toHaveAttribute('aria-valuenow', '99')
})

test('what is drawn is kept, undone, redone, and seen by the other console', async ({ openAs }) => {
  const page = await openAs('officer', { path: '/layers' })
  const other = await openAs('shiftLeader', { path: '/layers' })
  await running(page)
  await running(other)
  await page.getByRole('button', { name: '标绘', exact: true }).click()
  await page.getByRole('menuitem', { name: '标绘圆' }).click()
  await expect(page.getByText('先点圆心，再点圆周')).toBeVisible()
  const ground = page.locator('.globe-view .ground')
  const area = (await ground.boundingBox())!
  await page.mouse.click(area.x + area.width / 2, area.y + area.height / 2)
  await page.mouse.click(area.x + area.width / 2 + 60, area.y + area.height / 2)
  const dialog = page.getByRole('dialog', { name: '新标绘' })
  await dialog.getByRole('textbox').first().fill('警戒区')
  await dialog.getByRole('button', { name: '保存' }).click()
  await expectCount(page, 'drawings', /^1 个$/)
  await expectCount(other, 'drawings', /^1 个$/)
  await page.keyboard.press('Control+z')
  await expectCount(page, 'drawings', /^0 个$/)
  await expectCount(other, 'drawings', /^0 个$/)
  await page.keyboard.press('Control+y')
  await expectCount(other, 'drawings', /^1 个$/)
  await screen(page, 'globe-drawing')
})

test('a map pack is imported and its tiles are drawn; a file that is none is refused in words', async ({ openAs }) => {
  const folder = await mkdtemp(join(tmpdir(), 'wanglou-pack-'))
  try {
    const tiles: [number, number, number, Buffer][] = []
    for (let x = 203; x < 207; x++) for (let y = 153; y < 158; y++) tiles.push([8, x, y, png('')])
    const path = await makePack(folder, '样例影像.mbtiles', { metadata: { name: '样例影像', format: 'png', bounds: '105.5,31.5,111.5,39.5' }, tiles })
    const page = await openAs('officer', { path: '/layers' })
    await running(page)
    const asked: string[] = []
    page.on('response', (response) => {
      if (response.url().includes('/tiles/')) asked.push(`${response.status()}`)
    })
    await page.getByRole('button', { name: '添加图层' }).click()
    const dialog = page.getByRole('dialog', { name: '添加图层' })
    const input = dialog.locator('input[type="file"]')
    await input.setInputFiles({ name: 'no.mbtiles', mimeType: 'application/octet-stream', buffer: Buffer.from('no map at all') })
    await expect(dialog.getByRole('alert')).toContainText('文件类型不对')
    await input.setInputFiles(path)
    await expect(dialog).toBeHidden()
    await expect(page.locator('li[data-layer]', { hasText: '样例影像' })).toContainText('本机图包，断网可用')
    await page.locator('.go-to input').fill('109.5,34.5')
    await page.locator('.go-to input').press('Enter')
    await expect.poll(() => asked.includes('200'), { timeout: 60_000 }).toBe(true)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('an online source that is down is a state in the tree, and an address of the house is refused to an officer', async ({ openAs, station }) => {
  const admin = await station.as('admin')
  const source = {
    kind: 'tiles' as const,
    template: 'http://127.0.0.1:9/{z}/{x}/{y}',
    tiling: 'mercator' as const,
    minLevel: 0,
    maxLevel: 18,
    datum: 'wgs84' as const,
  }
  const layer = await admin.layers.addOnline.mutate({ name: '断开的图源', source, attribution: null, reviewNumber: null, key: 'geheim' })
  await admin.layers.check.mutate({ id: layer.id })
  const page = await openAs('officer', { path: '/layers' })
  await running(page)
  const row = page.locator('li[data-layer]', { hasText: '断开的图源' })
  await expect(row).toContainText('不通')
  await expect(row).toContainText('连不上')
  await expect(row).toContainText('断网时用离线图包')
  const officer = await station.as('officer')
  await expect(officer.layers.addOnline.mutate({ name: 'x', source, attribution: null, reviewNumber: null, key: null })).resolves.toMatchObject({
    isTrusted: false,
  })
  await expect(
    officer.layers.addOnline.mutate({
      name: 'x',
      source: { ...source, template: 'http://10.0.0.1/{z}/{x}/{y}' },
      attribution: null,
      reviewNumber: null,
      key: null,
    }),
  ).rejects.toMatchObject({ data: { code: 'ADDRESS_NOT_ALLOWED' } })
  expect(JSON.stringify(await officer.layers.list.query())).not.toContain('geheim')
  await admin.layers.remove.mutate({ id: layer.id })
})

test('a lost graphics context in the console comes back by itself', async ({ openAs }) => {
  const page = await openAs('officer', { path: '/layers' })
  await running(page)
  // The notice may stand for less than a test looks away: every state is written down as it comes.
  await page.evaluate(() => {
    const view = document.querySelector<HTMLElement>('.globe-view')!
    const states: string[] = []
    Object.assign(window, { states })
    new MutationObserver(() => states.push(`${view.dataset.state} ${view.querySelector('[role="status"]')?.textContent ?? ''}`)).observe(view, {
      attributeFilter: ['data-state'],
    })
    const canvas = [...document.querySelectorAll<HTMLCanvasElement>('.globe-view canvas')].find((each) => each.getContext('webgl2') !== null)
    canvas?.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext()
  })
  const states = () => page.evaluate(() => (window as unknown as { states: string[] }).states)
  await expect.poll(async () => (await states()).at(-1), { timeout: 60_000 }).toMatch(/^running/)
  expect((await states())[0]).toContain('lost 图形环境丢失，正在自动恢复')
  await expect(page.getByText('图形环境丢失，正在自动恢复')).toBeHidden()
})
