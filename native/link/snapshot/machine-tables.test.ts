// Every table has been thought about: it travels in a snapshot, or it is a machine's own. A new one must be named here or there.
import { expect, test } from 'vitest'
import { datasets } from '../../contract/index.ts'
import { openTestStation } from '../../testing/station.ts'
import { machineTables } from './machine-tables.ts'

/** Made from entries, or about them: the same on every console of a centre. */
const travelling = [
  '_migrations',
  'areaBoundaryBoxes',
  'bulk_imports',
  'bulk_under',
  'cell_conflicts',
  'cell_history',
  'cell_pending',
  'codeTables',
  'journal',
  'journal_checkpoints',
  'journal_erased',
  'journal_erasures',
  'journal_forks',
  'journal_islands',
  'journal_projected',
  'journal_seals',
  'journal_stations',
  'link_positions',
  'link_wanted',
  'planSearch',
  'planSearchPlaces',
  'resourceNames',
  'resourceSearch',
  'resourceTree',
]

test('no table is forgotten', async () => {
  const { store, close } = await openTestStation({ isQuick: true })
  const tables = await store.all<{ name: string; sql: string }>(
    "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
  )
  await close()
  const virtual = tables.filter(({ sql }) => sql.startsWith('CREATE VIRTUAL')).map(({ name }) => name)
  const isShadow = (name: string) => virtual.some((of) => name.startsWith(`${of}_`))
  const known = new Set<string>([...machineTables, ...travelling, ...Object.keys(datasets)])
  expect(tables.map(({ name }) => name).filter((name) => !isShadow(name) && !known.has(name))).toEqual([])
  const names = new Set(tables.map(({ name }) => name))
  expect([...machineTables, ...travelling].filter((name) => !names.has(name))).toEqual([])
  expect(machineTables.filter((name) => name in datasets)).toEqual([])
})
