// Counts of tests, and the line every test command ends with. Node 20.19 runs it.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

/**
 * `failures` names what failed, as far as known; `again` is what its runner can be asked to run once more; `unsteady` names what passed at the second try alone.
 * @typedef {{ passed: number, failed: number, skipped: number, failures?: string[], again?: string[], unsteady?: string[] }} Tally
 */

/** @param {Tally[]} tallies */
export function sum(tallies) {
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const tally of tallies) for (const key of Object.keys(total)) total[key] += tally[key]
  const named = (kind) => tallies.flatMap((tally) => tally[kind] ?? [])
  return { ...total, failures: named('failures'), unsteady: named('unsteady') }
}

/**
 * Names what failed, or passed at the second try alone, once more at the end, where whoever looks at a long output looks first; prints the closing line and sets the exit code.
 * A run in which nothing passed is a failed run.
 * @param {Tally[]} tallies
 */
export function closeWith(tallies) {
  const { passed, failed, skipped, failures, unsteady } = sum(tallies)
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0
  for (const failure of unsteady) console.log(`unsteady, passed when run again alone: ${failure}`)
  for (const failure of failures) console.log(`failed: ${failure}`)
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
}

/** Removes an old report, so that a runner which dies early is never read as the last good run. */
export function freshReport(file) {
  mkdirSync(dirname(file), { recursive: true })
  rmSync(file, { force: true })
}

/** @returns {any} the runner's JSON report; null when it died before writing one */
export function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}

/**
 * A runner that exits with an error has failed, whatever it counted (an unhandled rejection, a crash).
 * @param {Tally} tally
 * @param {{ code: number, output?: string }} ended its exit code, and what it printed where that was kept
 */
export function withExitCode(tally, { code, output = '' }) {
  if (code === 0 || tally.failed > 0) return tally
  return { ...tally, failed: 1, failures: [failureOf(`the runner exited with ${code}`, lastWords(output))] }
}

/** What a runner says of errors that belong to no test, else the last lines. */
function lastWords(output) {
  const lines = stripVTControlCharacters(output).trim().split('\n')
  const from = lines.findIndex((line) => /unhandled|unexpectedly|timeout starting/i.test(line))
  return lines.slice(from === -1 ? -12 : from).join('\n')
}

/** @returns {string} one name with the first lines of what was wrong, without colours */
export function failureOf(name, message = '') {
  const text = stripVTControlCharacters(message).trim().split('\n').slice(0, 12)
  return [name, ...text].join('\n    ')
}
