// The files of a pack, from a folder or out of a zip; never one outside it.
import { mkdtemp, readdir, readFile, rm, stat, writeFile, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { WanglouError } from '../../contract/index.ts'
import { listEntries, openArchive, readEntry } from '../../kernel/foreign-archive.ts'
import { inspectFile } from '../../kernel/foreign-file.ts'

/** Largest pack as a file, and unpacked, in bytes. */
const packLimitBytes = 200_000_000
const unpackedLimitBytes = 1_000_000_000

export interface PackFiles {
  /** Folder the pack lies in while it is open. */
  folder: string
  close(): Promise<void>
}

/**
 * Opens a folder as it is, a zip unpacked into a temporary folder.
 * @throws WanglouError NOT_FOUND · FILE_WRONG_TYPE · what a foreign archive may be refused for
 */
export async function openPack(location: string): Promise<PackFiles> {
  const found = await stat(location).catch(() => null)
  if (found === null) throw new WanglouError('NOT_FOUND', { file: path.basename(location) })
  if (found.isDirectory()) return { folder: location, close: () => Promise.resolve() }
  const { kind } = await inspectFile(location, { limitBytes: packLimitBytes, unzippedLimitBytes: unpackedLimitBytes })
  if (kind !== 'zip') throw new WanglouError('FILE_WRONG_TYPE', { file: path.basename(location), expected: 'zip' })
  const folder = await mkdtemp(path.join(tmpdir(), 'wanglou-pack-'))
  const close = () => rm(folder, { recursive: true, force: true })
  try {
    await unpack(location, folder)
    return { folder: await rootOf(folder), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Text of one file of the pack, without a byte order mark. @throws WanglouError NOT_FOUND */
export async function readText(files: PackFiles, name: string): Promise<string> {
  const target = inside(files.folder, name)
  const text = await readFile(target, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new WanglouError('NOT_FOUND', { file: name }) : error
  })
  return text.replace(/^\uFEFF/, '')
}

/** Where a name of the manifest lies; a name that leads out of the pack is refused. @throws WanglouError INVALID_INPUT */
export function inside(folder: string, name: string): string {
  const target = path.resolve(folder, name)
  if (target !== folder && !target.startsWith(folder + path.sep)) throw new WanglouError('INVALID_INPUT', { file: name })
  return target
}

async function unpack(location: string, folder: string): Promise<void> {
  const zip = await openArchive(location)
  try {
    for (const entry of await listEntries(zip)) {
      const target = inside(folder, entry.fileName)
      if (entry.fileName.endsWith('/')) continue
      await mkdir(path.dirname(target), { recursive: true })
      await writeFile(target, readEntry(zip, entry))
    }
  } finally {
    zip.close()
  }
}

/** A zip of a folder has everything one level down. */
async function rootOf(folder: string): Promise<string> {
  const names = await readdir(folder)
  const [only] = names
  return names.length === 1 && only !== undefined && !names.includes('pack.json') ? path.join(folder, only) : folder
}
