// The watch: 接班, a line of the log from anywhere, the roster by the keyboard, a handover half signed over a kill -9 and signed beside the console.
import { v7 as newId } from 'uuid'
import { addDays, dayOf, daysFrom, type Post, posts, shippedShifts } from '../../native/contract/index.ts'
import { expect, screen, team, test } from './fixtures.ts'
import type { Client } from './station.ts'

// The watch is taken and handed over here; nobody else's specs shall meet that. What the pack brings is looked at by the station's own tests.
test.use({ house: 'duty', hasSample: false })

const allDay = shippedShifts[0]?.id ?? ''
const exact = (at: number) => ({ at, precision: 'exact' as const, source: '' })

const names: Record<Post, string> = { watchLeaders: '样例甲', shiftLeaders: '样例丙', officers: '样例戊' }

/** Nine days of roster with one gap, and a matter from the former watch. */
async function setScene(client: Client): Promise<string> {
  const today = dayOf(Date.now())
  const gap = addDays(today, 4)
  for (const day of daysFrom(addDays(today, -1), 10))
    for (const post of posts)
      if (post !== 'officers' || day !== gap)
        await client.duty.editRoster.mutate({ day, shift: allDay, post, people: [{ name: names[post], telephone: '' }], seen: [] })
  await client.duty.addNote.mutate({ id: newId(), words: '合阳县值班电话夜间两次占线，待核。', since: exact(Date.now() - 3_600_000), dueAt: null })
  return gap
}

test('a watch from 接班 to both signatures, with the power cut between them', async ({ openAs, station }) => {
  const client = await station.as('officer')
  const gap = await setScene(client)
  const page = await openAs('officer', { path: '/duty' })

  await test.step('the first act is 接班; the strip says who is on', async () => {
    const form = page.getByRole('form', { name: '接班' })
    await form.getByLabel('值班员').fill('李值班')
    await form.getByRole('button', { name: '接班' }).click()
    await expect(page.getByRole('button', { name: '我已交清，签字' })).toBeVisible()
    await expect(page.getByTestId('on-duty')).toContainText('李值班')
  })

  await test.step('a line of the log from another page, without a mouse; put right, the former words stay', async () => {
    await page.getByRole('link', { name: '值班日志' }).first().click()
    await page.keyboard.press('F4')
    const dialog = page.getByRole('dialog', { name: '记日志' })
    // Typed at once, while the box still comes up: nothing of it is lost.
    await page.keyboard.insertText('韩城市值班室（样例）')
    await expect(dialog.getByLabel('对方')).toHaveValue('韩城市值班室（样例）')
    await page.keyboard.press('Tab')
    await page.keyboard.insertText('道路结冰，封闭 2 公里')
    await page.keyboard.press('Enter')
    await expect(dialog.getByText('已记下')).toBeVisible()
    await dialog.getByLabel('时间').fill('一小时前')
    await dialog.getByLabel('事项').fill('补记一条')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    const line = page.getByTestId('log-line').filter({ hasText: '封闭 2 公里' })
    await expect(page.getByTestId('log-line').filter({ hasText: '补记一条' })).toContainText('补录')
    await line.focus()
    await page.keyboard.press('Enter')
    const form = page.getByRole('form', { name: '更正' })
    await form.getByLabel('事项').fill('道路结冰，封闭 3 公里')
    await form.getByLabel('为什么更正').fill('交警更正')
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('log-line').filter({ hasText: '封闭 3 公里' })).toBeVisible()
    await expect(page.locator('del')).toContainText('封闭 2 公里')
    await screen(page, 'duty-log')
  })

  await test.step('the gap of the coming week stands in 待办 and is filled from the keyboard', async () => {
    const todo = page.getByRole('region', { name: '待办' }).getByRole('link', { name: /值班空缺/ })
    await todo.click()
    const day = `${Number(gap.slice(5, 7))}月${Number(gap.slice(8))}日`
    // Day and shift come before the posts.
    await page
      .getByRole('row')
      .filter({ hasText: new RegExp(`^${day} `) })
      .getByRole('gridcell')
      .nth(3)
      .click()
    await page.keyboard.insertText('样例辛、样例壬')
    await page.keyboard.press('Enter')
    await expect(todo).toBeHidden()
    expect((await client.duty.findings.query()).gaps).toEqual([])
    await screen(page, 'duty-roster')
  })

  await test.step('nothing is dropped without a reason; the outgoing signs', async () => {
    await page.getByRole('link', { name: '当班与交接' }).click()
    const note = page.getByTestId('matter').filter({ hasText: '合阳县值班电话' })
    await note.getByRole('combobox').selectOption('drop')
    await expect(note.getByRole('alert')).toBeVisible()
    await note.getByLabel('为什么不移交').fill('已核，线路恢复')
    await page.keyboard.press('Enter')
    await expect(note.getByRole('alert')).toBeHidden()
    await page.getByRole('button', { name: '我已交清，签字' }).click()
    await expect(page.getByText('李值班 已于')).toBeVisible()
  })

  await test.step('kill -9; something comes up; the second must have seen it', async () => {
    await station.kill()
    await station.restart()
    const again = await station.as('officer')
    expect((await again.duty.board.query()).handover).toMatchObject({ state: 'half', outgoing: { name: team.officer.name } })
    await again.duty.addNote.mutate({ id: newId(), words: '签字以后才来的事', since: exact(Date.now()), dueAt: null })
    // The page comes back by itself.
    await expect(page.getByTestId('matter').first()).toContainText('签字以后才来的事', { timeout: 60_000 })
    await expect(page.getByTestId('matter').first()).toContainText('交班签字之后新增')
    await screen(page, 'duty-handover')
    const beside = page.getByRole('form', { name: '接班人在旁签字' })
    await beside.getByLabel('接班人账号').fill(team.officer.login)
    await beside.getByLabel('PIN 或密码').fill(team.officer.password)
    await page.keyboard.press('Enter')
    await expect(page.locator('[data-code="SECOND_PERSON_REQUIRED"]')).toBeVisible()
    await beside.getByLabel('接班人账号').fill(team.shiftLeader.login)
    await beside.getByLabel('PIN 或密码').fill(team.shiftLeader.password)
    await page.keyboard.press('Enter')
    await expect(page.getByText(`${team.shiftLeader.name} 已接班`)).toBeVisible()
    // Nobody was signed in by it.
    await expect(page.getByRole('banner')).toContainText('李值班')
  })

  await test.step('the record says it all', async () => {
    const [record] = await (await station.as('officer')).duty.handovers.query({ limit: 1 })
    await page.goto(`${station.origin}/duty/print/handover/${record?.id}`)
    const sheet = page.getByRole('article')
    await expect(sheet).toContainText('已核，线路恢复')
    await expect(sheet).toContainText('签字以后才来的事')
    await expect(sheet).toContainText(`接班人：${team.shiftLeader.name}（密码确认`)
    await expect(sheet).toContainText('非涉密系统')
  })
})
