// Finds the programs beside us: a Chromium, Electron's binary, nats-server, the SFU worker, a browser to open, and this project's own Node. Node 20.19 runs it.
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the project. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** The compiler of today; `typescript` is the one before it, whose programming interface vue-tsc and ESLint still need. */
export const tsc = join(root, 'node_modules', 'typescript-7', 'bin', 'tsc')
const bin = join(root, 'node_modules', '.bin')

/** PATH with this project's programs taken out, so that npm runs on the machine's own Node while it replaces ours. */
export function pathWithoutOurs(path = process.env.PATH ?? '') {
  return path
    .split(delimiter)
    .filter((folder) => !folder.replace(/[\\/]+$/, '').endsWith(join('node_modules', '.bin')))
    .join(delimiter)
}

/** The environment for our own tools: our Node 24 comes first, and what it has compiled once is kept: a station starts in half the time. */
export function ourEnvironment(extra = {}) {
  const { NODE_COMPILE_CACHE = join(root, '.cache', 'node') } = process.env
  return { ...process.env, NODE_COMPILE_CACHE, PATH: bin + delimiter + pathWithoutOurs(), ...extra }
}

/** A young generation that stays small: V8 would let it grow to 64 MB and not give them back. */
export const stationFlags = ['--max-semi-space-size=8']

/** The environment of a station: threads for SQLite and files, and so few malloc arenas that these do not each keep what they freed. */
export function stationEnvironment(extra = {}) {
  const { UV_THREADPOOL_SIZE = '12', MALLOC_ARENA_MAX = '2' } = process.env
  return ourEnvironment({ UV_THREADPOOL_SIZE, MALLOC_ARENA_MAX, ...extra })
}

/** @returns {string | null} where a program lies on PATH */
export function onPath(name, path = process.env.PATH ?? '') {
  const names = process.platform === 'win32' ? [`${name}.exe`, `${name}.cmd`, name] : [name]
  for (const folder of path.split(delimiter)) {
    for (const candidate of names) if (folder !== '' && existsSync(join(folder, candidate))) return join(folder, candidate)
  }
  return null
}

/** Node 24, the devDependency `node`; the file itself rather than the link, so that a signal reaches it directly. */
export function ourNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const own = join(root, 'node_modules', 'node', 'bin', name)
  return existsSync(own) ? own : join(bin, name)
}

/** @returns {string | null} the Chromium the tests use: the one named by WANGLOU_CHROMIUM, Playwright's own, or the system's */
export function findChromium() {
  const named = process.env.WANGLOU_CHROMIUM
  if (named !== undefined && existsSync(named)) return named
  const own = playwrightChromium()
  if (own !== null) return own
  for (const name of ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']) {
    const found = onPath(name)
    if (found !== null) return found
  }
  return null
}

function playwrightChromium() {
  const require = createRequire(import.meta.url)
  let playwright
  try {
    playwright = require('@playwright/test')
  } catch (error) {
    // Before the first installation there is no Playwright; the system's Chromium is then the answer.
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return null
    throw error
  }
  const path = playwright.chromium.executablePath()
  return existsSync(path) ? path : null
}

/** @returns {string | null} nats-server: named by WANGLOU_NATS_SERVER, on PATH, or where Debian puts it (/usr/sbin is on root's PATH only) */
export function findNatsServer() {
  const named = process.env.WANGLOU_NATS_SERVER
  if (named !== undefined && named !== '') return existsSync(named) ? named : null
  return onPath('nats-server') ?? onPath('nats-server', ['/usr/sbin', '/usr/local/bin', '/usr/local/sbin'].join(delimiter))
}

/** The package that carries the SFU worker's source. */
export const sfuPackage = join(root, 'node_modules', 'mediasoup')
const sfuFile = process.platform === 'win32' ? 'mediasoup-worker.exe' : 'mediasoup-worker'

/** Where the SFU worker built for this machine is kept, by version; the station looks there too (`native/media/sfu/worker-program.ts`). */
export function sfuCachePath() {
  const { version } = JSON.parse(readFileSync(join(sfuPackage, 'package.json'), 'utf8'))
  const base =
    process.platform === 'win32'
      ? (process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'))
      : process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
  return join(base, 'wanglou', 'sfu', `${version}-${process.arch}`, sfuFile)
}

/** @returns {string | null} the SFU worker: named by WANGLOU_SFU_WORKER, brought by its package, or built here once */
export function findSfuWorker() {
  const named = process.env.WANGLOU_SFU_WORKER
  if (named !== undefined && named !== '') return existsSync(named) ? named : null
  return [join(sfuPackage, 'worker', 'out', 'Release', sfuFile), sfuCachePath()].find((path) => existsSync(path)) ?? null
}

/** @returns {string | null} Electron's binary, when it was fetched or is named by ELECTRON_OVERRIDE_DIST_PATH */
export function findElectron() {
  const folder = join(root, 'node_modules', 'electron')
  const pathFile = join(folder, 'path.txt')
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : process.platform === 'win32' ? 'electron.exe' : 'electron'
  const path = override === undefined ? join(folder, 'dist', name) : join(override, name)
  return existsSync(path) ? path : null
}

/** @returns {{ command: string, args: string[] } | null} what opens an address in the system's browser */
export function browserOpener(url) {
  if (process.platform === 'win32') return { command: 'cmd', args: ['/c', 'start', '', url] }
  if (process.platform === 'darwin') return { command: 'open', args: [url] }
  for (const name of ['xdg-open', 'gio', 'x-www-browser', 'firefox', 'chromium', 'google-chrome']) {
    const command = onPath(name)
    if (command !== null) return { command, args: name === 'gio' ? ['open', url] : [url] }
  }
  return null
}
