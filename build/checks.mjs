// The checks that run no code: types, lint and walls, one count each. Node 20.19 runs it.
import { join } from 'node:path'
import { ourNode, root, tsc } from './programs.mjs'
import { run } from './run.mjs'

const modules = join(root, 'node_modules')

/** Each layer has its own tsconfig, so that the contract sees no Node and the station sees no DOM. */
const types = [
  [tsc, '-b'],
  [tsc, '-p', 'build'],
  [join(modules, 'vue-tsc', 'bin', 'vue-tsc.js'), '--noEmit', '-p', 'renderer'],
]
const lint = [
  // A promise nobody waits for loses its error; in the station that loses an act.
  [join(modules, 'oxlint', 'bin', 'oxlint'), 'native', 'electron', '--deny-warnings'],
  [
    join(modules, 'eslint', 'bin', 'eslint.js'),
    '.',
    '--max-warnings',
    '0',
    '--cache',
    '--cache-strategy',
    'content',
    '--cache-location',
    '.cache/eslint',
  ],
  [join(modules, 'prettier', 'bin', 'prettier.cjs'), '--check', '.', '--log-level', 'warn', '--cache', '--cache-location', '.cache/prettier'],
]
const walls = [
  [
    join(modules, 'dependency-cruiser', 'bin', 'dependency-cruise.mjs'),
    '--config',
    'build/walls/walls.cjs',
    'native',
    'renderer',
    'electron',
    'build',
  ],
]

/** Runs every program of a check, also after one has failed: a person wants to see all of it. */
async function check(name, programs) {
  let isPassed = true
  for (const program of programs) {
    const { code } = await run(ourNode(), program, { yields: true })
    if (code !== 0) isPassed = false
  }
  return { passed: isPassed ? 1 : 0, failed: isPassed ? 0 : 1, skipped: 0, failures: isPassed ? [] : [`${name}, see above`] }
}

/** @type {Record<string, () => Promise<import('./tally.mjs').Tally>>} */
export const checks = {
  types: () => check('types', types),
  lint: () => check('lint', lint),
  walls: () => check('walls', walls),
}
