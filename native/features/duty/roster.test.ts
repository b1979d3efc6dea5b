// The roster on a real store: cells by entries, two consoles on one cell, 调班 and 代班 with their reasons, gaps a week ahead, who is on.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addDays, type EditRosterInput } from '../../contract/index.ts'
import { newId } from '../../kernel/ids.ts'
import { allDay, day, eight, hourMs, nextWatch, openDuty, outgoing, incoming, person, swapOf } from './testing.ts'

let station: Awaited<ReturnType<typeof openDuty>>
beforeEach(async () => {
  station = await openDuty()
})
afterEach(() => station.close())

const edit = (onDay: string, names: string[], over: Partial<EditRosterInput> = {}) =>
  station.duty.roster.edit({ day: onDay, shift: allDay, post: 'officers', people: names.map(person), seen: [], ...over }, outgoing)
const officersOf = async (onDay: string) => {
  const { rows } = await station.duty.roster.month('2026-11')
  return rows.find((row) => row.day === onDay)?.officers.map(({ name }) => name)
}

describe('a cell', () => {
  test('takes several persons with telephones; each edit is an entry; what is unchanged in other posts stays', async () => {
    await edit(day, ['样例辛', '样例壬'])
    await station.duty.roster.edit(
      { day, shift: allDay, post: 'watchLeaders', people: [{ name: '样例甲', telephone: '0913-0100101' }], seen: [] },
      incoming,
    )
    const { rows } = await station.duty.roster.month('2026-11')
    expect(rows).toMatchObject([
      { day, officers: [{ name: '样例辛' }, { name: '样例壬' }], watchLeaders: [{ telephone: '0913-0100101' }], shiftLeaders: [] },
    ])
    const [row] = await station.store.all<{ id: string }>('SELECT id FROM dutyRoster')
    const entries = await station.journal.timeline({ dataset: 'dutyRoster', row: row?.id ?? '' }, { by: 'known' })
    expect(entries.map(({ action, actor }) => [action, actor])).toEqual([
      ['duty.editRoster', outgoing.account],
      ['duty.editRoster', incoming.account],
    ])
  })

  test('written by another console meanwhile: refused, both are asked to look; the same person twice is refused by name', async () => {
    await edit(day, ['样例辛'])
    await expect(edit(day, ['样例壬'])).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await officersOf(day)).toEqual(['样例辛'])
    await edit(day, ['样例壬'], { seen: [person('样例辛')] })
    await expect(edit(day, ['样例壬', '样例壬'], { seen: [person('样例壬')] })).rejects.toMatchObject({
      code: 'DUPLICATE',
      params: { person: '样例壬' },
    })
    await expect(edit(day, ['机密★'], { seen: [person('样例壬')] })).rejects.toMatchObject({ code: 'CLASSIFIED_MARKING' })
  })

  test('of ten consoles writing one empty cell at once, one is taken', async () => {
    const results = await Promise.allSettled(Array.from({ length: 10 }, (_, index) => edit(day, [`样例${index}`])))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })
})

describe('调班 and 代班', () => {
  const next = addDays(day, 1)
  beforeEach(async () => {
    await edit(day, ['样例辛'])
    await edit(next, ['样例壬'])
  })

  test('a swap and its reverse give the roster back, each with who agreed and why', async () => {
    const swap = swapOf([day, '样例辛'], [next, '样例壬'])
    await station.duty.roster.swap(swap, outgoing)
    expect([await officersOf(day), await officersOf(next)]).toEqual([['样例壬'], ['样例辛']])
    const { changes } = await station.duty.roster.month('2026-11')
    expect(changes).toMatchObject([
      {
        kind: 'swap',
        day,
        withDay: next,
        person: '样例辛',
        withPerson: '样例壬',
        reason: '外出培训',
        agreedBy: '样例甲',
        enteredByName: outgoing.name,
      },
    ])
    await expect(station.duty.roster.swap(swap, outgoing)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await station.duty.roster.swap(swapOf([day, '样例壬'], [next, '样例辛']), outgoing)
    expect([await officersOf(day), await officersOf(next)]).toEqual([['样例辛'], ['样例壬']])
  })

  test('the same swap sent twice at once is made once', async () => {
    const swap = swapOf([day, '样例辛'], [next, '样例壬'])
    const results = await Promise.allSettled([station.duty.roster.swap(swap, outgoing), station.duty.roster.swap(swap, outgoing)])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await officersOf(day)).toEqual(['样例壬'])
  })

  test('somebody stands in; the record says for whom', async () => {
    const place = { day, shift: allDay, post: 'officers' as const, person: '样例辛' }
    await station.duty.roster.standIn(
      { id: newId(), place, by: { name: '样例癸', telephone: '0913-0100110' }, reason: '病假', agreedBy: '样例乙' },
      outgoing,
    )
    const { rows, changes } = await station.duty.roster.month('2026-11')
    expect(rows[0]?.officers).toEqual([{ name: '样例癸', telephone: '0913-0100110' }])
    expect(changes).toMatchObject([{ kind: 'stand-in', person: '样例辛', withPerson: '样例癸', withDay: null }])
  })
})

