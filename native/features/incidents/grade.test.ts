// Boundary tests of each rule table: the last figure below, the figure itself, and the worst of several.
import { describe, expect, test } from 'vitest'
import type { Circumstance, EventGrade, Metric } from '../../contract/index.ts'
import { type GradeFacts, proposeGrade } from './grade.ts'
import { mustReport } from './must-report.ts'
import { readGradeTables, readMustReportRules, readShippedCodes } from './rule-tables.ts'

const codes = new URL('../../../resources/codes', import.meta.url).pathname
const tables = await readGradeTables(codes)
const shipped = await readShippedCodes(codes)
const rules = await readMustReportRules(codes)

type Figures = Partial<Record<Metric, number>>
const valuesOf = (figures: Figures) => new Map(Object.entries(figures) as [Metric, number][])
function propose(hazard: string | null, figures: Figures, circumstances: Circumstance[] = []) {
  const facts: GradeFacts = { typeCode: 'x', hazard, values: valuesOf(figures), differing: [], circumstances }
  return proposeGrade(facts, tables)
}

const cases: [hazard: string, figures: Figures, grade: EventGrade | null, when?: Circumstance][] = [
  // Decree 493 art. 3: deaths
  ['work-safety', { deaths: 1 }, 'general'],
  ['work-safety', { deaths: 2 }, 'general'],
  ['work-safety', { deaths: 3 }, 'larger'],
  ['work-safety', { deaths: 9 }, 'larger'],
  ['work-safety', { deaths: 10 }, 'major'],
  ['work-safety', { deaths: 29 }, 'major'],
  ['work-safety', { deaths: 30 }, 'particularly-major'],
  // serious injuries, acute poisoning included
  ['work-safety', { seriousInjuries: 1 }, 'general'],
  ['work-safety', { seriousInjuries: 9 }, 'general'],
  ['work-safety', { seriousInjuries: 10 }, 'larger'],
  ['work-safety', { seriousInjuries: 6, acutePoisoning: 4 }, 'larger'],
  ['work-safety', { acutePoisoning: 49 }, 'larger'],
  ['work-safety', { acutePoisoning: 50 }, 'major'],
  ['work-safety', { seriousInjuries: 99 }, 'major'],
  ['work-safety', { seriousInjuries: 100 }, 'particularly-major'],
  // direct loss in yuan
  ['work-safety', { directLossYuan: 1 }, 'general'],
  ['work-safety', { directLossYuan: 9_999_999 }, 'general'],
  ['work-safety', { directLossYuan: 10_000_000 }, 'larger'],
  ['work-safety', { directLossYuan: 49_999_999 }, 'larger'],
  ['work-safety', { directLossYuan: 50_000_000 }, 'major'],
  ['work-safety', { directLossYuan: 99_999_900 }, 'major'],
  ['work-safety', { directLossYuan: 100_000_000 }, 'particularly-major'],
  // the vectors of protocols.md D1
  ['work-safety', { deaths: 2, seriousInjuries: 10 }, 'larger'],
  ['work-safety', { deaths: 29, seriousInjuries: 99, directLossYuan: 99_999_900 }, 'major'],
  ['work-safety', { deaths: 0, seriousInjuries: 0, directLossYuan: 0 }, null],
  // missing and trapped people are not deaths
  ['work-safety', { trapped: 40, outOfContact: 40, missing: 40 }, null],
  // Forest fire regulation art. 40
  ['forest-fire', { burnedForestHa: 0 }, 'general'],
  ['forest-fire', { burnedForestHa: 0.99 }, 'general'],
  ['forest-fire', { burnedForestHa: 1 }, 'larger'],
  ['forest-fire', { burnedForestHa: 99.9 }, 'larger'],
  ['forest-fire', { burnedForestHa: 100 }, 'major'],
  ['forest-fire', { burnedForestHa: 999.9 }, 'major'],
  ['forest-fire', { burnedForestHa: 1000 }, 'particularly-major'],
  ['forest-fire', { deaths: 0 }, null],
  ['forest-fire', { deaths: 1 }, 'general'],
  ['forest-fire', { deaths: 2 }, 'general'],
  ['forest-fire', { deaths: 3 }, 'larger'],
  ['forest-fire', { deaths: 9 }, 'larger'],
  ['forest-fire', { deaths: 10 }, 'major'],
  ['forest-fire', { deaths: 29 }, 'major'],
  ['forest-fire', { deaths: 30 }, 'particularly-major'],
  ['forest-fire', { seriousInjuries: 1 }, 'general'],
  ['forest-fire', { seriousInjuries: 9 }, 'general'],
  ['forest-fire', { seriousInjuries: 10 }, 'larger'],
  ['forest-fire', { seriousInjuries: 49 }, 'larger'],
  ['forest-fire', { seriousInjuries: 50 }, 'major'],
  ['forest-fire', { seriousInjuries: 99 }, 'major'],
  ['forest-fire', { seriousInjuries: 100 }, 'particularly-major'],
  // National earthquake plan 3.1: deaths include the missing
  ['earthquake', { deaths: 1 }, 'general'],
  ['earthquake', { deaths: 9 }, 'general'],
  ['earthquake', { deaths: 10 }, 'larger'],
  ['earthquake', { deaths: 6, missing: 4 }, 'larger'],
  ['earthquake', { deaths: 49 }, 'larger'],
  ['earthquake', { deaths: 50 }, 'major'],
  ['earthquake', { deaths: 299 }, 'major'],
  ['earthquake', { deaths: 300 }, 'particularly-major'],
  ['earthquake', { directLossGdpPercent: 0.99 }, null],
  ['earthquake', { directLossGdpPercent: 1 }, 'particularly-major'],
  // magnitude counts only with the density of people said
  ['earthquake', { magnitude: 8 }, null],
  ['earthquake', { magnitude: 3.9 }, null, 'fairly-dense-population'],
  ['earthquake', { magnitude: 4 }, 'general', 'fairly-dense-population'],
  ['earthquake', { magnitude: 4.9 }, 'general', 'fairly-dense-population'],
  ['earthquake', { magnitude: 5 }, 'larger', 'fairly-dense-population'],
  ['earthquake', { magnitude: 6 }, 'major', 'fairly-dense-population'],
  ['earthquake', { magnitude: 6.9 }, 'major', 'fairly-dense-population'],
  ['earthquake', { magnitude: 7 }, 'particularly-major', 'fairly-dense-population'],
  ['earthquake', { magnitude: 3.9 }, null, 'dense-population'],
  ['earthquake', { magnitude: 4 }, 'larger', 'dense-population'],
  ['earthquake', { magnitude: 5 }, 'major', 'dense-population'],
  ['earthquake', { magnitude: 5.9 }, 'major', 'dense-population'],
  ['earthquake', { magnitude: 6 }, 'particularly-major', 'dense-population'],
]

