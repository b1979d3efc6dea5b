// Looks for personal data in what the tables show, in every value that was ever written, and in what imports had put aside.
import { type Column, datasets, type PersonalField, type PersonalRow, personalColumns } from '../../contract/index.ts'
import type { Reads } from '../../store/types.ts'
import { excerptOf, longestName } from './excerpt.ts'

/** Rows described at once; more are told as “more”. */
export const rowLimit = 200

interface ShownRow {
  id: string
  _deleted: number
  _source: string | null
  _at: number | null
  [column: string]: string | number | null
}

const columnOf = (dataset: string, column: string): Column => datasets[dataset]?.columns[column] ?? { type: 'text' }

/** SQL for the personal words in a value: of a JSON value only its personal members. */
function wordsSql(column: Column, sql: string, isJson: boolean): string {
  if (Array.isArray(column.personal)) return column.personal.map((member) => `ifnull(json_extract(${sql}, '$.${member}'), '')`).join(` || ' ' || `)
  return isJson ? `ifnull(json_extract(${sql}, '$'), '')` : `ifnull(${sql}, '')`
}

export class ErasuresRepository {
  readonly #reads: Reads

  constructor(reads: Reads) {
    this.#reads = reads
  }

  /** Rows of a dataset that hold the words, and the columns in which a former value does: JSON by row. */
  async find(dataset: string, words: string): Promise<Map<string, Set<string>>> {
    const found = new Map<string, Set<string>>()
    for (const column of personalColumns[dataset] ?? []) {
      const declared = columnOf(dataset, column)
      const shown = wordsSql(declared, `t."${column}"`, declared.type === 'json')
      const before = wordsSql(declared, 'h.value', true)
      // Names come from the declaration, never from outside.
      const rows = await this.#reads.all<{ row: string }>(
        `SELECT t.id AS row FROM "${dataset}" AS t WHERE t."${column}" IS NOT NULL AND instr(${shown}, ?1) > 0
         UNION SELECT h.row FROM cell_history AS h WHERE h.dataset = ?2 AND h."column" = ?3 AND h.value <> 'null' AND instr(${before}, ?1) > 0
         UNION SELECT h.row FROM bulk_under AS h WHERE h.dataset = ?2 AND h."column" = ?3 AND instr(${before}, ?1) > 0 LIMIT ${rowLimit + 1}`,
        [words, dataset, column],
      )
      for (const { row } of rows) found.set(row, (found.get(row) ?? new Set()).add(column))
    }
    return found
  }

  /** @param hits the columns in which something was found, by row; nothing was looked for where `words` is null */
  async describe(dataset: string, hits: ReadonlyMap<string, ReadonlySet<string>>, words: string | null): Promise<PersonalRow[]> {
    const columns = personalColumns[dataset] ?? []
    const texts = columns.map((column) => {
      const declared = columnOf(dataset, column)
      return `nullif(${wordsSql(declared, `t."${column}"`, declared.type === 'json')}, '') AS "${column}"`
    })
    const ids = JSON.stringify([...hits.keys()])
    const rows = await this.#reads.all<ShownRow>(
      `SELECT t.id, t._deleted, (SELECT b.source FROM bulk_imports AS b WHERE b.arrival = t._bulk) AS _source, (SELECT j.at FROM journal AS j WHERE j.arrival = t._entry) AS _at, ${texts.join(', ')}
         FROM "${dataset}" AS t WHERE t.id IN (SELECT value FROM json_each(?)) ORDER BY t.key DESC`,
      [ids],
    )
    const versions = await this.#reads.all<{ row: string; column: string; count: number }>(
      `SELECT row, "column", count(*) AS count FROM cell_history WHERE dataset = ? AND row IN (SELECT value FROM json_each(?)) AND value <> 'null' GROUP BY row, "column"`,
      [dataset, ids],
    )
    return rows.map((row) => ({
      dataset,
      row: row.id,
      isDeleted: row._deleted === 1,
      at: row._at,
      source: row._source,
      fields: columns.map((column): PersonalField => {
        const value = row[column] === null ? null : String(row[column])
        return {
          column,
          excerpt: value === null ? null : excerptOf(value, words === null ? -1 : value.indexOf(words), words?.length ?? 0),
          isHit: hits.get(row.id)?.has(column) === true,
          isText: value !== null && [...value].length > longestName,
          versions: versions.find((one) => one.row === row.id && one.column === column)?.count ?? 0,
        }
      }),
    }))
  }

  /** Names and numbers of a row, to look for elsewhere. */
  async namesOf(dataset: string, row: string): Promise<string[]> {
    const names: string[] = []
    for (const column of personalColumns[dataset] ?? []) {
      const declared = columnOf(dataset, column)
      if (declared.personal !== true) continue
      const found = await this.#reads.get<{ value: string | null }>(`SELECT "${column}" AS value FROM "${dataset}" WHERE id = ?`, [row])
      const length = [...(found?.value ?? '')].length
      if (found?.value && length >= 2 && length <= longestName) names.push(found.value)
    }
    return names
  }

  done(limit: number): Promise<{ station: string; scope: string; seq: number; at: number; actor: string; gone: string; reason: string }[]> {
    return this.#reads.all(
      `SELECT station, scope, seq, at, actor, ifnull(body -> '$.note.gone', '[]') AS gone, ifnull(body ->> '$.note.reason', '') AS reason
         FROM journal WHERE action = 'journal.erase' ORDER BY arrival DESC LIMIT ?`,
      [limit],
    )
  }
}