describe('what is missing', () => {
  test('is warned of from now to a week ahead, by day and post', async () => {
    expect(await station.duty.roster.findings()).toMatchObject({ isEmpty: true })
    for (const post of ['watchLeaders', 'shiftLeaders', 'officers'] as const)
      for (let offset = 0; offset <= 8; offset += 1)
        if (!(post === 'officers' && offset === 6)) await edit(addDays(day, offset), [`样例${post}${offset}`], { post })
    const { gaps, doubles, isEmpty } = await station.duty.roster.findings()
    expect({ gaps, doubles, isEmpty }).toMatchObject({
      gaps: [{ day: addDays(day, 6), post: 'officers', missing: 1, shiftName: '全天' }],
      doubles: [],
      isEmpty: false,
    })
    station.clock.now = eight + 8 * 24 * hourMs
    expect((await station.duty.roster.findings()).gaps.map((gap) => gap.day)).toContain(addDays(day, 9))
  })

  test('the same name on two posts of one day is named with both', async () => {
    await edit(day, ['样例辛'])
    await edit(day, ['样例辛'], { post: 'shiftLeaders' })
    expect((await station.duty.roster.month('2026-11')).doubles).toMatchObject([
      { person: '样例辛', places: [{ post: 'shiftLeaders' }, { post: 'officers' }] },
    ])
  })
})

describe('who is on', () => {
  test('the roster, then those who took the watch; a telephone of the team where the roster has none', async () => {
    expect(await station.duty.readOnDuty(eight)).toBeNull()
    await edit(day, [outgoing.name])
    expect(await station.duty.readOnDuty(eight + hourMs)).toMatchObject({
      day,
      officers: [{ name: outgoing.name, telephone: '0913-0100011', account: outgoing.account }],
      watchLeaders: [],
    })
    expect(await station.duty.readOnDuty(eight - 1)).toBeNull()
    expect(await station.duty.onDutyNow()).toMatchObject({ isStood: false, gaps: ['watchLeaders', 'shiftLeaders'] })
    await station.duty.handovers.takeOver({ next: nextWatch(), reason: '', shown: [] }, incoming)
    expect(await station.duty.onDutyNow()).toMatchObject({
      isStood: true,
      onDuty: { officers: [{ name: incoming.name, account: incoming.account }] },
    })
    const { stood } = await station.duty.roster.month('2026-11')
    expect(stood).toMatchObject([{ day, people: { officers: [incoming.name], watchLeaders: ['样例甲'] } }])
  })

  test('a watch that nobody took over is believed for two hours, then the roster is', async () => {
    await station.duty.handovers.takeOver({ next: nextWatch(), reason: '', shown: [] }, incoming)
    await edit(addDays(day, 1), ['样例壬'])
    station.clock.now = eight + 25 * hourMs
    expect((await station.duty.onDutyNow()).onDuty?.officers).toMatchObject([{ name: incoming.name }])
    station.clock.now = eight + 27 * hourMs
    expect((await station.duty.onDutyNow()).onDuty?.officers).toMatchObject([{ name: '样例壬' }])
  })
})

test('two shifts a day: the leader of the whole day and the officers of the half are on together', async () => {
  const { roster } = station.duty
  const [, byDay, byNight] = await roster.shifts()
  await roster.setShift(
    { id: allDay, name: '全天', startsMinute: 480, lengthMinutes: 1440, minimum: { watchLeaders: 1, shiftLeaders: 0, officers: 0 }, isActive: true },
    outgoing,
  )
  for (const shift of [byDay!, byNight!])
    await roster.setShift({ ...shift, minimum: { watchLeaders: 0, shiftLeaders: 0, officers: 1 }, isActive: true }, outgoing)
  await edit(day, ['样例甲'], { post: 'watchLeaders' })
  await edit(day, ['样例辛'], { shift: byDay!.id })
  await edit(day, ['样例壬'], { shift: byNight!.id })
  const at = async (hours: number) => (await station.duty.readOnDuty(eight + hours * hourMs))?.officers.map(({ name }) => name)
  expect([await at(1), await at(13)]).toEqual([['样例辛'], ['样例壬']])
  expect((await station.duty.readOnDuty(eight + 13 * hourMs))?.watchLeaders).toMatchObject([{ name: '样例甲' }])
  await expect(roster.setShift({ ...byDay!, name: '夜班' }, outgoing)).rejects.toMatchObject({ code: 'DUPLICATE' })
})
