// What the rules take out of messages, held against labelled ones: the half they were tuned on and the half that was written apart; and that they never say more than the words.
// The aim is precision 0.95 and recall 0.8 in both halves; the rules have not been fitted to the second one, whose errors are never shown.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emptyForm } from '../intake.ts'
import { halfWidth } from './clauses.ts'
import { extract } from './extract.ts'
import heldOut from './labelled/held-out.json' with { type: 'json' }
import tuned from './labelled/tuned.json' with { type: 'json' }
import { numberOf, numberSource } from './numbers.ts'
import { type Labelled, score, sum } from './score.ts'
import { isTaken, take } from './take.ts'

const now = Date.UTC(2026, 2, 12, 6, 40)

describe('labelled messages', () => {
  test.each([
    ['tuned', tuned as Labelled[], { precision: 0.98, recall: 0.96 }],
    ['held out', heldOut as Labelled[], { precision: 0.89, recall: 0.87 }],
  ])('%s', (name, set, reached) => {
    const scores = score(set)
    const { precision, recall } = sum(scores.values())
    const each = [...scores].map(([field, one]) => `${field} ${one.right} of ${one.proposed} proposed, ${one.labelled} labelled`).join('; ')
    console.log(`${name}: ${set.length} messages, precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)} (${each})`)
    // What was missed in the held-out half is not shown: whoever reads it fits the rules to it.
    const misses = name === 'held out' ? '' : [...scores.values()].flatMap((one) => one.misses).join('\n')
    expect(precision, misses).toBeGreaterThanOrEqual(reached.precision)
    expect(recall, misses).toBeGreaterThanOrEqual(reached.recall)
  })

  test('there are at least sixty, and no message stands in both halves', () => {
    const texts = [...tuned, ...heldOut].map((one) => one.text)
    expect(texts.length).toBeGreaterThanOrEqual(60)
    expect(new Set(texts).size).toBe(texts.length)
  })
})

