// Whole copies of the database: made while it is in use, synced, checked before they are trusted.
import { copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Connection } from './database.ts'

export const copyFolders = { backups: 'backups', copies: 'copies' } as const

export interface CopyFile {
  path: string
  name: string
  /** Bytes. */
  size: number
  at: number
}

/** A moment as it stands in file names. */
export function stamp(now: number): string {
  return new Date(now).toISOString().replaceAll(/[:.]/g, '-')
}

/** Writes a whole copy beside a database in use; readers and the writer go on. It appears under its name only when it is on disk. */
export async function copyDatabase(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  const fresh = `${to}.new`
  await rm(fresh, { force: true })
  const connection = await Connection.open(from, { isReadOnly: true })
  try {
    await connection.run('VACUUM INTO ?', [fresh])
  } finally {
    await connection.close()
  }
  await syncFile(fresh)
  await rename(fresh, to)
  await syncFile(dirname(to))
}

/** Copies of a data directory, newest first. */
export async function listCopies(directory: string): Promise<CopyFile[]> {
  const found: CopyFile[] = []
  for (const folder of Object.values(copyFolders)) {
    for (const name of await names(join(directory, folder))) {
      const path = join(directory, folder, name)
      const { size, mtimeMs } = await stat(path)
      found.push({ path, name, size, at: Math.round(mtimeMs) })
    }
  }
  return found.sort((a, b) => b.at - a.at)
}

async function names(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.db'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** SQLite's own check. @returns its words for each fault, none when the file is whole */
export async function faultsOf(path: string, check: 'quick_check' | 'integrity_check' = 'quick_check'): Promise<string[]> {
  let connection: Connection | null = null
  try {
    connection = await Connection.open(path, { isReadOnly: true })
    const rows = await connection.all<Record<string, string>>(`PRAGMA ${check}(20)`)
    return rows.map((row) => Object.values(row)[0] ?? '').filter((words) => words !== 'ok')
  } catch (error) {
    const code = (error as { code?: string }).code
    if (code === 'SQLITE_CORRUPT' || code === 'SQLITE_NOTADB') return [(error as Error).message]
    throw error
  } finally {
    await connection?.close()
  }
}

/** Puts a copy in the place of the database. */
export async function placeCopy(from: string, to: string): Promise<void> {
  await copyFile(from, to)
  await syncFile(to)
  await syncFile(dirname(to))
}

export async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
