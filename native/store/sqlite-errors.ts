// Turns what SQLite says into the codes that people can be told.
import { statfsSync } from 'node:fs'
import { type ErrorCode, WanglouError } from '../contract/index.ts'

/** Below this a write that fails with an input/output error is taken for a full disk. */
const fullBelowBytes = 1 << 20

const codes: Record<string, ErrorCode> = {
  SQLITE_FULL: 'DISK_FULL',
  SQLITE_READONLY: 'READ_ONLY',
  SQLITE_CANTOPEN: 'READ_ONLY',
  SQLITE_PERM: 'READ_ONLY',
  SQLITE_CORRUPT: 'DATABASE_CORRUPT',
  SQLITE_NOTADB: 'DATABASE_CORRUPT',
  SQLITE_BUSY: 'DATABASE_BUSY',
  SQLITE_LOCKED: 'DATABASE_BUSY',
}

/**
 * @param error what a connection threw
 * @param directory where the database lies; looked at to tell a full disk from a broken one
 * @returns a WanglouError for what the world did, the error itself for a bug
 */
export function storeError(error: unknown, directory: string): unknown {
  if (error instanceof WanglouError || !(error instanceof Error)) return error
  const sqlite = (error as { code?: string }).code ?? ''
  const code = codes[sqlite]
  if (code !== undefined) return new WanglouError(code, {}, { cause: error })
  if (sqlite === 'SQLITE_IOERR' || sqlite === 'ENOSPC' || sqlite === 'EDQUOT') {
    return isFull(directory, sqlite) ? new WanglouError('DISK_FULL', {}, { cause: error }) : error
  }
  if (sqlite === 'EROFS' || sqlite === 'EACCES' || sqlite === 'EPERM') return new WanglouError('READ_ONLY', {}, { cause: error })
  return error
}

function isFull(directory: string, code: string): boolean {
  if (code !== 'SQLITE_IOERR') return true
  const disk = statfsSync(directory)
  return disk.bavail * disk.bsize < fullBelowBytes
}

/** Whether the failure may have ended the whole transaction, so that a savepoint cannot save the rest of it. */
export function endsTransaction(error: unknown): boolean {
  const code = (error as { code?: string } | null)?.code ?? ''
  const cause = (error as { cause?: { code?: string } } | null)?.cause?.code ?? ''
  return [code, cause].some((one) =>
    ['SQLITE_FULL', 'SQLITE_IOERR', 'SQLITE_NOMEM', 'SQLITE_CORRUPT', 'SQLITE_READONLY', 'SQLITE_NOTADB'].includes(one),
  )
}
