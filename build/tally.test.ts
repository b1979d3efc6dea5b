// The counts behind the closing line: nothing that failed may go uncounted.
import { afterEach, expect, test, vi } from 'vitest'
import { tallyOf as tallyOfEndToEnd, titlesOf } from './e2e.mjs'
import { withSecondTry } from './second-try.mjs'
import { closeWith, failureOf, sum, withExitCode } from './tally.mjs'
import { tallyOf as tallyOfUnit } from './unit.mjs'

const exitCode = process.exitCode
afterEach(() => {
  process.exitCode = exitCode
  vi.restoreAllMocks()
})

function printed(...tallies: Parameters<typeof closeWith>[0]) {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  closeWith(tallies)
  return log.mock.calls.map(([line]) => line as string)
}
function closing(...tallies: Parameters<typeof closeWith>[0]) {
  return [printed(...tallies).at(-1), process.exitCode]
}

test('the last line and the exit code', () => {
  expect(closing({ passed: 3, failed: 0, skipped: 1 }, { passed: 2, failed: 0, skipped: 0 })).toEqual(['5 passed, 0 failed, 1 skipped', 0])
  expect(closing({ passed: 3, failed: 1, skipped: 0 })).toEqual(['3 passed, 1 failed, 0 skipped', 1])
})
test('what failed is named once more before the last line, with the first lines of what was wrong', () => {
  const failures = [failureOf('clocks.test.ts › warns', '\u001b[31mexpected 2\nreceived 3\u001b[39m')]
  expect(printed({ passed: 3, failed: 1, skipped: 0, failures })).toEqual([
    'failed: clocks.test.ts › warns\n    expected 2\n    received 3',
    '3 passed, 1 failed, 0 skipped',
  ])
})
test('a run in which nothing passed has failed', () => {
  expect(closing({ passed: 0, failed: 0, skipped: 9 })).toEqual(['0 passed, 0 failed, 9 skipped', 1])
})
test('a runner that died counts as a failure, whatever it had counted', () => {
  expect(tallyOfUnit(null)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  expect(tallyOfEndToEnd(null)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  expect(withExitCode({ passed: 7, failed: 0, skipped: 0 }, { code: 1, output: 'ok\nError: Worker exited unexpectedly' })).toMatchObject({
    passed: 7,
    failed: 1,
    skipped: 0,
    failures: ['the runner exited with 1\n    Error: Worker exited unexpectedly'],
  })
  expect(withExitCode({ passed: 7, failed: 2, skipped: 0 }, { code: 1 })).toEqual({ passed: 7, failed: 2, skipped: 0 })
})
test('Vitest: a file that could not be loaded is a failure', () => {
  const report = {
    numPassedTests: 2,
    numFailedTests: 1,
    numPendingTests: 1,
    numTodoTests: 1,
    testResults: [
      { name: 'native/a.test.ts', status: 'failed', message: 'No such module', assertionResults: [] },
      { name: 'native/b.test.ts', status: 'failed', assertionResults: [{ status: 'failed', fullName: 'counts', failureMessages: ['expected 2'] }] },
      { name: 'native/c.test.ts', status: 'passed', assertionResults: [{ status: 'passed' }] },
    ],
  }
  expect(tallyOfUnit(report)).toMatchObject({
    again: [],
    passed: 2,
    failed: 2,
    skipped: 2,
    failures: ['native/b.test.ts › counts\n    expected 2', 'native/a.test.ts\n    No such module'],
  })
})
test('Playwright: flaky is failed, an error outside a test too', () => {
  const tests = [{ results: [{ error: { message: 'timed out' } }] }]
  const report = {
    stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 },
    errors: [{ message: 'no port' }],
    suites: [
      {
        title: 'a.spec.ts',
        specs: [
          { title: 'opens', ok: true },
          { title: 'shuts', ok: false, tests, file: 'a.spec.ts', line: 7 },
        ],
      },
    ],
  }
  expect(tallyOfEndToEnd({ ...report, errors: [] })).toMatchObject({ failed: 2, again: ['a.spec.ts:7'] })
  expect(tallyOfEndToEnd(report)).toEqual({
    again: [],
    passed: 4,
    failed: 3,
    skipped: 2,
    failures: ['a.spec.ts › shuts\n    timed out', 'outside a test\n    no port'],
  })
})
test('a second try: passed alone, it is counted as passed and named as unsteady; failed again, the first failure stands', async () => {
  const first = { passed: 5, failed: 1, skipped: 2, failures: ['a.spec.ts › shuts'], again: ['a.spec.ts:7'] }
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
  const steady = await withSecondTry(first, (names) => Promise.resolve({ passed: names.length, failed: 0, skipped: 0 }))
  expect(steady).toEqual({ passed: 6, failed: 0, skipped: 2, unsteady: ['a.spec.ts › shuts'] })
  expect(await withSecondTry(first, () => Promise.resolve({ passed: 0, failed: 1, skipped: 0 }))).toBe(first)
  expect(await withSecondTry(first, () => Promise.resolve({ passed: 0, failed: 0, skipped: 0 }))).toBe(first)
  vi.restoreAllMocks()
  expect(printed(steady)).toEqual(['unsteady, passed when run again alone: a.spec.ts › shuts', '6 passed, 0 failed, 2 skipped'])
})
test('no second try: for more than three, for a refuted property, for what belongs to no test', async () => {
  const never = () => Promise.reject(new Error('was run'))
  for (const tally of [
    { passed: 5, failed: 0, skipped: 0, again: [] },
    { passed: 5, failed: 4, skipped: 0, failures: ['1', '2', '3', '4'], again: ['1', '2', '3', '4'] },
    { passed: 5, failed: 1, skipped: 0, failures: ['merge.test.ts › any\n    Property failed after 3 tests'], again: ['merge.test.ts'] },
    { passed: 5, failed: 1, skipped: 0, failures: ['the runner exited with 1'] },
  ])
    expect(await withSecondTry(tally, never)).toBe(tally)
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
  ).toMatchObject({ passed: 11, failed: 22, skipped: 33 })
})
