// The store in good and bad weather: one queue, whole or nothing, and clear codes for what the world does.
import { mkdtempSync, rmdirSync } from 'node:fs'
import { chmod, mkdtemp, readdir, rm, stat, writeFile, open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Backups } from './backup.ts'
import { Connection } from './database.ts'
import type { Migration } from './migrate.ts'
import { SqliteStore } from './store.ts'

const migrations: Migration[] = [{ name: '0001-things.sql', sql: 'CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT UNIQUE)' }]
let directory: string
const opened: SqliteStore[] = []

async function openStore(more: readonly Migration[] = []): Promise<SqliteStore> {
  const store = await SqliteStore.open({ directory, migrations: [...migrations, ...more] })
  opened.push(store)
  return store
}
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'wanglou-store-'))
})
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close()
  await rm(directory, { recursive: true, force: true })
})

/** Whether this machine lets us mount a small disk of our own; tried on a folder of our own. */
const canMount = (() => {
  const folder = mkdtempSync(join(tmpdir(), 'wanglou-mount-'))
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' }).status === 0
  if (isMounted) spawnSync('umount', [folder], { stdio: 'ignore' })
  rmdirSync(folder)
  return isMounted
})()
const isRoot = process.getuid?.() === 0

const count = async (store: SqliteStore) => (await store.get<{ n: number }>('SELECT count(*) AS n FROM things'))?.n

test('works that wait together are each whole or not at all, in order', async () => {
  const store = await openStore()
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, (_, index) =>
      store.write(async (tx) => {
        await tx.run('INSERT INTO things (name) VALUES (?)', [`a${index}`])
        if (index % 3 === 0) throw new Error(`refused ${index}`)
        await tx.run('INSERT INTO things (name) VALUES (?)', [`b${index}`])
        return index
      }),
    ),
  )
  expect(results.map((one) => one.status === 'fulfilled')).toEqual(Array.from({ length: 20 }, (_, index) => index % 3 !== 0))
  expect(await count(store)).toBe(26)
  expect(await store.get('SELECT count(*) AS n FROM things WHERE name GLOB ?', ['a[0369]'])).toEqual({ n: 0 })
})

test('a read sees what was committed before it, a write sees its own', async () => {
  const store = await openStore()
  await store.write(async (tx) => {
    await tx.run("INSERT INTO things (name) VALUES ('x')")
    expect(await tx.get('SELECT name FROM things')).toEqual({ name: 'x' })
    expect(await count(store)).toBe(0)
  })
  expect(await count(store)).toBe(1)
})

test('a question does not wait behind a long one while a reader stands idle', async () => {
  const store = await openStore()
  const order: string[] = []
  const long = store.get('WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000000) SELECT count(*) AS n FROM n')
  const told = long.then(() => order.push('long'))
  for (let index = 0; index < 9; index += 1) {
    await store.get('SELECT 1')
    order.push('short')
  }
  await told
  expect(order.at(-1)).toBe('long')
})

test('it syncs the log at every commit', async () => {
  const store = await openStore()
  expect(await store.write((tx) => tx.get('PRAGMA synchronous'))).toEqual({ synchronous: 2 })
  expect(await store.write((tx) => tx.get('PRAGMA journal_mode'))).toEqual({ journal_mode: 'wal' })
})

