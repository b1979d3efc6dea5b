// `npm run rebuild -- --data DIR`: drops every projected table and makes it again from the journal; the state hash must be the same.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { LocalJournal } from './journal/journal.ts'
import { DirectoryLock } from './kernel/directory-lock.ts'
import { projections } from './projections.ts'
import { FileBlobs } from './store/blobs.ts'
import { databaseName, SqliteStore } from './store/store.ts'

/** @returns the exit status: 0 the same state, 1 another, 2 asked wrongly, 3 the station is running */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { data: { type: 'string' } } })
  const directory = values.data
  if (directory === undefined || !existsSync(join(directory, databaseName))) {
    console.error('rebuild: name a data directory that holds a database: npm run rebuild -- --data DIR')
    return 2
  }
  const lock = DirectoryLock.take(directory)
  if (!(lock instanceof DirectoryLock)) {
    console.error('rebuild: the station is running on this directory; stop it first')
    return 3
  }
  try {
    return await rebuild(directory)
  } finally {
    lock.release()
  }
}

async function rebuild(directory: string): Promise<number> {
  const store = await SqliteStore.open({ directory })
  const journal = new LocalJournal({ store, blobs: await FileBlobs.open(join(directory, 'blobs')), directory })
  for (const projection of projections) journal.project(projection)
  try {
    await journal.start()
    await journal.bulkIdle()
    const before = await journal.stateHash()
    await journal.rebuild()
    const after = await journal.stateHash()
    console.log(`${await journal.length()} entries, state ${after}${before === after ? ', as before' : `, before it was ${before}`}`)
    return before === after ? 0 : 1
  } finally {
    await journal.stop()
    await store.close()
  }
}

process.exitCode = await main()
