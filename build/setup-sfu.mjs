// `npm run setup:sfu`: sees to it that there is an SFU worker — one that is already here, the package's own download, or one built from source. Node 20.19 runs it.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { canInstall, installPackages } from './apt.mjs'
import { alone } from './lock.mjs'
import { findSfuWorker, onPath, ourEnvironment, ourNode, root, sfuCachePath, sfuPackage } from './programs.mjs'
import { run, secondsSince } from './run.mjs'
import { ensureDependencies } from './setup.mjs'

/** Long enough for 4 MB over a slow line, short enough for a network that answers nothing. */
const fetchLimitMs = 60_000
const buildLimitMs = 40 * 60_000

/** What each tool of the build is called, and Debian's package of it. */
const tools = { 'g++': 'g++', 'pkg-config': 'pkg-config', meson: 'meson', ninja: 'ninja-build', flatc: 'flatbuffers-compiler', strip: 'binutils' }
/** pkg-config's name of each library, and Debian's package of it. */
const libraries = {
  libuv: 'libuv1-dev',
  openssl: 'libssl-dev',
  libsrtp2: 'libsrtp2-dev',
  absl_strings: 'libabsl-dev',
  flatbuffers: 'libflatbuffers-dev',
}

/** @returns {Promise<{ path: string | null, words: string }>} where the worker lies, or what is missing */
export async function ensureSfuWorker() {
  const named = process.env.WANGLOU_SFU_WORKER
  if (named !== undefined && named !== '' && !existsSync(named))
    return { path: null, words: `WANGLOU_SFU_WORKER names ${named}, and nothing lies there.` }
  const found = findSfuWorker()
  if (found !== null) return isWorker(found)
  return alone('setup-sfu', async () => {
    const meanwhile = findSfuWorker()
    return meanwhile === null ? ((await fetchIt()) ?? (await buildIt())) : isWorker(meanwhile)
  })
}

/** A worker started without its environment ends with 41; one made for another system does not start at all. */
async function isWorker(path) {
  const { code, output } = await run(path, [], { env: {}, timeoutMs: 20_000, quiet: true })
  if (code === 41) return { path, words: `SFU worker: ${path}` }
  return {
    path: null,
    words: `${path} is not an SFU worker that runs here (exit code ${code}). Remove it and run this again.\n${output.slice(-500)}`,
  }
}

/** The package's own way, with no Python so that it stops where it would begin to build with downloads of its own. */
async function fetchIt() {
  console.log('SFU worker: trying the one its makers offer …')
  const env = ourEnvironment({ PYTHON: 'wanglou-does-not-build-this-way' })
  delete env.MEDIASOUP_WORKER_BIN
  await run(ourNode(), ['npm-scripts.mjs', 'postinstall'], { cwd: sfuPackage, env, timeoutMs: fetchLimitMs, quiet: true })
  const path = findSfuWorker()
  if (path === null) console.log('SFU worker: it cannot be fetched from here.')
  return path === null ? null : isWorker(path)
}

async function buildIt() {
  if (process.platform !== 'linux')
    return { path: null, words: 'The SFU worker can be built on Linux only; elsewhere it must be fetched, or named by WANGLOU_SFU_WORKER.' }
  const before = await missingForBuild()
  if (before.length > 0 && canInstall()) await installPackages(before)
  const missing = await missingForBuild()
  if (missing.length > 0) {
    const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`
    return {
      path: null,
      words: `The SFU worker cannot be built: these are missing: ${missing.join(', ')}.\nAs root on Debian, Kylin or UOS: ${command}\nThen again: npm run setup:sfu`,
    }
  }
  return compileIt()
}

async function compileIt() {
  const startedAt = performance.now()
  console.log('SFU worker: building it from source with the libraries of this system (about 8 minutes on two cores, once) …')
  const work = mkdtempSync(join(tmpdir(), 'wanglou-sfu-'))
  const output = sfuCachePath()
  try {
    mkdirSync(join(output, '..'), { recursive: true })
    const script = join(root, 'build', 'sfu', 'build-worker.sh')
    const { code, output: said } = await run('bash', [script, sfuPackage, work, output], { timeoutMs: buildLimitMs, quiet: true })
    if (code !== 0 || !existsSync(output))
      return { path: null, words: `The SFU worker could not be built (exit code ${code}):\n${said.slice(-3000)}` }
    console.log(`SFU worker: built in ${secondsSince(startedAt)}.`)
    return await isWorker(output)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** @returns {Promise<string[]>} Debian's packages that the build lacks */
async function missingForBuild() {
  const missing = Object.entries(tools).flatMap(([name, debian]) => (onPath(name) === null ? [debian] : []))
  const asked = await Promise.all(
    Object.entries(libraries).map(async ([name, debian]) => {
      const { code } = await run('pkg-config', ['--exists', name], { quiet: true })
      return code === 0 ? [] : [debian]
    }),
  )
  return [...missing, ...asked.flat()]
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await ensureDependencies()
  const { path, words } = await ensureSfuWorker()
  if (path === null) console.error(words)
  else console.log(words)
  process.exitCode = path === null ? 1 : 0
}
