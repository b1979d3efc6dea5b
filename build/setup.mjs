// Installs what is missing. The only place that runs npm: with the environment that keeps install scripts from downloading. Node 20.19 runs it.
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { alone } from './lock.mjs'
import { onPath, ourNode, pathWithoutOurs, root } from './programs.mjs'
import { run, secondsSince } from './run.mjs'

/** What npm's install scripts may not fetch: browsers, Electron and the SFU worker come later, from elsewhere, or not at all. */
const noDownloads = {
  MEDIASOUP_WORKER_BIN: 'skip',
  ELECTRON_SKIP_BINARY_DOWNLOAD: '1',
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
  PUPPETEER_SKIP_DOWNLOAD: '1',
}

/** Makes node_modules agree with package-lock.json. Throws with words for the person when it cannot. */
export async function ensureDependencies() {
  refuseOldNode()
  if (areDependenciesInstalled()) return
  await alone('setup', async () => {
    if (areDependenciesInstalled()) return
    const startedAt = performance.now()
    console.error('Installing dependencies (npm ci; the database driver is compiled, one to three minutes) …')
    nameMissingTools()
    const { command, args } = npm()
    const { code } = await run(command, [...args, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], { env: npmEnvironment() })
    if (code !== 0) throw new Error(`npm ci failed with exit code ${code}; its messages are above. Needed: a C++ compiler, make and Python 3.`)
    if (!areDependenciesInstalled()) throw new Error('npm ci ended well, yet node_modules does not agree with package-lock.json.')
    console.error(`Dependencies installed in ${secondsSince(startedAt)}.`)
  })
}

/** True when every package of the lock file stands in node_modules in its version, and what is compiled or fetched for this machine is there. */
export function areDependenciesInstalled(folder = root) {
  const wanted = readLock(join(folder, 'package-lock.json'))
  const present = readLock(join(folder, 'node_modules', '.package-lock.json'))
  if (wanted === null || present === null) return false
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '' || entry.optional === true || entry.devOptional === true) continue
    if (present[path]?.version !== entry.version) return false
  }
  return existsSync(ourNode()) && existsSync(join(folder, 'node_modules', 'sqlite3', 'build', 'Release', 'node_sqlite3.node'))
}

function readLock(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : null
}

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) throw new Error(`Node ${process.versions.node} is too old: 20.19 or newer is needed to start.`)
}

function nameMissingTools() {
  const path = pathWithoutOurs()
  const missing = [
    ['make', ['make', 'nmake']],
    ['a C++ compiler', ['g++', 'c++', 'clang++', 'cl']],
    ['Python 3', ['python3', 'python']],
  ].filter(([, names]) => names.every((name) => onPath(name, path) === null))
  if (missing.length > 0) console.error(`Not found on PATH: ${missing.map(([name]) => name).join(', ')}. The database driver may fail to compile.`)
}

/** npm itself, on the machine's own Node: ours stands in the folder that npm is about to replace. */
function npm() {
  const path = pathWithoutOurs()
  const script = process.env.npm_execpath
  if (script !== undefined && /npm-cli\.[cm]?js$/.test(script)) return { command: onPath('node', path) ?? process.execPath, args: [script] }
  return { command: onPath('npm', path) ?? 'npm', args: [] }
}

function npmEnvironment() {
  const env = { ...process.env, ...noDownloads, PATH: pathWithoutOurs() }
  // CI machines set NODE_ENV=production; the tools that build and test us are devDependencies.
  delete env.NODE_ENV
  delete env.npm_config_omit
  delete env.npm_config_production
  // node-gyp compiles on all cores.
  env.JOBS ??= 'max'
  const headers = nodeHeaders(env.PATH)
  if (headers !== null && env.npm_config_nodedir === undefined) env.npm_config_nodedir = headers
  return env
}

/** Where Node's own headers lie beside the machine's Node, so that compiling needs no download. */
function nodeHeaders(path) {
  const node = onPath('node', path)
  if (node === null) return null
  const prefix = dirname(dirname(realpathSync(node)))
  return existsSync(join(prefix, 'include', 'node', 'node_version.h')) ? prefix : null
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await ensureDependencies().catch((error) => {
    console.error(error.message)
    process.exitCode = 1
  })
}
