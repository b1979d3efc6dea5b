// What goes into the package, and that the packaged station starts: electron-builder packs for real, over a stand-in for Electron's binary.
import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import typescript from 'typescript'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compile } from '../compile.mjs'
import { ensurePage } from '../page.mjs'
import { ourNode, root } from '../programs.mjs'
import { run } from '../run.mjs'

const limitMs = 300_000
let folder = ''
let app = ''
let files: string[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wanglou-package-'))
  await compile()
  await ensurePage()
  app = await pack()
  files = await filesUnder(app)
}, limitMs)
afterAll(() => rm(folder, { recursive: true, force: true }))

/** electron-builder needs an Electron to copy; which one makes no difference to the list of our files. */
async function pack(): Promise<string> {
  const electron = join(folder, 'electron')
  await mkdir(join(electron, 'resources'), { recursive: true })
  for (const name of ['electron', 'version', 'LICENSE', 'LICENSES.chromium.html']) await writeFile(join(electron, name), '')
  await chmod(join(electron, 'electron'), 0o755)
  const builder = join(root, 'node_modules', 'electron-builder', 'cli.js')
  const settings = [`-c.electronDist=${electron}`, `-c.directories.output=${join(folder, 'out')}`]
  const { code, output } = await run(ourNode(), [builder, '--linux', '--dir', '--x64', '--publish', 'never', ...settings], { quiet: true })
  expect(code, output.slice(-3000)).toBe(0)
  return join(folder, 'out', 'linux-unpacked', 'resources', 'app')
}

async function filesUnder(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(path, join(entry.parentPath, entry.name)))
}

describe('in the package', () => {
  test.each([
    'package.json',
    'dist/electron/main.js',
    'dist/electron/preload.cjs',
    'dist/electron/station-host.js',
    'dist/native/main.js',
    'dist/page/index.html',
    'dist/page/cesium/Assets/Textures/NaturalEarthII/tilemapresource.xml',
    'dist/resources/packs/shaanxi/pack.json',
    'node_modules/sqlite3/build/Release/node_sqlite3.node',
    'node_modules/sqlite3/lib/sqlite3.js',
  ])('%s', (file) => {
    expect(files).toContain(file)
  })
  test('every migration', async () => {
    const migrations = await readdir(join(root, 'native/store/migrations'))
    expect(migrations.length).toBeGreaterThan(0)
    for (const migration of migrations) expect(files).toContain(`dist/native/store/migrations/${migration}`)
  })
  test('every worker of the station', async () => {
    const workers = (await filesUnder(join(root, 'native'))).filter((file) => file.endsWith('.worker.ts') && !file.includes('testing'))
    for (const worker of workers) expect(files).toContain(`dist/native/${worker.replace(/\.ts$/, '.js')}`)
  })
  test('the page with its scripts and styles', () => {
    expect(files.filter((file) => /^dist\/page\/assets\/.*-[\w-]+\.js$/.test(file)).length).toBeGreaterThan(3)
    expect(files.some((file) => /^dist\/page\/assets\/.*\.css$/.test(file))).toBe(true)
    expect(files.some((file) => file.startsWith('dist/page/cesium/Workers/'))).toBe(true)
  })
})

describe('not in the package', () => {
  test.each([
    ['sources and source maps', /\.(ts|mts|cts|tsx|vue|map|tsbuildinfo)$/],
    ['tests', /\.(test|spec|bench|soak|fuzz)\.|^dist\/.*\/(testing|e2e|fixtures|__fixtures__)\//],
    ['what was bundled into the page', /^node_modules\/(cesium|@cesium|vue|@vue|element-plus|echarts|pinia)\//],
    ['tools', /^node_modules\/(electron|electron-builder|vite|vitest|typescript|eslint|playwright|@playwright|esbuild|node|node-gyp|fast-check)\//],
    ['what compiling the database driver left', /^node_modules\/sqlite3\/(deps|src)\/|obj\.target|\.(a|o|cc|gyp)$/],
    ['our own working tree', /^(native|renderer|electron|build|\.git|\.cache|\.ci|out)\//],
    ['pictures of the readme and scripts that make plans', /^dist\/resources\/(screens\/|.*\.py$)/],
    ['secrets and logs', /(^|\/)(\.env|\.npmrc|[^/]*\.log)$/],
  ])('%s', (_what, pattern) => {
    expect(files.filter((file) => pattern.test(file))).toEqual([])
  })
})

test('what the compiled station and shell import is there', async () => {
  const require = createRequire(join(app, 'package.json'))
  const named = new Set<string>()
  for (const file of files.filter((path) => /^dist\/(native|electron)\/.*\.c?js$/.test(path))) {
    const source = await readFile(join(app, file), 'utf8')
    for (const { fileName } of typescript.preProcessFile(source).importedFiles) if (!/^[./]/.test(fileName)) named.add(packageOf(fileName))
  }
  named.delete('electron')
  expect(named).toContain('sqlite3')
  const missing = [...named].filter(
    (name) => !name.startsWith('node:') && !require.resolve.paths(name)?.some((path) => isWithinApp(path) && hasPackage(name)),
  )
  expect(missing).toEqual([])
})

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}
const isWithinApp = (path: string) => path.startsWith(app)
const hasPackage = (name: string) => files.includes(`node_modules/${name}/package.json`)

test.each(['hazchem.docx', 'tailings.pdf'])(
  'a worker thread of the packaged station reads %s',
  async (plan) => {
    const script = `
      const { runInWorker } = await import(${JSON.stringify(pathToFileURL(join(app, 'dist/native/kernel/workers.js')).href)})
      const url = new URL(${JSON.stringify(pathToFileURL(join(app, 'dist/native/features/plans/parse/plan.worker.ts')).href)})
      const data = { path: ${JSON.stringify(join(app, 'dist/resources/plans', plan))}, hints: { fileName: '${plan}', eventTypes: [], areas: [] } }
      const { plan } = await runInWorker({ url, data, maxOldSpaceMb: 400, timeoutMs: 120_000 })
      console.log(JSON.stringify(plan))`
    await writeFile(join(folder, 'read-plan.mjs'), script)
    const { code, output } = await run(ourNode(), [join(folder, 'read-plan.mjs')], { quiet: true, cwd: folder })
    expect(code, output.slice(-2000)).toBe(0)
    expect(output).toContain('总则')
  },
  limitMs,
)

test(
  'the packaged station starts under plain Node, serves the page and stops',
  async () => {
    const child = spawn(ourNode(), [join(app, 'dist/native/main.js'), '--headless', '--port', '0', '--data', join(folder, 'data')], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const url = await readyUrl(child)
    const page = await fetch(new URL('/', url))
    expect([200, 401, 403]).toContain(page.status)
    const signedIn = await fetch(url, { redirect: 'manual' })
    expect(signedIn.status).toBeLessThan(400)
    const exit = new Promise((resolve) => child.once('exit', (code) => resolve(code)))
    child.kill('SIGTERM')
    expect(await exit).toBe(0)
  },
  limitMs,
)

function readyUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the station ended with code ${code} before it was ready`)))
    if (child.stdout === null) return reject(new Error('no standard output'))
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('wanglou ready ')) resolve(line.slice('wanglou ready '.length))
    })
  })
}
