// One night at the desk, the sample pack's forty messages, by the duty officer and the watch leader in two browsers with every other host refused:
// five who contradict one another, a merge that was wrong, 退回, 电话授权 with 补签, figures corrected downward, 批示, handover. Every document is read.
import { writeFile } from 'node:fs/promises'
import { v7 as newId } from 'uuid'
import { fieldsOf, type IntakeInput, type Metric, NOT_CLASSIFIED_NOTICE, type ReportKind } from '../../native/contract/index.ts'
import { expect, team, test } from './fixtures.ts'
import { pick, recordReceipt, tabTo, type } from './incidents.helpers.ts'
import { type NightMessage, readNight } from './night.helpers.ts'
import { wordsOf } from './paper.helpers.ts'
import type { Client } from './station.ts'
import { todoLine } from './todo.helpers.ts'

test.use({ house: 'night', viewport: { width: 1600, height: 900 }, hasGlobe: true })

const night = readNight()
const begunAt = Date.now() - 181 * 60_000
const message = (at: number): NightMessage => {
  const found = night.find((one) => one.at === at)
  if (found === undefined) throw new Error(`the night has no message at ${at}`)
  return found
}
/** The moment of a message, told by whoever sent it. */
const told = (at: number, source = message(at).from) => ({ at: begunAt + at * 60_000, precision: 'exact' as const, source })

/** What is taken down of a message besides its words. */
async function followUp(client: Client, incident: string, at: number, figures: [Metric, number][] = []): Promise<void> {
  const { from, text } = message(at)
  await client.incidents.followUp.mutate({
    incident,
    report: { words: text, reporter: '', reporterUnit: from, reporterPhone: '', channel: 'telephone', received: told(at) },
    statements: figures.map(([metric, value]) => ({ metric, value, source: from, asOf: told(at), state: 'unverified' })),
  })
}
async function logLine(client: Client, at: number, incident: string | null): Promise<void> {
  const { channel, from, text } = message(at)
  const direction = channel === '去电' ? 'out' : channel === '电话' ? 'in' : 'other'
  await client.duty.writeLine.mutate({
    id: newId(),
    happenedAt: told(at),
    direction,
    party: from,
    matter: text,
    result: '',
    who: '李值班',
    incident,
    isNotable: false,
  })
}

/** A call about something, taken in as its own incident. @returns its id */
async function takenIn(client: Client, at: number, over: Pick<IntakeInput, 'title' | 'place' | 'area' | 'typeCode'>): Promise<string> {
  const { from, text } = message(at)
  const id = newId()
  await client.incidents.report.mutate({
    id,
    description: text,
    position: null,
    placedBy: null,
    occurred: null,
    circumstances: [],
    report: { words: text, reporter: '', reporterUnit: from, reporterPhone: '', channel: 'telephone', received: told(at) },
    statements: [],
    attachments: [],
    ...over,
  })
  return id
}
/** 风向东北，风力 2 级. */
const wind = { windFromDeg: 45, windForce: 2, windForceTo: 2 }
const unsaid = { windSpeedMs: null, temperatureC: null, humidityPercent: null, precipitation: null, precipitationMm: null, stability: null }

/** What each document must say besides its own fields. */
const expected: Partial<Record<ReportKind, RegExp[]>> = {
  first: [
    /第　1　期/u,
    /华州区样例化工厂氯气泄漏/u,
    /送医5人（据卫健值班室（样例）/u,
    /疏散600人（据华州区值班室（样例）/u,
    /无死亡/u,
    /电话授权/u,
    /东北风 ?2 ?级/u,
  ],
  'follow-up': [/送医6人.*上次报告：送医5人/u, /疏散430人.*上次报告：疏散600人/u, /危化救援队（样例）/u],
  'response-start': [/经吴带班批准/u, /启动.*级应急响应/u],
  'dispatch-order': [/现令你单位/u, /堵漏，切断泄漏源/u],
  'instruction-sheet': [/样例乙（市领导）/u, /全力救治伤员/u, /危化科（样例）/u],
  'response-end': [/终止.*应急响应/u],
}

