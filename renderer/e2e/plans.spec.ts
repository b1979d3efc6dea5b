// 预案: the library searched by one character, a plan read with its doubts put right, a document taken in; then the response to an incident, by keyboard.
import { join } from 'node:path'
import { v7 as newId } from 'uuid'
import { root } from '../../build/programs.mjs'
import { expect as briskly, screen, test } from './fixtures.ts'
import { reportedBefore } from './incidents.helpers.ts'

// A page of its own loads in each test while the sample pack is still coming in: on a busy machine that takes its time.
const expect = briskly.configure({ timeout: 60_000 })
const fixtures = join(root, 'native', 'features', 'plans', 'parse', 'fixtures')

test('one character finds paragraphs of every plan; the plan opens at the hit, and a doubt is put right there', async ({ openAs, watch }) => {
  const page = await openAs('officer', { path: '/plans' })
  const library = page.getByRole('grid', { name: '预案' })
  await expect(library).toContainText('样例市危险化学品泄漏事故应急预案')
  await expect(library).toContainText('样例市森林火灾应急预案')
  await screen(page, 'plans')
  await library.press('/')
  await page.keyboard.type('氯')
  const hit = page.getByTestId('plan-hit').filter({ hasText: '沿下风向疏散' })
  await expect(hit.locator('mark').first()).toHaveText('氯')
  await page.getByLabel('在全部预案中查找').first().fill('风力风向')
  await page.getByLabel('响应级别').selectOption('tier-4')
  await expect(page.getByTestId('plan-hit')).toHaveText(/风力风向/)
  await page.getByTestId('plan-hit').click()
  await expect(page).toHaveURL(/\/plans\/[0-9a-f-]{36}\?p=/)
  await expect(page.getByRole('navigation', { name: '结构' })).toContainText('４．５ IV级响应')
  await expect(page.locator('.chosen mark')).toHaveText(['风力风向'])
  await page.getByRole('tab', { name: /^待确认/ }).click()
  await page.getByRole('button', { name: /通报林区风力风向/ }).click()
  const form = page.getByTestId('part-form')
  await expect(form).toContainText('时限只说“立即”之类')
  await screen(page, 'plan-reader')
  await form.getByLabel('时限（批准后多少分钟）').fill('10')
  await form.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('button', { name: /通报林区风力风向/ })).toHaveCount(0)
  await page.getByRole('tab', { name: '行动' }).click()
  await expect(page.getByRole('button', { name: /通报林区风力风向/ })).toContainText('10 分钟内')
  expect(watch.outside).toEqual([])
})

test('a document becomes a new version with its structure; an empty one is refused in words', async ({ openAs }) => {
  const page = await openAs('officer', { path: '/plans' })
  await page.getByRole('button', { name: '导入' }).click()
  const dialog = page.getByRole('dialog', { name: '导入预案' })
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: '损坏.docx', mimeType: 'application/octet-stream', buffer: Buffer.from('504b0304', 'hex') })
  await expect(dialog.getByRole('alert')).toHaveAttribute('data-code', /FILE_/)
  await dialog.getByLabel('作为').selectOption({ label: '《样例市地震应急预案》的新版本' })
  await dialog.locator('input[type=file]').setInputFiles(join(fixtures, 'earthquake.pdf'))
  await expect(dialog.getByTestId('import-result')).toContainText('响应级别 4，行动 24')
  await dialog.getByRole('button', { name: '关闭', exact: true }).last().click()
  await expect(page.getByRole('grid', { name: '预案' })).toContainText('第 2 版 · PDF')
  await expect(page.getByRole('navigation', { name: '结构' })).toContainText('（二） 一级响应')
})

