// Tables of the watch from files: the sample's roster, two tables as people make them, the yearly notice pasted in, and back out again.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parsePeople, peopleWords, type RosterDay, shippedShifts } from '../../contract/index.ts'
import { readHolidayNotice, readHolidayTable } from './holiday-table.ts'
import { readLog } from './log-table.ts'
import { readRoster, writeRoster } from './roster-table.ts'
import { readDay } from './table-cells.ts'

const seed = Date.now() % 2 ** 31
const now = Date.UTC(2026, 10, 26)
const shifts = shippedShifts
const roster = (...rows: string[][]) => readRoster([['日期', '班次', '带班领导', '值班长', '值班员', '备注'], ...rows], { shifts, now })

describe('persons in a cell', () => {
  test.each([
    ['张三', [['张三', '']]],
    [
      '张三、李四',
      [
        ['张三', ''],
        ['李四', ''],
      ],
    ],
    [
      '张三（0913-0100001）、李四 13800000000',
      [
        ['张三', '0913-0100001'],
        ['李四', '13800000000'],
      ],
    ],
    [
      '张三(0913-0100001)，\n李四；',
      [
        ['张三', '0913-0100001'],
        ['李四', ''],
      ],
    ],
    ['欧阳 修', [['欧阳 修', '']]],
    ['', []],
  ])('%s', (words, expected) => {
    expect(parsePeople(words)?.map(({ name, telephone }) => [name, telephone])).toEqual(expected)
  })

  test('what a cell holds is read back the same', () => {
    console.log(`seed ${seed}`)
    const name = fc.stringMatching(/^[\p{Script=Han}A-Za-z]{1,10}$/u).map((typed) => typed.normalize('NFC'))
    const telephone = fc.stringMatching(/^(\d{4}-\d{7}|1\d{10}|)$/)
    fc.assert(
      fc.property(fc.array(fc.record({ name, telephone }), { maxLength: 6 }), (people) => {
        expect(parsePeople(peopleWords(people, { withTelephones: true }))).toEqual(people)
      }),
      { seed, numRuns: 300 },
    )
  })

  test('a whole paragraph is no name', () => expect(parsePeople('一'.repeat(41))).toBeNull())
})

describe('a day', () => {
  test.each([
    ['2026-11-26', '2026-11-26'],
    ['2026/1/5', '2026-01-05'],
    ['2026年11月26日', '2026-11-26'],
    ['2026-11-26 星期四', '2026-11-26'],
    ['11月26日（周四）', '2026-11-26'],
    ['20261126', '2026-11-26'],
    ['1月3日', '2027-01-03'],
    ['１１月２６日', '2026-11-26'],
    ['2026-02-30', null],
    ['二月三十', null],
    ['', null],
  ])('%s', (words, expected) => expect(readDay(words, now)).toBe(expected))
})

describe('a roster', () => {
  test('with a title above, other words in the header and telephones in their own columns', () => {
    const table = readRoster(
      [
        ['样例市应急管理局11月值班表'],
        ['日期', '带班领导', '带班领导电话', '值班人员', '联系电话'],
        ['11月26日', '样例甲', '0913-0100101', '样例辛、样例壬'],
        [],
        ['11月27日', '样例乙', '', '样例癸'],
      ],
      { shifts, now },
    )
    expect(table).toMatchObject({
      problems: [],
      rows: [
        {
          day: '2026-11-26',
          shift: shifts[0]!.id,
          watchLeaders: [{ name: '样例甲', telephone: '0913-0100101' }],
          officers: [{ name: '样例辛' }, { name: '样例壬' }],
          shiftLeaders: [],
        },
        { day: '2026-11-27', officers: [{ name: '样例癸' }] },
      ],
    })
  })

  test('names every row that cannot be read, with what is wrong and where; the others go in', () => {
    const table = roster(
      ['昨天', '全天', '样例甲', '', '样例辛', ''],
      ['2026-11-26', '早班', '样例甲', '', '样例辛', ''],
      ['2026-11-26', '全天', '样例甲', '', '样例辛', ''],
      ['2026-11-26', '全天', '样例乙', '', '样例壬', ''],
      ['2026-11-27', '全天', '样例甲、样例甲', '', '', ''],
      ['2026-11-28', '全天', '机密★样例', '', '', ''],
      ['2026-11-29', '夜班', '', '', '样例癸', '备注'],
    )
    expect(table?.problems.map(({ row, code, cell }) => [row, code, cell.slice(0, 9)])).toEqual([
      [2, 'day', '昨天'],
      [3, 'shift', '早班'],
      [5, 'twice', '2026-11-2'],
      [6, 'people', '样例甲、样例甲'],
      [7, 'marking', '2026-11-2'],
    ])
    expect(table?.rows.map(({ day, shift }) => [day, shift])).toEqual([
      ['2026-11-26', shifts[0]!.id],
      ['2026-11-29', shifts[2]!.id],
    ])
  })

  test('no header, no roster', () => expect(readRoster([['张三', '李四']], { shifts, now })).toBeNull())

  test('what was written is read back the same', () => {
    const people = fc
      .uniqueArray(fc.constantFrom('甲', '乙', '丙'), { maxLength: 3 })
      .map((names) => names.map((name) => ({ name, telephone: name === '甲' ? '0913-0100101' : '' })))
    const row = fc.record({
      day: fc.constantFrom('2026-11-26', '2026-11-27', '2026-12-01'),
      shift: fc.constantFrom(...shifts.map(({ id }) => id)),
      watchLeaders: people,
      shiftLeaders: people,
      officers: people,
      note: fc.constantFrom('', '节假日', '=1+1', '逗号,和"引号"'),
    })
    fc.assert(
      fc.property(fc.uniqueArray(row, { selector: (one) => `${one.day}${one.shift}` }), (rows) => {
        const full = rows.map((one): RosterDay => ({ ...one, isSample: false }))
        const back = readRoster(writeRoster(full, shifts), { shifts, now })
        const order = (list: readonly RosterDay[]) => list.toSorted((a, b) => `${a.day}${a.shift}`.localeCompare(`${b.day}${b.shift}`))
        expect(order(back?.rows ?? [])).toEqual(order(full))
      }),
      { seed, numRuns: 200 },
    )
  })
})

