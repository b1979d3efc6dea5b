// The work on incidents on a real store: intake, figures, grade, edits from two consoles, merge and back, drafts.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../../kernel/ids.ts'
import { at, intake, leader, officer, openIncidents, said } from './testing.ts'

let station: Awaited<ReturnType<typeof openIncidents>>
beforeEach(async () => {
  station = await openIncidents()
})
afterEach(() => station.close())

const everything = { query: '', informationState: null, grade: null, area: null, isOpen: null, limit: 100 }

describe('intake', () => {
  test('is one report with its figures, the grade proposed with its clause, and reasons to report apart', async () => {
    const input = intake({ statements: [said('deaths', 3, '119'), said('evacuated', 600, '镇政府')] })
    await station.incidents.report(input, officer)
    const detail = await station.incidents.detail(input.id)
    expect(detail).toMatchObject({
      title: input.title,
      typeName: '危险化学品泄漏',
      informationState: 'received',
      reportingState: 'none',
      grade: 'larger',
      isGradeConfirmed: false,
      proposal: { outcome: 'graded', grade: 'larger', reasons: [{ clause: '第三条第（三）项' }] },
      mustReport: [{ id: 'evacuated', value: 600, min: 500 }],
      reports: [{ kind: 'first', words: '厂里氯气漏了', reporterPhone: '0913-0100001' }],
    })
    expect(detail.figures.map((figure) => [figure.metric, figure.chosen?.value, figure.chosen?.source])).toEqual([
      ['deaths', 3, '119'],
      ['evacuated', 600, '镇政府'],
    ])
    const timeline = await station.journal.timeline({ dataset: 'incidents', row: input.id }, { by: 'happened' })
    expect(timeline.map((entry) => entry.action)).toEqual(['incidents.report', 'incidents.stateFigure', 'incidents.stateFigure'])
    expect(timeline[0]?.happenedAt).toEqual(input.report.received)
    expect((await station.incidents.list({ ...everything, grade: 'larger' })).map((row) => row.id)).toEqual([input.id])
    expect(await station.incidents.list({ ...everything, grade: 'general' })).toEqual([])
  })

  test('sent twice is taken in once', async () => {
    const input = intake()
    await station.incidents.report(input, officer)
    await expect(station.incidents.report(input, officer)).rejects.toMatchObject({ code: 'DUPLICATE' })
    expect(await station.incidents.list(everything)).toHaveLength(1)
  })

  test('without a rule table there is no grade, never 一般', async () => {
    const flood = intake({ typeCode: '11A01', statements: [said('deaths', 40, '119')] })
    const unknown = intake({ typeCode: null, statements: [said('deaths', 40, '119')] })
    await station.incidents.report(flood, officer)
    await station.incidents.report(unknown, officer)
    expect((await station.incidents.detail(flood.id)).proposal).toMatchObject({ outcome: 'no-table', grade: null })
    expect((await station.incidents.detail(unknown.id)).proposal).toMatchObject({ outcome: 'no-type', grade: null })
  })

  test('text with the marking of a state secret is refused wherever it stands, ordinary words are not', async () => {
    const report = intake().report
    for (const words of ['机密★10年', '密级：秘密', '绝  密\n关于……', '【机密】', '此件为绝密级']) {
      await expect(station.incidents.report(intake({ report: { ...report, words } }), officer)).rejects.toMatchObject({ code: 'CLASSIFIED_MARKING' })
    }
    for (const words of ['涉嫌泄露商业秘密', '秘密通道口发现泄漏', '非涉密系统'])
      await station.incidents.report(intake({ report: { ...report, words } }), officer)
    expect(await station.incidents.list(everything)).toHaveLength(3)
  })
})

describe('figures', () => {
  test('differing ones stand side by side until one is chosen; the graver one grades meanwhile', async () => {
    const input = intake({ statements: [said('deaths', 2, '119', 9), said('deaths', 3, '企业', 5)] })
    await station.incidents.report(input, officer)
    const before = await station.incidents.detail(input.id)
    expect(before.figures).toMatchObject([
      {
        metric: 'deaths',
        chosen: null,
        isDiffering: true,
        statements: [
          { value: 2, source: '119' },
          { value: 3, source: '企业' },
        ],
      },
    ])
    expect(before.proposal).toMatchObject({ grade: 'larger', differing: ['deaths'] })
    const low = before.figures[0]?.statements[0]?.id ?? ''
    await station.followUps.choose({ incident: input.id, metric: 'deaths', statement: low, seen: null }, officer)
    const after = await station.incidents.detail(input.id)
    expect(after.figures).toMatchObject([{ chosen: { value: 2 }, isChosenByPerson: true, statements: [{ value: 2 }, { value: 3 }] }])
    expect(after.proposal).toMatchObject({ grade: 'general', differing: [] })
    await expect(station.followUps.choose({ incident: input.id, metric: 'deaths', statement: null, seen: null }, leader)).rejects.toMatchObject({
      code: 'CONFLICT',
    })
    await station.followUps.setStatementState({ statement: low, state: 'verified', words: '' }, officer)
    expect((await station.incidents.detail(input.id)).figures[0]?.chosen?.state).toBe('verified')
  })

  test('失联 and 被困 are never deaths', async () => {
    const input = intake({ statements: [said('trapped', 30, '119'), said('outOfContact', 5, '119')] })
    await station.incidents.report(input, officer)
    expect(await station.incidents.detail(input.id)).toMatchObject({ grade: null, mustReport: [{ id: 'trappedOrMissing', value: 35, min: 3 }] })
  })
})

