// Looks at a file that came from outside before anything parses it: what it really is, and whether it is safe to open.
import { open, type FileHandle } from 'node:fs/promises'
import { WanglouError } from '../contract/index.ts'
import { type ArchiveInfo, inspectArchive } from './foreign-archive.ts'

export type ForeignKind = 'xlsx' | 'docx' | 'zip' | 'ole' | 'pdf' | 'image' | 'text' | 'binary'

export interface ForeignFile {
  /** By its bytes, never by its name. `ole` = old .xls/.doc. */
  kind: ForeignKind
  /** Bytes. */
  size: number
  /** Only for zip, xlsx, docx: sizes as really unpacked. */
  archive: ArchiveInfo | null
}

export interface InspectOptions {
  /** Largest file, bytes. */
  limitBytes: number
  /** Largest sum of unpacked sizes of an archive, bytes; default 600 MB. */
  unzippedLimitBytes?: number
}

const headBytes = 64 * 1024
const defaultUnzippedBytes = 600_000_000

/**
 * @param path of the file, e.g. `blobs.pathOf(sha256)`
 * @throws WanglouError FILE_EMPTY · FILE_TOO_LARGE · FILE_ENCRYPTED (OLE-wrapped, encrypted zip entries, PDF with /Encrypt) ·
 * FILE_TRUNCATED (zip without its directory, PDF without its end) · FILE_ZIP_BOMB · FILE_UNREADABLE
 */
export async function inspectFile(path: string, options: InspectOptions): Promise<ForeignFile> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    if (size === 0) throw new WanglouError('FILE_EMPTY')
    if (size > options.limitBytes) throw new WanglouError('FILE_TOO_LARGE', { size, limitBytes: options.limitBytes })
    const head = await bytesAt(file, 0, Math.min(size, headBytes))
    const kind = kindOf(head)
    if (kind === 'ole') await refuseEncryptedOle(file, size)
    if (kind === 'pdf') await refuseBrokenPdf(file, size)
    if (kind !== 'zip') return { kind, size, archive: null }
    const archive = await inspectArchive(path, { size, unzippedLimitBytes: options.unzippedLimitBytes ?? defaultUnzippedBytes })
    return { kind: archive.office ?? 'zip', size, archive }
  } finally {
    await file.close()
  }
}

/** By magic bytes; text is what has next to no control characters. */
function kindOf(head: Uint8Array): ForeignKind {
  const starts = (...magic: number[]) => magic.every((byte, index) => head[index] === byte)
  if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0x50, 0x4b, 0x05, 0x06)) return 'zip'
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) return 'ole'
  if (Buffer.from(head.subarray(0, 1024)).includes('%PDF-')) return 'pdf'
  if (starts(0xff, 0xd8, 0xff) || starts(0x89, 0x50, 0x4e, 0x47) || starts(0x47, 0x49, 0x46, 0x38)) return 'image'
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff)) return 'text'
  let control = 0
  for (const byte of head) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) control += 1
  return control <= head.length * 0.1 ? 'text' : 'binary'
}

/** A password-protected .xlsx/.docx is an OLE file with a stream called EncryptedPackage. */
async function refuseEncryptedOle(file: FileHandle, size: number): Promise<void> {
  if (await contains(file, size, Buffer.from('EncryptedPackage', 'utf16le'))) throw new WanglouError('FILE_ENCRYPTED')
}

async function refuseBrokenPdf(file: FileHandle, size: number): Promise<void> {
  const tail = await bytesAt(file, Math.max(0, size - 4096), Math.min(size, 4096))
  if (!tail.includes('%%EOF')) throw new WanglouError('FILE_TRUNCATED')
  if (await contains(file, size, Buffer.from('/Encrypt'))) throw new WanglouError('FILE_ENCRYPTED')
}

async function contains(file: FileHandle, size: number, needle: Buffer): Promise<boolean> {
  const step = 1 << 20
  for (let at = 0; at < size; at += step) {
    const length = Math.min(size - at, step + needle.length)
    if ((await bytesAt(file, at, length)).includes(needle)) return true
  }
  return false
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await file.read(buffer, 0, length, position)
  return buffer.subarray(0, bytesRead)
}
