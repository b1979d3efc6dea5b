// What looks like one event reported twice is found with its reason; what does not is left alone.
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readEventWords } from '../../kernel/event-words.ts'
import { AreaWords } from './area-words.ts'
import { duplicateThreshold, likeness as compare } from './duplicates.ts'
import { type DuplicateSubject, readSubject } from './likeness.ts'
import { resources } from './testing.ts'

const tables = {
  events: await readEventWords(join(resources, 'codes')),
  areas: new AreaWords([
    { code: '610500', name: '渭南市' },
    { code: '610502', name: '临渭区' },
    { code: '610582', name: '华阴市' },
  ]),
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

  test('a report that says nothing looks like nothing', () => {
    expect(likeness({ words: '', typeCode: null, position: null, area: null, atMs: now }, known).score).toBeLessThan(duplicateThreshold)
  })
})
