// A station with its link, for tests: real store, journal and files; everything a station has, and boats, which the oracle of the journal's tests knows.
import { type Datasets, datasets } from '../../contract/index.ts'
import { boatDatasets, boatMigrations } from '../../journal/testing/boats.ts'
import { type Migration, readMigrations } from '../../store/migrate.ts'
import { migrationsFolder } from '../../store/store.ts'
import { openTestStation, type TestStation, type TestStationOptions } from '../../testing/station.ts'
import { HeldStore } from '../held-store.ts'
import { Link, type LinkOptions } from '../link.ts'
import type { LinkSettings } from '../settings.ts'
import { adoptSnapshot, ownBatches } from '../snapshot/adopt.ts'

export interface LinkedOptions extends Pick<TestStationOptions, 'directory' | 'now' | 'isQuick'> {
  settings: LinkSettings
  superiors: ReadonlyMap<string, string | null>
  times?: LinkOptions['times']
  snapshotFromEntries?: number
  /** Where what fails in the background is kept. */
  errors: unknown[]
}

/** Opened and not started: `link.start()`. */
export async function openLinked(options: LinkedOptions): Promise<TestStation & { link: Link }> {
  const { settings, superiors, times, snapshotFromEntries, errors, ...rest } = options
  const { directory } = rest
  // As `app.ts` does: a snapshot that lies ready takes the database's place.
  if (directory !== undefined) await adoptSnapshot({ directory, now: Date.now(), onError: (error) => errors.push(error) })
  const station = await openTestStation({
    ...(await withBoats()),
    unit: settings.unit,
    ...rest,
    ...(directory === undefined ? {} : { ownBatches: () => ownBatches(directory) }),
  })
  const link = new Link({
    store: station.store,
    journal: station.journal,
    blobs: station.blobs,
    held: new HeldStore(station.store),
    directory: station.directory,
    settings,
    superiors: () => superiors,
    nameOf: (of) => of,
    onError: (error) => errors.push(error),
    ...(times === undefined ? {} : { times }),
    ...(snapshotFromEntries === undefined ? {} : { snapshotFromEntries }),
  })
  return { ...station, link }
}

async function withBoats(): Promise<{ datasets: Datasets; migrations: Migration[] }> {
  const boats = (await boatMigrations()).filter(({ name }) => name.startsWith('9'))
  return { datasets: { ...datasets, ...boatDatasets }, migrations: [...(await readMigrations(migrationsFolder)), ...boats] }
}
