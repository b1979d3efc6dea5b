// 批示 from the keyboard: written down in an incident, fed back, changed on two consoles, done; a member of the headquarters writes one; the printed sheet.
import { expect, screen, test } from './fixtures.ts'
import { reportedBefore, tabTo, type } from './incidents.helpers.ts'

test.use({ house: 'instructions', hasSample: false })

test('a leader’s words become a matter, carried out and closed, all from the keyboard', async ({ openAs, station }) => {
  const officer = await station.as('officer')
  const incident = await reportedBefore(officer, 8)
  const page = await openAs('officer', { path: `/incidents/${incident}/instructions` })
  const form = page.getByTestId('instruction-form')

  await test.step('written down; what is missing is said; the draft is kept', async () => {
    await page.getByRole('button', { name: '记批示' }).focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await expect(form.getByText('写上是哪位领导')).toBeVisible()
    await type(page, '样例乙')
    await tabTo(page, '职务')
    await type(page, '市领导')
    await tabTo(page, '批示内容')
    await type(page, '全力救治伤员，查清原因。')
    await tabTo(page, '承办')
    await type(page, '危化科（样例）')
    await tabTo(page, '时限')
    await type(page, '明天18点')
    await expect(form.getByText('草稿已存')).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('instruction')).toContainText('全力救治伤员，查清原因。')
  })
  await test.step('it waits in 待办 and stands on the time line', async () => {
    await expect(page.getByRole('link', { name: /样例乙（市领导）批示：全力救治伤员/ })).toBeVisible()
    await expect(page.getByRole('region', { name: '时间线' })).toContainText('样例乙：全力救治伤员')
    await screen(page, 'instructions')
  })
  await test.step('feedback, then done with what came of it', async () => {
    await page.getByRole('button', { name: '记反馈' }).focus()
    await page.keyboard.press('Enter')
    await expect(page.getByLabel('办得怎样')).toBeFocused()
    await type(page, '6 人均无生命危险')
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('instruction')).toContainText('6 人均无生命危险')
    await page.getByRole('button', { name: '办结…' }).click()
    await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused()
    await type(page, '已向市政府书面报告')
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('instruction')).toContainText('已向市政府书面报告')
    await expect(page.getByRole('link', { name: /批示：全力救治伤员/ })).toHaveCount(0)
  })
})

test('a member of the headquarters writes one; two consoles on its 承办 lose nothing; the sheet is printed', async ({ openAs, station }) => {
  const member = await openAs('member', { path: '/instructions' })
  await member.getByRole('button', { name: '记批示' }).click()
  await member.getByLabel('批示领导').fill('样例丙')
  await member.getByLabel('批示内容').fill('举一反三排查全市涉氯企业')
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
  await member.locator('input[type=file]').setInputFiles({ name: '批示.png', mimeType: 'image/png', buffer: png })
  await expect(member.getByRole('img', { name: '批示.png' })).toBeVisible()
  await member.getByRole('button', { name: '记下', exact: true }).click()
  await expect(member).toHaveURL(/\/instructions\/[0-9a-f-]{36}$/)
  const id = new URL(member.url()).pathname.split('/').at(-1) ?? ''

  await test.step('the second console is shown both values', async () => {
    await member.getByRole('button', { name: '改承办、时限' }).click()
    const officer = await station.as('officer')
    await officer.instructions.edit.mutate({ id, set: { owner: '救灾科（样例）' }, seen: { owner: '' }, reason: '' })
    await member.getByTestId('instruction-edit').getByLabel('承办').fill('危化科（样例）')
    await member.keyboard.press('Enter')
    const conflict = member.getByTestId('instruction-edit').getByRole('alert')
    await expect(conflict).toContainText('救灾科（样例）')
    await expect(conflict).toContainText('危化科（样例）')
    await conflict.getByRole('button', { name: '用我写的' }).click()
    await expect(member.getByTestId('instruction')).toContainText('危化科（样例）')
  })
  await test.step('the sheet', async () => {
    await member.goto(`${station.origin}/instructions/${id}/print`)
    await expect(member.getByRole('heading', { name: '领导批示办理单' })).toBeVisible()
    await expect(member.locator('.paper')).toContainText('举一反三排查全市涉氯企业')
    await screen(member, 'instruction-sheet')
  })
})
