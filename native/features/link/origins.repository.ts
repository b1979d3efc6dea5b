// The acts that made a record what it is, from the journal: those about it, those that wrote its cells or its parts, and its import.
import type { Scope } from '../../contract/index.ts'
import type { Reads } from '../../store/types.ts'
import type { RecordKind } from './records.ts'

/** An act about a record. */
export interface RecordAct {
  arrival: number
  station: string
  scope: Scope
  seq: number
  at: number
  receivedAt: number
  actor: string
  /** It wrote something: not only that the record was looked at, printed or exported. */
  isWrite: boolean
  /** It is the import that gave the row; its file, else the name of the ledger or pack. */
  importedFrom: string | null
  /** Written by this station, under whatever name it had. */
  isOurs: boolean
}

export class OriginsRepository {
  readonly #reads: Reads
  constructor(reads: Reads) {
    this.#reads = reads
  }

  /** In the order of the journal's clock. @param dataset one of `records`: its name stands in the statement */
  async acts(dataset: string, row: string, { parts = {} }: RecordKind): Promise<RecordAct[]> {
    const written = Object.entries(parts).map(
      ([name, ids]) => `UNION ALL SELECT arrival, 1, 0 FROM cell_history WHERE dataset = '${name}' AND row IN (${ids})`,
    )
    const rows = await this.#reads.all<Omit<RecordAct, 'isWrite' | 'isOurs'> & { isWrite: number; isOurs: number }>(
      `WITH found(arrival, isWrite, isImport) AS (
         SELECT arrival, 0, 0 FROM journal WHERE row = ?2 AND dataset = ?1
         UNION ALL SELECT arrival, 1, 0 FROM cell_history WHERE dataset = ?1 AND row = ?2
         ${written.join(' ')}
         UNION ALL SELECT _bulk, 1, 1 FROM "${dataset}" WHERE id = ?2 AND _bulk IS NOT NULL
       ), acts AS (SELECT arrival, max(isWrite) AS isWrite, max(isImport) AS isImport FROM found GROUP BY arrival)
       SELECT j.arrival, j.station, j.scope, j.seq, j.at, j.receivedAt, j.actor,
         a.isWrite OR coalesce(json_array_length(j.body, '$.cells'), 0) > 0 AS isWrite,
         CASE WHEN a.isImport THEN coalesce(j.body ->> '$.note.fileName', j.body ->> '$.note.bulk.source', '') END AS importedFrom,
         j.station IN (SELECT station FROM journal_incarnations) AS isOurs
       FROM acts a CROSS JOIN journal j ON j.arrival = a.arrival ORDER BY j.hlcMs, j.hlcCounter, j.station`,
      [dataset, row],
    )
    return rows.map((act) => ({ ...act, isWrite: act.isWrite === 1, isOurs: act.isOurs === 1 }))
  }

  /** The file a record was read from, and with which act. */
  async file(dataset: string, row: string, { file }: RecordKind): Promise<{ fileName: string; arrival: number } | null> {
    return file === undefined ? null : this.#reads.get(file, [dataset, row])
  }
}
