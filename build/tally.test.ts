// The counts behind the closing line: nothing that failed may go uncounted.
import { afterEach, expect, test, vi } from 'vitest'
import { tallyOf as tallyOfEndToEnd, titlesOf } from './e2e.mjs'
import { closeWith, sum, withExitCode } from './tally.mjs'
import { tallyOf as tallyOfUnit } from './unit.mjs'

const exitCode = process.exitCode
afterEach(() => {
  process.exitCode = exitCode
  vi.restoreAllMocks()
})

function closing(...tallies: { passed: number; failed: number; skipped: number }[]) {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  closeWith(tallies)
  return [log.mock.calls.at(-1)?.[0], process.exitCode]
}

test('the last line and the exit code', () => {
  expect(closing({ passed: 3, failed: 0, skipped: 1 }, { passed: 2, failed: 0, skipped: 0 })).toEqual(['5 passed, 0 failed, 1 skipped', 0])
  expect(closing({ passed: 3, failed: 1, skipped: 0 })).toEqual(['3 passed, 1 failed, 0 skipped', 1])
})
test('a run in which nothing passed has failed', () => {
  expect(closing({ passed: 0, failed: 0, skipped: 9 })).toEqual(['0 passed, 0 failed, 9 skipped', 1])
})
test('a runner that died counts as a failure, whatever it had counted', () => {
  expect(tallyOfUnit(null)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  expect(tallyOfEndToEnd(null)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  expect(withExitCode({ passed: 7, failed: 0, skipped: 0 }, 1)).toEqual({ passed: 7, failed: 1, skipped: 0 })
  expect(withExitCode({ passed: 7, failed: 2, skipped: 0 }, 1)).toEqual({ passed: 7, failed: 2, skipped: 0 })
})
test('Vitest: a file that could not be loaded is a failure', () => {
  const report = {
    numPassedTests: 2,
    numFailedTests: 1,
    numPendingTests: 1,
    numTodoTests: 1,
    testResults: [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
      { status: 'passed', assertionResults: [{ status: 'passed' }] },
    ],
  }
  expect(tallyOfUnit(report)).toEqual({ passed: 2, failed: 2, skipped: 2 })
})
test('Playwright: flaky is failed, an error outside a test too', () => {
  expect(tallyOfEndToEnd({ stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 }, errors: [{}] })).toEqual({ passed: 4, failed: 3, skipped: 2 })
})
test('skipped tests are named with their groups', () => {
  const suites = [{ title: 'a.spec.ts', specs: [{ title: 'opens' }], suites: [{ title: 'intake', specs: [{ title: 'by keyboard' }] }] }]
  expect(titlesOf(suites)).toEqual(['a.spec.ts › opens', 'a.spec.ts › intake › by keyboard'])
})
test('sums by kind', () => {
  expect(
    sum([
      { passed: 1, failed: 2, skipped: 3 },
      { passed: 10, failed: 20, skipped: 30 },
    ]),
  ).toEqual({ passed: 11, failed: 22, skipped: 33 })
})
