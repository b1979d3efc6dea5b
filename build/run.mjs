// Runs child programs: relayed or captured, with a time limit, never reading our standard input. Node 20.19 runs it.
import { spawn } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import { ourEnvironment, root } from './programs.mjs'

/**
 * Runs a program to its end with its output shown.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, timeoutMs?: number, capture?: boolean, quiet?: boolean, yields?: boolean }} [options]
 *   `capture` collects standard output as well, `quiet` does not show it, `yields` takes a processor only when nobody else wants it
 * @returns {Promise<{ code: number, output: string }>} code 127 when it could not be started, 124 when its time ran out
 */
export function run(command, args, { env = ourEnvironment(), cwd = root, timeoutMs = 0, capture = false, quiet = false, yields = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', capture || quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
      shell: process.platform === 'win32' && command.endsWith('.cmd'),
    })
    if (yields && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        output += text
        if (!quiet) process.stdout.write(text)
      })
    }
    let isLate = false
    const timer =
      timeoutMs > 0 &&
      setTimeout(() => {
        isLate = true
        child.kill('SIGKILL')
      }, timeoutMs)
    child.once('error', (error) => finish(127, `${error.message}\n`))
    child.once('close', (code) => finish(isLate ? 124 : (code ?? 1)))
    function finish(code, more = '') {
      if (timer !== false) clearTimeout(timer)
      resolve({ code, output: output + more })
    }
  })
}

/** Seconds since a moment of `performance.now()`, for people. */
export function secondsSince(startedAt) {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`
}
