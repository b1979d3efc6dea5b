// Since when an incident's grade and reasons stand as they do: the fold of its entries agrees with what is shown, and remembers when it was known.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { at, intake, officer, openIncidents, said } from './testing.ts'

const minute = 60_000
let station: Awaited<ReturnType<typeof openIncidents>>
beforeEach(async () => {
  station = await openIncidents()
})
afterEach(() => station.close())

async function subjectOf(incident: string) {
  const [subject] = await station.clockSubjects(incident)
  if (subject === undefined) throw new Error('no subject')
  return subject
}
const ago = (moment: number) => Math.round((Date.now() - moment) / minute)

describe('causes of clocks', () => {
  test('what came with the first report stands from 接报 on', async () => {
    const input = intake({ statements: [said('deaths', 3, '119', 25)], circumstances: ['public-attention'] })
    await station.incidents.report(input, officer)
    const { causes, received } = await subjectOf(input.id)
    expect(causes.at(-1)).toMatchObject({ grade: 'larger', reasons: ['public-attention'], isBelowTable: false })
    expect(causes.every((moment) => moment.at === received)).toBe(true)
    expect(causes.at(-1)?.lineage).toEqual(['12D02', '12D00', '12000', 'work-safety'])
  })

  test('a figure told later raises the grade from when it was told; a downward correction is seen too', async () => {
    const input = intake()
    await station.incidents.report(input, officer)
    await station.followUps.state(input.id, said('deaths', 3, '县局', 8), officer)
    await station.followUps.state(input.id, said('deaths', 1, '医院', 2), officer)
    const { figures } = await station.incidents.detail(input.id)
    const hospital = figures[0]?.statements.find(({ source }) => source === '医院')?.id ?? ''
    await station.followUps.choose({ incident: input.id, metric: 'deaths', statement: hospital, seen: null }, officer)
    const { causes } = await subjectOf(input.id)
    expect(causes.map(({ grade, at: moment }) => [grade, ago(moment)])).toEqual([
      [null, 20],
      ['larger', 8],
      ['general', 0],
    ])
    expect(causes.at(-1)?.grade).toBe((await station.incidents.detail(input.id)).grade)
  })

  test('a time known only to the day is no moment: the entry counts', async () => {
    const input = intake()
    await station.incidents.report(input, officer)
    await station.followUps.state(input.id, { ...said('deaths', 3, '县局', 8), asOf: { ...at(10), precision: 'day' } }, officer)
    expect(ago((await subjectOf(input.id)).causes.at(-1)?.at ?? 0)).toBe(0)
  })

  test('what is typed late but was told early comes in its place, and how it stands now stays last', async () => {
    const input = intake()
    await station.incidents.report(input, officer)
    await station.followUps.state(input.id, said('acutePoisoning', 2, '医院', 3), officer)
    await station.followUps.state(input.id, said('deaths', 3, '县局', 9), officer)
    const { causes } = await subjectOf(input.id)
    expect(causes.map(({ grade, at: moment }) => [grade, ago(moment)])).toEqual([
      [null, 20],
      ['larger', 9],
      ['general', 3],
      ['larger', 3],
    ])
  })

  test('a withdrawn confirmation, an undone merge and a removed row leave what is shown', async () => {
    const first = intake({ statements: [said('deaths', 1, '119')] })
    const second = intake({ typeCode: null, statements: [said('deaths', 4, '村民')] })
    await station.incidents.report(first, officer)
    await station.incidents.report(second, officer)
    await station.merges.merge({ incident: second.id, into: first.id, words: '同一起' }, officer)
    expect((await subjectOf(first.id)).causes.at(-1)?.grade).toBe('larger')
    expect((await subjectOf(first.id)).family).toHaveLength(2)
    await station.incidents.confirmGrade({ incident: first.id, grade: 'general', basis: '经核实', confirmedBy: '' }, officer)
    expect((await subjectOf(first.id)).causes.at(-1)?.grade).toBe('general')
    const merged = (await station.incidents.detail(first.id)).merged[0]?.entry ?? ''
    await station.merges.unmerge(merged, officer)
    expect((await subjectOf(first.id)).family).toEqual([first.id])
    expect((await station.clockSubjects(null)).map(({ incident }) => incident).sort()).toEqual([first.id, second.id].sort())
    await station.incidents.close({ incident: first.id, isClosed: true, words: '处置完毕', happenedAt: null }, officer)
    expect((await subjectOf(first.id)).closedAt).not.toBeNull()
  })
})