describe('the yearly notice', () => {
  const notice = `国务院办公厅关于2031年部分节假日安排的通知
各省、自治区、直辖市人民政府：
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月22日（农历除夕、周三）至29日（农历正月初八、周三）放假调休，共8天。1月19日（周日）、2月8日（周六）上班。
三、劳动节：4月30日至5月2日放假调休，共3天。4月27日（周日）上班。
七、国庆节、中秋节：10月1日至8日放假。
八、怪节：某日放假 31日
节假日期间，各地区、各部门要妥善安排好值班。`

  test('is read day by day, over the end of a month, with the days worked for it', () => {
    const { days, problems } = readHolidayNotice(notice, 2000)
    const of = (name: string) => days.filter((one) => one.name === name)
    expect(of('元旦')).toEqual([{ day: '2031-01-01', kind: 'holiday', name: '元旦' }])
    expect(of('春节').map(({ day, kind }) => `${day.slice(5)} ${kind === 'workday' ? '班' : '休'}`)).toEqual([
      '01-19 班',
      '01-22 休',
      '01-23 休',
      '01-24 休',
      '01-25 休',
      '01-26 休',
      '01-27 休',
      '01-28 休',
      '01-29 休',
      '02-08 班',
    ])
    expect(of('劳动节').map(({ day }) => day.slice(5))).toEqual(['04-27', '04-30', '05-01', '05-02'])
    expect(of('国庆节、中秋节')).toHaveLength(8)
    // What is not understood is named, not guessed.
    expect(problems).toEqual([{ row: 7, code: 'words', cell: '八、怪节：某日放假 31日' }])
  })

  test('a holiday over the turn of the year', () => {
    expect(readHolidayNotice('一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。', 2023).days.map(({ day }) => day)).toEqual([
      '2022-12-31',
      '2023-01-01',
      '2023-01-02',
    ])
  })

  test('as a table; what is neither 放假 nor 上班 is named', () => {
    const table = readHolidayTable(
      [
        ['日期', '类型', '名称'],
        ['2026-10-01', '放假', '国庆节'],
        ['2026-10-10', '调休上班', '国庆节'],
        ['2026-10-11', '?', ''],
        ['2026-10-01', '放假', '国庆节'],
      ],
      now,
    )
    expect(table).toMatchObject({
      days: [{ kind: 'holiday' }, { kind: 'workday' }],
      problems: [
        { row: 4, code: 'kind' },
        { code: 'twice', cell: '2026-10-01' },
      ],
    })
  })
})

test('a log: times, directions, who, what is notable; what cannot be read is named', () => {
  const table = readLog(
    [
      ['时间', '来电/去电', '对方', '事项', '处理结果', '记录人', '要情'],
      ['2026-11-26 08:05', '来电', '韩城', '道路结冰', '已管制', '样例戊', '是'],
      ['2026-11-26 25:00', '来电', '', '错的时间', '', '', ''],
      ['2026-11-26 09:00', '', '', '', '', '', ''],
      ['2026/11/26 9:30', '打出', '华州', '抽查', '在岗', '样例己', ''],
    ],
    now,
  )
  expect(table?.lines.map(({ direction, matter, isNotable, happenedAt }) => [direction, matter, isNotable, happenedAt.at])).toEqual([
    ['in', '道路结冰', true, Date.UTC(2026, 10, 26, 0, 5)],
    ['out', '抽查', false, Date.UTC(2026, 10, 26, 1, 30)],
  ])
  expect(table?.problems.map(({ row, code }) => [row, code])).toEqual([
    [3, 'time'],
    [4, 'words'],
  ])
})