describe('what can be made again', () => {
  test('is committed without waiting for the disk, and no act ever is', async () => {
    const store = await openStore()
    const levels: string[] = []
    const level = (kind: string) => async (tx: { get<Row>(sql: string): Promise<Row | null> }) =>
      levels.push(`${kind} ${(await tx.get<{ synchronous: number }>('PRAGMA synchronous'))?.synchronous}`)
    await Promise.all(Array.from({ length: 30 }, (_, index) => (index % 3 === 0 ? store.writeDerived(level('derived')) : store.write(level('act')))))
    expect(new Set(levels)).toEqual(new Set(['derived 1', 'act 2']))
    expect(levels).toHaveLength(30)
  })

  test('lets acts that wait go first, one piece between two groups of them', async () => {
    const store = await openStore()
    const order: string[] = []
    const act = (name: string) => store.write(async () => void order.push(name))
    const first = store.writeDerived(async () => {
      order.push('derived 1')
      // While it runs, acts and more of its kind come to wait.
      later.push(
        act('act 1'),
        store.writeDerived(async () => void order.push('derived 2')),
        act('act 2'),
      )
      later.push(store.writeDerived(async () => void order.push('derived 3')))
    })
    const later: Promise<unknown>[] = []
    await first
    await Promise.all(later)
    expect(order).toEqual(['derived 1', 'act 1', 'act 2', 'derived 2', 'derived 3'])
  })

  test('is whole or not at all, and a refusal leaves the queue as it was', async () => {
    const store = await openStore()
    const half = store.writeDerived(async (tx) => {
      await tx.run("INSERT INTO things (name) VALUES ('half')")
      throw new Error('refused')
    })
    const acts = [1, 2].map((index) => store.write((tx) => tx.run('INSERT INTO things (name) VALUES (?)', [`act ${index}`])))
    await expect(half).rejects.toThrow('refused')
    await Promise.all(acts)
    expect(await store.all('SELECT name FROM things ORDER BY name')).toEqual([{ name: 'act 1' }, { name: 'act 2' }])
  })

  test('a long load of it does not let the log grow for ever', async () => {
    const store = await openStore()
    const log = `${store.path}-wal`
    const rows = JSON.stringify(Array.from({ length: 500 }, (_, index) => index))
    let written = 0
    for (let index = 0; index < 600; index += 1) {
      const name = `${index}-`.padEnd(400, 'x')
      await store.writeDerived((tx) => tx.run('INSERT INTO things (name) SELECT ? || value FROM json_each(?)', [name, rows]))
      written += 500 * 800
    }
    expect(await count(store)).toBe(300_000)
    expect(written).toBeGreaterThan(2 * 64_000 * 1_024)
    expect((await stat(log)).size).toBeLessThan(written * 0.75)
  })
})

describe('migrations', () => {
  test('a number that comes late is applied, after a copy', async () => {
    await (await openStore()).close()
    opened.pop()
    const store = await openStore([{ name: '0005-late.sql', sql: 'CREATE TABLE late (id INTEGER)' }])
    expect(await store.get('SELECT count(*) AS n FROM late')).toEqual({ n: 0 })
    expect((await readdir(join(directory, 'copies'))).filter((name) => name.startsWith('before-0005'))).toHaveLength(1)
  })

  test('one that fails leaves the database as it was', async () => {
    await (await openStore()).close()
    opened.pop()
    await expect(openStore([{ name: '0002-bad.sql', sql: 'CREATE TABLE half (id INTEGER); CREATE TABLE things (id INTEGER)' }])).rejects.toThrow(
      '0002-bad.sql',
    )
    expect(await (await openStore()).get("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'half'")).toEqual({ n: 0 })
  })

  test('a newer database is refused, with the migration it has', async () => {
    await (await openStore([{ name: '0099-future.sql', sql: 'CREATE TABLE future (id INTEGER)' }])).close()
    opened.pop()
    await expect(openStore()).rejects.toMatchObject({ code: 'DATABASE_NEWER', params: { migration: '0099-future.sql' } })
  })
})

