// The frame as the operator sees it: strip, rail, 待办, palette, keys, languages, sizes; nothing scrolls but what should.
import { expect, screen, test } from './fixtures.ts'

test.use({ hasGlobe: true })

test('the strip says where things stand, and the page itself never scrolls', async ({ openAs, watch }) => {
  const page = await openAs('officer', { path: '/conflicts' })
  const strip = page.getByRole('banner')
  await expect(strip).toContainText('望楼')
  await expect(strip).toContainText('实战')
  await expect(strip).toContainText('本机 正常')
  await expect(strip).toContainText('李值班')
  await expect(strip.locator('time.clock')).toContainText(/\d\d:\d\d:\d\d/)
  for (const viewport of [
    { width: 1280, height: 720 },
    { width: 1920, height: 1080 },
    { width: 3840, height: 2160 },
  ]) {
    await page.setViewportSize(viewport)
    const overflow = await page.evaluate(() => {
      const root = document.documentElement
      return [root.scrollWidth - root.clientWidth, root.scrollHeight - root.clientHeight, getComputedStyle(root).overflow]
    })
    expect(overflow, `${viewport.width} × ${viewport.height}`).toEqual([0, 0, 'hidden'])
    const box = await strip.boundingBox()
    expect(box?.width).toBe(viewport.width)
    expect(box?.height).toBe(viewport.width === 3840 ? 80 : 40)
  }
  expect(watch.outside).toEqual([])
})

test('samples are named until they are removed', async ({ openAs }) => {
  const page = await openAs('officer')
  await expect(page.getByText('样例数据', { exact: true })).toBeVisible()
  await screen(page, 'console')
})

test('everything is reached from the palette, by keys alone', async ({ openAs }) => {
  const page = await openAs('officer')
  await expect(page.getByRole('navigation')).toBeVisible()
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: '快速查找' })
  await expect(palette.getByRole('combobox')).toBeFocused()
  await page.keyboard.type('冲突')
  await expect(palette.getByRole('option').first()).toContainText('冲突')
  await screen(page, 'palette')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/conflicts$/)
  await expect(palette).toBeHidden()
  await page.keyboard.press('Control+k')
  await page.keyboard.press('Escape')
  await expect(palette).toBeHidden()
})

test('a place is found from the palette', async ({ openAs }) => {
  const page = await openAs('officer')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('临渭')
  await expect(page.getByRole('option').filter({ hasText: '临渭区' }).first()).toBeVisible()
})

test('the keyboard reaches every feature and every region, and the focus is always seen', async ({ openAs }) => {
  const page = await openAs('officer')
  const links = page.getByRole('navigation').getByRole('link')
  await expect.poll(() => links.count()).toBeGreaterThan(4)
  const items = await links.all()
  for (const [index, item] of items.slice(0, 9).entries()) {
    const [href, title] = [await item.getAttribute('href'), await item.getAttribute('title')]
    const key = /Alt\+(\d)/.exec(title ?? '')?.[1]
    expect(key, `a key for item ${index + 1}`).toBeDefined()
    await page.keyboard.press(`Alt+${key}`)
    await expect(page).toHaveURL((url) => url.pathname.startsWith((href ?? '').split('?')[0] ?? ''))
  }
  const seen = new Set<string>()
  for (let press = 0; press < 6; press += 1) {
    await page.keyboard.press('F6')
    const [label, outline] = await page.evaluate(() => [
      document.activeElement?.getAttribute('aria-label') ?? '',
      getComputedStyle(document.activeElement!).outlineStyle,
    ])
    seen.add(label)
    expect(outline).toBe('solid')
  }
  expect(seen).toContain('地图')
  expect(seen).toContain('待办')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: '键盘' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog', { name: '键盘' })).toBeHidden()
})

test('English is complete on the frame', async ({ openAs }) => {
  const page = await openAs('officer', { lang: 'en' })
  await expect(page.getByRole('banner')).toContainText('Station ok')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  const words = await page.getByRole('navigation').innerText()
  expect(words).not.toMatch(/\p{Script=Han}/u)
  await screen(page, 'console-en')
})

test('a page one may not open says who can', async ({ openAs }) => {
  const page = await openAs('audit', { path: '/conflicts' })
  await expect(page.getByRole('main')).toContainText('您的角色不能打开这一页')
  await expect(page.getByRole('main')).toContainText('值班长')
  await expect(page.getByRole('navigation').getByRole('link', { name: '冲突' })).toHaveCount(0)
})
