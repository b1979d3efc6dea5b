// Electron for `npm start`: fetches its binary once where it can, and says how to run it. Node 20.19 runs it.
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compile } from './compile.mjs'
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
  await compile()
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
