// The link as the officer sees it: a station by itself warns of nothing, a cut line stands first on the strip, two pages see who edits what, a conflict is decided from the keyboard.
import type { Capability, ConflictItem, LinkAnswer, LinkView, RecordOrigin, UnsentList } from '../../native/contract/index.ts'
import { feign } from './feigned.ts'
import { expect, screen, test } from './fixtures.ts'
import { reportedBefore } from './incidents.helpers.ts'

/** On a smaller one the strip and the head of an incident leave the ages to their tooltips. */
const console1080 = { width: 1920, height: 1080 }

test('a station by itself says so quietly; the page lists what can be done now', async ({ openAs }) => {
  const page = await openAs('officer', { path: '/conflicts' })
  const strip = page.getByTestId('link-strip')
  await expect(strip).toHaveText(/单机运行/)
  await strip.click()
  await expect(page).toHaveURL(/\/link$/)
  await expect(page.locator('[data-capability]')).toHaveCount(9)
  await expect(page.locator('[data-capability="report-up"]')).toContainText('能用')
  await expect(page.locator('[data-capability="cameras"]')).toContainText('不能用')
  await expect(page.getByTestId('link-lines')).toContainText('本机单机运行')
  await expect(page.getByTestId('unsent')).toContainText('没有要传的')
  await expect(page.getByTestId('consoles')).toContainText('李值班')
  await screen(page, 'link-alone')
  await page.keyboard.press('Alt+0')
  await expect(strip).toHaveText(/On its own/)
})

test('lines: the worst stands first in words and age, what waits is listed and can be taken away, a limit is set', async ({ openAs }) => {
  const page = await openAs('admin', { path: '/link', viewport: console1080 })
  const minute = 60_000
  const now = Date.now()
  const line = (kind: LinkView['kind'], name: string, state: LinkView['state'], rest: Partial<LinkView> = {}): LinkView => ({
    kind,
    unit: name,
    name,
    state,
    since: now - 12 * minute,
    lastHeardAt: now - 5_000,
    roundTripMs: 210,
    waiting: 0,
    waitingByLane: {},
    budgetBytesPerS: null,
    reason: null,
    ...rest,
  })
  const status: LinkAnswer = {
    isConfigured: true,
    links: [
      line('centre', '本中心', 'online', { roundTripMs: 3 }),
      line('above', '省厅', 'offline', {
        lastHeardAt: now - 12 * minute,
        roundTripMs: null,
        waiting: 34,
        waitingByLane: { incidents: 2, orders: 3, rest: 29 },
      }),
      line('below', '样例县', 'narrow', { budgetBytesPerS: 1_200, waiting: 6, waitingByLane: { positions: 6 } }),
      line('below', '样例区', 'refused', { reason: 'credentials', lastHeardAt: null, roundTripMs: null, since: now - 90 * minute }),
    ],
    joining: null,
    consoles: [
      { station: 'one', name: '值班台 1', isUs: true, who: '李值班', open: null, editing: null, heardAt: now },
      { station: 'two', name: '机房主机', isUs: false, who: null, open: null, editing: null, heardAt: now - 4_000 },
    ],
  }
  const unsent: UnsentList = {
    total: 34,
    entries: [
      {
        entry: 'one/up:x/1',
        unit: '省厅',
        lane: 'incidents',
        at: now - 11 * minute,
        action: 'incidents.report',
        dataset: 'incidents',
        row: 'a',
        who: '李值班',
      },
      { entry: 'one/up:x/2', unit: '省厅', lane: 'orders', at: now - 3 * minute, action: 'tasks.issued', dataset: 'tasks', row: 'b', who: '王值班' },
    ],
  }
  const plans: Capability = {
    name: 'plans',
    state: 'old',
    asOf: now - 180 * minute,
    reason: 'plans.cut',
    params: { count: 4, name: '省厅' },
    nextStep: null,
  }
  const asked = await feign(page, { 'link.status': status, 'link.unsent': unsent, 'link.capabilities': [plans], 'link.setBudget': null })
  await page.reload()
  const strip = page.getByTestId('link-strip')
  await expect(strip).toContainText(/样例区 被拒 1 小时 30 分.*另 3 条.*预案 3 小时前/)
  await strip.click()
  const lines = page.getByTestId('link-lines')
  await expect(lines.getByRole('row')).toHaveCount(5)
  await expect(lines).toContainText('对方不认本机的账号')
  await expect(lines).toContainText('事件和报告 2 · 指令和答复 3 · 其他 29')
  await expect(page.getByTestId('consoles')).toContainText('机房主机')
  const list = page.getByTestId('unsent')
  await expect(list).toContainText('另有 32 条未列出')
  await screen(page, 'link')
  const [download] = await Promise.all([page.waitForEvent('download'), list.getByRole('button', { name: '导出清单' }).click()])
  expect(download.suggestedFilename()).toMatch(/^未传清单-.*\.csv$/)
  await expect(lines.getByRole('row', { name: /样例县/ })).toContainText('9.6 kbit/s')
  await lines
    .getByRole('row', { name: /样例县/ })
    .locator('.el-select')
    .click()
  await page.getByRole('option', { name: '不限' }).click()
  await expect.poll(() => asked.find(({ path }) => path === 'link.setBudget')?.input).toEqual({ unit: '样例县', bytesPerS: null })
})

