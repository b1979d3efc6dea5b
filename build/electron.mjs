// Electron for `npm start`: fetches its binary once where it can, compiles the shell, and says how to run it. Node 20.19 runs it.
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findElectron, ourEnvironment, ourNode, root } from './programs.mjs'
import { run } from './run.mjs'

const fetchLimitMs = 3 * 60_000
const retryAfterMs = 24 * 3_600_000
const failedStamp = join(root, '.cache', 'electron-not-fetched')

/** @returns {Promise<{ command: string, args: string[], env: NodeJS.ProcessEnv } | null>} null, said in one line, when the browser must do */
export async function electronCommand() {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    console.error("There is no display here, so no Electron window: the console opens in the system's browser.")
    return null
  }
  if (findElectron() === null) await fetchElectron()
  const binary = findElectron()
  if (binary === null) {
    console.error("Electron's binary is not installed and could not be fetched: the console opens in the system's browser.")
    return null
  }
  await compileShell()
  const isRoot = process.getuid?.() === 0
  return { command: binary, args: [...(isRoot ? ['--no-sandbox'] : []), root], env: ourEnvironment() }
}

/** Tries once a day at most: a duty room without the internet must not wait for it at every start. */
async function fetchElectron() {
  if (existsSync(failedStamp) && Date.now() - statSync(failedStamp).mtimeMs < retryAfterMs) return
  console.error('Fetching Electron, once and for at most three minutes …')
  const { code } = await run(ourNode(), [join(root, 'node_modules', 'electron', 'install.js')], { quiet: true, timeoutMs: fetchLimitMs })
  if (code === 0) return
  mkdirSync(join(root, '.cache'), { recursive: true })
  writeFileSync(failedStamp, '')
}

/** Turns native/ and electron/ into JavaScript under dist/, and the preload script into the one CommonJS file that a sandboxed page may load. */
export async function compileShell() {
  const typescript = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const compiled = await run(ourNode(), [typescript, '-b', 'electron', 'native'], { quiet: true })
  if (compiled.code !== 0) throw new Error(`The shell could not be compiled:\n${compiled.output}`)
  const { build } = await import('esbuild')
  await build({
    absWorkingDir: root,
    entryPoints: ['electron/preload.ts'],
    outfile: 'dist/electron/preload.cjs',
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['electron'],
    logLevel: 'warning',
  })
}
