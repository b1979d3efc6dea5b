// Unpacks a foreign zip to nowhere and counts: the directory of an archive may lie about its sizes.
import { open as openZip, type Entry, type ZipFile } from 'yauzl'
import { WanglouError } from '../contract/index.ts'

export interface ArchiveInfo {
  entries: number
  /** Bytes as really inflated. */
  unzippedBytes: number
  office: 'xlsx' | 'docx' | null
}

const maxEntries = 10_000
/** Below this an archive may be as dense as it likes: a sheet of equal cells packs a thousandfold. */
const alwaysFineBytes = 64_000_000
const maxRatio = 200

/** @throws WanglouError FILE_TRUNCATED · FILE_ENCRYPTED · FILE_ZIP_BOMB · FILE_UNREADABLE */
export async function inspectArchive(path: string, options: { size: number; unzippedLimitBytes: number }): Promise<ArchiveInfo> {
  const limit = Math.min(options.unzippedLimitBytes, Math.max(alwaysFineBytes, options.size * maxRatio))
  const zip = await openArchive(path)
  try {
    const entries = await listEntries(zip)
    const declared = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0)
    if (declared > limit) throw new WanglouError('FILE_ZIP_BOMB', { unzippedBytes: declared, limitBytes: limit })
    let unzippedBytes = 0
    for (const entry of entries) unzippedBytes += await inflatedSize(zip, entry, limit - unzippedBytes)
    return { entries: entries.length, unzippedBytes, office: officeKind(entries) }
  } finally {
    zip.close()
  }
}

/** Opens an archive for reading entry by entry; the caller closes it. @throws WanglouError FILE_TRUNCATED · FILE_UNREADABLE */
export function openArchive(path: string): Promise<ZipFile> {
  const { promise, resolve, reject } = Promise.withResolvers<ZipFile>()
  openZip(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true, strictFileNames: false }, (error, zip) => {
    if (error === null) resolve(zip)
    else reject(brokenZip(error))
  })
  return promise
}

/** Every entry of the directory. @throws WanglouError FILE_ENCRYPTED · FILE_ZIP_BOMB (too many entries) · FILE_TRUNCATED */
export function listEntries(zip: ZipFile): Promise<Entry[]> {
  const { promise, resolve, reject } = Promise.withResolvers<Entry[]>()
  const entries: Entry[] = []
  zip.on('entry', (entry: Entry) => {
    if (entry.isEncrypted()) return reject(new WanglouError('FILE_ENCRYPTED'))
    if (entries.push(entry) > maxEntries) return reject(new WanglouError('FILE_ZIP_BOMB', { entries: zip.entryCount }))
    zip.readEntry()
  })
  zip.on('end', () => resolve(entries))
  zip.on('error', (error: Error) => reject(brokenZip(error)))
  zip.readEntry()
  return promise
}

/** The bytes of one entry as they are inflated; more than declared ends in FILE_ZIP_BOMB. */
export async function* readEntry(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<NodeJS.ReadableStream>()
  zip.openReadStream(entry, (error, stream) => (error === null ? resolve(stream) : reject(brokenZip(error))))
  try {
    for await (const chunk of await promise) yield chunk as Buffer
  } catch (error) {
    throw error instanceof WanglouError ? error : brokenZip(error)
  }
}

async function inflatedSize(zip: ZipFile, entry: Entry, left: number): Promise<number> {
  let bytes = 0
  for await (const chunk of readEntry(zip, entry)) {
    bytes += chunk.length
    if (bytes > left) throw new WanglouError('FILE_ZIP_BOMB', { unzippedBytes: bytes, limitBytes: left })
  }
  return bytes
}

function officeKind(entries: readonly Entry[]): 'xlsx' | 'docx' | null {
  if (entries.some((entry) => entry.fileName === 'xl/workbook.xml')) return 'xlsx'
  return entries.some((entry) => entry.fileName === 'word/document.xml') ? 'docx' : null
}

function brokenZip(cause: unknown): WanglouError {
  const words = cause instanceof Error ? cause.message : String(cause)
  if (/strong encryption/i.test(words)) return new WanglouError('FILE_ENCRYPTED', {}, { cause })
  if (/too many bytes/i.test(words)) return new WanglouError('FILE_ZIP_BOMB', {}, { cause })
  const isTruncated = /end of central directory|unexpected end|not enough bytes|unexpected eof|overflows file bounds/i.test(words)
  return new WanglouError(isTruncated ? 'FILE_TRUNCATED' : 'FILE_UNREADABLE', {}, { cause })
}
