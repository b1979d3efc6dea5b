// Imported rows as the journal must see them before a person writes there: their values and the import they came from.
import type { CellValue, EntryId } from '../contract/index.ts'
import type { Reads } from '../store/types.ts'
import { canonical } from './encode.ts'
import { jsonSql, quoted, type Table } from './tables.ts'

export interface ImportedRow {
  /** The bulk import that last gave the row. */
  entry: EntryId
  /** Canonical JSON of the values shown, by column. */
  values: ReadonlyMap<string, string>
}

export class ImportedRows {
  readonly #tables: () => ReadonlyMap<string, Table>
  readonly #datasets: ReadonlySet<string>

  /** @param datasets those that hold imported rows; others are not looked at */
  constructor(tables: () => ReadonlyMap<string, Table>, datasets: ReadonlySet<string>) {
    this.#tables = tables
    this.#datasets = datasets
  }

  /** @returns the imported rows among those named, by `dataset\0row` */
  async read(reads: Reads, rows: readonly (readonly [dataset: string, row: string])[]): Promise<Map<string, ImportedRow>> {
    const found = new Map<string, ImportedRow>()
    for (const [dataset, pairs] of Map.groupBy(rows, ([name]) => name)) {
      const table = this.#tables().get(dataset)
      if (table === undefined || !this.#datasets.has(dataset)) continue
      const values = [...table.columns].map(
        ([name, column]) => `iif(t.${quoted(name)} IS NULL, 'null', ${jsonSql(column, `t.${quoted(name)}`)}) AS ${quoted(name)}`,
      )
      const sql = `SELECT t.id AS _id, j.station || '/' || j.scope || '/' || j.seq AS _import, ${values.join(', ')}
        FROM json_each(?) AS r CROSS JOIN ${quoted(dataset)} AS t CROSS JOIN journal AS j WHERE t.id = r.value AND j.arrival = t._bulk`
      for (const row of await reads.all<Record<string, string>>(sql, [JSON.stringify(pairs.map(([, id]) => id))])) {
        const columns = [...table.columns.keys()].map((name) => [name, canonical(JSON.parse(row[name] ?? 'null') as CellValue)] as const)
        found.set(`${dataset}\0${row._id}`, { entry: row._import as EntryId, values: new Map(columns) })
      }
    }
    return found
  }
}