describe('proposed grade', () => {
  test.each(cases)('%s %o → %s %s', (hazard, figures, grade, when) => {
    const proposal = propose(hazard, figures, when === undefined ? [] : [when])
    expect(proposal.grade).toBe(grade)
    expect(proposal.outcome).toBe(grade === null ? proposal.outcome : 'graded')
    for (const reason of proposal.reasons) expect(reason.clause).not.toBe('')
  })

  test('without a table, a type or a figure there is no grade, and the outcome says which', () => {
    expect(propose('flood', { deaths: 50 })).toMatchObject({ outcome: 'no-table', grade: null })
    expect(propose(null, { deaths: 50 })).toMatchObject({ outcome: 'no-table', grade: null })
    expect(propose('work-safety', {})).toMatchObject({ outcome: 'no-figures', grade: null })
    expect(propose('work-safety', { deaths: 0 })).toMatchObject({
      outcome: 'below-table',
      grade: null,
      missing: ['seriousInjuries', 'acutePoisoning', 'directLossYuan'],
    })
    const untyped = proposeGrade({ typeCode: null, hazard: null, values: valuesOf({ deaths: 3 }), differing: [], circumstances: [] }, tables)
    expect(untyped).toMatchObject({ outcome: 'no-type', grade: null })
  })

  test('the reason names figure, bound and clause', () => {
    expect(propose('work-safety', { deaths: 2, seriousInjuries: 10 })).toMatchObject({
      source: expect.stringContaining('493') as string,
      reasons: [{ metrics: ['seriousInjuries'], value: 10, min: 10, below: 50, grade: 'larger', clause: '第三条第（三）项' }],
    })
  })
})

describe('what must be reported anyway', () => {
  test.each<[Figures, Circumstance[], string[]]>([
    [{ atRisk: 9 }, [], []],
    [{ atRisk: 10 }, [], ['atRisk']],
    [{ trapped: 2 }, [], []],
    [{ trapped: 2, outOfContact: 1 }, [], ['trappedOrMissing']],
    [{ evacuated: 499 }, [], []],
    [{ evacuated: 500 }, [], ['evacuated']],
    [{ deaths: 40 }, [], []],
    [{}, ['sensitive-area', 'public-attention'], ['sensitive-area', 'public-attention']],
  ])('%o %o → %o', (figures, circumstances, ids) => {
    expect(mustReport(valuesOf(figures), circumstances, rules).map((reason) => reason.id)).toEqual(ids)
  })
})

describe('shipped code table', () => {
  test('every code is unique, has its parent, and its hazard is one somebody knows', () => {
    const known = new Set(shipped.rows.map((row) => row.code))
    expect(known.size).toBe(shipped.rows.length)
    for (const row of shipped.rows) {
      expect(row.code).toMatch(/^1\d([A-HJ-NP-Z]\d\d|000)$/)
      if (row.parent !== null) expect(known).toContain(row.parent)
    }
    expect(shipped.rows.find((row) => row.code === '12D02')).toMatchObject({ parent: '12D00', hazard: 'work-safety' })
    expect(shipped.source).toContain('GB/T 35561')
  })
})