describe('two consoles', () => {
  test('the second to write a field is told what the first wrote, and nothing is lost', async () => {
    const input = intake()
    await station.incidents.report(input, officer)
    await station.incidents.edit({ incident: input.id, field: 'place', value: '样例工业园东门', seen: input.place }, leader)
    const late = station.incidents.edit({ incident: input.id, field: 'place', value: '样例工业园西门', seen: input.place }, officer)
    await expect(late).rejects.toMatchObject({ code: 'CONFLICT', params: { field: 'place', theirs: '"样例工业园东门"', by: leader.name } })
    expect((await station.incidents.detail(input.id)).place).toBe('样例工业园东门')
    // another field is no conflict, and the same value twice is none
    await station.incidents.edit({ incident: input.id, field: 'title', value: '氯气泄漏', seen: input.title }, officer)
    await station.incidents.edit({ incident: input.id, field: 'place', value: '样例工业园东门', seen: input.place }, officer)
    await station.incidents.edit({ incident: input.id, field: 'position', value: [109.6, 34.6], seen: [109.51, 34.51] }, officer)
    expect(await station.incidents.detail(input.id)).toMatchObject({ title: '氯气泄漏', position: [109.6, 34.6] })
  })

  test('values out of range are refused', async () => {
    const input = intake()
    await station.incidents.report(input, officer)
    for (const [field, value] of [
      ['position', [200, 95]],
      ['position', [Number.NaN, 1]],
      ['title', '  '],
      ['typeCode', '99Z99'],
      ['area', '61050'],
    ] as const) {
      await expect(station.incidents.edit({ incident: input.id, field, value: value as never, seen: null }, officer)).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      })
    }
  })
})

describe('states', () => {
  test('confirming another grade than the proposed one asks why; the confirmed one is shown', async () => {
    const input = intake({ statements: [said('deaths', 1, '119')] })
    await station.incidents.report(input, officer)
    await expect(station.incidents.confirmGrade({ incident: input.id, grade: 'major', basis: ' ', confirmedBy: '' }, leader)).rejects.toMatchObject({
      code: 'REASON_REQUIRED',
    })
    await station.incidents.confirmGrade({ incident: input.id, grade: 'larger', basis: '社会关注', confirmedBy: '样例带班领导' }, leader)
    expect(await station.incidents.detail(input.id)).toMatchObject({ grade: 'larger', isGradeConfirmed: true, confirmedBy: '样例带班领导' })
    await station.incidents.confirmGrade({ incident: input.id, grade: null, basis: '', confirmedBy: '' }, leader)
    expect(await station.incidents.detail(input.id)).toMatchObject({ grade: 'general', isGradeConfirmed: false })
  })

  test('information has its own course; 误报, 转办 and 办结 ask for words', async () => {
    const input = intake()
    await station.incidents.report(input, officer)
    const set = (state: 'checking' | 'false' | 'verified', words = '') =>
      station.incidents.setState({ incident: input.id, state, words, happenedAt: at(1) }, officer)
    await set('checking')
    await expect(set('false')).rejects.toMatchObject({ code: 'REASON_REQUIRED' })
    await set('verified')
    await expect(station.incidents.close({ incident: input.id, isClosed: true, words: '', happenedAt: null }, officer)).rejects.toMatchObject({
      code: 'REASON_REQUIRED',
    })
    await station.incidents.close({ incident: input.id, isClosed: true, words: '处置完毕', happenedAt: null }, officer)
    expect((await station.incidents.facts(input.id)).isClosed).toBe(true)
    expect(await station.incidents.list({ ...everything, isOpen: true })).toEqual([])
    await station.incidents.close({ incident: input.id, isClosed: false, words: '复燃', happenedAt: null }, officer)
    expect(await station.incidents.detail(input.id)).toMatchObject({ closedAt: null, informationState: 'verified' })
  })
})

