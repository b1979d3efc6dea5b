// 力量: what lies nearest to an incident, reserved and ordered from the keyboard; who comes second is told who holds it.
import type { Reservation, UnsettledReservation } from '../../native/contract/index.ts'
import { feign } from './feigned.ts'
import { expect, screen, test } from './fixtures.ts'
import { todoLine } from './todo.helpers.ts'

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

test('what the owner says stands at the reservation, and what it refused in 待办 with the next step', async ({ openAs, station }) => {
  const client = await station.as('officer')
  const incidents = await client.incidents.list.query({ query: '', informationState: null, grade: null, area: null, isOpen: true, limit: 50 })
  const incident = incidents.find((one) => one.position !== null)
  if (incident === undefined) throw new Error('the sample has no open incident with a place')
  const minute = 60_000
  const at = Date.now() - 12 * minute
  const one = (name: string, rest: Partial<Reservation>): Reservation => ({
    id: name,
    resource: name,
    resourceName: name,
    resourceKind: 'equipment',
    incident: incident.id,
    state: 'reserved',
    confirmation: 'confirmed',
    ownerName: '样例市应急管理局',
    answer: null,
    foreign: null,
    words: null,
    reservedAt: at,
    reservedBy: 'officer',
    usedAt: null,
    returnedAt: null,
    ...rest,
  })
  const answer = { byName: '样例市应急管理局', at: at + minute, reason: null, heldFor: null }
  const refused = { ...answer, reason: 'held' as const, heldFor: '《样例市区内涝》' }
  const held = [
    one('大流量排水车 3 号', { confirmation: 'provisional' }),
    one('大流量排水车 2 号', { answer, state: 'used', usedAt: at + 3 * minute }),
    one('大流量排水车 1 号', { confirmation: 'refused', answer: refused }),
    one('冲锋舟 6 号', {
      ownerName: '',
      foreign: { fromName: '样例县应急管理局', incidentTitle: '城关镇内涝' },
      answer: { ...answer, byName: '机房主机' },
    }),
  ]
  const unsettled: UnsettledReservation[] = [
    {
      reservation: 'a',
      resource: 'x',
      resourceName: '大流量排水车 1 号',
      incident: incident.id,
      confirmation: 'refused',
      ownerName: '样例市应急管理局',
      answer: refused,
      since: at + minute,
    },
    {
      reservation: 'b',
      resource: 'y',
      resourceName: '大流量排水车 3 号',
      incident: incident.id,
      confirmation: 'provisional',
      ownerName: '',
      answer: null,
      since: at,
    },
  ]
  const page = await openAs('officer', { path: `/incidents/${incident.id}/resources` })
  await feign(page, { 'resources.reservations': held, 'resources.unsettled': unsettled })
  await page.reload()
  await expect(page.getByText('未确认')).toBeVisible({ timeout: 90_000 })
  await expect(page.getByText('等样例市应急管理局答复')).toBeVisible()
  await expect(page.getByText(/样例市应急管理局 .*：已为《样例市区内涝》占用/)).toBeVisible()
  await expect(page.getByText('样例县应急管理局《城关镇内涝》')).toBeVisible()
  await page.getByText('样例县应急管理局《城关镇内涝》').scrollIntoViewIfNeeded()
  await todoLine(page, '预占被拒：大流量排水车 1 号，样例市应急管理局：已为《样例市区内涝》占用')
  await screen(page, 'reservations-answered')
  await todoLine(page, '预占未答复：大流量排水车 3 号，等主机席确认')
})
