// Resources as the officer meets them: found by words and initials, a card whose sample number cannot be dialled, a ledger imported with its bad rows kept.
import { expect, screen, test } from './fixtures.ts'

const ledger = (rows: string[]) => `编号,名称,类别,行政区划代码,经度,纬度,联系电话,人数\n${rows.join('\n')}\n`

test('a resource is found by words and by pinyin initials, and its card says how old it is', async ({ openAs }) => {
  const page = await openAs('officer', { path: '/resources' })
  const list = page.getByRole('listbox', { name: '资源' })
  await expect(list.getByRole('option').first()).toBeVisible()
  await page.getByRole('textbox', { name: '名称、装备、拼音首字母…' }).fill('临渭区')
  await expect(list.getByRole('option').first()).toContainText('临渭区')
  await expect(page.getByText('共 1 条')).toBeHidden()
  await page.getByRole('textbox', { name: '名称、装备、拼音首字母…' }).fill('lwqxf')
  await expect(page.getByText('共 1 条')).toBeVisible()
  await expect(list.getByRole('option').first()).toContainText('临渭区消防救援站')
  await list.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/resources\/[0-9a-f-]{36}$/)
  await expect(page.getByText('样例号码，不可拨打')).toBeVisible()
  expect(await page.locator('a[href^="tel:"]').count()).toBe(0)
  await screen(page, 'resources')
})

test('the palette finds a resource', async ({ openAs }) => {
  const page = await openAs('officer')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('临渭区消防')
  await expect(page.getByRole('option').filter({ hasText: '临渭区消防救援站' }).first()).toBeVisible()
})

test('a ledger goes in, its bad rows are named, downloaded, and nothing is lost', async ({ openAs }) => {
  const page = await openAs('officer', { path: '/resources/import' })
  const rows = [
    'E1,端到端甲队,救援队伍,610502,109.51,34.51,0913-0100001,10',
    'E2,端到端乙队,救援队伍,610502,34.5,109.5,,10',
    'E3,端到端丙队,救援队伍,610502,,,,10',
    'E4,端到端丁队,救援队伍,610502,109.52,34.52,,很多',
  ]
  await page.locator('input[type=file]').setInputFiles({ name: '端到端台账.csv', mimeType: 'text/csv', buffer: Buffer.from(ledger(rows)) })
  await expect(page.getByText('E1').first()).toBeVisible()
  await screen(page, 'import-mapping')
  await page.getByRole('button', { name: '检查' }).click()
  await expect(page.getByText('1 行可以导入')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText('3 行有问题，已留存')).toBeVisible()
  await expect(page.getByRole('tab', { name: /经纬度疑似颠倒/ })).toBeVisible()
  await expect(page.getByRole('cell', { name: /缺少坐标/ })).toBeVisible()
  await screen(page, 'import-report')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: '下载问题行（CSV）' }).click()
  expect((await download).suggestedFilename()).toBe('端到端台账-待更正.csv')
  await page.getByRole('button', { name: '导入 1 行' }).click()
  await expect(page.getByText('1 行已导入')).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: '回到资源' }).click()
  await page.getByRole('textbox', { name: '名称、装备、拼音首字母…' }).fill('端到端')
  await expect(page.getByRole('listbox', { name: '资源' }).getByRole('option')).toHaveCount(1)
})

test('a file that is no table is refused in words', async ({ openAs }) => {
  const page = await openAs('officer', { path: '/resources/import' })
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: '假的.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from('%PDF-1.7\n%%EOF') })
  await expect(page.locator('[data-code=FILE_WRONG_TYPE]')).toBeVisible()
})
