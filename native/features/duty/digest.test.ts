// 每日值班要情 from rows: who was on, what came in with figures and their sources, what is notable, what is open; due from eight until it is drafted.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addDays, type IncidentDetail } from '../../contract/index.ts'
import { newId } from '../../kernel/ids.ts'
import { type DigestFacts, digestOf, isDigestDrafted } from './digest.ts'
import { allDay, day, eight, hourMs, nextWatch, openDuty, outgoing, person } from './testing.ts'

const moment = (at: number) => ({ at, precision: 'exact' as const, source: '119' })

function incident(over: Partial<IncidentDetail>): IncidentDetail {
  return {
    id: newId(),
    title: '样例化工园氯气泄漏',
    typeCode: null,
    typeName: '危险化学品泄漏',
    place: '样例园',
    position: null,
    area: null,
    occurred: null,
    received: moment(eight + hourMs),
    informationState: 'verified',
    mergedInto: null,
    grade: null,
    isGradeConfirmed: false,
    reportingState: 'none',
    closedAt: null,
    isSample: false,
    conflicts: 0,
    description: '',
    placedBy: null,
    firstPhoned: null,
    written: null,
    transferredTo: null,
    circumstances: [],
    confirmedBasis: null,
    confirmedBy: null,
    proposal: { outcome: 'no-type', grade: null, hazard: null, table: null, source: null, boundary: null, reasons: [], missing: [], differing: [] },
    mustReport: [],
    figures: [],
    reports: [],
    attachments: [],
    merged: [],
    ...over,
  } as IncidentDetail
}

function facts(over: Partial<DigestFacts> = {}): DigestFacts {
  return {
    day: addDays(day, 1),
    watches: [],
    incidents: [],
    log: [],
    instructions: [],
    notes: [],
    wording: { figure: ({ metric }) => ({ words: `${metric}一人`, sources: [] }), moment: ({ at }) => `T${(at - eight) / hourMs}` },
    ...over,
  }
}
const words = (over: Partial<DigestFacts>) => digestOf(facts(over)).paragraphs.map((one) => one.words)

describe('the digest', () => {
  test('of a quiet day says so, and says that nobody was written down', () => {
    expect(words({})).toEqual([
      '一、值班情况',
      '值班表未排，值班人员待填。',
      '二、突发事件',
      '11月26日8时至11月27日8时，本室未接报突发事件。',
      '三、值班日志',
      '值班日志没有记载。',
    ])
  })

  test('counts what was received that day, by grade, never an ungraded one as 一般; older open ones apart, merged ones not twice', () => {
    const list = [
      incident({ grade: 'larger', title: '甲', received: moment(eight + 3 * hourMs) }),
      incident({ grade: 'larger', isGradeConfirmed: true, title: '乙' }),
      incident({ title: '丙', informationState: 'false', closedAt: eight + 5 * hourMs }),
      incident({ title: '旧的', received: moment(eight - hourMs) }),
      incident({ title: '旧而已办结', received: moment(eight - hourMs), closedAt: eight }),
      incident({ title: '并入的', mergedInto: newId() }),
    ]
    const told = words({ incidents: list }).filter((one) => /起|．/.test(one))
    expect(told).toEqual([
      '11月26日8时至11月27日8时，本室接报突发事件3起，其中较大1起、较大1起（初判）、未定级1起。',
      '1．乙（危险化学品泄漏，较大）。T1接报，已核实。',
      '2．丙（危险化学品泄漏）。T1接报，经核实为误报，已办结。',
      '3．甲（危险化学品泄漏，较大（初判））。T3接报，已核实。',
      '此前接报、尚未办结1起：旧的（已核实）。',
    ])
  })

  test('every statement carries its source', () => {
    const one = incident({ occurred: moment(eight) })
    const { paragraphs } = digestOf(facts({ incidents: [one] }))
    const about = paragraphs.filter(({ words: said }) => said.startsWith('1．'))
    expect(about[0]?.sources).toEqual([
      { words: one.title, who: '本室接报记录', asOf: null, state: null, ref: { dataset: 'incidents', row: one.id } },
      { words: 'T0发生', who: '119', asOf: moment(eight), state: null, ref: { dataset: 'incidents', row: one.id } },
      { words: 'T1接报', who: '119', asOf: moment(eight + hourMs), state: null, ref: { dataset: 'incidents', row: one.id } },
    ])
    // Headings and what says that there is nothing have none; everything else has.
    for (const { words: said, sources } of paragraphs) if (!/^[一二三四五]、|没有|未排/.test(said)) expect(sources.length, said).toBeGreaterThan(0)
  })
})

