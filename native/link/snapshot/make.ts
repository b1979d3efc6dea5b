// A host's database as another console may have it: without what is this machine's own or meant for this station alone.
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream'
import { constants, createGzip } from 'node:zlib'
import { datasets } from '../../contract/index.ts'
import { copyDatabase } from '../../store/copy.ts'
import { Connection } from '../../store/database.ts'
import type { BlobInfo, Blobs } from '../../store/types.ts'
import { machineTables } from './machine-tables.ts'

export interface MadeSnapshot extends BlobInfo {
  entries: number
}

/** Copies, strips and squeezes; readers and the writer go on meanwhile. The file lies among the blobs until it is taken away. */
export async function makeSnapshot(options: { path: string; directory: string; blobs: Blobs }): Promise<MadeSnapshot> {
  const { path, directory, blobs } = options
  const copy = join(directory, 'snapshot.db')
  await copyDatabase(path, copy)
  try {
    const entries = await strip(copy, blobs)
    const squeezed = createGzip({ level: constants.Z_BEST_SPEED })
    // An error of the file ends the reading of what is squeezed too.
    pipeline(createReadStream(copy), squeezed, () => undefined)
    return { ...(await blobs.put(squeezed, { limitBytes: Infinity })), entries }
  } finally {
    for (const suffix of ['', '-journal', '-wal', '-shm']) await rm(`${copy}${suffix}`, { force: true })
  }
}

const ofSelf = "SELECT arrival FROM journal WHERE scope = 'self'"

/** @returns how many entries are left */
async function strip(copy: string, blobs: Blobs): Promise<number> {
  const connection = await Connection.open(copy, { isReadOnly: false })
  try {
    // What is taken out must not lie in free pages either.
    await connection.exec('PRAGMA secure_delete = ON; PRAGMA journal_mode = DELETE; BEGIN')
    for (const table of await present(connection, machineTables)) await connection.exec(`DELETE FROM "${table}"`)
    for (const table of ['cell_history', 'cell_pending']) await connection.exec(`DELETE FROM ${table} WHERE arrival IN (${ofSelf})`)
    for (const table of await present(connection, ownDatasets())) await connection.exec(`DELETE FROM "${table}"`)
    for (const table of ['journal', 'journal_seals', 'journal_islands', 'journal_forks'])
      await connection.exec(`DELETE FROM ${table} WHERE scope = 'self'`)
    await connection.exec("DELETE FROM link_positions WHERE stream NOT LIKE 'CENTRE%'; DELETE FROM link_wanted")
    await wantFiles(connection, blobs)
    await connection.exec('COMMIT')
    return (await connection.get<{ entries: number }>('SELECT count(*) AS entries FROM journal'))?.entries ?? 0
  } finally {
    await connection.close()
  }
}

async function present(connection: Connection, names: readonly string[]): Promise<string[]> {
  const rows = await connection.all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'")
  const known = new Set(rows.map(({ name }) => name))
  return names.filter((name) => known.has(name))
}

/** Rows that no other station ever receives. */
function ownDatasets(): string[] {
  return Object.entries(datasets).flatMap(([name, { scope }]) => (scope === 'self' ? [name] : []))
}

/** Sixteen digits in a row: more than an id has between its hyphens. */
const hashLike = `'*"${'[0-9a-f]'.repeat(16)}*'`

/** The files that entries name and we have: whoever takes the snapshot over asks for them. */
async function wantFiles(connection: Connection, blobs: Blobs): Promise<void> {
  const imports = await connection.all<{ blob: string }>('SELECT DISTINCT blob FROM bulk_imports')
  const named = new Set(imports.map(({ blob }) => blob))
  const cells = await connection.all<{ value: string }>(
    `SELECT DISTINCT value FROM cell_history WHERE length(value) >= 66 AND value GLOB ${hashLike}`,
  )
  for (const { value } of cells) for (const [, sha256 = ''] of value.matchAll(/"([0-9a-f]{64})"/g)) named.add(sha256)
  for (const sha256 of named) if (await blobs.has(sha256)) await connection.run('INSERT INTO link_wanted (sha256, wantedAt) VALUES (?, 0)', [sha256])
}
