// Counts of tests, and the line every test command ends with. Node 20.19 runs it.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/** @param {Tally[]} tallies */
export function sum(tallies) {
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const tally of tallies) for (const key of Object.keys(total)) total[key] += tally[key]
  return total
}

/** Prints the closing line and sets the exit code. A run in which nothing passed is a failed run. @param {Tally[]} tallies */
export function closeWith(tallies) {
  const { passed, failed, skipped } = sum(tallies)
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0
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
 * @param {number} code its exit code
 */
export function withExitCode(tally, code) {
  return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally
}
