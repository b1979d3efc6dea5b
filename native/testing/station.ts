// A whole store and journal on a temporary directory, for tests: real SQLite, real migrations, real files.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Datasets, EpochMs } from '../contract/index.ts'
import { type JournalOptions, LocalJournal } from '../journal/journal.ts'
import type { Projection } from '../journal/types.ts'
import { FileBlobs } from '../store/blobs.ts'
import type { Migration } from '../store/migrate.ts'
import { SqliteStore } from '../store/store.ts'

export interface TestStationOptions {
  /** Opens this directory again instead of a new one; it is then not removed on close. */
  directory?: string
  datasets?: Datasets
  migrations?: readonly Migration[]
  projections?: readonly Projection[]
  unit?: string
  machine?: string
  now?: () => EpochMs
  /** Does not wait for the disk: for tests of rules that open many stations. */
  isQuick?: boolean
  /** Entries of our own from a database that was set aside. */
  ownBatches?: JournalOptions['ownBatches']
  /** Only the power test sets NORMAL, to show what it loses. */
  synchronous?: 'NORMAL'
}

export interface TestStation {
  store: SqliteStore
  journal: LocalJournal
  blobs: FileBlobs
  directory: string
  /** Stops everything and removes the directory. */
  close(): Promise<void>
  /** Stops everything and leaves the directory. */
  stop(): Promise<void>
}

/** @param options nothing is needed: every migration, every dataset, a new temporary directory */
export async function openTestStation(options: TestStationOptions = {}): Promise<TestStation> {
  const { directory: given, projections, migrations, isQuick, synchronous, ownBatches, ...rest } = options
  const directory = given ?? (await mkdtemp(join(tmpdir(), 'wanglou-test-')))
  const store = await SqliteStore.open({
    directory,
    ...(migrations === undefined ? {} : { migrations }),
    ...(rest.now === undefined ? {} : { now: rest.now }),
    ...(isQuick === true ? { synchronous: 'OFF' as const } : synchronous === undefined ? {} : { synchronous }),
  })
  const blobs = await FileBlobs.open(join(directory, 'blobs'))
  const journal = new LocalJournal({ store, blobs, directory, ...rest, ...(ownBatches === undefined ? {} : { ownBatches }) })
  for (const projection of projections ?? []) journal.project(projection)
  await journal.start()
  const stop = async () => {
    await journal.stop()
    await store.close()
  }
  const close = async () => {
    await stop()
    if (given === undefined) await rm(directory, { recursive: true, force: true })
  }
  return { store, journal, blobs, directory, close, stop }
}
