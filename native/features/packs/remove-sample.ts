// Finds every row that is a sample or hangs on one, over any number of steps, in chunks that fit an entry.
import type { Reads } from '../../store/types.ts'
import type { SampleTable } from './samples.ts'

/** Rows an entry may delete and stay below 64 KiB. */
const rowsPerEntry = 300

/** @returns deletes, at most 300 to an entry, what hangs on a row before the row; empty when there is no sample */
export async function sampleDeletes(reads: Reads, tables: readonly SampleTable[]): Promise<{ dataset: string; row: string }[][]> {
  const found = new Map<string, Set<string>>(tables.map(({ dataset }) => [dataset, new Set<string>()]))
  for (const { dataset } of tables.filter((table) => table.isMarked)) {
    const rows = await reads.all<{ id: string }>(`SELECT id FROM "${dataset}" WHERE isSample = 1 AND _deleted = 0`)
    for (const { id } of rows) found.get(dataset)?.add(id)
  }
  // What hangs on a row may itself have something hanging on it: until nothing more is found.
  for (let isMore = true; isMore;) isMore = await addHanging(reads, tables, found)
  const rows = inOrder(tables).flatMap(({ dataset }) => [...(found.get(dataset) ?? [])].map((row) => ({ dataset, row })))
  return Array.from({ length: Math.ceil(rows.length / rowsPerEntry) }, (_, index) => rows.slice(index * rowsPerEntry, (index + 1) * rowsPerEntry))
}

/** @returns whether anything was added */
async function addHanging(reads: Reads, tables: readonly SampleTable[], found: ReadonlyMap<string, Set<string>>): Promise<boolean> {
  let isMore = false
  for (const { dataset, hangsOn } of tables) {
    const own = found.get(dataset)
    for (const on of hangsOn) {
      // Names come from the features' own declarations, never from outside.
      const rows = await reads.all<{ id: string }>(
        `SELECT id FROM "${dataset}" WHERE _deleted = 0 AND "${on.column}" IN (SELECT value FROM json_each(?))`,
        [JSON.stringify([...(found.get(on.dataset) ?? [])])],
      )
      for (const { id } of rows) {
        if (own === undefined || own.has(id)) continue
        own.add(id)
        isMore = true
      }
    }
  }
  return isMore
}

/** Tables on which nothing more hangs come first. */
function inOrder(tables: readonly SampleTable[]): SampleTable[] {
  const depth = (dataset: string, seen: readonly string[] = []): number => {
    const on = tables.find((table) => table.dataset === dataset)?.hangsOn ?? []
    return seen.includes(dataset) ? 0 : 1 + Math.max(-1, ...on.map((one) => depth(one.dataset, [...seen, dataset])))
  }
  return [...tables].sort((a, b) => depth(b.dataset) - depth(a.dataset))
}
