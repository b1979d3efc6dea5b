// Reporting limits as the duty room meets them: on the strip, in 待办, in the incident; stopped by who took the call; the table tried before it is saved.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, screen, test } from './fixtures.ts'
import { reportedBefore, tabTo, type } from './incidents.helpers.ts'

// A leak counted from so many minutes ago would ring in other specs.
test.use({ house: 'clocks', hasSample: false })

const minute = 60_000

async function reload(page: Page): Promise<void> {
  await page.reload()
  await page.getByRole('banner').waitFor({ timeout: 60_000 })
}

test('a limit runs, is told by telephone from the keyboard alone, and nothing else stops it', async ({ openAs, station }) => {
  const officer = await station.as('officer')
  const incident = await reportedBefore(officer, 12)
  const page = await openAs('officer', { path: `/incidents/${incident}/overview` })
  const strip = page.getByTestId('clock-strip')

  await test.step('the nearest limit stands on the strip, and 待办 says whom to telephone', async () => {
    await expect(strip).toContainText('电话 消防救援')
    await expect(strip).toContainText(/剩 \d+ (分钟|秒)/)
    await expect(page.getByRole('link', { name: /电话报告：消防救援、生态环境、上级应急管理部门 等 5 家/ })).toBeVisible()
    await screen(page, 'clocks')
  })
  const box = page.getByTestId('clocks')
  const superior = box.getByTestId('clock-recipient').filter({ hasText: '上级应急管理部门' })
  await test.step('each with its reckoning, its clause and the mark 示例', async () => {
    await expect(box.getByTestId('clock-recipient')).toHaveCount(5)
    await expect(superior).toContainText(/接报 \d\d:\d\d 起 30 分钟/)
    await expect(superior).toContainText('30 分钟电话、1 小时书面')
    await expect(superior).toContainText('示例')
  })
  await test.step('nobody took it, nobody was told; with a name the clock stops', async () => {
    await superior.getByRole('button', { name: '电话已报' }).focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await expect(superior.getByText('没有人接就不算报到')).toBeVisible()
    await type(page, '样例省厅张三')
    await tabTo(page, '说了什么')
    await type(page, '收到，请续报伤亡')
    await page.keyboard.press('Enter')
    await expect(superior.locator('[data-phase=met]')).toHaveCount(2)
    await expect(superior).toContainText('样例省厅张三 接')
    await expect(page.getByRole('link', { name: /电话报告：.*等 4 家/ })).toBeVisible()
    await expect(page.getByRole('region', { name: '时间线' })).toContainText('样例省厅张三')
  })
  await test.step('a figure raises the grade: writing is due, counted from when it was told', async () => {
    const asOf = { at: Date.now(), precision: 'exact' as const, source: '区医院' }
    await officer.incidents.state.mutate({ incident, statement: { metric: 'acutePoisoning', value: 2, source: '区医院', asOf, state: 'verified' } })
    const written = superior.locator('[data-means=writing]').first()
    await expect(written).toContainText('因等级定为一般')
    await expect(written).toContainText(/等级变化 \d\d:\d\d/)
  })
  await test.step('what was being typed is there again after the page was torn down', async () => {
    await superior.getByRole('button', { name: '已有回执' }).first().click()
    await type(page, '样例省厅李四')
    await expect(superior.getByText('已暂存')).toBeVisible()
    await reload(page)
    await superior.getByRole('button', { name: '已有回执' }).first().click()
    await expect(superior.getByTestId('evidence-form').locator('input').first()).toHaveValue('样例省厅李四')
    await page.keyboard.press('Escape')
    await expect(superior.getByTestId('evidence-form')).toHaveCount(0)
  })
  await test.step('not applicable, with a reason, and counted again', async () => {
    const weather = box.getByTestId('clock-recipient').filter({ hasText: '气象' })
    await weather.getByRole('button', { name: '不适用' }).click()
    await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused()
    await type(page, '现场已有气象车')
    await page.keyboard.press('Enter')
    await expect(weather).toContainText('李值班 申明不适用：现场已有气象车')
    await weather.getByRole('button', { name: '恢复计时' }).click()
    await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused()
    await type(page, '气象车未到')
    await page.keyboard.press('Enter')
    await expect(weather.getByRole('button', { name: '电话已报' })).toBeVisible()
  })
  await test.step('the lock hides nothing that runs', async () => {
    await page.request.post(`${station.origin}/rpc/accounts.lock`, { data: {} })
    await expect(page.getByRole('region', { name: '已锁定' })).toBeVisible()
    await expect(strip).toContainText(/剩 \d+ (分钟|秒)|已超时/)
    await expect(page.getByText('电话报告：').first()).toBeVisible()
  })
})

