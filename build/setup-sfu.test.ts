// The SFU worker's set-up: what is there is used, what is set wrong is said, and station and set-up look into the same place.
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { findWorker } from '../native/media/sfu/worker-program.ts'
import { root, sfuCachePath } from './programs.mjs'
import { ensureSfuWorker } from './setup-sfu.mjs'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wanglou-sfu-'))
  vi.stubEnv('XDG_CACHE_HOME', folder)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

async function lay(path: string, exitCode: number): Promise<string> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, `#!/bin/sh\nexit ${exitCode}\n`)
  await chmod(path, 0o755)
  return path
}

test('a worker that somebody set, and one that is none', async () => {
  const path = await lay(join(folder, 'own'), 41)
  vi.stubEnv('WANGLOU_SFU_WORKER', path)
  expect(await ensureSfuWorker()).toEqual({ path, words: `SFU worker: ${path}` })
  await lay(path, 126)
  expect(await ensureSfuWorker()).toMatchObject({ path: null, words: expect.stringContaining('exit code 126') as string })
  vi.stubEnv('WANGLOU_SFU_WORKER', join(folder, 'gone'))
  expect(await ensureSfuWorker()).toMatchObject({ path: null, words: expect.stringContaining('nothing lies there') as string })
})

test('what the set-up keeps is what the station finds', async () => {
  vi.stubEnv('WANGLOU_SFU_WORKER', '')
  const kept = await lay(sfuCachePath(), 41)
  // A package that brought its own worker goes first, in both alike.
  const { path } = await ensureSfuWorker()
  expect(findWorker(null).path).toBe(path)
  expect([kept, join(root, 'node_modules/mediasoup/worker/out/Release/mediasoup-worker')]).toContain(path)
})

test('the line that the build mends is there to be mended', async () => {
  const source = await readFile(join(root, 'node_modules/mediasoup/worker/src/RTC/DtlsTransport.cpp'), 'utf8')
  expect(source).toContain('(operationType == BIO_CB_RETURN) ?')
})
