// A second try for a few tests that failed beside others: alone, on a quiet machine. What then passes is named as unsteady, never silently. Node 20.19 runs it.

/** More than this at once is no unlucky moment of a shared machine. */
const mostUnsteady = 3

/**
 * A property that was refuted has found its example, another seed proves nothing; what belongs to no test (a crash, an unhandled rejection) is no test's bad luck.
 * @param {import('./tally.mjs').Tally} tally of the first run; `again` = what can be run again, by the name its runner takes
 * @param {(names: string[]) => Promise<import('./tally.mjs').Tally>} run runs these alone
 * @returns {Promise<import('./tally.mjs').Tally>}
 */
export async function withSecondTry(tally, run) {
  const { passed, failed, skipped, failures = [], again = [] } = tally
  const isWorthIt = failed > 0 && failed <= mostUnsteady && again.length > 0 && !failures.some((failure) => failure.includes('Property failed'))
  if (!isWorthIt) return tally
  console.log(`\nonce more, alone: ${again.join(', ')}`)
  const second = await run(again)
  if (second.failed > 0 || second.passed < failed) return tally
  return { passed: passed + failed, failed: 0, skipped, unsteady: failures }
}
