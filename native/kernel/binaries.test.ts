// A program is taken from the first place that has it; a path that somebody set is believed even when nothing lies there.
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { findProgram } from './binaries.ts'

let folder = ''
const query = { name: 'wanglou-test-program', variable: 'WANGLOU_TEST_PROGRAM', setting: null }
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wanglou-binaries-'))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

async function program(name: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, '#!/bin/sh\n')
  await chmod(path, 0o755)
  return path
}

test('setting before what is known before PATH', async () => {
  const [set, known, onPath] = await Promise.all([program('set'), program('known'), program('wanglou-test-program')])
  expect(findProgram(query)).toEqual({ path: null, from: null, wrong: null })
  vi.stubEnv('PATH', folder)
  expect(findProgram(query)).toEqual({ path: onPath, from: 'path', wrong: null })
  expect(findProgram({ ...query, known: [join(folder, 'gone'), known] })).toEqual({ path: known, from: 'known', wrong: null })
  expect(findProgram({ ...query, known: [known], setting: set })).toEqual({ path: set, from: 'setting', wrong: null })
  vi.stubEnv('WANGLOU_TEST_PROGRAM', known)
  expect(findProgram({ ...query, setting: set })).toEqual({ path: known, from: 'setting', wrong: null })
})

test('what was set and is not there, a folder or no program is said, and nothing else taken instead', async () => {
  vi.stubEnv('PATH', folder)
  await program('wanglou-test-program')
  const plain = join(folder, 'plain')
  await writeFile(plain, 'text')
  for (const setting of [join(folder, 'gone'), folder, plain])
    expect(findProgram({ ...query, setting })).toEqual({ path: null, from: null, wrong: setting })
})
