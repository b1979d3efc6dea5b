// Numbered migrations: each applied once, in order, after a copy of a database that already holds something.
import { copyFile, readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { WanglouError } from '../contract/index.ts'
import type { Store } from './types.ts'

export const migrationsFolder = path.join(import.meta.dirname, 'migrations')

/**
 * Applies what is missing.
 * @param options.file the database's file; its copy gets the name `<file>.before-<first missing number>`
 * @returns the numbers applied now. Throws DATABASE_NEWER when the database knows migrations that this program does not.
 */
export async function migrate(store: Store, options: { folder: string; file: string }): Promise<string[]> {
  await store.write((tx) => tx.exec('CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, appliedAt INTEGER NOT NULL)'))
  const applied = new Set((await store.all<{ name: string }>('SELECT name FROM migrations')).map((row) => row.name))
  const known = (await readdir(options.folder)).filter((name) => /^\d{4}-.*\.sql$/.test(name)).sort()
  const unknown = [...applied].filter((name) => !known.includes(name)).sort()
  if (unknown.length > 0) throw new WanglouError('DATABASE_NEWER', { migration: unknown.at(-1) ?? null })
  const missing = known.filter((name) => !applied.has(name))
  if (missing.length === 0) return []
  if (applied.size > 0) {
    await store.all('PRAGMA wal_checkpoint(TRUNCATE)')
    await copyFile(options.file, `${options.file}.before-${missing[0]?.slice(0, 4)}`)
  }
  for (const name of missing) {
    const sql = await readFile(path.join(options.folder, name), 'utf8')
    await store.write(async (tx) => {
      await tx.exec(sql)
      await tx.run('INSERT INTO migrations (name, appliedAt) VALUES (?, ?)', [name, Date.now()])
    })
  }
  return missing
}
