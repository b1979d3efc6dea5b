// 力量: what lies nearest to an incident, reserved and ordered from the keyboard; who comes second is told who holds it.
import { expect, screen, test } from './fixtures.ts'

test('the nearest are ranked by distance with an estimate, reserved by R, ordered by O', async ({ openAs, station }) => {
  const client = await station.as('officer')
  const incidents = await client.incidents.list.query({ query: '', informationState: null, grade: null, area: null, isOpen: true, limit: 50 })
  const [first, second] = incidents.filter((one) => one.position !== null)
  if (first === undefined || second === undefined) throw new Error('the sample has no two open incidents with a place')
  const page = await openAs('officer', { path: `/incidents/${first.id}/resources` })
  const rows = page.getByRole('listbox', { name: '力量' })
  await expect(rows.getByRole('option').first()).toContainText(/\d 公里 .*估算 \d+–\d+ 分钟/, { timeout: 90_000 })
  const distances = (await rows.getByRole('option').allTextContents()).map((words) => Number(/([\d.,]+) 公里/.exec(words)?.[1]?.replaceAll(',', '')))
  expect(distances).toEqual(distances.toSorted((a, b) => a - b))
  await screen(page, 'nearest')
  await rows.focus()
  await page.keyboard.press('r')
  await expect(rows.getByRole('option').first()).toContainText('本事件占用')

  const [held] = await client.resources.reservations.query({ incident: first.id })
  if (held === undefined) throw new Error('nothing is held')
  const refusal = await client.resources.reserve.mutate({ resource: held.resource, incident: second.id, words: null }).then(
    () => null,
    (error: { data?: { code?: string; params?: { holder?: string } } }) => error.data,
  )
  expect(refusal).toMatchObject({ code: 'ALREADY_RESERVED', params: { holder: first.title } })

  await rows.focus()
  await page.keyboard.press('o')
  await expect(page).toHaveURL(new RegExp(`/incidents/${first.id}/orders$`))
  await expect(page.getByTestId('order-editor').getByLabel('单位')).toHaveValue(held.resourceName)
})
