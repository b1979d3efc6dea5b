import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import PizZip from 'pizzip'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WanglouError } from '../contract/index.ts'
import { inspectFile } from './foreign-file.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wanglou-foreign-'))
})
afterAll(() => rm(folder, { recursive: true }))

let files = 0
async function inspect(bytes: Uint8Array | string, options: { unzippedLimitBytes?: number } = {}): Promise<string> {
  const path = join(folder, String(++files))
  await writeFile(path, bytes)
  return inspectFile(path, { limitBytes: 50_000_000, ...options }).then(
    (file) => file.kind,
    (error: unknown) => (error instanceof WanglouError ? error.code : String(error)),
  )
}

function zip(entries: Record<string, string | Buffer>): Buffer {
  const archive = new PizZip()
  for (const [name, data] of Object.entries(entries)) archive.file(name, data)
  return archive.generate({ type: 'nodebuffer', compression: 'DEFLATE' })
}

/** Changes the one entry's record in the archive's directory. */
function forged(archive: Buffer, change: (record: Buffer) => void): Buffer {
  const copy = Buffer.from(archive)
  change(copy.subarray(copy.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]))))
  return copy
}

const sheet = zip({ 'xl/workbook.xml': '<workbook/>' })

test('what a file is, is read from its bytes', async () => {
  expect(await inspect(sheet)).toBe('xlsx')
  expect(await inspect(zip({ 'word/document.xml': '<w:document/>' }))).toBe('docx')
  expect(await inspect(zip({ 'a.txt': 'a' }))).toBe('zip')
  expect(await inspect('%PDF-1.7\n1 0 obj\nendobj\ntrailer <<>>\n%%EOF\n')).toBe('pdf')
  expect(await inspect('名称,经度\r\n')).toBe('text')
  expect(await inspect(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]))).toBe('image')
  expect(await inspect(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]))).toBe('ole')
  expect(await inspect(Buffer.alloc(100, 1))).toBe('binary')
})

test('an empty file', async () => {
  expect(await inspect('')).toBe('FILE_EMPTY')
})

test('a file cut short', async () => {
  expect(await inspect(sheet.subarray(0, sheet.length - 30))).toBe('FILE_TRUNCATED')
  expect(await inspect('%PDF-1.7\n1 0 obj\n')).toBe('FILE_TRUNCATED')
})

test('an encrypted file: wrapped in OLE, zip entry, PDF', async () => {
  const ole = Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le')])
  expect(await inspect(ole)).toBe('FILE_ENCRYPTED')
  expect(await inspect(forged(sheet, (record) => record.writeUInt16LE(1, 8)))).toBe('FILE_ENCRYPTED')
  expect(await inspect('%PDF-1.7\ntrailer << /Encrypt 5 0 R >>\n%%EOF')).toBe('FILE_ENCRYPTED')
})

test('300 MB are refused before a byte is read', async () => {
  const path = join(folder, 'huge')
  const file = await open(path, 'w')
  await file.truncate(300_000_000)
  await file.close()
  await expect(inspectFile(path, { limitBytes: 200_000_000 })).rejects.toMatchObject({ code: 'FILE_TOO_LARGE', params: { limitBytes: 200_000_000 } })
})

test('a zip bomb, honest or lying about its size', async () => {
  const bomb = zip({ 'xl/worksheets/sheet1.xml': Buffer.alloc(80_000_000) })
  expect(bomb.length).toBeLessThan(200_000)
  expect(await inspect(bomb)).toBe('FILE_ZIP_BOMB')
  expect(await inspect(forged(bomb, (record) => record.writeUInt32LE(1000, 24)))).toBe('FILE_ZIP_BOMB')
  expect(await inspect(zip({ a: Buffer.alloc(3000) }), { unzippedLimitBytes: 2000 })).toBe('FILE_ZIP_BOMB')
})