describe('a finding', () => {
  test('points at the very words it came from, full width or not', () => {
    const text = '秦东样例化工厂１４：２０发生氯气泄漏，３人没救过来'
    const found = extract(text, now)
    for (const one of found) expect(text.slice(one.start, one.end)).toBe(one.words)
    expect(found).toContainEqual(
      expect.objectContaining({ field: 'figure', metric: 'deaths', value: 3, words: expect.stringContaining('３人') as string }),
    )
  })

  test('is never made of what is asked, passed on from nowhere or put right', () => {
    for (const text of [
      '网上说死了三个人，是真的吗？',
      '听说死了5个人',
      '此前7人送医为误报',
      '死了十几个',
      '是不是有人被困',
      '又有1人死亡',
      '正组织约300人转移',
      '被困5人已全部救出',
      '救出被困人员5人',
      '3人中2人转西安样例医院',
      '暂未接到人员伤亡报告',
    ])
      expect(extract(text, now).filter((one) => one.field === 'figure')).toEqual([])
  })

  test('is the sum, not a part; the corrected count, not the one before', () => {
    const figures = (text: string) =>
      extract(text, now).flatMap((one) => (one.field === 'figure' ? [[one.metric, one.value, one.isUnsure ? 'unsure' : 'said']] : []))
    expect(figures('又发现2名遇难者，死亡人数升至5人')).toEqual([['deaths', 5, 'said']])
    expect(figures('死亡不是2人是1人')).toEqual([['deaths', 1, 'said']])
    expect(figures('转移安置由356人增至402人')).toEqual([['evacuated', 402, 'said']])
    expect(figures('刚才报的送医7人有误，实际6人')).toEqual([['hospitalised', 6, 'said']])
    expect(figures('死亡3人（1人经抢救无效）')).toEqual([['deaths', 3, 'said']])
    expect(figures('2人烧伤，已送县医院')).toEqual([['hospitalised', 2, 'said']])
    expect(figures('转移1.2万人')).toEqual([['evacuated', 12_000, 'said']])
    expect(figures('甲村失联2人，乙村失联3人')).toEqual([
      ['outOfContact', 2, 'unsure'],
      ['outOfContact', 3, 'unsure'],
    ])
  })

  test('of a place without its county is joined to where the caller says she is', () => {
    const said =
      '喂，是应急局吗？我是临渭区故市镇的，镇东头那个样例化肥厂，刚刚，就是十来分钟前，氨气漏出来了，有两个工人晕倒了，五十多人在往外跑，电话13800000000'
    const found = extract(said, now)
    expect(found.find((one) => one.field === 'place')).toMatchObject({ value: '临渭区故市镇东头样例化肥厂' })
    expect(found.find((one) => one.field === 'unit')).toMatchObject({ value: '样例化肥厂' })
    expect(found.find((one) => one.field === 'occurred')).toMatchObject({ value: { precision: 'about' } })
    expect(found.filter((one) => one.field === 'figure')).toMatchObject([{ metric: 'evacuated', value: 50, isUnsure: true }])
    expect(extract('这里是样例镇，华阴市样例厂起火', now).find((one) => one.field === 'place')).toMatchObject({ value: '华阴市样例厂' })
  })

  test('of a clock is the one of the event, not of what was done about it', () => {
    const clocks = (text: string) => extract(text, now).flatMap((one) => (one.field === 'occurred' ? [text.slice(one.start, one.end)] : []))
    expect(clocks('临渭区样例厂起火，13时28分扑灭')).toEqual([])
    expect(clocks('13时30分消防到场，临渭区样例厂13时05分起火')).toEqual(['13时05分'])
    expect(clocks('【张样例 13:02】临渭区样例厂一点钟左右起火')).toEqual(['一点钟左右'])
    expect(clocks('差十分两点起火')).toEqual([])
    expect(clocks('119 接警：13时03分，临渭区样例厂起火')).toEqual([])
    expect(extract('我厂 13 时 50 分液氯库房泄漏', now).filter((one) => one.field === 'place')).toEqual([])
    expect(extract('样例厂一点钟起火', now)).toContainEqual(
      expect.objectContaining({ field: 'occurred', value: { at: Date.UTC(2026, 2, 12, 5), precision: 'hour' } }),
    )
  })

  test('numbers in it stand in its words, whatever the text (property)', () => {
    const piece = fc.constantFrom(
      '3',
      '１２',
      '人',
      '名',
      '死亡',
      '送医',
      '氯气',
      '约',
      '两',
      '一百二十',
      '1.2万',
      '不是',
      '由',
      '增至',
      '其中',
      '已送县医院',
      '有误',
      '实际',
      '(',
      '，',
      '。',
      '十几',
      '被困',
      '疏散',
      '600',
      '临渭区',
      '化工厂',
      '14时',
      '\0',
      '\ud83d',
      'x',
      '0913-0100001',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('')
        for (const one of extract(text, now)) {
          expect(text.slice(one.start, one.end)).toBe(one.words)
          if (one.field !== 'figure' || one.value === 0) continue
          const said = [...halfWidth(one.words).matchAll(new RegExp(numberSource, 'gu'))].map(([number]) => numberOf(number))
          expect(said).toContain(one.value)
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('a number behind what is denied is not cut in two', () => {
    expect(extract('死亡不是3有误0913-0100001人', now).filter((one) => one.field === 'figure' && one.value === 1)).toEqual([])
  })

  test('is sought in anything without throwing (property)', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff), { maxLength: 80 }), (units) => {
        const text = String.fromCharCode(...units)
        for (const one of extract(text, now)) expect(text.slice(one.start, one.end)).toBe(one.words)
      }),
    )
  })

  test.each([
    '死',
    '一',
    '1',
    '，',
    ' ',
    '约',
    '3人死亡',
    '3人，',
    '14时20分，',
    '样例厂',
    '报告',
    '其中',
    '不是1',
    '由3人增',
    '【14:20',
    '下游',
    '死亡3人(',
  ])('long garbage is read through: %s', (piece) => {
    const text = piece.repeat(Math.ceil(40_000 / piece.length))
    expect(extract(text, now).every((one) => text.slice(one.start, one.end) === one.words)).toBe(true)
  })

  test('goes into the form by a key, says when a count is about, and unsets a place chosen for other words', () => {
    const form = { ...emptyForm(now), reporterUnit: '华州区值班室（样例）', place: '旧处', position: [109, 34] as [number, number], area: '610503' }
    const found = extract('2时许华州区样例化工厂发生氯气泄漏，4人送医，疏散约200人，电话0913-0100233', now)
    for (const one of found) take(form, one)
    expect(form).toMatchObject({
      place: '华州区样例化工厂',
      position: null,
      area: null,
      reporterPhone: '0913-0100233',
      title: '华州区样例化工厂氯气',
      figures: { hospitalised: '4', evacuated: '约200' },
      figuresSource: '',
    })
    expect(found.every((one) => isTaken(form, one))).toBe(true)
  })
})
