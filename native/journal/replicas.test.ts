// Four stations in any order of writing and delivery: one state hash, and exactly the conflicts that full version vectors show.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DELETED } from '../contract/index.ts'
import { columns, Replicas, rows, stationCount } from './testing/replicas.ts'

const station = fc.integer({ min: 0, max: stationCount - 1 })
const row = fc.constantFrom(...rows)
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('write' as const),
      station,
      row,
      column: fc.constantFrom(...columns.slice(0, 2)),
      value: fc.constantFrom('a', 'b', 'c'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), station, row }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('decide' as const), station }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('erase' as const), station, row }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('import' as const),
      station,
      columns: fc.subarray([...columns], { minLength: 1 }),
      keys: fc.subarray(['k0', 'k1', 'k9'], { minLength: 1 }),
      value: fc.constantFrom('x', 'yy'),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('deliver' as const),
      station,
      to: station,
      skip: fc.integer({ min: -2, max: 3 }),
      limit: fc.integer({ min: 1, max: 4 }),
      isAhead: fc.boolean(),
      through: fc.option(station, { nil: undefined }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('clock' as const), station, hours: fc.constantFrom(-1, 25, 30) }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

async function take(replicas: Replicas, one: Step): Promise<void> {
  switch (one.kind) {
    case 'write':
      return replicas.write(one.station, one.row, { [one.column]: one.value })
    case 'delete':
      return replicas.write(one.station, one.row, { [DELETED]: true })
    case 'decide':
      return replicas.decide(one.station)
    case 'erase':
      return replicas.erase(one.station, one.row)
    case 'import':
      return replicas.import(one.station, one.columns, one.keys, one.value)
    case 'deliver':
      return replicas.deliver(one.station, one.to, {
        skip: one.skip,
        limit: one.limit,
        isAhead: one.isAhead,
        ...(one.through === undefined ? {} : { through: one.through }),
      })
    case 'clock': {
      const wall = replicas.wall[one.station]
      if (wall !== undefined) wall.ms += one.hours * 3_600_000
      return
    }
    default:
      return one satisfies never
  }
}

/** What the hash covers, so that a difference can be read. */
async function tablesOf({ store }: Replicas['stations'][number]): Promise<unknown> {
  return {
    boats: await store.all(
      `SELECT b.id, b.name, b.phone, b.crew, b._deleted, b._conflicts, j.station || '/' || j.seq AS bulk FROM boats AS b LEFT JOIN journal AS j ON j.arrival = b._bulk ORDER BY b.id`,
    ),
    under: await store.all('SELECT row, "column", value FROM bulk_under ORDER BY row, "column"'),
    conflicts: await store.all('SELECT row, "column" FROM cell_conflicts ORDER BY row, "column"'),
    pending: await store.all('SELECT row, "column", base FROM cell_pending ORDER BY row, "column", base'),
  }
}

async function run(steps: readonly Step[]): Promise<void> {
  const replicas = await Replicas.open()
  try {
    for (const one of steps) await take(replicas, one)
    // Twice: hearing of an erasure may make a station take over one of its own.
    await replicas.settle()
    await replicas.settle()
    const hashes = await Promise.all(replicas.stations.map((each) => each.journal.stateHash()))
    const conflicts = (await replicas.at(0).journal.conflicts()).map((one) => `${one.row}/${one.column}`).sort()
    expect(conflicts).toEqual(replicas.oracle.conflicts())
    for (const each of rows) {
      for (const column of [...columns, DELETED]) {
        const heads = await replicas.at(1).store.all<{ entry: string }>(
          `SELECT j.station || '/' || j.scope || '/' || j.seq AS entry FROM cell_history AS h JOIN journal AS j ON j.arrival = h.arrival
            WHERE h.row = ? AND h."column" = ? AND h.replacedBy = 0 ORDER BY entry`,
          [each, column],
        )
        expect(heads.map((head) => head.entry)).toEqual(
          replicas.oracle
            .heads(each, column)
            .map((head) => head.entry)
            .sort(),
        )
      }
    }
    const tables = await Promise.all(replicas.stations.map(tablesOf))
    for (const one of tables) expect(one).toEqual(tables[0])
    expect(new Set(hashes).size).toBe(1)
    expect((await replicas.at(2).journal.verify()).damage).toEqual([])
    await replicas.at(3).journal.rebuild()
    expect(await tablesOf(replicas.at(3))).toEqual(tables[0])
    expect(await replicas.at(3).journal.stateHash()).toBe(hashes[0])
  } finally {
    await replicas.close()
  }
}

const runs = Number(process.env.WANGLOU_PROPERTY_RUNS ?? 25)
const seed = Number(process.env.WANGLOU_PROPERTY_SEED ?? Date.now() % 2 ** 31)

test('any order, duplication or split of deliveries gives the same tables, heads and conflicts', { timeout: 600_000 }, async () => {
  console.log(`seed ${seed}`)
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), run), {
    numRuns: runs,
    seed,
    endOnFailure: process.env.WANGLOU_SHRINK === undefined,
  })
})
