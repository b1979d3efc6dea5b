import { expect, test } from 'vitest'
import { WanglouError } from '../contract/index.ts'
import type { Misbehaviour } from './testing/misbehave.worker.ts'
import { runInWorker } from './workers.ts'

const url = new URL('./testing/misbehave.worker.ts', import.meta.url)

function run(data: Misbehaviour, more: { timeoutMs?: number; signal?: AbortSignal; onProgress?: (progress: number) => void } = {}) {
  return runInWorker<string, number>({ url, data, maxOldSpaceMb: 32, timeoutMs: 20_000, ...more })
}

function code(work: Promise<unknown>) {
  return work.then(
    () => 'resolved',
    (error: unknown) => (error instanceof WanglouError ? error.code : error),
  )
}

test('the result and the progress come back', async () => {
  const progress: number[] = []
  expect(await run('answer', { onProgress: (value) => progress.push(value) })).toBe('answered')
  expect(progress).toEqual([0.5])
})

test('a refusal inside keeps its code and its parameters', async () => {
  const error = await run('refuse').catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'FILE_ENCODING', params: { row: 7 } })
})

test('a bug inside is FILE_UNREADABLE with the bug as its cause', async () => {
  const error = await run('throw').catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'FILE_UNREADABLE', cause: { message: 'a bug in a parser' } })
})

test('a heap that runs over ends the work, not the station', async () => {
  expect(await code(run('fill'))).toBe('FILE_TOO_LARGE')
})

test('what takes too long is ended', async () => {
  expect(await code(run('hang', { timeoutMs: 300 }))).toBe('TIMEOUT')
})

test('a worker that exits by itself is not waited for', async () => {
  expect(await code(run('exit'))).toBe('FILE_UNREADABLE')
})

test('cancelling ends the work, also before it began', async () => {
  const control = new AbortController()
  const hanging = code(run('hang', { signal: control.signal }))
  control.abort()
  expect(await hanging).toBe('CANCELLED')
  expect(await code(run('answer', { signal: control.signal }))).toBe('CANCELLED')
})
