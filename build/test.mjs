// `npm test`: set-up, then types, lint, walls, unit and end-to-end tests; ends with `N passed, N failed, N skipped`. Node 20.19 runs it.
import { checks } from './checks.mjs'
import { runEndToEnd } from './e2e.mjs'
import { ensurePage } from './page.mjs'
import { secondsSince } from './run.mjs'
import { ensureDependencies } from './setup.mjs'
import { ensureTestPrograms } from './setup-tests.mjs'
import { closeWith } from './tally.mjs'
import { runUnit } from './unit.mjs'

const steps = { ...checks, unit: runUnit, e2e: runEndToEnd }

/** The unit tests wait a good part of their time: the checks take it, and yield to them. A browser leaves nothing. */
const groups = [[...Object.keys(checks), 'unit'], ['e2e']]

/** @param {string} name of a step */
async function timed(name) {
  const startedAt = performance.now()
  const tally = await steps[name]()
  console.log(`${name}: ${secondsSince(startedAt)}`)
  return tally
}

async function test(names) {
  const unknown = names.filter((name) => !(name in steps))
  if (unknown.length > 0) throw new Error(`No such step: ${unknown.join(', ')}. There are ${Object.keys(steps).join(', ')}.`)
  const startedAt = performance.now()
  await ensureDependencies()
  const isWhole = names.length === 0
  if (isWhole || names.includes('unit') || names.includes('e2e')) {
    await ensureTestPrograms()
    // A page that cannot be built fails the end-to-end tests; the others still have something to say.
    await ensurePage().catch((error) => console.error(error.message))
  }
  console.log(`\nset-up: ${secondsSince(startedAt)}`)
  const testsStartedAt = performance.now()
  const tallies = []
  for (const group of groups) {
    const wanted = group.filter((name) => isWhole || names.includes(name))
    if (wanted.length > 0) console.log(`\n── ${wanted.join(', ')}`)
    tallies.push(...(await Promise.all(wanted.map(timed))))
  }
  console.log(`\nset-up and tests: ${secondsSince(startedAt)}, tests alone: ${secondsSince(testsStartedAt)}`)
  closeWith(tallies)
}

await test(process.argv.slice(2)).catch((error) => {
  console.error(error instanceof Error ? error.message : String(error))
  closeWith([{ passed: 0, failed: 1, skipped: 0 }])
})