test('what is late passes to the 值班长 and then to the 带班领导; what was telephoned is not red', async ({ openAs, station }) => {
  const officer = await station.as('officer')
  const received = { at: Date.now() - 22 * minute, precision: 'exact' as const, source: '119' }
  const statement = { metric: 'acutePoisoning' as const, value: 3, source: '119', asOf: received, state: 'verified' as const }
  const incident = await reportedBefore(officer, 22, { title: '样例超时事件', statements: [statement] })
  const leader = await openAs('watchLeader', { path: '/incidents' })
  // Fire and health ran out seven minutes ago: not yet for the 带班领导, already for the 值班长.
  await expect(leader.getByTestId('clock-strip')).toContainText('已超时')
  await expect(leader.getByRole('link', { name: /电话报告：.*样例超时事件/ })).toHaveCount(0)
  const shift = await openAs('shiftLeader', { path: '/incidents' })
  await expect(shift.getByRole('link', { name: /超时.*电话报告：消防救援/ })).toBeVisible()

  const set = await station.as('shiftLeader')
  await set.clocks.setSettings.mutate({ escalateMinutes: 0 })
  await expect(leader.getByRole('link', { name: /超时.*电话报告：消防救援/ })).toBeVisible()

  const board = await officer.clocks.board.query({ incident })
  const clocks = board.clocks.map(({ rule, stage }) => ({ rule, stage }))
  await officer.clocks.waive.mutate({ incident, clocks, reason: '演示完毕' })
  await expect(leader.getByRole('link', { name: /电话报告：.*样例超时事件/ })).toHaveCount(0)
})

test('the table: tried on an incident before it is saved, out and in as a file, kept when the page is left', async ({ openAs, station }) => {
  const officer = await station.as('officer')
  await reportedBefore(officer, 1, { title: '样例试算事件' })
  const page = await openAs('shiftLeader', { path: '/clocks' })
  const fire = page.locator('tr[data-recipient=fire]')
  const what = page.getByTestId('what-if')
  await what.getByRole('combobox').selectOption({ label: '样例试算事件' })
  await expect(what).toContainText('按现行的表')
  await test.step('bounds are said, the difference is shown, nothing is saved yet', async () => {
    await fire.getByRole('button', { name: '改', exact: true }).click()
    const form = page.getByTestId('rule-form')
    await form.getByLabel('时限').fill('9999')
    await page.keyboard.press('Enter')
    await expect(form.getByText('写 1 到 4320 分钟')).toBeVisible()
    await form.getByLabel('时限').fill('5')
    await page.keyboard.press('Enter')
    await expect(what.locator('[data-change=moved]')).toContainText('消防救援')
    await expect(page.getByText('1 处改动未保存')).toBeVisible()
    expect((await officer.clocks.rules.query()).rules.find(({ recipient }) => recipient === 'fire')?.limitMinutes).toBe(15)
    await screen(page, 'clocks-table')
  })
  await test.step('a row switched off would be gone', async () => {
    await page.locator('tr[data-recipient=weather]').getByRole('checkbox').uncheck()
    await expect(what.locator('[data-change=gone]')).toContainText('气象')
  })
  await test.step('left and come back to: the changes are there; saved, they hold', async () => {
    await expect(page.getByText('2 处改动未保存（已暂存）')).toBeVisible()
    await reload(page)
    await expect(page.getByText('2 处改动未保存')).toBeVisible()
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await expect(page.getByText('处改动未保存')).toHaveCount(0)
    await expect(fire).toContainText('接报后 5 分钟')
    await fire.getByRole('button', { name: '恢复随附' }).click()
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await expect(fire).toContainText('接报后 15 分钟')
  })
  await test.step('out as XLSX and in again', async () => {
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: '导出 XLSX' }).click()
    const file = await (await download).path()
    await page
      .getByTestId('rules-file')
      .setInputFiles({ name: '报送时限表.xlsx', mimeType: 'application/octet-stream', buffer: await readFile(file) })
    await expect(page.getByText('读入 24 条')).toBeVisible()
    await page.keyboard.press('Escape')
    await page.getByTestId('rules-file').setInputFiles({ name: '照片.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from('no table') })
    await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible()
  })
})

test('after the program was closed it says once what ran out meanwhile', async ({ openAs, station }) => {
  const officer = await station.as('officer')
  await reportedBefore(officer, 40, { title: '样例夜间事件' })
  await station.kill()
  const path = join(station.dataDirectory, 'clocks-alive.json')
  const alive = JSON.parse(await readFile(path, 'utf8')) as { aliveAt: number }
  await writeFile(path, JSON.stringify({ ...alive, aliveAt: Date.now() - 35 * minute }))
  await station.restart()
  const page = await openAs('officer', { path: '/incidents' })
  const band = page.getByTestId('missed-limits')
  await expect(band).toContainText(/程序未运行期间有 \d+ 项报送时限到期/)
  await band.getByRole('button', { name: '哪些' }).click()
  await expect(band).toContainText('样例夜间事件')
  await band.getByRole('button', { name: '知道了' }).click()
  await expect(band).toHaveCount(0)
  await reload(page)
  await expect(page.getByTestId('clock-strip')).toBeVisible()
  await expect(band).toHaveCount(0)
})
