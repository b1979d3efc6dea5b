// The console on small and large screens, and rewound: panels make room, menus open where they belong, the band names the moment.
import { expect, screen, test } from './fixtures.ts'

// With its movements, as most machines show them; the other specs see the page hold still.
test.use({ contextOptions: {}, hasGlobe: true })

test('at 1280 × 720 the list and the open thing lie over the globe and make room for each other', async ({ openAs }) => {
  const page = await openAs('officer', { path: '/incidents', viewport: { width: 1280, height: 720 } })
  const [list, middle] = [page.getByRole('complementary', { name: '列表' }), page.getByRole('main')]
  await expect(list).toBeVisible()
  expect((await middle.boundingBox())?.width).toBe(1280 - 56)
  await list.getByRole('row').filter({ hasText: '样例' }).first().click()
  await expect(page).toHaveURL(/\/incidents\/[0-9a-f-]{36}/)
  await expect(list).toBeHidden()
  await expect(page.getByLabel('详情')).toBeVisible()
  await page.keyboard.press('[')
  await expect(list).toBeVisible()
  await screen(page, 'console-small')
  // What is opened in the middle has the middle to itself.
  await page.getByRole('navigation').getByRole('link', { name: '会商', exact: true }).click()
  await page.getByRole('button', { name: '开会商' }).click()
  await page.getByLabel('会商名称').fill('小屏会商（演示）')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: '小屏会商（演示）' })).toBeVisible()
  await expect(list).toBeHidden()
})

test('at 2560 × 1440 everything grows by a third, and a menu opens at its button', async ({ openAs }) => {
  const page = await openAs('officer', { path: '/conflicts', viewport: { width: 2560, height: 1440 } })
  const button = page.getByRole('banner').getByRole('button', { name: '李值班' })
  await button.click()
  const menu = page.getByRole('menu')
  await expect(menu).toBeVisible()
  const [from, to] = [await button.boundingBox(), await menu.boundingBox()]
  if (from === null || to === null) throw new Error('not drawn')
  expect((await page.getByRole('banner').boundingBox())?.height).toBeCloseTo(53.3, 0)
  expect(Math.abs(to.y - (from.y + from.height))).toBeLessThan(60)
  expect(Math.abs(to.x + to.width / 2 - (from.x + from.width / 2))).toBeLessThan(200)
})

test('at 3840 × 2160 everything is twice as large, menus open at their button and dialogs stand whole in the middle', async ({ openAs }) => {
  const size = { width: 3840, height: 2160 }
  const page = await openAs('officer', { path: '/conflicts', viewport: size })
  const button = page.getByRole('banner').getByRole('button', { name: '李值班' })
  await button.click()
  const menu = page.getByRole('menu')
  await expect(menu).toBeVisible()
  const [from, to, item] = [await button.boundingBox(), await menu.boundingBox(), await menu.getByRole('menuitem').first().boundingBox()]
  if (from === null || to === null || item === null) throw new Error('not drawn')
  expect(Math.abs(to.y - (from.y + from.height))).toBeLessThan(80)
  expect(Math.abs(to.x + to.width / 2 - (from.x + from.width / 2))).toBeLessThan(300)
  expect(item.height).toBeGreaterThan(55)
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  const dialog = page.getByRole('dialog', { name: '键盘' })
  await expect(dialog).toBeVisible()
  const boxOf = () => dialog.locator('.el-dialog').or(dialog).first().boundingBox()
  // It glides in from above: measured when it has come to rest.
  const atRest = async () => {
    const before = await boxOf()
    await page.waitForTimeout(300)
    const after = await boxOf()
    return before !== null && before.y === after?.y ? before.y : -1
  }
  await expect.poll(atRest).toBeGreaterThanOrEqual(0)
  const box = await boxOf()
  if (box === null) throw new Error('not drawn')
  expect(Math.abs(box.x + box.width / 2 - size.width / 2)).toBeLessThan(40)
  expect(box.y).toBeGreaterThanOrEqual(0)
  expect(box.y + box.height).toBeLessThanOrEqual(size.height)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  const palette = await page.getByRole('dialog', { name: '快速查找' }).boundingBox()
  expect(palette?.width).toBeGreaterThan(1300)
  expect(Math.abs((palette?.x ?? 0) + (palette?.width ?? 0) / 2 - size.width / 2)).toBeLessThan(40)
})

test('the time line rewinds by the keyboard, the band says to when and leads back', async ({ openAs }) => {
  const page = await openAs('officer', { path: '/incidents' })
  await page.getByRole('complementary', { name: '列表' }).getByRole('row').filter({ hasText: '样例' }).first().click()
  const grip = page.getByRole('slider', { name: /回看的时刻/ })
  await grip.focus()
  for (let press = 0; press < 3; press += 1) await page.keyboard.press('PageUp')
  await expect(page.getByText(/回看 .*的情形/)).toBeVisible()
  await screen(page, 'rewound')
  await page.getByRole('button', { name: '回到现在' }).click()
  await expect(page.getByText(/回看 .*的情形/)).toBeHidden()
})
