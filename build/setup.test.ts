// When dependencies count as installed, and that two set-ups never run together.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { alone } from './lock.mjs'
import { ourNode, pathWithoutOurs, root } from './programs.mjs'
import { run } from './run.mjs'
import { areDependenciesInstalled } from './setup.mjs'

describe('dependencies', () => {
  const wanted = { '': { name: 'wanglou' }, 'node_modules/vue': { version: '3.0.0' }, 'node_modules/fsevents': { version: '2.0.0', optional: true } }
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wanglou-setup-'))
    await lay('package-lock.json', JSON.stringify({ packages: wanted }))
    await lay('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/vue': { version: '3.0.0' } } }))
    await lay('node_modules/sqlite3/build/Release/node_sqlite3.node', '')
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  async function lay(path: string, text: string) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }

  test('all there, in their versions; one for another system may be absent', () => {
    expect(areDependenciesInstalled(folder)).toBe(true)
  })
  test('a lock file that names another version', async () => {
    await lay('package-lock.json', JSON.stringify({ packages: { ...wanted, 'node_modules/vue': { version: '3.0.1' } } }))
    expect(areDependenciesInstalled(folder)).toBe(false)
  })
  test('a package that was added', async () => {
    await lay('package-lock.json', JSON.stringify({ packages: { ...wanted, 'node_modules/zod': { version: '4.0.0' } } }))
    expect(areDependenciesInstalled(folder)).toBe(false)
  })
  test('an installation that was broken off before the driver was compiled', async () => {
    await rm(join(folder, 'node_modules/sqlite3'), { recursive: true })
    expect(areDependenciesInstalled(folder)).toBe(false)
  })
  test('no node_modules', async () => {
    await rm(join(folder, 'node_modules'), { recursive: true })
    expect(areDependenciesInstalled(folder)).toBe(false)
  })
})

test('one at a time, and a lock left by a process that has ended is taken over', async () => {
  const file = join(root, '.cache', 'lock-test.lock')
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, '2147483646')
  let inside = 0
  let most = 0
  const work = async () => {
    most = Math.max(most, ++inside)
    await new Promise((resolve) => setTimeout(resolve, 50))
    inside--
  }
  await Promise.all([alone('lock-test', work), alone('lock-test', work), alone('lock-test', work)])
  expect(most).toBe(1)
})

test("npm runs on the machine's own Node, our tools on ours", () => {
  expect(pathWithoutOurs(`${root}/node_modules/.bin:/usr/bin:/x/node_modules/.bin/:/bin`)).toBe('/usr/bin:/bin')
  expect(ourNode()).toContain('node_modules')
})

test('a child: its exit code, its output, its time limit, and a program that is not there', async () => {
  const quiet = { quiet: true }
  expect(await run(process.execPath, ['-e', 'console.log("out"); console.error("err"); process.exit(7)'], quiet)).toMatchObject({
    code: 7,
    output: expect.stringContaining('out'),
  })
  expect((await run(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { ...quiet, timeoutMs: 300 })).code).toBe(124)
  expect((await run('/nowhere/at-all', [], quiet)).code).toBe(127)
  expect((await run(process.execPath, ['-e', 'process.stdin.on("end", () => process.exit(5)).resume()'], quiet)).code).toBe(5)
})
