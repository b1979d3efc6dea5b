// At a start: puts a checked snapshot in the place of this station's database. Its own rows, name and key stay; what it had written itself comes in again.
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { EpochMs } from '../../contract/index.ts'
import { exportBatch, vector } from '../../journal/replication.ts'
import { chainStart } from '../../journal/encode.ts'
import { hashAlong, type SealedBatch } from '../../journal/seal.ts'
import { readStationKey } from '../../journal/incarnation.ts'
import { markName } from '../../journal/mark.ts'
import { stamp, syncFile } from '../../store/copy.ts'
import { Connection } from '../../store/database.ts'
import { databaseName } from '../../store/store.ts'
import { JoiningFolder } from './joining-folder.ts'
import { machineTables } from './machine-tables.ts'

/** Batches that are brought in together. */
const batchesAtOnce = 16

/**
 * Run before the store is opened. Each step can be cut off: the next start goes on where this one stopped.
 * @param options.onError the former database could not be read whole: it stays in use, and the snapshot is thrown away
 * @returns the folder that holds the former database; null when nothing was to be taken over
 */
export async function adoptSnapshot(options: { directory: string; now: EpochMs; onError: (error: unknown) => void }): Promise<string | null> {
  const { directory, now, onError } = options
  const folder = new JoiningFolder(directory)
  if (!folder.isReady || !existsSync(folder.database)) return null
  const path = join(directory, databaseName)
  // Without it the former one stands aside already, and all that it had to give was taken.
  if (existsSync(path)) {
    try {
      await writeOwn(path, directory, folder)
      await carryOver(path, folder.database)
    } catch (error) {
      onError(error)
      await folder.clear()
      return null
    }
  }
  const setAside = `set-aside-${stamp(now)}`
  await mkdir(join(directory, setAside), { recursive: true })
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(`${path}${suffix}`)) await rename(`${path}${suffix}`, join(directory, setAside, `${databaseName}${suffix}`))
  }
  // How far the former one had come says nothing of the new one.
  await rm(join(directory, markName), { force: true })
  await rename(folder.database, path)
  await syncFile(directory)
  return setAside
}

/** What the former database held of our own, for the journal to take as from another station; nothing when no snapshot has just been taken over. */
export async function* ownBatches(directory: string): AsyncGenerator<SealedBatch[]> {
  const folder = new JoiningFolder(directory)
  if (!folder.isReady || !existsSync(folder.own)) return
  let some: SealedBatch[] = []
  for await (const line of createInterface({ input: createReadStream(folder.own) })) {
    if (some.push(JSON.parse(line) as SealedBatch) < batchesAtOnce) continue
    yield some
    some = []
  }
  if (some.length > 0) yield some
}

async function writeOwn(path: string, directory: string, folder: JoiningFolder): Promise<void> {
  const former = await Connection.open(path, { isReadOnly: false })
  const file = await open(folder.own, 'w')
  try {
    const last = await former.get<{ station: string }>('SELECT station FROM journal_incarnations ORDER BY number DESC LIMIT 1')
    const privateKey = await readStationKey(directory)
    if (last === null || privateKey === null) return
    const own = { station: last.station, privateKey }
    for (const { station, scope } of await vector(former)) {
      if (station !== own.station) continue
      let prev = chainStart
      for (let after = 0; ;) {
        const batch = await exportBatch(former, { scope, after }, own)
        if (batch === null) break
        prev = hashAlong(batch, prev).at(-1)?.hash ?? ''
        if (prev !== batch.seal.headHash) throw new Error(`the former database is damaged: ${own.station}/${scope}/${batch.seal.seq}`)
        await file.writeFile(`${JSON.stringify(batch)}\n`)
        after = batch.seal.seq
      }
    }
    await file.sync()
  } finally {
    await file.close()
    await former.close()
  }
}

/** What is this machine's own goes into the snapshot. */
async function carryOver(path: string, snapshot: string): Promise<void> {
  const connection = await Connection.open(snapshot, { isReadOnly: false })
  try {
    await connection.run('ATTACH ? AS former', [path])
    await connection.exec('BEGIN')
    const isIn = async (table: string, schema: 'main' | 'former') =>
      (await connection.get(`SELECT 1 FROM ${schema}.sqlite_schema WHERE type = 'table' AND name = ?`, [table])) !== null
    for (const table of machineTables) {
      if (!(await isIn(table, 'main')) || !(await isIn(table, 'former'))) continue
      const columns = await sharedColumns(connection, table)
      await connection.exec(`DELETE FROM main."${table}"; INSERT INTO main."${table}" (${columns}) SELECT ${columns} FROM former."${table}"`)
    }
    await connection.exec('INSERT OR IGNORE INTO main.journal_stations SELECT * FROM former.journal_stations')
    await connection.exec('COMMIT; DETACH former')
  } finally {
    await connection.close()
  }
}

/** Of two versions of the program: the columns that both know. */
async function sharedColumns(connection: Connection, table: string): Promise<string> {
  const rows = await connection.all<{ name: string }>(
    "SELECT name FROM pragma_table_info(?1, 'main') INTERSECT SELECT name FROM pragma_table_info(?1, 'former')",
    [table],
  )
  return rows.map(({ name }) => `"${name}"`).join(', ')
}
