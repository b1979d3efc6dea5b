// The contract of a connection, kept by the driver behind it and by Node's own SQLite: changing the driver is changing one file.
import { mkdtemp, rm } from 'node:fs/promises'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Connection } from './database.ts'
import type { SqlParams, Writes } from './types.ts'

interface Closable extends Writes {
  close(): Promise<void>
}

class NodeConnection implements Closable {
  readonly #database: DatabaseSync

  constructor(path: string, isReadOnly: boolean) {
    this.#database = new DatabaseSync(path, { readOnly: isReadOnly })
  }

  async all<Row>(sql: string, params: SqlParams = []): Promise<Row[]> {
    return this.#database.prepare(sql).all(...(params as SQLInputValue[])) as Row[]
  }

  async get<Row>(sql: string, params: SqlParams = []): Promise<Row | null> {
    return (await this.all<Row>(sql, params))[0] ?? null
  }

  async run(sql: string, params: SqlParams = []): Promise<{ changes: number }> {
    return { changes: Number(this.#database.prepare(sql).run(...(params as SQLInputValue[])).changes) }
  }

  async exec(sql: string): Promise<void> {
    this.#database.exec(sql)
  }

  async close(): Promise<void> {
    this.#database.close()
  }
}

const drivers: [string, (path: string, isReadOnly: boolean) => Promise<Closable>][] = [
  ['sqlite3', (path, isReadOnly) => Connection.open(path, { isReadOnly })],
  ['node:sqlite', async (path, isReadOnly) => new NodeConnection(path, isReadOnly)],
]

describe.each(drivers)('a connection of %s', (_name, open) => {
  let directory: string
  let connection: Closable
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'wanglou-driver-'))
    connection = await open(join(directory, 'a.db'), false)
    await connection.exec('PRAGMA journal_mode = WAL; CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT UNIQUE, b BLOB)')
  })
  afterEach(async () => {
    await connection.close()
    await rm(directory, { recursive: true })
  })

  test('keeps text, numbers, bytes and null as they are', async () => {
    const bytes = new Uint8Array([0, 255, 7])
    await connection.run('INSERT INTO t (a, b) VALUES (?, ?), (?, ?)', ['西安 🏯', bytes, null, null])
    expect(await connection.all('SELECT id, a, b FROM t ORDER BY id')).toMatchObject([
      { id: 1, a: '西安 🏯' },
      { id: 2, a: null, b: null },
    ])
    expect([...((await connection.get<{ b: Uint8Array }>('SELECT b FROM t WHERE id = 1'))?.b ?? [])]).toEqual([...bytes])
    expect(await connection.get('SELECT ? AS big, ? AS real', [2 ** 52, 0.1])).toEqual({ big: 2 ** 52, real: 0.1 })
  })

  test('counts changes, gives null for no row, rolls back', async () => {
    expect(await connection.run("INSERT INTO t (a) VALUES ('x'), ('y')")).toEqual({ changes: 2 })
    expect(await connection.get("SELECT 1 FROM t WHERE a = 'z'")).toBeNull()
    await connection.run('BEGIN IMMEDIATE')
    await connection.run('DELETE FROM t')
    await connection.run('ROLLBACK')
    expect(await connection.get('SELECT count(*) AS n FROM t')).toEqual({ n: 2 })
  })

  test('refuses what breaks a rule and goes on', async () => {
    await connection.run("INSERT INTO t (a) VALUES ('x')")
    await expect(connection.run("INSERT INTO t (a) VALUES ('x')")).rejects.toThrow(/UNIQUE/)
    await expect(connection.all('SELECT absent FROM t')).rejects.toThrow(/no such column/)
    expect(await connection.get('SELECT count(*) AS n FROM t')).toEqual({ n: 1 })
  })

  test('has what the program needs: JSON, FTS5, R*Tree, window functions, named numbers of parameters', async () => {
    await connection.exec('CREATE VIRTUAL TABLE f USING fts5 (x); CREATE VIRTUAL TABLE r USING rtree (id, a, b)')
    expect(
      await connection.all(
        "SELECT value ->> 0 AS a, value -> 1 AS b, row_number() OVER (ORDER BY value ->> 0) AS n FROM json_each(?1) WHERE ?2 = 'k'",
        ['[["x",{"y":1}]]', 'k'],
      ),
    ).toEqual([{ a: 'x', b: '{"y":1}', n: 1 }])
    expect(await connection.get("SELECT lower(hex(unhex('00ff'))) AS h")).toEqual({ h: '00ff' })
  })

  test('a read-only one cannot write', async () => {
    const reader = await open(join(directory, 'a.db'), true)
    await expect(reader.run("INSERT INTO t (a) VALUES ('x')")).rejects.toThrow(/readonly/)
    await reader.close()
  })
})

test('closing answers what was asked, even where its statement is still being prepared, and refuses what comes later', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'wanglou-driver-'))
  const connection = await Connection.open(join(directory, 'a.db'), { isReadOnly: false })
  const asked = Array.from({ length: 20 }, (_, index) => connection.get(`SELECT ${index} AS n`))
  await connection.close()
  expect(await Promise.all(asked)).toEqual(asked.map((_, index) => ({ n: index })))
  await expect(connection.all('SELECT 1')).rejects.toThrow(/closed/)
  await rm(directory, { recursive: true })
})
