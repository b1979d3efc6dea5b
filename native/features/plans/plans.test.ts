import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { leak, openPlansStation, type PlansStation, samplesFolder } from './testing.ts'
import { planSearchProjection } from './plans.projection.ts'

let station: PlansStation
beforeEach(async () => {
  station = await openPlansStation()
})
afterEach(() => station.close())

describe('the head of a plan, changed at two consoles', () => {
  it('takes what each changed, refuses what one had not seen, and leaves alone what the form was only shown', async () => {
    const plan = await station.load('hazchem.docx')
    const head = async () => {
      const { title, issuer, area, eventTypes, keywords, isRetired } = (await station.plans.plans.document(plan, null)).plan
      return { title, issuer, area, eventTypes, keywords, isRetired }
    }
    const seen = await head()
    await station.plans.plans.update({ plan, ...seen, issuer: '另一席改的', title: '另一席的名称', seen }, 'other')
    await station.plans.plans.update({ plan, ...seen, keywords: ['氯气'], seen }, 'officer')
    expect(await head()).toEqual({ ...seen, issuer: '另一席改的', title: '另一席的名称', keywords: ['氯气'] })
    await expect(station.plans.plans.update({ plan, ...seen, title: '我的名称', seen }, 'officer')).rejects.toMatchObject({
      code: 'CONFLICT',
      params: { field: 'title' },
    })
    await station.plans.plans.update({ plan, ...seen, title: '我的名称', seen: { ...seen, title: '另一席的名称' } }, 'officer')
    expect(await head()).toEqual({ ...seen, issuer: '另一席改的', title: '我的名称', keywords: ['氯气'] })
  })
})

