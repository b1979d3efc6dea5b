// A station's store and journal on a temporary directory, with every migration: what a feature's tests stand on.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { StandInJournal } from '../journal/journal.ts'
import { FileBlobs } from '../store/blobs.ts'
import { Database } from '../store/database.ts'
import { migrate, migrationsFolder } from '../store/migrate.ts'

export async function openTestStation() {
  const directory = await mkdtemp(path.join(tmpdir(), 'wanglou-test-'))
  const file = path.join(directory, 'wanglou.db')
  const store = await Database.open({ file })
  await migrate(store, { folder: migrationsFolder, file })
  const blobs = new FileBlobs({ folder: path.join(directory, 'blobs') })
  const journal = new StandInJournal({ store, blobs })
  await journal.start()
  async function close(): Promise<void> {
    await journal.stop()
    await store.close()
    await rm(directory, { recursive: true, force: true })
  }
  return { store, journal, blobs, directory, close }
}
