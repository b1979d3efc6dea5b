// Files by their hash: whole or not there.
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FileBlobs } from './blobs.ts'

let folder: string
let blobs: FileBlobs
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wanglou-blobs-'))
  blobs = await FileBlobs.open(folder)
})
afterEach(() => rm(folder, { recursive: true }))

async function bytesOf(source: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of source) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

test('a file is found by its hash, whole or in part, once however often it came', async () => {
  const put = () => blobs.put(Readable.from([Buffer.from('hello '), Buffer.from('world')]), { limitBytes: 100 })
  const { sha256, size } = await put()
  expect(await put()).toEqual({ sha256, size })
  expect(sha256).toBe(createHash('sha256').update('hello world').digest('hex'))
  expect(await bytesOf(blobs.read(sha256))).toBe('hello world')
  expect(await bytesOf(blobs.read(sha256, { start: 6, end: 10 }))).toBe('world')
  expect(await blobs.info(sha256)).toEqual({ sha256, size: 11 })
})

test('one that is too large or breaks off leaves nothing', async () => {
  await expect(blobs.put(Readable.from([Buffer.alloc(60), Buffer.alloc(60)]), { limitBytes: 100 })).rejects.toMatchObject({ code: 'TOO_LARGE' })
  async function* broken() {
    yield Buffer.from('half')
    throw new Error('line lost')
  }
  await expect(blobs.put(broken(), { limitBytes: 100 })).rejects.toThrow('line lost')
  expect(await readdir(join(folder, 'arriving'))).toEqual([])
  expect(await readdir(folder)).toEqual(['arriving'])
})

test('a hash that is none leads nowhere', async () => {
  expect(await blobs.has('../../etc/passwd')).toBe(false)
  expect(() => blobs.pathOf('../../etc/passwd')).toThrow()
  await expect(bytesOf(blobs.read('0'.repeat(64)))).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('what an erasure left of a file stands under its old name, and the file put again does not bring the rest back', async () => {
  const put = () => blobs.put(Readable.from([Buffer.from('name and number')]), { limitBytes: 100 })
  const { sha256 } = await put()
  const left = await blobs.replace(sha256, Readable.from([Buffer.from('name           ')]))
  expect(left).toEqual({ sha256: createHash('sha256').update('name           ').digest('hex'), size: 15 })
  expect(await put()).toEqual({ sha256, size: 15 })
  expect(await bytesOf(blobs.read(sha256))).toBe('name           ')
  await blobs.remove(sha256)
  await blobs.remove(sha256)
  expect(await blobs.has(sha256)).toBe(false)
  expect(await readdir(join(folder, 'arriving'))).toEqual([])
})
