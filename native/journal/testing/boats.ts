// A small dataset for the journal's own tests, with a column of each type.
import { defineDatasets } from '../../contract/index.ts'
import { type Migration, readMigrations } from '../../store/migrate.ts'
import { migrationsFolder } from '../../store/store.ts'

export const boatDatasets = defineDatasets({
  boats: {
    scope: 'shared',
    columns: {
      name: { type: 'text' },
      length: { type: 'real' },
      crew: { type: 'integer', personal: true },
      isReady: { type: 'boolean' },
      kit: { type: 'json' },
      seenAt: { type: 'at' },
      phone: { type: 'text', personal: true },
    },
  },
})

const boats = `CREATE TABLE boats (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT, length REAL, crew INTEGER, isReady INTEGER, kit TEXT,
  seenAt INTEGER, phone TEXT, _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER);`

/** The journal's own migrations and the table of boats. */
export async function boatMigrations(): Promise<Migration[]> {
  const own = (await readMigrations(migrationsFolder)).filter((one) => Number(one.name.slice(0, 4)) < 10)
  return [...own, { name: '9000-boats.sql', sql: boats }]
}
