// Builds the page when what it is made of has changed, beside the old one, and swaps them. Node 20.19 runs it.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { alone } from './lock.mjs'
import { ourNode, root } from './programs.mjs'
import { run, secondsSince } from './run.mjs'

const page = join(root, 'dist', 'page')
const stamp = join(root, '.cache', 'page.sha256')
const inputs = ['renderer', 'native/contract', 'build/vite', 'vite.config.ts', 'package-lock.json']

/** Makes dist/page agree with its sources. */
export async function ensurePage() {
  if (isFresh()) return
  await alone('page', async () => {
    if (isFresh()) return
    const startedAt = performance.now()
    const hash = hashOfInputs()
    console.error('Building the page …')
    const next = join(root, 'dist', 'page.next')
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
    const { code, output } = await run(ourNode(), [vite, 'build', '--outDir', next, '--emptyOutDir', '--logLevel', 'warn'], {
      quiet: true,
    })
    if (code !== 0) throw new Error(`The page could not be built:\n${output}`)
    swap(next)
    writeFileSync(stamp, hash)
    console.error(`Page built in ${secondsSince(startedAt)}.`)
  })
}

/** A station that is serving the old page keeps doing so until the new one is whole. */
function swap(next) {
  const old = join(root, 'dist', 'page.old')
  rmSync(old, { recursive: true, force: true })
  if (existsSync(page)) renameSync(page, old)
  renameSync(next, page)
  rmSync(old, { recursive: true, force: true })
}

function isFresh() {
  return existsSync(join(page, 'index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hashOfInputs()
}

function hashOfInputs() {
  const hash = createHash('sha256')
  for (const input of inputs) {
    const path = join(root, input)
    if (!/\.\w+$/.test(input)) for (const file of filesUnder(path)) add(file)
    else add(path)
  }
  return hash.digest('hex')

  function add(file) {
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0')
  }
}

function filesUnder(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.includes('.test.') && !/[\\/]e2e([\\/]|$)/.test(relative(root, entry.parentPath)))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await ensurePage().catch((error) => {
    console.error(error.message)
    process.exitCode = 1
  })
}
