// Runs Playwright and counts; without Electron's binary the electron project's specs are named and counted as skipped. Node 20.19 runs it.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from './compile.mjs'
import { ensurePage } from './page.mjs'
import { findChromium, findElectron, ourEnvironment, ourNode, root } from './programs.mjs'
import { run } from './run.mjs'
import { withSecondTry } from './second-try.mjs'
import { ensureDependencies } from './setup.mjs'
import { ensureTestPrograms } from './setup-tests.mjs'
import { closeWith, failureOf, freshReport, readReport, sum, withExitCode } from './tally.mjs'

const playwright = join(root, 'node_modules', '@playwright', 'test', 'cli.js')
const report = join(root, '.cache', 'e2e', 'report.json')
const secondResults = join(root, '.cache', 'e2e', 'results-again')

/** @returns {Promise<import('./tally.mjs').Tally>} */
export async function runEndToEnd(args = []) {
  if (findChromium() === null) {
    console.log('No Chromium is installed and none could be fetched: the end-to-end tests cannot run.')
    return { passed: 0, failed: 1, skipped: 0 }
  }
  const hasElectron = findElectron() !== null
  if (hasElectron) await compile()
  const projects = ['--project=chromium', ...(hasElectron ? ['--project=electron'] : [])]
  const once = async (more) => {
    freshReport(report)
    const ended = await run(ourNode(), [playwright, 'test', ...projects, ...more])
    return withExitCode(tallyOf(readReport(report)), ended)
  }
  const first = await once(args)
  // The pictures of the first failure are kept.
  const ran = args.length > 0 ? first : await withSecondTry(first, (places) => once([...places, '--workers=1', `--output=${secondResults}`]))
  return hasElectron ? ran : sum([ran, await skipElectron(args)])
}

/** Counts of Playwright's JSON report; what Playwright itself tried twice has failed. */
export function tallyOf(result) {
  if (result === null) return { passed: 0, failed: 1, skipped: 0 }
  const { expected, unexpected, flaky, skipped } = result.stats
  const failed = specsOf(result.suites ?? []).filter(({ spec }) => !spec.ok)
  return {
    passed: expected,
    failed: unexpected + flaky + result.errors.length,
    skipped,
    again: result.errors.length > 0 ? [] : failed.map(({ spec }) => `${spec.file}:${spec.line}`),
    failures: [
      ...failed.map(({ title, spec }) => failureOf(title, spec.tests[0]?.results.at(-1)?.error?.message)),
      ...result.errors.map((error) => failureOf('outside a test', error.message)),
    ],
  }
}

async function skipElectron(args) {
  const listing = join(root, '.cache', 'e2e', 'electron.json')
  freshReport(listing)
  const env = ourEnvironment({ PLAYWRIGHT_JSON_OUTPUT_FILE: listing })
  await run(ourNode(), [playwright, 'test', '--list', '--project=electron', '--reporter=json', ...args], { env, quiet: true })
  const titles = titlesOf(readReport(listing)?.suites ?? [])
  console.log(`\nskipped: the electron project, because Electron's binary is not installed (${titles.length} tests)`)
  for (const title of titles) console.log(`  - [electron] ${title}`)
  return { passed: 0, failed: 0, skipped: titles.length }
}

/** @returns {string[]} `file › group › test` of every test in a report */
export function titlesOf(suites) {
  return specsOf(suites).map(({ title }) => title)
}

function specsOf(suites, path = []) {
  return suites.flatMap((suite) => {
    const here = [...path, suite.title]
    return [...(suite.specs ?? []).map((spec) => ({ title: [...here, spec.title].join(' › '), spec })), ...specsOf(suite.suites ?? [], here)]
  })
}

async function endToEnd(args) {
  await ensureDependencies()
  await ensureTestPrograms()
  await ensurePage()
  return runEndToEnd(args)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const tally = await endToEnd(process.argv.slice(2)).catch((error) => {
    console.error(error instanceof Error ? error.message : String(error))
    return { passed: 0, failed: 1, skipped: 0 }
  })
  closeWith([tally])
}
