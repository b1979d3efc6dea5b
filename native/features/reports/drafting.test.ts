// Drafts of every kind on a real store: filled from statements with their sources; a 续报 tells only what changed; nothing is invented.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkWording, type FieldSource, ReportKind, shortMessageLimit } from '../../contract/index.ts'
import { newId } from '../../kernel/ids.ts'
import { at, intake, officer, order, said } from '../incidents/testing.ts'
import { decision, openReports, type ReportsStation } from './testing/station.ts'

let station: ReportsStation
let incident: string
beforeEach(async () => {
  station = await openReports()
  const input = intake({ statements: [said('hospitalised', 9, '119', 10), said('evacuated', 600, '镇政府', 10)] })
  incident = input.id
  await station.incidents.report(input, officer)
})
afterEach(() => station.close())

const textOf = async (report: string) => (await station.reports.service.get(report)).fields.正文.join('\n')
const state = (metric: Parameters<typeof said>[0], value: number, source: string, minutesAgo = 1) =>
  station.followUps.state(incident, said(metric, value, source, minutesAgo), officer)
const chosenOf = async (metric: string) => (await station.incidents.detail(incident)).figures.find((one) => one.metric === metric)

describe('首报', () => {
  test('tells all that is known, each figure with its source marked, differing ones side by side, 死亡 失联 被困 apart', async () => {
    await state('deaths', 1, '市人民医院')
    await state('outOfContact', 2, '企业')
    await state('trapped', 1, '119')
    await state('hospitalised', 6, '县卫健局')
    const id = await station.draft('first', incident)
    const { fields, sources } = await station.reports.service.get(id)
    const text = fields.正文.join('\n')
    for (const part of ['死亡1人（据市人民医院', '失联2人（据企业', '被困1人（据119', '送医人数说法不一：送医9人（据119', '送医6人（据县卫健局'])
      expect(text).toContain(part)
    const marked = (words: string) => sources.find((source: FieldSource) => source.words.includes(words))
    expect(marked('死亡1人')).toMatchObject({ field: '正文', who: '市人民医院', state: 'unverified', ref: { dataset: 'incidentStatements' } })
    expect(marked('死亡1人')?.asOf).not.toBeNull()
    for (const source of sources) expect(text).toContain(source.words.replace(/。$/u, ''))
    expect(fields).toMatchObject({
      标题: '关于秦东化工厂（样例）氯气泄漏的首报',
      报送单位: '样例市应急管理局',
      联系人: officer.name,
      紧急程度: '特急',
    })
  })

  test('the place is not told twice when the title begins with its end', async () => {
    const input = intake({ place: '渭南市临渭区秦东样例化工厂', title: '秦东样例化工厂氯气泄漏' })
    await station.incidents.report(input, officer)
    expect(await textOf(await station.draft('bulletin', input.id))).toContain('，渭南市临渭区发生秦东样例化工厂氯气泄漏。')
  })

  test('a merged report that came earlier does not take the words of the one that was taken in', async () => {
    const input = intake({ report: { ...intake().report, words: '村里有刺鼻味', reporter: '样例村民', reporterUnit: '', received: at(50) } })
    await station.incidents.report(input, officer)
    await station.merges.merge({ incident: input.id, into: incident, words: '' }, officer)
    const text = await textOf(await station.draft('first', incident))
    expect(text).toContain('接秦东化工厂（样例）样例报警人报告：液氯储罐阀门泄漏')
    expect(text).not.toContain('样例村民报告')
  })

  test('a loss is told exactly, whatever its size', async () => {
    await state('directLossYuan', 1_234_567, '企业')
    expect(await textOf(await station.draft('first', incident))).toContain('直接经济损失123.4567万元（据企业')
    await state('directLossYuan', 1_200_000_000, '县政府')
    expect(await textOf(await station.draft('first', incident))).toContain('直接经济损失12亿元（据县政府')
  })
})