describe('bad weather', () => {
  test('a full database refuses the write, loses nothing and goes on when there is room', async () => {
    const store = await openStore()
    await store.write((tx) => tx.run("INSERT INTO things (name) VALUES ('kept')"))
    await store.write((tx) => tx.get('PRAGMA max_page_count = 8'))
    const much = store.write((tx) => tx.run("INSERT INTO things (name) SELECT hex(randomblob(2000)) || value FROM json_each('[1,2,3,4,5,6,7,8,9]')"))
    await expect(much).rejects.toMatchObject({ code: 'DISK_FULL' })
    expect(store.health()).toMatchObject([{ subject: 'store', state: 'down', reason: 'store.full', nextStep: 'store.full.next' }])
    await store.write((tx) => tx.get('PRAGMA max_page_count = 100000'))
    await store.write((tx) => tx.run("INSERT INTO things (name) VALUES ('after')"))
    expect(await store.get("SELECT count(*) AS n FROM things WHERE name IN ('kept', 'after')")).toEqual({ n: 2 })
    expect(store.health()).toMatchObject([{ state: 'ok' }])
  })

  test.skipIf(!canMount)('a really full disk (tmpfs of 400 KiB; skipped where nothing can be mounted)', async () => {
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=400k', 'tmpfs', directory]).status).toBe(0)
    try {
      const store = await openStore()
      let stored = 0
      const fill = async () => {
        for (; stored < 10_000; stored += 1)
          await store.write((tx) => tx.run('INSERT INTO things (name) VALUES (?)', [`${stored}`.padEnd(2_000, 'x')]))
      }
      await expect(fill()).rejects.toMatchObject({ code: 'DISK_FULL' })
      expect(stored).toBeGreaterThan(10)
      expect(await count(store)).toBe(stored)
      await store.close()
      opened.pop()
    } finally {
      spawnSync('umount', [directory])
    }
  })

  test.skipIf(isRoot && !canMount)('a read-only data directory is named as such (skipped for root where nothing can be mounted)', async () => {
    await (await openStore()).close()
    opened.pop()
    if (!isRoot) await chmod(directory, 0o500)
    else
      for (const options of [
        ['--bind', directory, directory],
        ['-o', 'remount,ro,bind', directory],
      ])
        expect(spawnSync('mount', options).status).toBe(0)
    try {
      await expect(openStore()).rejects.toMatchObject({ code: 'READ_ONLY' })
    } finally {
      if (isRoot) spawnSync('umount', [directory])
      else await chmod(directory, 0o700)
    }
  })

  test('a corrupt database is set aside under the time and the newest whole copy takes its place', async () => {
    const store = await openStore()
    await store.write((tx) => tx.run("INSERT INTO things (name) VALUES ('copied')"))
    const name = await new Backups({ directory, path: store.path }).copy('hourly')
    await store.write((tx) => tx.run("INSERT INTO things (name) VALUES ('lost')"))
    await store.close()
    opened.pop()
    const file = await open(store.path, 'r+')
    await file.write(Buffer.alloc(64, 0x5a), 0, 64, 4096)
    await file.close()

    const again = await openStore()
    expect(await again.all('SELECT name FROM things')).toEqual([{ name: 'copied' }])
    expect(again.restored).toMatchObject({ from: name })
    expect(again.health()).toContainEqual(
      expect.objectContaining({ subject: 'store:restored', reason: 'store.restored', nextStep: 'store.restored.next' }),
    )
    expect(await readdir(join(directory, again.restored?.setAside ?? ''))).toContain('wanglou.db')
    await again.acknowledgeRestored()
    expect(again.health()).toHaveLength(1)
  })

  test('without a whole copy it begins anew and says so', async () => {
    await writeFile(join(directory, 'wanglou.db'), 'not a database at all, but long enough to look like a file of one')
    const store = await openStore()
    expect(store.restored).toMatchObject({ from: null })
    expect(store.health()).toContainEqual(expect.objectContaining({ reason: 'store.startedEmpty' }))
  })
})

describe('backups', () => {
  test('are whole while the store is in use, and the oldest go', async () => {
    const store = await openStore()
    let now = Date.parse('2026-05-01T12:00:00Z')
    const backups = new Backups({ directory, path: store.path, now: () => (now += 1_000), nightHour: new Date(now).getHours() + 1 })
    const writing = Promise.all(
      Array.from({ length: 200 }, (_, index) => store.write((tx) => tx.run('INSERT INTO things (name) VALUES (?)', [`n${index}`]))),
    )
    const names: string[] = []
    for (let index = 0; index < 8; index += 1) names.push(await backups.copy('hourly'))
    await writing
    const left = (await readdir(join(directory, 'backups'))).sort()
    expect(left).toEqual(names.slice(2).sort())
    const copy = await Connection.open(join(directory, 'backups', left.at(-1) ?? ''), { isReadOnly: true })
    expect(await copy.get('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' })
    await copy.close()
    expect(await backups.check()).toEqual([])
  })
})
