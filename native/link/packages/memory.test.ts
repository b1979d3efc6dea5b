// A long package is made and read a piece at a time: batches are fetched only as bytes leave, and no chunk is large.
import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newId } from '../../kernel/ids.ts'
import type { SealedBatch } from '../../journal/seal.ts'
import { readContents } from './read-contents.ts'
import { type Centre, fromStick, ontoStick, openCentre, prepare } from './testing/centres.ts'

let county: Centre
beforeEach(async () => {
  county = await openCentre('hancheng')
})
afterEach(async () => {
  await county.close()
})

test('20 000 entries are never in memory together', async () => {
  const acts = Array.from({ length: 20_000 }, () => {
    const subject = { dataset: 'boats', row: newId() }
    return {
      actor: 'a',
      action: 'boats.write',
      subject,
      rows: [{ ...subject, set: { name: randomBytes(48).toString('base64') } }],
      scope: 'up:hancheng' as const,
    }
  })
  for (let at = 0; at < acts.length; at += 2_000) await county.journal.writeAll(acts.slice(at, at + 2_000))
  let bytesOut = 0
  const bytesAtFetch: number[] = []
  const journal = {
    heads: () => county.journal.heads(),
    sealedBatch: (range: Parameters<typeof county.journal.sealedBatch>[0]) => {
      bytesAtFetch.push(bytesOut)
      return county.journal.sealedBatch(range)
    },
  }
  const { parts, made } = await prepare(county, 'weinan', { journal, partBytes: 400_000 })
  const count = (bytes: number) => {
    expect(bytes).toBeLessThanOrEqual(64 * 1024)
    bytesOut += bytes
  }
  async function* counted() {
    for await (const part of parts) yield { index: part.index, bytes: tallied(part.bytes, count) }
  }
  const paths = await ontoStick(counted(), `${county.directory}/stick`)
  expect(made.entries).toBe(20_000)
  expect(bytesAtFetch.length).toBeGreaterThan(8)
  // Between two batches the bytes of the one before the last have gone out.
  const gone = bytesAtFetch.slice(2).map((bytes, index) => bytes - (bytesAtFetch[index] ?? 0))
  expect(Math.min(...gone)).toBeGreaterThan(0)
  expect(bytesOut / bytesAtFetch.length).toBeLessThan(512 * 1024)

  let bytesIn = 0
  const aheadBytes: number[] = []
  let recordBytes = 0
  const stick = fromStick(paths).map((part) => ({ ...part, read: () => tallied(part.read(), (bytes) => (bytesIn += bytes)) }))
  let entries = 0
  for await (const content of readContents(stick)) {
    if (content.kind !== 'batch') continue
    entries += (content.batch as SealedBatch).entries.length
    recordBytes += Buffer.byteLength(JSON.stringify(content.batch))
    aheadBytes.push(bytesIn - recordBytes)
  }
  expect(entries).toBe(20_000)
  // Compressed bytes are fewer than what they hold: to be ahead by a part, nearly two would have to be in memory.
  expect(Math.max(...aheadBytes)).toBeLessThan(400_000)
})

async function* tallied(bytes: AsyncIterable<Uint8Array>, tally: (bytes: number) => void): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of bytes) {
    tally(chunk.byteLength)
    yield chunk
  }
}

test('a part that was not read to its end cannot be skipped', async () => {
  const { parts } = await prepare(county, 'weinan')
  const { value } = await parts.next()
  expect(value).toMatchObject({ index: 1 })
  await expect(parts.next()).rejects.toThrow('part 1 was not read to its end')
})