describe('续报', () => {
  test('tells only what changed since the last signed one, with what was told before; they are counted as they are signed', async () => {
    await station.sign(await station.draft('first', incident))
    await state('hospitalised', 6, '县卫健局')
    const hospitalised = await chosenOf('hospitalised')
    const corrected = hospitalised?.statements.find((one) => one.value === 6)?.id ?? ''
    await station.followUps.choose({ incident, metric: 'hospitalised', statement: corrected, seen: null }, officer)
    await station.tasks.issue(order(incident), officer)
    const one = await station.draft('follow-up', incident)
    const text = await textOf(one)
    expect(text).toContain('送医6人（据县卫健局')
    expect(text).toContain('（上次报告：送医9人，据119）')
    expect(text).toContain('指令渭南危化救援队（样例）')
    expect(text).not.toContain('疏散600人')
    expect(text).not.toMatch(/更正|增加|减少/u)
    expect((await station.reports.service.get(one)).name).toBe('续报一')
    const two = await station.draft('follow-up', incident)
    await station.sign(one)
    expect((await station.reports.service.get(two)).name).toBe('续报二')
    const three = await station.draft('follow-up', incident)
    expect(await textOf(three)).toMatch(/^截至.*与.*报告的情况相比无变化。/u)
    await station.sign(two)
    expect([(await station.reports.service.get(one)).name, (await station.reports.service.get(two)).name]).toEqual(['续报一', '续报二'])
    expect((await station.reports.service.get(three)).name).toBe('续报三')
    const final = await textOf(await station.draft('final', incident))
    for (const part of ['送医6人（据县卫健局', '疏散600人（据镇政府', '指令渭南危化救援队']) expect(final).toContain(part)
  })

  test('what comes in while it lies as a draft is named as missing, and taken in by one key', async () => {
    const id = await station.draft('first', incident)
    expect((await station.reports.service.get(id)).news).toEqual([])
    await state('trapped', 3, '119')
    expect((await station.reports.service.get(id)).news).toEqual([expect.stringContaining('被困3人（据119') as string])
    await station.reports.service.refresh(id, officer)
    expect(await textOf(id)).toContain('被困3人（据119')
    expect((await station.reports.service.get(id)).news).toEqual([])
  })

  test('the newest weather at the scene is told with who said so, and again only when it changed', async () => {
    const measures = { windFromDeg: 45, windSpeedMs: null, windForce: 2, windForceTo: 2, temperatureC: 3, humidityPercent: null }
    const told = {
      precipitation: null,
      precipitationMm: null,
      stability: null,
      source: '气象值班室',
      happenedAt: at(5),
      enteredAt: 0,
      enteredByName: '',
    }
    station.given.weather = [{ id: newId(), incident, ...measures, ...told }]
    const first = await station.draft('first', incident)
    expect(await textOf(first)).toContain('现场气象：东北风 2 级，气温 3℃（据气象值班室，截至')
    await station.sign(first)
    expect(await textOf(await station.draft('follow-up', incident))).not.toContain('现场气象')
    station.given.weather = [{ id: newId(), incident, ...measures, windFromDeg: 135, ...told }, ...station.given.weather]
    expect(await textOf(await station.draft('follow-up', incident))).toContain('现场气象：东南风 2 级')
  })

  test('a draft that was never signed has told nothing', async () => {
    await station.draft('first', incident)
    expect(await textOf(await station.draft('follow-up', incident))).toContain('送医9人（据119')
  })
})

describe('短信体 and 电话口述稿', () => {
  test('say who said each figure and keep to 200 characters; what has no room is named', async () => {
    await state('deaths', 0, '县卫健局')
    const id = await station.draft('short-message', incident)
    const text = await textOf(id)
    expect(text).toMatch(/^【突发事件首报】\d+月\d+日\d+时\d+分许，渭南市临渭区样例工业园发生秦东化工厂（样例）氯气泄漏。/u)
    expect(text).toContain('据县卫健局，截至')
    expect(text).toContain('无死亡（待核）')
    expect(text).toContain('（拟稿：样例值班员）')
    expect(text.length).toBeLessThanOrEqual(shortMessageLimit)
    for (let n = 0; n < 8; n += 1) await state('evacuated', 700 + n, `样例镇人民政府第${n}工作组`, n)
    const long = await station.draft('short-message', incident)
    expect((await textOf(long)).length).toBeLessThanOrEqual(shortMessageLimit)
    expect(await textOf(long)).toContain('无死亡')
    const told = await station.store.get<{ omitted: string }>("SELECT json_extract(told, '$.omitted') AS omitted FROM reports WHERE id = ?", [long])
    expect(told?.omitted).toContain('疏散')
  })

  test('an endless title is cut where it can be seen', async () => {
    const input = intake({ title: '样'.repeat(190), place: '例'.repeat(250) })
    await station.incidents.report(input, officer)
    const text = await textOf(await station.draft('short-message', input.id))
    expect(text.length).toBeLessThanOrEqual(shortMessageLimit)
    expect(text).toContain('……')
  })

  test('the script has four lines: what, people, grade and measures, what is asked', async () => {
    station.given.decisions = [{ ...decision(incident, 'start'), state: 'proposed', approver: null }]
    const { fields } = await station.reports.service.get(await station.draft('telephone-script', incident))
    expect(fields.正文).toHaveLength(4)
    expect(fields.正文[0]).toContain('样例市应急管理局样例值班员报告：')
    expect(fields.正文[1]).toContain('送医9人（据119')
    expect(fields.正文[2]).toContain('尚未启动响应，尚未下达指令')
    expect(fields.正文[3]).toContain('建议启动三级响应（下风向有村庄），请批示')
  })
})