test('a night of forty messages, from the first call to the handover', async ({ openAs, station, watch }) => {
  test.setTimeout(900_000)
  expect(night).toHaveLength(40)
  let desk = await station.as('officer')
  let lead = await station.as('watchLeader')
  const taken = await desk.duty.board.query()
  const [next] = taken.next
  if (next === undefined) throw new Error('no watch to take')
  const people = { watchLeaders: [{ name: '吴带班', telephone: '' }], shiftLeaders: [], officers: [{ name: '李值班', telephone: '0913-0100001' }] }
  await desk.duty.takeOver.mutate({
    next: { day: next.day, shift: next.shift.id, people },
    reason: '演练开始',
    shown: taken.open.map(({ id }) => id),
  })

  const officer = await openAs('officer', { path: '/incidents' })
  const reports = officer.getByTestId('report')
  let leak = ''
  await test.step('02:03, the 119 rings: pasted, what was found is taken by Enter, filed', async () => {
    await officer.keyboard.press('F2')
    await expect(officer.getByRole('textbox', { name: '原话' })).toBeFocused()
    await officer.keyboard.insertText(message(0).text)
    const found = officer.getByTestId('extract')
    await expect(found).toContainText('送医')
    // 接警 is when the call came, not when it happened: that is typed.
    await expect(found).not.toContainText('事发时间')
    for (const name of [/地点/, /送医/]) {
      await found.getByRole('button', { name }).focus()
      await officer.keyboard.press('Enter')
    }
    await tabTo(officer, '报告单位')
    await type(officer, message(0).from)
    await pick(officer, '事件类型', '12D02', /危险化学品泄漏/)
    await tabTo(officer, '事发时间')
    await type(officer, '3小时前')
    await tabTo(officer, '标题')
    await officer.keyboard.press('Control+A')
    await type(officer, '华州区样例化工厂氯气泄漏')
    await officer.keyboard.press('Control+Enter')
    await expect(officer).toHaveURL(/\/incidents\/[0-9a-f-]{36}$/)
    leak = new URL(officer.url()).pathname.split('/')[2] ?? ''
  })

  await test.step('02:07, the plant tells it smaller: the same thing, so a 续报', async () => {
    await officer.keyboard.press('F2')
    await expect(officer.getByRole('textbox', { name: '原话' })).toBeFocused()
    await officer.keyboard.insertText(message(4).text)
    await tabTo(officer, '报告单位')
    await type(officer, message(4).from)
    const same = officer.getByTestId('duplicate').filter({ hasText: '华州区样例化工厂氯气泄漏' })
    await expect(same).toContainText('都提到')
    await same.getByRole('button', { name: '是同一起：记作续报' }).click()
    await expect(officer).toHaveURL(new RegExp(`/incidents/${leak}$`))
    await expect(reports).toHaveCount(2)
  })

  await test.step('a villager and a lift: one belongs to it, the other was merged by mistake and is given back', async () => {
    const village = await takenIn(desk, 9, { title: '村民反映刺鼻气味', place: '华州区样例村', area: '610503', typeCode: null })
    const lift = await takenIn(desk, 11, { title: '样例小区二号楼电梯困人', place: '临渭区样例小区', area: '610502', typeCode: '12N04' })
    const merge = officer.getByTestId('merge')
    for (const id of [village, lift]) {
      await merge.getByRole('button', { name: '并案', exact: false }).last().click()
      await merge.getByRole('combobox').selectOption(id)
      await merge.getByRole('button', { name: '并入本案' }).last().click()
      await expect(merge.locator('.merged').filter({ has: officer.locator(`[href*="${id}"]`) })).toBeVisible()
    }
    const wrong = merge.locator('.merged').filter({ has: officer.locator(`[href*="${lift}"]`) })
    await wrong.getByRole('button', { name: '撤销并案' }).click()
    await expect(wrong).toHaveCount(0)
    await expect(reports).toHaveCount(3)
    expect((await desk.incidents.detail.query({ incident: lift })).mergedInto).toBeNull()
    expect((await desk.incidents.detail.query({ incident: village })).mergedInto).toBe(leak)
  })

  await test.step('five say five things: side by side until one is chosen', async () => {
    await followUp(desk, leak, 18, [
      ['hospitalised', 4],
      ['deaths', 0],
      ['evacuated', 200],
    ])
    await followUp(desk, leak, 27, [['hospitalised', 5]])
    await followUp(desk, leak, 29, [['evacuated', 600]])
    for (const at of [14, 21, 25, 33, 36, 39, 48, 52]) await logLine(desk, at, leak)
    await desk.incidents.addSceneWeather.mutate({ ...unsaid, ...wind, id: newId(), incident: leak, source: message(21).from, happenedAt: told(21) })
    const figures = officer.getByTestId('figures')
    await expect(figures).toContainText('说法不一')
    // All of it must be there: before, the last value that can be chosen is another one.
    for (const value of ['5 人', '600 人']) await expect(figures.locator('.one').filter({ hasText: value })).toBeVisible()
    for (const who of [message(27).from, message(29).from]) {
      const one = figures.locator('.one').filter({ hasText: who })
      await one.getByRole('button', { name: '选定' }).last().focus()
      await officer.keyboard.press('Enter')
      await expect(one.getByRole('button', { name: '已选定' }).last()).toBeVisible()
    }
    await expect(figures).not.toContainText('说法不一')
  })

  const open = officer.getByTestId('report-open')
  const editor = officer.getByTestId('report-editor')
  await test.step('the 首报, with the power cut in mid-sentence', async () => {
    await officer.getByRole('tab', { name: '报告', exact: true }).click()
    await officer.getByRole('button', { name: '拟首报' }).focus()
    await officer.keyboard.press('Enter')
    await tabTo(officer, '报送单位')
    await officer.keyboard.press('Control+A')
    await type(officer, '样例市应急管理局')
    await tabTo(officer, '主送')
    await type(officer, '样例省应急管理厅值')
    await expect(editor).toContainText('已保留')
    await station.kill()
    await station.restart()
    desk = await station.as('officer')
    lead = await station.as('watchLeader')
    const [draft] = await desk.reports.list.query({ query: '', incident: leak, kind: 'first', state: null, limit: 1 })
    await officer.goto(`${station.origin}/reports/${draft?.id}`)
    await expect(officer.getByLabel('主送')).toHaveValue('样例省应急管理厅值')
    await officer.getByLabel('主送').focus()
    await officer.keyboard.press('End')
    await type(officer, '班室')
    await officer.getByRole('button', { name: '送签' }).click()
    await expect(open).toHaveAttribute('data-state', 'submitted')
  })

  const leader = await openAs('watchLeader', { path: '/reports' })
  await test.step('退回 with words; then on the way, so 电话授权; sent, signed for, 补签', async () => {
    await (await todoLine(leader, '签发：首报')).click()
    await leader.getByRole('button', { name: '退回' }).click()
    await leader.keyboard.insertText('写明有无死亡')
    await leader.keyboard.press('Enter')
    await expect(editor).toContainText('吴带班 退回：写明有无死亡')
    await expect(officer.getByTestId('sources').filter({ hasText: '无死亡' })).toContainText('华州区值班室')
    const text = editor.locator('textarea')
    await text.fill(`${await text.inputValue()}\n另：截至目前无死亡报告。`)
    await officer.keyboard.press('Control+s')
    await officer.getByRole('button', { name: '电话授权签发' }).click()
    const box = officer.getByTestId('sign-box')
    await box.getByLabel('谁授权的').fill('吴带班')
    await box.getByLabel('谁的电话（号码）').fill('0913-0100009')
    await box.getByLabel('原话（可不填）').fill('授权你先下发')
    await officer.keyboard.press('Control+Enter')
    await expect(open).toHaveAttribute('data-state', 'signed')
    await officer.getByRole('button', { name: '记报送' }).click()
    await officer.getByTestId('send-form').getByLabel('报给谁').fill('样例省应急管理厅')
    await officer.keyboard.press('Control+Enter')
    await recordReceipt(officer)
    await (await todoLine(leader, '补签（电话授权）：首报')).click()
    await leader.getByRole('button', { name: '补签' }).click()
    await expect(officer.getByTestId('report-steps')).toContainText('补签')
  })

  await test.step('the response by telephone, the order with its evidence', async () => {
    await officer.goto(`${station.origin}/incidents/${leak}/plan`)
    const match = officer.getByTestId('plan-match').first()
    await expect(match).toContainText('危险化学品')
    await match
      .getByRole('button', { name: /建议.*三级.*响应/ })
      .first()
      .click()
    await officer.getByTestId('propose-form').getByRole('button', { name: '建议启动' }).click()
    const form = officer.getByTestId('approve-form')
    await form.getByLabel('批准人').fill('吴带班')
    await form.getByLabel('号码').fill('0913-0100009')
    await form.getByLabel('依据').fill(message(66).text)
    await form.getByRole('button', { name: '批准启动' }).click()
    await expect(officer.getByTestId('checklist-item').first()).toBeVisible()
    await expect(officer.getByTestId('propose-form')).toHaveCount(0)
  })

  const order = newId()
  await test.step('the team is ordered out and says where it is; figures are corrected downward', async () => {
    const evidence = { kind: 'telephone' as const, who: '样例队长', number: '0913-0100021', words: message(78).text, sha256: null }
    await desk.tasks.issue.mutate({
      id: order,
      incident: leak,
      kind: 'instruction',
      inNameOf: '样例市应急指挥部',
      unit: '危化救援队（样例）',
      resource: null,
      contact: '样例队长',
      phone: '0913-0100021',
      task: '堵漏，切断泄漏源',
      place: '华州区样例化工厂',
      position: null,
      deadline: told(118).at,
      dueState: 'arrived',
      signWithinMinutes: 10,
      happenedAt: told(70, '值班室'),
      evidence,
    })
    for (const [state, at] of [
      ['signed', 78],
      ['departed', 83],
      ['arrived', 124],
    ] as const)
      await desk.tasks.record.mutate({ id: newId(), task: order, state, happenedAt: told(at, '样例队长'), evidence, reason: '', position: null })
    await followUp(desk, leak, 55, [['hospitalised', 7]])
    await followUp(desk, leak, 99, [['evacuated', 430]])
    await followUp(desk, leak, 131, [['hospitalised', 6]])
    for (const at of [61, 70, 74, 83, 87, 104, 108, 113, 124]) await logLine(desk, at, leak)
    await officer.goto(`${station.origin}/incidents/${leak}`)
    const figures = officer.getByTestId('figures')
    for (const [who, figure] of [
      [message(131).from, '6 人'],
      [message(99).from, '430 人'],
    ] as const) {
      const choice = figures.locator('.one').filter({ hasText: who }).filter({ hasText: figure }).getByRole('button', { name: '选定' })
      await choice.click()
      await expect(figures.locator('.one.chosen').filter({ hasText: figure })).toBeVisible()
    }
  })

  await test.step('续报 tells what changed beside what was told before, and is signed in person', async () => {
    await officer.getByRole('tab', { name: '报告', exact: true }).click()
    await officer.getByRole('button', { name: '拟续报' }).click()
    const text = await editor.locator('textarea').inputValue()
    expect(text).toMatch(/送医6人（据卫健值班室（样例）.*（上次报告：送医5人/u)
    expect(text).toMatch(/疏散430人（据华州区值班室（样例）.*（上次报告：疏散600人/u)
    expect(text).not.toContain('电梯')
    await officer.getByRole('button', { name: '送签' }).click()
    await (await todoLine(leader, /签发：续报/)).click()
    await leader.getByRole('button', { name: /^签发/ }).click()
    await leader.getByTestId('sign-box').getByRole('button', { name: /^签发/ }).focus()
    await leader.keyboard.press('Control+Enter')
    await expect(open).toHaveAttribute('data-state', 'signed')
  })

  await test.step('notices, the order on paper, the 批示, and the end of the response', async () => {
    const instruction = newId()
    await desk.instructions.add.mutate({
      id: instruction,
      incident: leak,
      report: null,
      task: null,
      leader: '样例乙',
      post: '市领导',
      givenAt: told(118),
      way: 'written',
      words: message(118).text,
      owner: '危化科（样例）',
      dueAt: told(118).at + 16 * 3_600_000,
      photos: [],
    })
    for (const at of [138, 146]) await logLine(desk, at, null)
    for (const at of [155, 168, 180]) await followUp(desk, leak, at)
    const end = newId()
    const said = message(180).text
    await desk.responses.propose.mutate({
      id: end,
      incident: leak,
      kind: 'end',
      tier: null,
      plan: null,
      grade: null,
      clause: '',
      reason: said,
      proposedAt: told(180),
    })
    await desk.responses.approve.mutate({
      decision: end,
      approver: '吴带班',
      approvalWay: 'telephone',
      approvalNumber: '0913-0100009',
      approvedAt: told(180),
      evidence: said,
      evidenceBlob: null,
      openTasks: 'keep',
    })
    for (const [kind, about] of [
      ['response-start', null],
      ['dispatch-order', { dataset: 'tasks', row: order }],
      ['instruction-sheet', { dataset: 'instructions', row: instruction }],
      ['response-end', null],
    ] as const) {
      const id = newId()
      await desk.reports.draft.mutate({ id, kind, incident: leak, about, corrects: null })
      await desk.reports.submit.mutate({ report: id, words: '' })
      const { fieldsHash } = await lead.reports.get.query({ report: id })
      await lead.reports.sign.mutate({ report: id, seen: fieldsHash, overrides: [] })
    }
  })

  await test.step('every document that came out, field by field', async () => {
    const rows = await desk.reports.list.query({ query: '', incident: leak, kind: null, state: null, limit: 50 })
    expect(rows.map((row) => row.kind).toSorted()).toEqual([...Object.keys(expected)].toSorted())
    for (const { id, kind } of rows) {
      const report = await desk.reports.get.query({ report: id })
      const answer = await officer.request.get(`${station.origin}/blobs/${report.blob}`)
      const bytes = await answer.body()
      // Kept beside the results, to be looked at on paper.
      await writeFile(test.info().outputPath(`${kind}.docx`), bytes)
      const words = wordsOf(bytes)
      for (const field of fieldsOf(kind)) for (const value of [report.fields[field]].flat()) expect(words, `${kind} ${field}`).toContain(value)
      for (const part of expected[kind] ?? []) expect(words, kind).toMatch(part)
      expect(words, kind).toContain('吴带班')
      expect(words, kind).not.toMatch(/电梯|undefined|\{/u)
      expect(wordsOf(bytes, 'word/header1.xml'), kind).not.toContain('拟稿')
      expect(wordsOf(bytes, 'word/footer1.xml'), kind).toContain(NOT_CLASSIFIED_NOTICE)
    }
  })

  await test.step('handed over: nothing dropped without a word, both sign', async () => {
    await officer.goto(`${station.origin}/duty`)
    await expect(officer.getByTestId('matter').filter({ hasText: '全力救治伤员' })).toBeVisible()
    await officer.getByRole('button', { name: '我已交清，签字' }).click()
    const beside = officer.getByRole('form', { name: '接班人在旁签字' })
    await beside.getByLabel('接班人账号').fill(team.shiftLeader.login)
    await beside.getByLabel('PIN 或密码').fill(team.shiftLeader.password)
    await officer.keyboard.press('Enter')
    await expect(officer.getByText(`${team.shiftLeader.name} 已接班`)).toBeVisible()
    const [record] = await desk.duty.handovers.query({ limit: 1 })
    await officer.goto(`${station.origin}/duty/print/handover/${record?.id}`)
    const sheet = officer.getByRole('article')
    for (const part of ['华州区样例化工厂氯气泄漏', '全力救治伤员', `接班人：${team.shiftLeader.name}（密码确认`, '非涉密系统'])
      await expect(sheet).toContainText(part)
  })
  expect(watch.outside).toEqual([])
})
