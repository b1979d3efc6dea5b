// Ten years: what this release does not know is kept and projected after the upgrade; tables take what merging may bring.
import { rm } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { datasets, defineDatasets } from '../contract/index.ts'
import { newId } from '../kernel/ids.ts'
import { openTestStation } from '../testing/station.ts'
import { boatDatasets, boatMigrations } from './testing/boats.ts'

test('an unknown dataset and an unknown column are kept, passed on and projected after the upgrade', async () => {
  const newer = defineDatasets({
    boats: { scope: 'shared', columns: { ...boatDatasets.boats.columns, colour: { type: 'text', since: '2.0' } } },
    kites: { scope: 'shared', columns: { name: { type: 'text' } } },
  })
  const old = await boatMigrations()
  const upgrade = {
    name: '9001-newer.sql',
    sql: `ALTER TABLE boats ADD COLUMN colour TEXT;
      CREATE TABLE kites (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT, _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER)`,
  }
  const author = await openTestStation({ datasets: newer, migrations: [...old, upgrade] })
  const station = await openTestStation({ datasets: boatDatasets, migrations: old })
  await station.journal.trust({ station: author.journal.station, publicKey: author.journal.publicKey, certifiedBy: null })
  const row = newId()
  await author.journal.write({
    actor: 'a',
    action: 'boats.write',
    subject: { dataset: 'boats', row },
    rows: [
      { dataset: 'boats', row, set: { name: 'b', colour: 'red' } },
      { dataset: 'kites', row, set: { name: 'k' } },
    ],
  })
  await station.journal.apply([await author.journal.sealedBatch({ scope: 'shared', after: 0 })])
  expect(await station.store.get('SELECT name FROM boats')).toEqual({ name: 'b' })
  expect(await station.journal.stateAt({ dataset: 'boats', row }, { known: Date.now() + 1_000 })).toEqual({ name: 'b', colour: 'red' })
  await station.stop()

  const upgraded = await openTestStation({ datasets: newer, migrations: [...old, upgrade], directory: station.directory })
  expect(await upgraded.store.get('SELECT name, colour FROM boats')).toEqual({ name: 'b', colour: 'red' })
  expect(await upgraded.store.get('SELECT name FROM kites')).toEqual({ name: 'k' })
  expect(await upgraded.journal.stateHash()).toBe(await author.journal.stateHash())
  await upgraded.stop()
  await author.close()
  await rm(station.directory, { recursive: true })
})

test('every dataset has its table, with its columns, and none refuses a row of which only a part has come', async () => {
  const station = await openTestStation()
  const wrong: string[] = []
  for (const [dataset, { columns }] of Object.entries(datasets)) {
    const found = await station.store.all<{ name: string; notnull: number; type: string }>('SELECT name, "notnull", type FROM pragma_table_info(?)', [
      dataset,
    ])
    const byName = new Map(found.map((column) => [column.name, column]))
    for (const name of ['key', 'id', '_deleted', '_conflicts', '_entry', '_bulk']) if (!byName.has(name)) wrong.push(`${dataset} lacks ${name}`)
    for (const name of Object.keys(columns)) {
      const column = byName.get(name)
      if (column === undefined) wrong.push(`${dataset} lacks ${name}`)
      else if (column.notnull === 1) wrong.push(`${dataset}.${name} is NOT NULL`)
    }
    const unique = await station.store.all<{ name: string }>('SELECT name FROM pragma_index_list(?) WHERE "unique" = 1 AND origin <> \'pk\'', [
      dataset,
    ])
    if (unique.length > 1) wrong.push(`${dataset} has a unique index beside its id`)
  }
  expect(wrong).toEqual([])
  await station.close()
})