describe('notices, orders and sheets', () => {
  test('are drafted from what was decided, ordered or instructed, and not without', async () => {
    for (const kind of ['response-start', 'response-change', 'response-end', 'dispatch-order', 'instruction-sheet'] as const)
      await expect(station.draft(kind, incident)).rejects.toMatchObject({ code: 'REPORT_GROUNDS_MISSING' })
    const change = decision(incident, 'change')
    station.given.decisions = [decision(incident, 'start'), change]
    const notice = await station.reports.service.get(await station.draft('response-change', incident))
    expect(notice.fields.标题).toContain('将应急响应级别由三级调整为二级的通知')
    expect(notice.fields.正文.join('')).toContain('经样例带班领导批准，依据《样例市危险化学品事故应急预案》第4.2条')
    expect(notice.sources.some((source) => source.ref?.row === change.id)).toBe(true)
    await expect(station.draft('response-end', incident)).rejects.toMatchObject({ code: 'REPORT_GROUNDS_MISSING' })
    const first = order(incident)
    await station.tasks.issue(first, officer)
    await station.tasks.issue(order(incident, { unit: '样例医疗队', kind: 'request', deadline: Date.now() + 3_600_000 }), officer)
    const dispatch = await station.reports.service.get(
      await station.draft('dispatch-order', incident, { about: { dataset: 'tasks', row: first.id } }),
    )
    expect(dispatch.fields).toMatchObject({ 主送: first.unit, 标题: `关于调派${first.unit}的调度令` })
    const request = await textOf(await station.draft('dispatch-order', incident))
    expect(request).toContain('现商请你单位：')
    expect(request).toMatch(/前到场。/u)
    const instruction = {
      id: newId(),
      incident: null,
      from: '样例乙（市领导）',
      words: '全力救治伤员。',
      owner: '危化科',
      dueAt: null,
      isDone: false,
    }
    station.given.instructions = [instruction]
    const sheet = await station.reports.service.get(await station.draft('instruction-sheet', null))
    expect(sheet.fields).toMatchObject({ 批示领导: '样例乙（市领导）', 批示内容: '全力救治伤员。', 承办: '危化科' })
  })

  test('the digest is the day as the watch composed it, with its sources', async () => {
    const ref = { dataset: 'incidents', row: incident }
    const source = { words: '氯气泄漏', who: '119', asOf: at(60), state: null, ref }
    station.given.digest = {
      day: '2026-11-26',
      from: 0,
      to: 0,
      paragraphs: [
        { section: 'incidents', words: '1．氯气泄漏，据119。', sources: [source] },
        { section: 'watch', words: '带班领导：样例甲。', sources: [] },
      ],
    }
    const { fields, sources } = await station.reports.service.get(await station.draft('digest', null))
    expect(fields.标题).toBe('2026年11月26日值班要情')
    expect(fields.正文).toEqual(['一、值班情况', '带班领导：样例甲。', '二、突发事件', '1．氯气泄漏，据119。'])
    expect(sources).toMatchObject([{ who: '119', ref }])
  })
})

test('what the station drafts by itself passes its own wording check, whatever the kind', async () => {
  await state('deaths', 3, '市人民医院')
  await state('outOfContact', 2, '企业')
  station.given.response = '三级响应（《样例市危险化学品事故应急预案》）'
  station.given.decisions = [decision(incident, 'start'), decision(incident, 'change'), decision(incident, 'end')]
  station.given.instructions = [{ id: newId(), incident, from: '样例乙', words: '全力救治。', owner: '危化科', dueAt: Date.now(), isDone: false }]
  await station.tasks.issue(order(incident), officer)
  for (const kind of ReportKind.options.filter((one) => one !== 'digest')) {
    const { fields } = await station.reports.service.get(await station.draft(kind, incident))
    const warnings = checkWording(kind, fields)
    // The 研判 of a 专报 is for a person to write; it says so and holds the signature back.
    expect(
      warnings.map((one) => one.kind),
      `${kind}: ${warnings.map((one) => one.words).join('、')}`,
    ).toEqual(kind === 'special' ? ['blank'] : [])
  }
})