test('whoever edits a field is shown to the other page that has the record open', async ({ openAs, station }) => {
  const id = await reportedBefore(await station.as('officer'), 5)
  const [first, second] = [await openAs('officer', { path: `/incidents/${id}` }), await openAs('shiftLeader', { path: `/incidents/${id}` })]
  await first.getByRole('button', { name: '改地点' }).click()
  const note = second.getByTestId('editing-elsewhere')
  await expect(note).toHaveText(/李值班 正在改 地点/)
  await screen(second, 'link-editing')
  await expect(first.getByTestId('editing-elsewhere')).toBeHidden()
  await first.locator('[data-field="place"]').getByRole('button', { name: '取消' }).click()
  await expect(note).toBeHidden()
  // A form of any record, by what it calls its field; words typed and not sent count as editing wherever the focus is.
  const [resource] = (await (await station.as('officer')).resources.list.query({ filter: {}, offset: 0, limit: 1 })).rows
  await second.goto(new URL(`/resources/${resource?.id}`, second.url()).href)
  await first.goto(new URL(`/resources/${resource?.id}`, first.url()).href)
  await first.getByRole('button', { name: '更正', exact: true }).click()
  await first.getByLabel('联系人').fill('样例联系人')
  await first.getByRole('banner').locator('time').click()
  await expect(note).toHaveText(/李值班 正在改 联系人/)
  await first.getByRole('button', { name: '取消' }).click()
  await expect(note).toBeHidden()
})

test('a conflict from the keyboard: 0 types a third value, Enter writes it', async ({ openAs }) => {
  const page = await openAs('officer', { path: '/link' })
  const head = (entry: string, value: string, who: string, isShown: boolean) => ({
    entry,
    column: 'place',
    value,
    who,
    station: entry,
    at: Date.now() - 60_000,
    isShown,
  })
  const row = '0190a000-0000-7000-8000-000000000001'
  const item: ConflictItem = {
    dataset: 'incidents',
    row,
    column: 'place',
    type: 'text',
    rowTitle: '样例化工厂氯气泄漏',
    heads: [head('one/centre:x/1', '样例工业园东门', '李值班', true), head('two/centre:x/1', '样例工业园西门', '王值班', false)],
  }
  const asked = await feign(page, { 'conflicts.list': [item], 'conflicts.decide': null })
  await page.goto(page.url().replace(/\/link$/, '/conflicts'))
  const field = page.locator('[data-column="place"]')
  await expect(field).toContainText('地点')
  await page.keyboard.press('2')
  await expect(field.getByRole('radio', { name: /西门/ })).toHaveAttribute('aria-checked', 'true')
  await page.keyboard.press('Escape')
  await page.keyboard.press('0')
  await page.keyboard.type('样例工业园南门')
  await page.keyboard.press('Enter')
  await page.keyboard.type('已电话核实')
  await screen(page, 'conflict-third')
  await page.keyboard.press('Enter')
  await expect
    .poll(() => asked.findLast(({ path }) => path === 'conflicts.decide')?.input)
    .toEqual({
      dataset: 'incidents',
      row,
      column: 'place',
      chosen: null,
      typed: { value: '样例工业园南门' },
      seen: ['one/centre:x/1', 'two/centre:x/1'],
      reason: '已电话核实',
    })
})

