// Property test of the life of a report: whatever is tried in whatever order, what was signed stays signed, and only what may follow follows.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ReportStepKind, ReportStepKind as Steps, SigningPath } from '../../contract/index.ts'
import { allowedSteps, isFrozen, nameOf, signatureOf, stateOf, type StepFact } from './life.ts'
import { urgeSince } from './overdue.ts'

const seed = Number(process.env['FC_SEED'] ?? Date.now() % 2 ** 31)
console.info(`life.test seed ${String(seed)}`)

const fact = (step: ReportStepKind, at: number): StepFact => ({
  id: String(at).padStart(6, '0'),
  step,
  at: { at, precision: 'exact', source: '' },
  enteredAt: at,
})
function play(tried: readonly ReportStepKind[], path: SigningPath): StepFact[] {
  const steps: StepFact[] = []
  for (const [at, step] of tried.entries()) if (allowedSteps(stateOf(steps, [], []), path).includes(step)) steps.push(fact(step, at))
  return steps
}
const tried = fc.array(fc.constantFrom(...Steps.options), { maxLength: 40 })

describe('the life of a report', () => {
  test('holds whatever is tried', () => {
    fc.assert(
      fc.property(tried, fc.constantFrom(...SigningPath.options), (list, path) => {
        const steps = play(list, path)
        const kinds = steps.map((step) => step.step)
        expect(kinds.filter((step) => step === 'sign').length).toBeLessThanOrEqual(1)
        const signedAt = kinds.indexOf('sign')
        if (signedAt !== -1) {
          expect(path).not.toBe('spoken')
          expect(kinds.slice(signedAt + 1).every((step) => step === 'countersign')).toBe(true)
          expect(isFrozen(stateOf(steps, [], []))).toBe(true)
          // 先审核再签发: the last thing before the signature that moved it was a review.
          if (path === 'review-sign') expect(kinds.slice(0, signedAt).findLast((step) => step !== 'countersign')).toBe('review')
        }
        if (kinds.includes('discard')) expect(kinds.at(-1)).toBe('discard')
      }),
      { seed, numRuns: 2000 },
    )
  })

  test('of two signatures made apart the first entered counts, in whatever order they arrive', () => {
    const [one, two] = [fact('sign', 5), fact('sign', 9)]
    expect(signatureOf([two, one])).toBe(one)
    expect(signatureOf([one, two])).toBe(one)
  })

  test('is signed for only when every send is, by a person', () => {
    const steps = [fact('sign', 1)]
    const sends = [
      { id: 'a', enteredAt: 2 },
      { id: 'b', enteredAt: 3 },
    ]
    const receipt = (send: string, kind: string) => ({ send, kind, enteredAt: 4 })
    expect(stateOf(steps, [], [])).toBe('signed')
    expect(stateOf(steps, sends, [receipt('a', 'signed'), receipt('b', 'delivered')])).toBe('sent')
    expect(stateOf(steps, sends, [receipt('a', 'signed'), receipt('b', 'read')])).toBe('receipted')
  })

  test('names: 首报 as the centre calls it, 续报 counted in Chinese', () => {
    expect([1, 10, 11, 20, 21, 99].map((n) => nameOf('follow-up', n, '首报'))).toEqual([
      '续报一',
      '续报十',
      '续报十一',
      '续报二十',
      '续报二十一',
      '续报九十九',
    ])
    expect([nameOf('first', null, '初报'), nameOf('final', null, '初报')]).toEqual(['初报', '终报'])
  })

  test('late is said to the minute and never for what was signed for', () => {
    const send = { sentAt: { at: 0, precision: 'exact' as const, source: '' }, receiptWithinMinutes: 15 }
    const limit = 15 * 60_000
    expect([urgeSince(send, [], limit), urgeSince(send, [], limit + 1)]).toEqual([null, limit])
    expect(urgeSince(send, [{ kind: 'delivered' }], limit + 1)).toBe(limit)
    expect(urgeSince(send, [{ kind: 'signed' }], limit * 10)).toBeNull()
  })
})
