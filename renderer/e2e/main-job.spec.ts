// The main job, whole, by two people in two browsers with every other host refused: from the telephone to the exported 值班快报.
import type { Page } from '@playwright/test'
import { expect, screen, test } from './fixtures.ts'
import { pick, reportedBefore, tabTo, type } from './incidents.helpers.ts'
import { bytesOf, wordsOf } from './paper.helpers.ts'

test.use({ hasGlobe: true })

/** Goes on to a tab of the open incident by the keyboard: the tabs are buttons in the order of the page. */
async function openTab(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name, exact: true }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('tab', { name, exact: true })).toHaveAttribute('aria-selected', 'true')
}

/** The layer tree says how many things of each feature the globe draws. */
async function openLayers(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: '功能' }).getByRole('link', { name: '图层' }).click()
  await expect(page.locator('[data-layer]').first()).toBeVisible()
}

test('from a call about chlorine in 渭南 to the exported bulletin', async ({ openAs, station, watch }) => {
  test.setTimeout(900_000)
  const other = await station.as('shiftLeader')
  const earlier = await reportedBefore(other, 20)

  // As wide as the panels need to stand beside the globe, and no wider: it is drawn in software here.
  const viewport = { width: 1600, height: 900 }
  const officer = await openAs('officer', { path: '/incidents', viewport })
  let id = ''
  await test.step('the report is typed without a mouse', async () => {
    await expect(officer.getByRole('grid', { name: '事件' })).toBeVisible()
    await officer.keyboard.press('F2')
    await expect(officer.getByRole('textbox', { name: '原话' })).toBeFocused()
    await type(officer, '秦东样例化工厂液氯储罐漏了，3人没救过来，还有两个送医院，周边在疏散')
    await tabTo(officer, '报告人')
    await type(officer, '样例厂长')
    await tabTo(officer, '来电号码')
    await type(officer, '0913-0100008')
    await tabTo(officer, '报告单位')
    await type(officer, '秦东样例化工厂')
    await pick(officer, '地点', '渭南市临渭区秦东样例化工厂', /临渭区.*610502/)
    await pick(officer, '事件类型', '12D02', /危险化学品泄漏/)
    await tabTo(officer, '事发时间')
    await type(officer, '半小时前')
    await tabTo(officer, '标题')
    await type(officer, '秦东样例化工厂氯气泄漏')
    await tabTo(officer, '死亡')
    await type(officer, '3')
    await tabTo(officer, '送医')
    await type(officer, '2')
    await tabTo(officer, '疏散')
    await type(officer, '600')
  })

  await test.step('it looks like the report of twenty minutes ago, and says why', async () => {
    const duplicate = officer.getByTestId('duplicate').first()
    await expect(duplicate).toContainText('秦东样例化工厂氯气泄漏')
    await expect(duplicate).toContainText('都提到')
    await expect(duplicate).toContainText('类型相同')
    await screen(officer, 'intake')
    await officer.keyboard.press('Control+Enter')
    await expect(officer).toHaveURL(/\/incidents\/[0-9a-f-]{36}$/)
    id = new URL(officer.url()).pathname.split('/')[2] ?? ''
  })

  await test.step('the grade is proposed with its clause, and why it must be reported anyway', async () => {
    const grade = officer.getByTestId('grade')
    await expect(grade).toContainText('较大')
    await expect(grade).toContainText('死亡 3 人 ≥ 3 人')
    await expect(grade).toContainText('第三条第（三）项')
    await expect(officer.getByTestId('must-report')).toContainText('紧急疏散')
  })

  const leader = await openAs('watchLeader', { path: `/incidents/${id}`, viewport })
  await test.step('the leader sees it on another console, on the globe', async () => {
    await expect(leader.getByRole('heading', { name: '秦东样例化工厂氯气泄漏' })).toBeVisible()
    await openLayers(leader)
    const drawn = async () => Number(/(\d+) 个/.exec(await leader.locator('[data-layer="incidents"]').innerText())?.[1] ?? -1)
    const open = { query: '', informationState: null, grade: null, area: null, isOpen: true, limit: 500 }
    await expect.poll(async () => (await drawn()) - (await other.incidents.list.query(open)).filter((row) => row.position !== null).length).toBe(0)
    expect(await drawn()).toBeGreaterThanOrEqual(2)
    await leader.goBack()
  })

  await test.step('the two reports are merged, and both are kept', async () => {
    // Other specs report the same plant on this station: the one of twenty minutes ago is meant.
    await officer.locator(`[data-testid="likely"][data-incident="${earlier}"]`).getByRole('button', { name: '并入本案' }).focus()
    await officer.keyboard.press('Enter')
    await expect(officer.getByTestId('merge')).toContainText('撤销并案')
    await expect(officer.getByTestId('report')).toHaveCount(2)
    expect((await other.incidents.detail.query({ incident: earlier })).mergedInto).toBe(id)
    // one hospital figure each: side by side until one is chosen
    await expect(officer.getByTestId('figures')).toContainText('说法不一')
    await officer.getByTestId('figures').getByRole('button', { name: '选定' }).last().focus()
    await officer.keyboard.press('Enter')
    await expect(officer.getByTestId('figures')).not.toContainText('说法不一')
  })

  await test.step('the leader confirms the grade', async () => {
    await leader.getByRole('button', { name: '确认等级' }).first().click()
    await leader.getByTestId('grade').getByRole('button', { name: '确认等级' }).click()
    await expect(officer.getByTestId('grade')).toContainText('吴带班 确认为较大')
  })

  await test.step('the plan that matches is opened and its response proposed', async () => {
    await openTab(officer, '预案')
    const match = officer.getByTestId('plan-match').first()
    await expect(match).toContainText(/危险化学品/)
    await match.getByRole('button', { name: /建议.*响应.*（预案对应）/ }).focus()
    await officer.keyboard.press('Enter')
    await expect(officer.getByTestId('propose-form')).toBeVisible()
    await officer.getByTestId('propose-form').getByRole('button', { name: '建议启动' }).focus()
    await officer.keyboard.press('Enter')
    await expect(officer.getByTestId('approve-form')).toBeVisible()
  })

  await test.step('the leader approves, and the plan is a live checklist on both consoles', async () => {
    await openTab(leader, '预案')
    const form = leader.getByTestId('approve-form')
    await form.getByLabel('批准人').fill('吴带班')
    await form.getByLabel('批准方式').selectOption('in-person')
    await form.getByLabel('依据').fill('在值班室当面批准')
    await form.getByRole('button', { name: '批准启动' }).click()
    await expect(leader.getByTestId('checklist-item').first()).toBeVisible()
    await expect(officer.getByTestId('checklist-item').first()).toBeVisible()
    await officer.getByTestId('checklist-item').first().focus()
    await officer.keyboard.press('Enter')
    await type(officer, '电话告知，已办')
    await officer.keyboard.press('Enter')
    await expect(leader.getByTestId('checklist-item').first()).toContainText('电话告知，已办')
    await expect(officer.getByTestId('checklist-item').nth(1)).toBeFocused()
    await officer.keyboard.press('s')
    await type(officer, '现场已有人')
    await officer.keyboard.press('Enter')
    await expect(leader.getByTestId('checklist')).toContainText('现场已有人')
    await screen(officer, 'checklist')
  })

  const units: string[] = []
  await test.step('nearest teams, stores, hospitals and shelters; three are ordered out', async () => {
    await openTab(officer, '力量')
    for (const kind of ['物资储备库', '医疗机构', '避难场所', '救援队伍']) {
      await officer.getByRole('tab', { name: new RegExp(kind) }).focus()
      await officer.keyboard.press('Enter')
      const nearest = officer.getByRole('listbox', { name: '力量' }).getByRole('option').first()
      await expect(nearest).toContainText('公里')
      await expect(nearest).toContainText('估算')
    }
    await screen(officer, 'nearest')
    for (const index of [0, 1, 2]) {
      await openTab(officer, '力量')
      const list = officer.getByRole('listbox', { name: '力量' })
      await list.focus()
      await officer.keyboard.press('Home')
      for (let step = 0; step < index; step += 1) await officer.keyboard.press('ArrowDown')
      await officer.keyboard.press('o')
      const editor = officer.getByTestId('order-editor')
      await expect(editor).toBeVisible()
      units.push(await editor.getByLabel('单位', { exact: true }).inputValue())
      await expect(editor.getByLabel('任务')).toBeFocused()
      await type(officer, ['堵漏，切断泄漏源', '警戒疏散', '洗消监测'][index] ?? '')
      await tabTo(officer, '时限')
      await type(officer, '23:59')
      await tabTo(officer, '谁说的')
      await officer.keyboard.press('Control+A')
      await type(officer, '样例队长')
      await tabTo(officer, '号码')
      await officer.keyboard.press('Control+A')
      await type(officer, `0913-010002${index}`)
      await officer.keyboard.press('Control+Enter')
      await expect(officer.getByTestId('order')).toHaveCount(index + 1)
    }
    expect(new Set(units).size).toBe(3)
  })

  await test.step('each state is recorded with its evidence as the telephone tells it', async () => {
    const order = officer.locator(`[data-testid="order"][data-unit="${units[0]}"]`)
    for (const state of ['签收', '出动', '到场', '处置', '完成', '归队']) {
      await order.getByRole('button', { name: state, exact: true }).focus()
      await officer.keyboard.press('Enter')
      await expect(officer.getByTestId('state-editor')).toBeVisible()
      await officer.keyboard.press('Enter')
      await expect(officer.getByTestId('state-editor')).toHaveCount(0)
      await expect(order.locator('.states')).toContainText(state)
    }
    await expect(order.locator('.states')).toContainText('0913-0100020')
    await expect(order.locator('.states')).toContainText('李值班 录入')
    const second = officer.locator(`[data-testid="order"][data-unit="${units[1]}"]`)
    await second.getByRole('button', { name: '签收', exact: true }).click()
    await officer.getByTestId('state-editor').getByRole('radio', { name: '电台' }).check()
    await officer.getByTestId('state-editor').getByRole('button', { name: '记下' }).click()
    await expect(second.locator('.states')).toContainText('电台')
    // the leader's console shows it without being asked
    await openTab(leader, '指令')
    await expect(leader.locator(`[data-testid="order"][data-unit="${units[0]}"]`)).toContainText('归队')
    await screen(officer, 'orders')
    // the two that are still out are drawn; nobody reported a position, so where they were told to be
    await openLayers(leader)
    await expect(leader.locator('[data-layer="tasks"]')).toContainText('2 个')
    const stand = (await other.tasks.list.query({ incident: id })).filter((task) => task.isOpen).map((task) => task.unitPosition?.basis)
    expect(stand).toEqual(['told', 'told'])
  })

  await test.step('the bulletin is drafted, exported and says what is known and who said it', async () => {
    await openTab(officer, '报告')
    await officer.getByRole('button', { name: '拟值班快报' }).click()
    await officer.getByLabel('主送').fill('样例市委、市政府总值班室')
    await officer.getByLabel('报送单位').fill('样例市应急管理局')
    const download = officer.waitForEvent('download')
    await officer.getByRole('button', { name: '导出 DOCX' }).click()
    const file = await download
    expect(file.suggestedFilename()).toMatch(/\.docx$/)
    const bytes = await bytesOf(file)
    const words = wordsOf(bytes)
    for (const part of [
      '值 班 快 报',
      '关于秦东样例化工厂氯气泄漏的快报',
      '样例市委、市政府总值班室：',
      '样例市应急管理局',
      '死亡3人（据秦东样例化工厂 样例厂长',
      '疏散600人',
      '较大',
      '响应',
      ...units,
      '签收（电台',
    ]) {
      expect(words).toContain(part)
    }
    expect(wordsOf(bytes, 'word/header1.xml')).toContain('（拟稿）')
    expect(wordsOf(bytes, 'word/footer1.xml')).toContain('非涉密系统，严禁处理、存储、传输国家秘密')
    await expect(officer.getByTestId('report-open')).toHaveAttribute('data-state', 'drafted')
    await expect(officer.getByTestId('sources').first()).toContainText('据秦东样例化工厂')
    await screen(officer, 'bulletin')
    // the printed page says the same, on white paper
    const [paper] = await Promise.all([officer.context().waitForEvent('page'), officer.getByRole('link', { name: '打印' }).click()])
    await expect(paper.getByRole('heading', { name: '关于秦东样例化工厂氯气泄漏的快报' })).toBeVisible()
    await expect(paper.locator('article')).toContainText('非涉密系统')
    await expect(paper.locator('article')).toContainText('（拟稿）')
    await paper.emulateMedia({ media: 'print' })
    expect(
      await paper.evaluate(() => [getComputedStyle(document.documentElement).colorScheme, getComputedStyle(document.body).backgroundColor]),
    ).toEqual(['light', 'rgb(255, 255, 255)'])
    await paper.close()
  })

  await test.step('the time line is the journal, and the export is in it', async () => {
    const actions = (await other.incidents.timeline.query({ incident: id })).map((item) => item.action)
    for (const action of ['incidents.report', 'incidents.merge', 'incidents.confirmGrade', 'tasks.issued', 'tasks.returned', 'reports.export'])
      expect(actions).toContain(action)
  })
  await test.step('the page rewinds to before the orders, and comes back', async () => {
    await openTab(officer, '指令')
    await officer.getByRole('slider').last().focus()
    await officer.keyboard.press('Home')
    await expect(officer.locator('.states .later').first()).toBeVisible()
    await officer.getByRole('slider').last().focus()
    await officer.keyboard.press('End')
    await expect(officer.locator('.states .later')).toHaveCount(0)
  })
  expect(watch.outside).toEqual([])
})
