// The table of limits: every shipped row has its source, changes are the centre's, files come back as they went out, bad ones are named.
import { readFile } from 'node:fs/promises'
import writeXlsxFile from 'write-excel-file/node'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ClockRecipient, type ClockRule, ClockRuleInput } from '../../contract/index.ts'
import { newId } from '../../kernel/ids.ts'
import { intake, leader, officer } from '../incidents/testing.ts'
import { ruleHeader, rulesFromCells, rulesToCells } from './rule-text.ts'
import { readShippedRules } from './shipped-rules.ts'
import { ruleOf } from './testing/facts.ts'
import { openClocks, resources } from './testing/station.ts'

let station: Awaited<ReturnType<typeof openClocks>>
beforeEach(async () => {
  station = await openClocks()
})
afterEach(() => station.close())

const bare = ({ origin: _origin, ...rule }: ClockRule): ClockRuleInput => rule
const vocabulary = { units: [{ id: newId(), name: '样例支队（样例）' }], reasons: [{ id: 'evacuated', name: '紧急疏散' }], newId }

describe('the shipped table', () => {
  test('is sound: each row has its source and clause and is marked 示例, telephone and writing, upward and sideways', async () => {
    const { rules, source } = await readShippedRules(join(resources, 'codes'))
    expect(source).toContain('示例')
    expect(rules.length).toBeGreaterThanOrEqual(20)
    for (const rule of rules) expect([rule.isExample, rule.source.length > 3, rule.clause.length > 3]).toEqual([true, true, true])
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length)
    expect(new Set(rules.map(({ recipient }) => recipient))).toEqual(new Set(ClockRecipient.options.filter((kind) => kind !== 'other')))
    expect(rules.some((rule) => rule.followUpHours.includes('08:00') && rule.followUpHours.includes('17:00'))).toBe(true)
    expect(rules.some((rule) => rule.followUpMinutes !== null && rule.finalMinutes !== null)).toBe(true)
    const limits = rules.map((rule) => `${rule.means} ${rule.limitMinutes}`)
    expect(limits).toEqual(expect.arrayContaining(['telephone 15', 'writing 35', 'telephone 20', 'writing 40']))
  })
  test('names only event types and reasons that exist', async () => {
    const { rules } = await readShippedRules(join(resources, 'codes'))
    const codes = JSON.parse(await readFile(join(resources, 'codes', 'event-types.platform2009.json'), 'utf8')) as {
      rows: { code: string; hazard: string | null }[]
    }
    const known = new Set<string>(codes.rows.flatMap(({ code, hazard }) => (hazard === null ? [code] : [code, hazard])))
    const reasons = new Set(['*', ...(await station.files.reasons()).map(({ id }) => id)])
    expect(rules.flatMap(({ events }) => events).filter((event) => !known.has(event))).toEqual([])
    expect(rules.flatMap((rule) => rule.reasons).filter((reason) => !reasons.has(reason))).toEqual([])
  })
})

describe('the centre edits it', () => {
  test('a shipped row changed, switched off, brought back; an own one added and removed', async () => {
    const [first] = await station.rules.list()
    if (first === undefined) throw new Error('no rules')
    const changed = { ...bare(first), limitMinutes: 20, isExample: false, source: '样例市值班规定' }
    const own = ruleOf({ id: newId(), recipient: 'other', recipientName: '样例专线', source: '样例市值班规定' })
    await station.rules.save(
      {
        changes: [
          { rule: changed, seen: bare(first) },
          { rule: own, seen: null },
        ],
        removed: [],
      },
      leader,
    )
    const rules = await station.rules.list()
    expect(rules[0]).toEqual({ ...changed, origin: 'changed' })
    expect(rules.at(-1)).toEqual({ ...own, origin: 'own' })
    await station.rules.save(
      {
        changes: [],
        removed: [
          { id: first.id, seen: changed },
          { id: own.id, seen: own },
        ],
      },
      leader,
    )
    expect(await station.rules.list()).toEqual((await station.rules.list()).map((rule) => ({ ...rule, origin: 'shipped' })))
  })

  test('two consoles on one row: the second is told, and nothing of hers is half written', async () => {
    const [first, second] = await station.rules.list()
    if (first === undefined || second === undefined) throw new Error('no rules')
    const seen = bare(first)
    await station.rules.save({ changes: [{ rule: { ...seen, limitMinutes: 20 }, seen }], removed: [] }, leader)
    const late = {
      changes: [
        { rule: { ...bare(second), limitMinutes: 25 }, seen: bare(second) },
        { rule: { ...seen, limitMinutes: 10 }, seen },
      ],
      removed: [],
    }
    await expect(station.rules.save(late, officer)).rejects.toMatchObject({ code: 'CONFLICT', params: { rule: first.id } })
    expect((await station.rules.list()).slice(0, 2).map(({ limitMinutes }) => limitMinutes)).toEqual([20, second.limitMinutes])
  })

  test('many at once go in as one, in entries that fit', async () => {
    const many = Array.from({ length: 120 }, (_, index) =>
      ruleOf({ id: newId(), recipient: 'other', recipientName: `样例单位${index}`, clause: '条'.repeat(280) }),
    )
    await station.rules.save({ changes: many.map((rule) => ({ rule, seen: null })), removed: [] }, leader)
    expect((await station.rules.list()).filter(({ origin }) => origin === 'own')).toHaveLength(120)
  })

  test('a marking of secrecy is refused', async () => {
    const rule = ruleOf({ id: newId(), clause: '机密★10年' })
    await expect(station.rules.save({ changes: [{ rule, seen: null }], removed: [] }, leader)).rejects.toMatchObject({ code: 'CLASSIFIED_MARKING' })
  })

  test('bounds hold, and follow-ups are by interval or at hours, not both', () => {
    const wrong = [
      { limitMinutes: 0 },
      { limitMinutes: 9_999 },
      { followUpMinutes: 60, followUpHours: ['08:00'] },
      { followUpHours: ['24:00'] },
      { source: ' ' },
    ]
    for (const over of wrong) expect(ClockRuleInput.safeParse(ruleOf({ id: newId(), ...over })).success, JSON.stringify(over)).toBe(false)
    expect(ClockRuleInput.safeParse(ruleOf({ id: newId(), recipient: 'other' })).success).toBe(false)
  })

  test('what-if: this incident, now, with a table that is not saved', async () => {
    const input = intake()
    await station.incidents.incidents.report(input, officer)
    const saved = (await station.rules.list()).map(bare)
    const edited = saved.map((rule) => (rule.recipient === 'fire' ? { ...rule, limitMinutes: 5 } : rule))
    const { before, after } = await station.rules.whatIf(input.id, [
      ...edited,
      ruleOf({ id: newId(), recipient: 'other', recipientName: '样例专线' }),
    ])
    const fire = (clocks: typeof before) => clocks.find((clock) => clock.recipient.key === 'fire')?.dueAt ?? 0
    expect(fire(before) - fire(after)).toBe(10 * 60_000)
    expect(after.length).toBe(before.length + 1)
    expect((await station.rules.list()).every(({ origin }) => origin === 'shipped')).toBe(true)
  })
})

