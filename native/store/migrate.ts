// Numbered migrations: each once, in order, after a copy; a database that knows more than this program is refused.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { WanglouError } from '../contract/index.ts'
import type { Writes } from './types.ts'

const shape = /^(\d{4})-[a-z0-9-]+\.sql$/

export interface Migration {
  name: string
  sql: string
}

/** The migrations of a folder, in numeric order; gaps are fine. */
export async function readMigrations(folder: URL): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => shape.test(name)).sort()
  return Promise.all(names.map(async (name) => ({ name, sql: await readFile(new URL(name, folder), 'utf8') })))
}

/**
 * Applies what has not been applied, each in its own transaction.
 * @param copy called once before the first migration of a database that holds something, with a name for the copy
 * @returns the names applied
 * @throws DATABASE_NEWER when a newer release has been here
 */
export async function migrate(connection: Writes, migrations: readonly Migration[], copy: (name: string) => Promise<void>): Promise<string[]> {
  const applied = await appliedMigrations(connection)
  const known = new Set(migrations.map((one) => one.name))
  const newer = [...applied].filter((name) => !known.has(name)).sort()
  if (newer.length > 0) throw new WanglouError('DATABASE_NEWER', { migration: newer.at(-1) ?? '', count: newer.length })

  const missing = migrations.filter((one) => !applied.has(one.name))
  const [first] = missing
  if (first === undefined) return []
  if (applied.size > 0) await copy(`before-${first.name.slice(0, 4)}`)
  else
    await connection.exec(
      'CREATE TABLE IF NOT EXISTS _migrations (name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, appliedAt INTEGER NOT NULL) WITHOUT ROWID',
    )
  for (const migration of missing) await apply(connection, migration)
  return missing.map((one) => one.name)
}

/** Names of the migrations a database has seen; empty for a new one. */
export async function appliedMigrations(connection: Writes): Promise<Set<string>> {
  const table = await connection.get("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = '_migrations'")
  if (table === null) return new Set()
  const rows = await connection.all<{ name: string }>('SELECT name FROM _migrations')
  return new Set(rows.map((row) => row.name))
}

async function apply(connection: Writes, migration: Migration): Promise<void> {
  const sha256 = createHash('sha256').update(migration.sql).digest('hex')
  await connection.exec('BEGIN IMMEDIATE')
  try {
    await connection.exec(migration.sql)
    await connection.run('INSERT INTO _migrations (name, sha256, appliedAt) VALUES (?, ?, ?)', [migration.name, sha256, Date.now()])
    await connection.exec('COMMIT')
  } catch (error) {
    const isOurs = (error as { code?: string } | null)?.code === 'SQLITE_ERROR'
    // A full disk has ended the transaction by itself, and is not the migration's fault.
    await connection.exec('ROLLBACK').catch((cause: unknown) => {
      if (isOurs) throw cause
    })
    throw isOurs ? new Error(`migration ${migration.name} failed`, { cause: error }) : error
  }
}