describe('duplicates and merge', () => {
  test('a second call about the same plant is found, merged, both are kept, and it is taken back', async () => {
    const first = intake({ statements: [said('hospitalised', 2, '119')] })
    await station.incidents.report(first, officer)
    const query = { except: null, words: '秦东化工厂闻到刺鼻气味', typeCode: null, position: null, area: null, at: Date.now() }
    const [likely] = await station.duplicates.find(query)
    expect(likely).toMatchObject({ incident: first.id })
    expect(likely?.reasons.map((reason) => reason.kind)).toContain('words')

    const second = intake({ title: '化工厂刺鼻气味', statements: [said('hospitalised', 5, '村民')] })
    await station.incidents.report(second, officer)
    await station.merges.merge({ incident: second.id, into: first.id, words: '同一起' }, officer)
    const merged = await station.incidents.detail(first.id)
    expect(merged.merged).toMatchObject([{ id: second.id, title: '化工厂刺鼻气味' }])
    expect(merged.figures[0]?.statements.map((statement) => statement.value).sort()).toEqual([2, 5])
    expect(merged.reports).toHaveLength(2)
    expect(await station.incidents.detail(second.id)).toMatchObject({
      informationState: 'merged',
      mergedInto: first.id,
      reports: [{ incident: second.id }],
    })
    expect((await station.duplicates.find(query)).map((one) => one.incident)).toEqual([first.id])

    await expect(station.merges.merge({ incident: first.id, into: second.id, words: '' }, officer)).rejects.toMatchObject({
      code: 'STATE_NOT_ALLOWED',
    })
    await expect(station.merges.merge({ incident: second.id, into: first.id, words: '' }, officer)).rejects.toMatchObject({
      code: 'STATE_NOT_ALLOWED',
    })
    await expect(station.merges.merge({ incident: first.id, into: first.id, words: '' }, officer)).rejects.toMatchObject({
      code: 'STATE_NOT_ALLOWED',
    })

    await station.merges.unmerge(merged.merged[0]?.entry ?? '', leader)
    expect(await station.incidents.detail(second.id)).toMatchObject({ informationState: 'received', mergedInto: null })
    expect((await station.incidents.detail(first.id)).figures[0]?.statements).toHaveLength(1)
  })
})

describe('follow-ups, files, drafts', () => {
  test('续报 keeps its words and figures beside the first ones', async () => {
    const input = intake({ statements: [said('hospitalised', 2, '119', 20)] })
    await station.incidents.report(input, officer)
    const report = { ...input.report, words: '又送医 3 人', received: at(2) }
    await station.followUps.followUp({ incident: input.id, report, statements: [said('hospitalised', 5, '县医院', 2)] }, officer)
    const detail = await station.incidents.detail(input.id)
    expect(detail.reports.map((one) => [one.kind, one.words])).toEqual([
      ['first', '厂里氯气漏了'],
      ['follow-up', '又送医 3 人'],
    ])
    expect(detail.figures[0]).toMatchObject({ isDiffering: true, chosen: null })
    await expect(station.followUps.followUp({ incident: newId(), report, statements: [] }, officer)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('a file that was not stored whole cannot be attached', async () => {
    const input = intake()
    await station.incidents.report(input, officer)
    await expect(
      station.followUps.attach(input.id, { sha256: '0'.repeat(64), name: 'a.jpg', sizeBytes: 1, mime: 'image/jpeg' }, officer),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const blob = await station.blobs.put(
      (async function* () {
        yield await Promise.resolve(Buffer.from('照片'))
      })(),
      { limitBytes: 100 },
    )
    await station.followUps.attach(input.id, { sha256: blob.sha256, name: '现场.jpg', sizeBytes: 999, mime: 'image/jpeg' }, officer)
    expect((await station.incidents.detail(input.id)).attachments).toMatchObject([{ name: '现场.jpg', sizeBytes: 6 }])
  })

  test('a draft belongs to its account and takes its last words', async () => {
    const id = newId()
    await station.drafts.save({ id, account: officer.account, body: { title: '氯' }, updatedAt: 1 })
    await station.drafts.save({ id, account: officer.account, body: { title: '氯气' }, updatedAt: 2 })
    await station.drafts.save({ id, account: leader.account, body: { title: '别人的' }, updatedAt: 3 })
    expect(await station.drafts.list(officer.account)).toEqual([{ id, body: { title: '氯气' }, updatedAt: 2 }])
    expect(await station.drafts.list(leader.account)).toEqual([])
    await station.drafts.remove(id, leader.account)
    expect(await station.drafts.list(officer.account)).toHaveLength(1)
    await station.drafts.remove(id, officer.account)
    expect(await station.drafts.list(officer.account)).toEqual([])
  })
})