describe('as a file', () => {
  test('XLSX and JSON come back as they went out', async () => {
    const rules = (await station.rules.list()).map(bare)
    for (const format of ['xlsx', 'json'] as const) {
      const read = await station.files.read(await station.files.write(rules, format))
      expect(read.faults).toEqual([])
      expect(read.rules).toEqual(rules)
    }
  })

  test('words for words: units by name, reasons by theirs', () => {
    const unit = vocabulary.units[0]?.id ?? ''
    const rule = ruleOf({
      id: newId(),
      recipient: 'fire',
      recipientUnit: unit,
      reasons: ['evacuated'],
      grades: ['below'],
      followUpHours: ['08:00', '17:00'],
    })
    const cells = rulesToCells([rule], vocabulary)
    expect(cells[0]).toEqual(expect.arrayContaining(['样例支队（样例）', '紧急疏散', '不构成等级', '消防救援', '电话', '接报', '08:00、17:00']))
    expect(rulesFromCells([[...ruleHeader], ...cells], vocabulary).rules).toEqual([rule])
  })

  test('bad rows are named with their row and column; good ones come in', () => {
    const good = rulesToCells([ruleOf({ id: newId() })], vocabulary)[0] ?? []
    const bad = (column: (typeof ruleHeader)[number], value: string) =>
      good.map((cell, index) => (ruleHeader[index] === column ? value : index === 0 ? '' : cell))
    const { rules, faults } = rulesFromCells(
      [
        [...ruleHeader],
        good,
        bad('时限（分钟）', '半小时'),
        bad('收报方', '邻居'),
        bad('续报时刻', '25:00'),
        bad('依据', ''),
        good,
        good.map(() => ''),
      ],
      vocabulary,
    )
    expect(rules).toHaveLength(1)
    expect(faults.map(({ row, field }) => `${row} ${field}`)).toEqual(['3 时限（分钟）', '4 收报方', '5 续报时刻', '6 依据', '7 编号'])
    expect(rulesFromCells([['随便']], vocabulary).faults[0]).toMatchObject({ row: 1, reason: 'column.missing' })
  })

  test('what is no such file is refused with its code', async () => {
    const put = async (bytes: Uint8Array) => (await station.blobs.put(once(bytes), { limitBytes: 1e7 })).sha256
    await expect(station.files.read(await put(Buffer.from('')))).rejects.toMatchObject({ code: 'FILE_EMPTY' })
    await expect(station.files.read(await put(Buffer.from('{"rows": 3}')))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
    await expect(station.files.read(await put(Buffer.from('%PDF-1.7 %%EOF')))).rejects.toMatchObject({ code: 'FILE_WRONG_TYPE' })
    await expect(station.files.read('0'.repeat(64))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const path = join(station.directory, 'times.xlsx')
    // A spreadsheet turns 8:00 into a time and 30 into a number.
    const row = ['', '', '', '', '', '', '消防救援', '', '', '电话', 30, '', '', new Date(Date.UTC(1899, 11, 31, 8)), '', '', '示例', '', '']
    await writeXlsxFile([
      ruleHeader.map((value) => ({ value, type: String })),
      row.map((value) => (value instanceof Date ? { value, type: Date, format: 'hh:mm' } : { value })),
    ] as never).toFile(path)
    const { rules, faults } = await station.files.read(await put(await readFile(path)))
    expect(faults).toEqual([])
    expect(rules[0]).toMatchObject({ limitMinutes: 30, followUpHours: ['08:00'], recipient: 'fire' })
  })
})

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