test('from the matching plan to a live checklist worked by keys, with what is late in 待办', async ({ openAs, station }) => {
  const incident = await reportedBefore(await station.as('officer'), 90)
  const page = await openAs('officer', { path: `/incidents/${incident}/plan` })
  const match = page.getByTestId('plan-match').first()
  await expect(match).toContainText('样例市危险化学品泄漏事故应急预案')
  await expect(match).toContainText('事件类型相同（12D02）')
  await expect(match).toContainText('适用区划 610500 含事发地')
  await expect(match).toContainText('接报文字中有')
  await match.getByRole('button', { name: '建议三级响应' }).focus()
  await page.keyboard.press('Enter')
  const propose = page.getByTestId('propose-form')
  await expect(propose.getByLabel('预案条款')).toHaveValue('4.3.3 Ⅲ级响应')
  await propose.getByLabel('理由').fill('氯气泄漏，下风向有村庄')
  await page.keyboard.press('Control+Enter')
  const approve = page.getByTestId('approve-form')
  await expect(approve).toContainText('待批准：启动三级响应')
  await expect(approve).toContainText('预案规定：市指挥部副总指挥')
  await expect(approve.getByLabel(/^批准人/)).toBeFocused()
  await page.keyboard.type('样例甲 副总指挥')
  await approve.getByLabel(/^号码/).fill('0913-0100001')
  await approve.getByLabel(/^批准时间/).fill('1小时前')
  await approve.getByLabel(/^依据/).fill('电话录音')
  await page.keyboard.press('Enter')
  const items = page.getByTestId('checklist-item')
  await expect(items).toHaveCount(9)
  await expect(items.nth(2)).toContainText('市消防救援支队')
  await expect(items.nth(2)).toContainText('0913-0100002')
  await expect(items.nth(2)).toContainText('超时')
  await expect(items.nth(3)).toContainText('先办：调派就近消防救援站和化工编队到场')
  await items.nth(2).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('item-form').getByLabel(/^依据/)).toBeFocused()
  await page.keyboard.type('电话 0913-0100002')
  await page.keyboard.press('Enter')
  await expect(items.nth(2)).toContainText('已办结')
  await expect(items.nth(3)).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('s')
  await page.keyboard.type('辖区已自行设卡')
  await page.keyboard.press('Enter')
  await expect(items.nth(4)).toContainText('跳过：辖区已自行设卡')
  await expect(page.getByTestId('deviation')).toContainText('办结 1 / 9')
  await expect(page.getByTestId('deviation')).toContainText('缺项 1')
  await items.nth(0).focus()
  await page.keyboard.press('n')
  await page.keyboard.type('样例供电公司')
  await page.getByTestId('add-item').getByLabel(/^行动/).fill('切断厂区外线电源')
  await page.keyboard.press('Enter')
  await expect(items).toHaveCount(10)
  await expect(page.getByTestId('deviation')).toContainText('预案外 1')
  await expect(page.getByRole('region', { name: '待办' })).toContainText('市应急管理局：向市委、市政府和省应急管理厅报告')
  await expect(page.getByTestId('decisions')).toContainText('样例甲 副总指挥批准启动三级响应（电话授权 0913-0100001）')
  await screen(page, 'checklist')
})

test('what a leader approves elsewhere is seen at once; nothing matches another kind of event, and it is said why', async ({ openAs, station }) => {
  const officer = await station.as('officer')
  const report = {
    words: '路面有落石，过不去',
    reporter: '样例司机',
    reporterUnit: '',
    reporterPhone: '',
    channel: 'telephone' as const,
    received: { at: Date.now() - 15 * 60_000, precision: 'exact' as const, source: '样例司机' },
  }
  await reportedBefore(officer, 15, {
    title: '样例路段落石',
    typeCode: '11D03',
    place: '样例路段',
    description: '路面有落石',
    report,
    statements: [],
  })
  const leak = await reportedBefore(officer, 10)
  // The sample pack may still be loading.
  await expect.poll(async () => (await officer.plans.match.query({ incident: leak })).matches.length).toBeGreaterThan(0)
  const [plan] = (await officer.plans.match.query({ incident: leak })).matches
  if (plan === undefined) throw new Error('no plan matches')
  const now = { at: Date.now(), precision: 'exact' as const, source: '样例' }
  const about = { incident: leak, plan: plan.plan, grade: null, clause: '', reason: '一般', proposedAt: now }
  const decision = await officer.responses.propose.mutate({ id: newId(), kind: 'start', tier: 'tier-4', ...about })
  const page = await openAs('officer', { path: `/incidents/${leak}/plan` })
  await expect(page.getByTestId('approve-form')).toContainText('待批准：启动四级响应')
  const leader = await station.as('watchLeader')
  const approval = { approver: '吴带班', approvalWay: 'in-person' as const, approvalNumber: '', evidence: '当面', evidenceBlob: null }
  await leader.responses.approve.mutate({ decision, approvedAt: now, openTasks: 'keep', ...approval })
  await expect(page.getByTestId('checklist-item')).toHaveCount(4)
  await expect(page.getByTestId('approve-form')).toHaveCount(0)
  await expect(page.getByTestId('decisions')).toContainText('吴带班批准启动四级响应（当面')
  await page.getByRole('grid', { name: '事件' }).getByText('样例路段落石').click()
  await page.getByRole('tab', { name: '预案' }).click()
  await expect(page.getByTestId('plan-matches')).toContainText('无匹配预案')
  await expect(page.getByTestId('plan-matches')).toContainText('样例市地震应急预案：事件类型不同')
})
