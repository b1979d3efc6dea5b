// What looks like one event reported twice is found with its reason; what does not is left alone.
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readEventWords } from '../../kernel/event-words.ts'
import { readTownNames } from '../../kernel/town-names.ts'
import { AreaWords } from './area-words.ts'
import { duplicateThreshold, likeness as compare } from './duplicates.ts'
import { type DuplicateSubject, readSubject } from './likeness.ts'
import { resources } from './testing.ts'

const tables = {
  events: await readEventWords(join(resources, 'codes')),
  areas: new AreaWords([
    { code: '610500', name: '渭南市' },
    { code: '610502', name: '临渭区' },
    { code: '610582', name: '华阴市', centre: [110.09, 34.57] },
  ]),
  towns: await readTownNames(join(resources, 'codes')),
}
const likeness = (a: DuplicateSubject, b: DuplicateSubject) => compare(readSubject(a, tables), readSubject(b, tables))

const now = Date.UTC(2026, 2, 1, 6, 30)
const known: DuplicateSubject = {
  words: '渭南市临渭区秦东化工厂氯气泄漏 119 通报，液氯储罐阀门泄漏，有刺鼻气味',
  typeCode: '12D02',
  position: [109.51, 34.51],
  area: '610502',
  atMs: now - 20 * 60_000,
}

describe('likely duplicates', () => {
  test('the same plant twenty minutes ago is found, with place, time, kind and words as reasons', () => {
    const { score, reasons } = likeness(
      { words: '秦东化工厂那边闻到刺鼻气味，说是氯气漏了', typeCode: null, position: [109.512, 34.508], area: null, atMs: now },
      known,
    )
    expect(score).toBeGreaterThan(duplicateThreshold)
    expect(reasons.map((reason) => reason.kind).sort()).toEqual(['place', 'time', 'type', 'words'])
    expect(reasons.find((reason) => reason.kind === 'time')?.detail).toEqual({ minutes: 20 })
    expect(String(reasons.find((reason) => reason.kind === 'words')?.detail['words'])).toContain('秦东化工厂')
  })

  test('words and time alone are enough when the caller names the plant', () => {
    expect(likeness({ words: '秦东化工厂氯气泄漏', typeCode: null, position: null, area: null, atMs: now }, known).score).toBeGreaterThan(
      duplicateThreshold,
    )
  })

  test('another county, another thing, another day are not', () => {
    expect(
      likeness({ ...known, words: '华阴市游客登山走失', typeCode: '14Y00', position: [110.08, 34.48], area: '610582', atMs: now }, known).score,
    ).toBeLessThan(duplicateThreshold)
    expect(likeness({ ...known, words: '居民楼三楼厨房起火', typeCode: '12G03', position: [109.9, 34.9], atMs: now }, known).score).toBeLessThan(
      duplicateThreshold,
    )
    expect(likeness({ words: '省道货车侧翻', typeCode: null, position: null, area: null, atMs: now }, known).score).toBeLessThan(duplicateThreshold)
  })

  const said = (words: string, position: [number, number] | null = null): DuplicateSubject => ({
    words,
    typeCode: null,
    position,
    area: null,
    atMs: now,
  })

  test.each([
    ['the same road elsewhere', '沪陕高速K1420多车追尾', '沪陕高速K1388货车追尾', '沪陕高速K1421货车追尾'],
    ['another road', '连霍高速货车侧翻', '包茂高速货车侧翻', '连霍高速一辆货车侧翻'],
    ['another building', '临渭区样例家园9号楼起火', '临渭区样例家园4号楼起火', '临渭区样例家园9号楼着火了'],
    ['another works', '华阴市样例焦化厂起火', '华阴市样例面条厂起火', '华阴市样例焦化公司着火'],
    ['another town', '临渭区故市镇起火', '临渭区官底镇起火', '故市街上着火了'],
    ['another vehicle', '临渭区样例路大巴侧翻', '临渭区样例路三轮翻到沟里', '临渭区样例路客车翻了'],
  ])('%s speaks against it', (_, known, other, same) => {
    const [unlike, like] = [likeness(said(other), said(known)).score, likeness(said(same), said(known)).score]
    expect(unlike).toBeLessThan(like / 2)
  })

  test('a position far from the seat of the county that is named speaks against it, one beside it does not', () => {
    const named = said('华阴市山上起火')
    const [far, beside] = [likeness(said('山上起火', [108.9, 34.2]), named).score, likeness(said('山上起火', [110.1, 34.55]), named).score]
    expect(far).toBeLessThan(beside * 0.6)
  })

  test('the score is one of two reports, whichever came first, and never past 0 and 1 (property)', () => {
    const piece = fc.constantFrom(
      '临渭区',
      '华阴市',
      '样例',
      '化工厂',
      '京昆高速',
      'K1158+300',
      '9号楼',
      '氯气',
      '泄漏',
      '起火',
      '大巴',
      '侧翻',
      '3人',
      '，',
      '\0',
    )
    const subject = fc.record({
      words: fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
      typeCode: fc.constantFrom(null, '12D02', '12H01', '11C02'),
      position: fc.option(fc.tuple(fc.double({ min: 105, max: 111, noNaN: true }), fc.double({ min: 31, max: 39, noNaN: true }))),
      area: fc.constantFrom(null, '610502', '610582', '610500', '610000'),
      atMs: fc.integer({ min: now - 86_400_000, max: now }),
    })
    fc.assert(
      fc.property(subject, subject, (a, b) => {
        const [one, other] = [likeness(a, b), likeness(b, a)]
        expect(one.score).toBeCloseTo(other.score, 6)
        expect(one.score).toBeGreaterThanOrEqual(0)
        expect(one.score).toBeLessThanOrEqual(1)
        expect(one.reasons.every((reason) => reason.points > 0)).toBe(true)
      }),
    )
  })

  test.each([
    ['a number typed straight before the words', '侧翻化工厂', '侧翻K1158+300侧翻化工厂'],
    ['stretches that overlap', '秦东厂西门外', '秦东厂，东厂西门外'],
  ])('%s: as alike whichever came first', (_, one, other) => {
    expect(likeness(said(one), said(other)).score).toBeCloseTo(likeness(said(other), said(one)).score, 6)
  })

  test('a report that says nothing looks like nothing', () => {
    expect(likeness({ words: '', typeCode: null, position: null, area: null, atMs: now }, known).score).toBeLessThan(duplicateThreshold)
  })
})