test('a digest drafted before its hour, or thrown away, is none', () => {
  const at = (draftedAt: number, state: 'drafted' | 'discarded' = 'drafted') => isDigestDrafted(day, [{ draftedAt, state }])
  expect([at(eight - 1), at(eight), at(eight + 23 * hourMs), at(eight + 24 * hourMs), at(eight, 'discarded')]).toEqual([
    false,
    true,
    true,
    false,
    false,
  ])
})

describe('gathered from the rows of the station', () => {
  let station: Awaited<ReturnType<typeof openDuty>>
  let isDrafted = false
  beforeEach(async () => {
    isDrafted = false
    station = await openDuty({
      hasReport: () => Promise.resolve(isDrafted),
      instructions: () =>
        Promise.resolve([
          { id: newId(), incident: null, from: '样例甲', words: '举一反三。', owner: '危化科', dueAt: eight + 48 * hourMs, isDone: false },
          { id: newId(), incident: null, from: '样例乙', words: '已办的', owner: '', dueAt: null, isDone: true },
        ]),
    })
  })
  afterEach(() => station.close())

  test('who stood, the log’s counts and notable lines, open 批示 and matters', async () => {
    const { duty, clock } = station
    await duty.handovers.takeOver({ next: nextWatch(), reason: '', shown: [] }, outgoing)
    const line = {
      happenedAt: moment(eight + hourMs),
      direction: 'in' as const,
      party: '韩城',
      matter: '道路结冰。',
      result: '已管制',
      who: '样例戊',
      incident: null,
      isNotable: true,
    }
    await duty.log.write({ id: newId(), ...line }, outgoing)
    await duty.log.write({ id: newId(), ...line, direction: 'out', isNotable: false }, outgoing)
    await duty.log.write({ id: newId(), ...line, happenedAt: moment(eight + 24 * hourMs) }, outgoing)
    await duty.notes.add({ id: newId(), words: '等回执。', since: moment(eight + hourMs), dueAt: null }, outgoing)
    clock.now = eight + 24 * hourMs
    const { paragraphs } = await duty.readDigest('2026-11-27')
    expect(paragraphs.map((one) => one.words)).toEqual([
      '一、值班情况',
      '11月26日全天：带班领导样例甲，值班员样例接班员。',
      '二、突发事件',
      '11月26日8时至11月27日8时，本室未接报突发事件。',
      '三、值班日志',
      '值班日志记载2条：来电1次、去电1次。',
      '1．11月26日9时，韩城来电，道路结冰（已管制）。',
      '四、未办结批示',
      '1．样例甲：“举一反三。”，承办危化科，时限11月28日8时，未办结。',
      '五、移交事项',
      '1．等回执。',
    ])
  })

  test('where nobody took the watch, the roster says who was on', async () => {
    await station.duty.roster.edit({ day, shift: allDay, post: 'officers', people: [person('样例辛')], seen: [] }, outgoing)
    expect((await station.duty.readDigest('2026-11-27')).paragraphs[1]).toMatchObject({
      words: '11月26日全天：值班员样例辛。',
      sources: [{ who: '值班表' }],
    })
  })

  test('is due from eight o’clock until one is drafted; nobody is asked before', async () => {
    const { digests } = station.duty
    station.clock.now = eight - 1
    expect(await digests.due()).toBeNull()
    station.clock.now = eight
    expect(await digests.due()).toEqual({ day, since: eight })
    isDrafted = true
    expect(await digests.due()).toBeNull()
    await expect(digests.of('2026-12-25')).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })
})
