// An open incident has the room: 待办 folds beside it and still announces what is new, the time line covers nothing, the head folds on low screens.
import { expect, test } from './fixtures.ts'
import { reportedBefore } from './incidents.helpers.ts'
import type { Client } from './station.ts'

test.use({ hasSample: false, viewport: { width: 1600, height: 900 } })

async function followUps(client: Client, { incident, count }: { incident: string; count: number }): Promise<void> {
  for (let nth = 0; nth < count; nth += 1) {
    const received = { at: Date.now(), precision: 'exact' as const, source: '样例镇政府' }
    await client.incidents.followUp.mutate({
      incident,
      report: {
        words: `续报 ${nth + 1}`,
        reporter: '样例乙',
        reporterUnit: '样例镇政府',
        reporterPhone: '0913-0100030',
        channel: 'telephone',
        received,
      },
      statements: [],
    })
  }
}

test('beside an open incident 待办 shows the most urgent, counts the rest and announces what is new', async ({ openAs, station }) => {
  const other = await station.as('shiftLeader')
  const incident = await reportedBefore(other, 40)
  // Far from any limit: what runs out while the test looks would be news, too.
  for (const nth of [1, 2, 3, 4]) await reportedBefore(other, 10 - nth, { title: `另一起 ${nth}`, position: null, placedBy: null })
  const page = await openAs('officer', { path: `/incidents/${incident}` })
  const todo = page.getByRole('region', { name: '待办' })
  await expect(todo.getByRole('link')).toHaveCount(3)
  await expect(todo).toContainText(/即办 \d+/)
  const [side, context] = [await page.locator('aside.side').boundingBox(), await page.getByLabel('详情').boundingBox()]
  expect((context?.height ?? 0) / (side?.height ?? 1)).toBeGreaterThan(0.75)
  await expect(page.getByRole('tab', { name: '指令' })).toBeInViewport()
  await expect(page.getByRole('heading', { name: '秦东样例化工厂氯气泄漏' })).toBeInViewport()

  await page.keyboard.press('t')
  await expect.poll(() => todo.getByRole('link').count()).toBeGreaterThanOrEqual(5)
  await expect(todo.getByRole('link').first()).toBeFocused()
  await page.keyboard.press('t')
  await expect(todo.getByRole('link')).toHaveCount(3)

  // The newest of many urgent matters ranks last; it says so all the same.
  await reportedBefore(other, 0, { title: '刚来的一起', position: null, placedBy: null })
  await expect(todo.getByRole('link').filter({ hasText: '刚来的一起' }).first()).toContainText('新')
  // It waits to be verified and to be told by telephone: two pieces of news besides the three.
  await expect(todo.getByRole('link')).toHaveCount(5)
})

test('on a low screen the head folds to two lines and opens again; a shut panel still tells what waits', async ({ openAs, station }) => {
  const incident = await reportedBefore(await station.as('shiftLeader'), 40)
  const page = await openAs('officer', { path: `/incidents/${incident}`, viewport: { width: 1280, height: 720 } })
  const head = page.getByLabel('详情').locator('header').first()
  await expect(head).toContainText('送医')
  await expect.poll(async () => (await head.boundingBox())?.height ?? 999).toBeLessThan(75)
  await page.getByRole('button', { name: '展开概要' }).click()
  await expect(head).toContainText('据119')
  await page.getByRole('button', { name: '收成两行' }).click()
  await page.keyboard.press(']')
  await expect(page.getByRole('button', { name: /展开右栏.*(即办|超时) \d+/ })).toBeVisible()
})

test('many acts of one minute stand apart, the rest is counted and opens by pointer and by keys; the handle still rewinds', async ({
  openAs,
  station,
}) => {
  const other = await station.as('shiftLeader')
  const incident = await reportedBefore(other, 25)
  await followUps(other, { incident, count: 14 })
  const page = await openAs('officer', { path: `/incidents/${incident}` })
  const line = page.getByRole('region', { name: '时间线' })
  const heap = line.getByRole('button', { name: /另有 \d+ 条/ }).first()
  await expect(heap).toBeVisible()
  const counted = Number(/\d+/.exec(await heap.innerText())?.[0])
  const boxes = await line
    .locator('[data-box]')
    .evaluateAll((elements) => elements.map((element) => element.getBoundingClientRect().toJSON() as DOMRect))
  expect(boxes.length).toBeGreaterThan(3)
  for (const [index, a] of boxes.entries())
    for (const b of boxes.slice(index + 1))
      expect(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top, JSON.stringify([a, b])).toBe(true)

  await heap.focus()
  await page.keyboard.press('Enter')
  const list = page.getByRole('group', { name: /另有 \d+ 条/ })
  await expect(list.getByRole('button')).toHaveCount(counted)
  await expect(list.getByRole('button').first()).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(list.getByRole('button').nth(1)).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(list).toBeHidden()
  await expect(heap).toBeFocused()
  await heap.hover()
  await expect(list).toBeVisible()
  await page.mouse.move(800, 300)
  await expect(list).toBeHidden()

  const grip = await page.getByRole('slider', { name: /回看的时刻/ }).boundingBox()
  if (grip === null) throw new Error('no handle')
  await page.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2)
  await page.mouse.down()
  await page.mouse.move(grip.x - 300, grip.y + grip.height / 2, { steps: 4 })
  await page.mouse.up()
  await expect(page.getByText(/回看 .*的情形/)).toBeVisible()
  await page.getByRole('button', { name: '回到现在' }).click()
})