test('a report from a centre below stands above the list until somebody signs for it by name', async ({ openAs }) => {
  const page = await openAs('officer', { path: '/reports' })
  const minute = 60_000
  const now = Date.now()
  const at = { at: now - 3 * minute, precision: 'exact', source: '样例市 李值班' }
  const delivered = {
    id: 'r-1',
    send: 's-1',
    kind: 'delivered',
    who: '样例省应急管理厅',
    how: 'link',
    number: '',
    words: '',
    at,
    enteredAt: now,
    enteredByName: '',
  }
  const received = {
    id: 's-1',
    fromUnit: '610500',
    fromName: '渭南市应急管理局（样例）',
    kind: 'first',
    title: '关于秦东样例化工厂氯气泄漏的报告',
    incidentTitle: '秦东样例化工厂氯气泄漏',
    words: '请即转有关领导',
    signerName: '周带班',
    blob: 'ab'.repeat(32),
    hasDocument: true,
    sentAt: at,
    sentByName: '李值班',
    receivedAt: now - 3 * minute,
    receipts: [delivered],
  }
  const signed = { ...delivered, id: 'r-2', kind: 'signed', who: '王值班' }
  const other = {
    ...received,
    id: 's-2',
    kind: 'follow-up',
    title: '关于秦东样例化工厂氯气泄漏的续报',
    receipts: [{ ...delivered, id: 'r-3' }, signed],
  }
  const asked = await feign(page, { 'reports.received': [received, other], 'reports.answerReceived': null })
  await page.reload()
  const row = page.getByTestId('received-report')
  await expect(row).toHaveCount(1)
  await expect(row).toContainText('渭南市应急管理局')
  await row.getByRole('button', { name: '签收' }).click()
  await row.getByLabel('谁').fill('王值班')
  await screen(page, 'received')
  await row.getByLabel('谁').press('Enter')
  await expect
    .poll(() => asked.find(({ path }) => path === 'reports.answerReceived')?.input)
    .toEqual({ received: 's-1', kind: 'signed', who: '王值班', words: '' })
  await page.getByRole('button', { name: '另有 1 份已签收' }).click()
  await expect(row).toHaveCount(2)
})

test('a record says where it came from, how old it is and how many acts about it wait for the line', async ({ openAs, station }) => {
  const incident = await reportedBefore(await station.as('shiftLeader'), 5)
  const page = await openAs('officer', { path: `/incidents/${incident}`, viewport: console1080 })
  const line = page.getByTestId('origin').first()
  await expect(line).toHaveText(/来源 本台 周班长\s*(刚刚|.*前)/)
  const at = Date.now() - 60 * 60_000
  const first = { place: 'centre', name: '样例市应急管理局', station: 'city', who: '赵值班', at, receivedAt: at + 50 * 60_000 } as const
  const origin: RecordOrigin = { first, last: first, imported: null, unsent: { acts: 2, names: ['省厅'] } }
  await feign(page, { 'link.origin': origin })
  await page.reload()
  await expect(line).toContainText(/来源 样例市应急管理局 赵值班\s*1 小时前.*收到 10 分钟前/)
  const mark = line.getByTestId('unsent-mark')
  await expect(mark).toHaveText(/未传 2/)
  await expect(mark).toHaveAttribute('title', /省厅/)
  await screen(page, 'unsent-mark')
})
