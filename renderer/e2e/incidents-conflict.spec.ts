// Two consoles edit one field: the second is told what the first wrote, keeps her own words, and decides.
import { expect, test } from './fixtures.ts'
import { reportedBefore } from './incidents.helpers.ts'

test('two consoles editing one field lose nothing', async ({ openAs, station }) => {
  const id = await reportedBefore(await station.as('officer'), 5)
  const [first, second] = [await openAs('officer', { path: `/incidents/${id}` }), await openAs('shiftLeader', { path: `/incidents/${id}` })]
  for (const page of [first, second]) await page.getByRole('button', { name: '改地点' }).click()
  await first.locator('[data-field="place"] input').fill('样例工业园东门')
  await second.locator('[data-field="place"] input').fill('样例工业园西门')
  await first.keyboard.press('Enter')
  await expect(first.locator('[data-field="place"]')).toContainText('样例工业园东门')
  await second.keyboard.press('Enter')
  const conflict = second.getByTestId('edit-conflict')
  await expect(conflict).toContainText('李值班')
  await expect(conflict).toContainText('样例工业园东门')
  await expect(conflict).toContainText('样例工业园西门')
  const client = await station.as('officer')
  expect((await client.incidents.detail.query({ incident: id })).place).toBe('样例工业园东门')
  await second.getByRole('button', { name: /用我写的/ }).click()
  await expect(first.locator('[data-field="place"]')).toContainText('样例工业园西门')
  // both stand in the journal
  const timeline = await client.incidents.timeline.query({ incident: id })
  expect(timeline.filter((item) => item.action === 'incidents.edit').map((item) => item.values['place'])).toEqual([
    '样例工业园东门',
    '样例工业园西门',
  ])
})
