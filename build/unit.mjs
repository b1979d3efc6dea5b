// Runs Vitest and counts. Node 20.19 runs it.
import { join, relative, resolve } from 'node:path'
import { ourNode, root } from './programs.mjs'
import { run } from './run.mjs'
import { withSecondTry } from './second-try.mjs'
import { failureOf, freshReport, readReport, withExitCode } from './tally.mjs'

const report = join(root, '.cache', 'unit', 'report.json')

/** @returns {Promise<import('./tally.mjs').Tally>} */
export async function runUnit(args = []) {
  const tally = await once(args)
  return args.length > 0 ? tally : withSecondTry(tally, (files) => once([...files, '--maxWorkers=1']))
}

async function once(args) {
  freshReport(report)
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const ended = await run(ourNode(), [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args], {
    capture: true,
  })
  const tally = withExitCode(tallyOf(readReport(report)), ended)
  return /unhandled/i.test(ended.output ?? '') ? { ...tally, again: [] } : tally
}

/** A file that could not even be loaded counts as one failure. */
export function tallyOf(result) {
  if (result === null) return { passed: 0, failed: 1, skipped: 0 }
  const broken = result.testResults.filter((file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'))
  const failures = result.testResults.flatMap((file) =>
    file.assertionResults.filter((test) => test.status === 'failed').map((test) => ({ file, test })),
  )
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + broken.length,
    skipped: result.numPendingTests + result.numTodoTests,
    again: broken.length > 0 ? [] : [...new Set(failures.map(({ file }) => relative(root, resolve(root, file.name))))],
    failures: [
      ...failures.map(({ file, test }) => failureOf(`${relative(root, resolve(root, file.name))} › ${test.fullName}`, test.failureMessages[0])),
      ...broken.map((file) => failureOf(relative(root, resolve(root, file.name)), file.message)),
    ],
  }
}