describe('importing a plan', () => {
  it('takes it in whole, says how far it is, and puts it in force at the end', async () => {
    const plan = await station.load('hazchem.docx')
    const document = await station.plans.plans.document(plan, null)
    expect(document.isComplete).toBe(true)
    expect(document.plan).toMatchObject({
      title: '样例市危险化学品泄漏事故应急预案',
      issuer: '样例市应急管理局',
      area: '610500',
      eventTypes: ['12D02'],
      isSample: true,
      versionNumber: 1,
      format: 'docx',
      unsure: [],
    })
    expect(document.plan.tiers).toEqual(['tier-1', 'tier-2', 'tier-3', 'tier-4'])
    expect(document.actions.filter((action) => action.tier === 'tier-1')).toHaveLength(10)
    expect(document.actions.find((action) => action.tier === 'tier-1' && action.role === '市公安局')).toMatchObject({
      deadlineMinutes: 60,
      action: '划定警戒区，实施交通管制，封闭周边道路',
    })
    const byId = new Map(document.actions.map((action) => [action.id, action]))
    const cordon = document.actions.find((action) => action.tier === 'tier-1' && action.role === '市公安局')
    expect(cordon?.after.map((id) => byId.get(id)?.role)).toEqual(['市消防救援支队'])
    expect(document.paragraphs.find((paragraph) => paragraph.id === cordon?.paragraph)?.kind).toBe('row')
    expect(station.plans.importer.states()[0]).toMatchObject({ stage: 'done', share: 1, error: null })
  })

  it('makes a new version on re-import, keeps the old one and what people set on the plan', async () => {
    const plan = await station.load('hazchem.docx')
    await station.plans.plans.update(
      { plan, seen: null, title: '改过的名称', issuer: null, area: '610502', eventTypes: ['12D00'], keywords: ['氯气'], isRetired: false },
      'officer',
    )
    const first = (await station.plans.plans.document(plan, null)).version.id
    await station.load('tailings.pdf', { plan })
    const document = await station.plans.plans.document(plan, null)
    expect(document.versions.map((version) => version.number)).toEqual([2, 1])
    expect(document.plan).toMatchObject({ title: '改过的名称', area: '610502', eventTypes: ['12D00'], versionNumber: 2, format: 'pdf' })
    expect((await station.plans.plans.document(plan, first)).actions.length).toBeGreaterThan(20)
    expect((await search('液氨')).hits).toEqual([])
    expect((await search('土工布')).hits).toHaveLength(1)
  })

  it('lets a person put right what was unsure, as an act', async () => {
    const plan = await station.load('forest-fire.docx')
    const before = await station.plans.plans.document(plan, null)
    const vague = before.actions.find((action) => action.unsure.includes('deadline-vague'))
    if (vague === undefined) throw new Error('nothing vague')
    await station.plans.plans.fixAction(
      { id: vague.id, tier: vague.tier, role: vague.role, action: vague.action, deadlineMinutes: 10, after: [] },
      'officer',
    )
    const after = await station.plans.plans.document(plan, null)
    expect(after.actions.find((action) => action.id === vague.id)).toMatchObject({ deadlineMinutes: 10, unsure: [] })
    expect(after.plan.unsureCount).toBe(before.plan.unsureCount - 1)
    const entries = await station.journal.timeline({ dataset: 'plans', row: plan }, { by: 'known' })
    expect(entries.at(-1)).toMatchObject({ action: 'plans.fix', actor: 'officer' })
    // A paragraph that was put right is found by its new words at once.
    const line = after.paragraphs.find((paragraph) => paragraph.body.includes('风力灭火机'))
    if (line === undefined) throw new Error('no such paragraph')
    await station.plans.plans.fixParagraph({ id: line.id, kind: 'text', depth: null, number: null, body: '储备水枪与二号工具', tiers: [] }, 'officer')
    expect((await search('二号工具')).hits.map((hit) => hit.paragraph)).toEqual([line.id])
    expect((await search('风力灭火机')).hits).toEqual([])
    await expect(station.plans.plans.confirm({ part: 'Actions', id: plan }, 'officer')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('adds and removes an action by hand', async () => {
    const plan = await station.load('tailings.pdf')
    const { version } = await station.plans.plans.document(plan, null)
    const id = await station.plans.plans.addAction(
      { version: version.id, tier: 'tier-1', role: '市气象局', action: '提供降水预报', deadlineMinutes: 30, after: [] },
      'officer',
    )
    expect((await station.plans.plans.document(plan, null)).actions.at(-1)).toMatchObject({ id, role: '市气象局' })
    await station.plans.plans.removePart({ part: 'Actions', id }, 'officer')
    expect((await station.plans.plans.document(plan, null)).actions.some((action) => action.id === id)).toBe(false)
  })
})

describe('searching', () => {
  it('finds words of one and two characters, headings first, with the places to highlight', async () => {
    await station.load('hazchem.docx')
    await station.load('flood.docx')
    for (const [query, least] of [
      ['氯', 1],
      ['氨', 1],
      ['堵漏', 3],
      ['0913-0100001', 2],
      ['Ⅱ级', 1],
      ['II级', 1],
      ['响应 终止', 2],
    ] as const) {
      const { hits } = await search(query)
      expect(hits.length, query).toBeGreaterThanOrEqual(least)
      for (const hit of hits) for (const [start, end] of hit.ranges) expect(hit.body.slice(start, end).length).toBeGreaterThan(0)
    }
    expect((await search('响应终止')).hits[0]).toMatchObject({ kind: 'heading' })
    expect((await search('洪水')).hits.every((hit) => hit.planTitle.includes('防汛'))).toBe(true)
    expect((await search('没有这样的词')).hits).toEqual([])
    expect((await search('，。')).hits).toEqual([])
  })

  it('narrows to one plan and to one tier', async () => {
    const hazchem = await station.load('hazchem.docx')
    await station.load('flood.docx')
    const all = await search('转移')
    expect(new Set(all.hits.map((hit) => hit.plan)).size).toBe(1)
    expect((await station.plans.plans.search({ query: '转移', plan: hazchem, tier: null, limit: 50 })).hits).toEqual([])
    const tier = await station.plans.plans.search({ query: '侦检', plan: null, tier: 'tier-3', limit: 50 })
    expect(tier.hits.length).toBeGreaterThan(0)
    expect(tier.hits.every((hit) => hit.tiers.includes('tier-3'))).toBe(true)
    expect((await station.plans.plans.search({ query: '市', plan: null, tier: null, limit: 5 })).hasMore).toBe(true)
  })

  it('is the same after the index was emptied and built again', async () => {
    await station.load('earthquake.docx')
    const before = await search('震')
    const ids = (await station.store.all<{ id: string }>('SELECT id FROM planParagraphs')).map((row) => row.id)
    await station.store.write(async (tx) => {
      await planSearchProjection.clear(tx)
      await planSearchProjection.update(tx, ids, { isNew: false, prepared: null })
    })
    expect(before.hits.length).toBeGreaterThan(10)
    expect(await search('震')).toEqual(before)
  })
})

describe('matching', () => {
  const match = () => station.plans.plans.match(station.incident)

  it('ranks by type, grade, area and words, and says why', async () => {
    const hazchem = await station.load('hazchem.docx')
    await station.load('flood.docx')
    await station.load('tailings.pdf')
    const { matches, because } = await match()
    expect(matches.map((one) => one.plan)).toEqual([hazchem])
    expect(matches[0]).toMatchObject({
      proposedTier: 'tier-3',
      reasons: [
        { kind: 'type', planType: '12D02', incidentType: '12D02', isExact: true },
        { kind: 'grade', grade: 'larger', tier: 'tier-3', clause: '4.3.3 Ⅲ级响应' },
        { kind: 'area', area: '610500' },
        { kind: 'words', found: expect.arrayContaining(['氯气', '泄漏', '中毒']) },
      ],
    })
    expect(because.map((one) => one.why)).toEqual(['other-type', 'other-type'])
  })

  it('has no match (无匹配预案) for another kind of event, another area, or a retired plan', async () => {
    const plan = await station.load('hazchem.docx')
    Object.assign(station.incident, { typeCode: '11D01', words: '后山滑坡，路断了' })
    expect((await match()).matches).toEqual([])
    Object.assign(station.incident, leak(), { id: station.incident.id })
    station.incident.area = '610100'
    expect(await match()).toMatchObject({ matches: [], because: [{ why: 'other-area' }] })
    station.incident.area = '610502'
    await station.plans.plans.update(
      { plan, seen: null, title: '旧预案', issuer: null, area: '610500', eventTypes: ['12D02'], keywords: [], isRetired: true },
      'officer',
    )
    expect(await match()).toMatchObject({ matches: [], because: [{ why: 'retired' }] })
  })

  it('has no match in an empty library', async () => {
    expect(await match()).toEqual({ matches: [], because: [] })
  })

  it('goes by words where the type is not known yet, and by nothing where they do not speak', async () => {
    const plan = await station.load('hazchem.docx')
    station.incident.typeCode = null
    station.incident.typeName = null
    expect((await match()).matches[0]).toMatchObject({
      plan,
      reasons: [{ kind: 'grade' }, { kind: 'area' }, { kind: 'words', found: expect.arrayContaining(['氯气', '泄漏', '中毒']) }],
    })
    station.incident.words = '道路上有落石'
    expect(await match()).toMatchObject({ matches: [], because: [{ why: 'no-word' }] })
  })

  it('offers a neighbouring type only when words speak for it', async () => {
    await station.load('hazchem.docx')
    station.incident.typeCode = '12D01'
    expect((await match()).matches).toHaveLength(1)
    station.incident.words = '装置区起火'
    expect((await match()).matches).toEqual([])
  })

  it('goes by the plan’s own words where its types are not known', async () => {
    const plan = await station.load('hazchem.docx')
    await station.plans.plans.update(
      { plan, seen: null, title: '样例预案', issuer: null, area: '610500', eventTypes: [], keywords: ['堰塞湖', '溃坝'], isRetired: false },
      'officer',
    )
    Object.assign(station.incident, { typeCode: null, typeName: null, words: '上游形成堰塞湖，有溃坝危险' })
    expect((await match()).matches[0]).toMatchObject({ plan, reasons: [{ kind: 'grade' }, { kind: 'area' }, { kind: 'words' }] })
  })

  it('offers what is plainly said even where another kind was typed, behind a plan for that kind', async () => {
    await station.load('hazchem.docx')
    Object.assign(station.incident, { typeCode: '12H01', typeName: '翻车', words: '货车侧翻，漏了一点柴油' })
    expect((await match()).matches).toEqual([])
    station.incident.words = '甲醇罐车侧翻，罐体破裂，正在泄漏'
    const [first] = (await match()).matches
    expect(first?.reasons.map((reason) => reason.kind)).toEqual(['grade', 'area', 'words'])
  })

  it('proposes no tier where the plan does not answer to the grade, or there is none', async () => {
    await station.load('tailings.pdf')
    Object.assign(station.incident, { typeCode: '12B04', grade: 'larger' })
    expect((await match()).matches[0]?.proposedTier).toBeNull()
    station.incident.grade = null
    expect((await match()).matches[0]?.proposedTier).toBeNull()
    station.incident.grade = 'major'
    expect((await match()).matches[0]?.proposedTier).toBe('tier-2')
  })
})

async function search(query: string) {
  return station.plans.plans.search({ query, plan: null, tier: null, limit: 50 })
}

describe('files that are no plan', () => {
  it('leaves nothing behind when the file is refused', async () => {
    const path = join(station.directory, 'empty.docx')
    await writeFile(path, '')
    await expect(station.load(path)).rejects.toMatchObject({ code: 'FILE_EMPTY' })
    expect(await station.plans.plans.list()).toEqual([])
    expect(station.plans.importer.states()[0]).toMatchObject({ stage: 'failed', error: { code: 'FILE_EMPTY' } })
    await expect(station.load(`${samplesFolder}hazchem.docx`, { plan: station.incident.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
