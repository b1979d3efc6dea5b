// Reads handovers and their matters.
import type { Handover, HandoverSummary, Signature } from '../../contract/index.ts'
import { importedId } from '../../kernel/ids.ts'
import type { Reads } from '../../store/types.ts'
import type { StoredMatter } from './handover-matters.ts'

export type HandoverRow = Pick<Handover, 'id' | 'remarks' | 'outgoing' | 'incoming' | 'withdrawnWords'> & { watch: string; nextWatch: string | null }
type Row = { id: string; watch: string } & Record<'nextWatch' | 'remarks' | 'outgoing' | 'incoming' | 'withdrawnWords', string | null>

/** A watch has one handover, the same on every console. */
export function handoverId(watch: string): string {
  return importedId('dutyHandovers', 'duty', watch)
}
export function matterId(handover: string, matter: string): string {
  return importedId('dutyHandoverMatters', handover, matter)
}

export class HandoversRepository {
  readonly #reads: Reads
  constructor(reads: Reads) {
    this.#reads = reads
  }

  async get(id: string, reads: Reads = this.#reads): Promise<HandoverRow | null> {
    const row = await reads.get<Row>('SELECT * FROM dutyHandovers WHERE id = ? AND _deleted = 0', [id])
    return row === null ? null : read(row)
  }

  matters(handover: string, reads: Reads = this.#reads): Promise<StoredMatter[]> {
    return reads
      .all<Omit<StoredMatter, 'to'> & { route: string | null }>(
        `SELECT matter, kind, title, detail, since, dueAt, route, decision, words, raised FROM dutyHandoverMatters
         WHERE handover = ? AND _deleted = 0 ORDER BY since, key`,
        [handover],
      )
      .then((rows) =>
        rows.map(
          ({ route, ...row }) =>
            ({ ...row, words: row.words ?? '', to: JSON.parse(route ?? 'null') ?? { name: 'duty', params: {} } }) as StoredMatter,
        ),
      )
  }

  /** Finished ones, newest first. */
  async list(limit: number): Promise<HandoverSummary[]> {
    const rows = await this.#reads.all<{
      id: string
      day: string
      shiftName: string
      outgoing: string | null
      incoming: string | null
      matters: number
    }>(
      `SELECT h.id, w.day, w.shiftName, h.outgoing, h.incoming,
         (SELECT count(*) FROM dutyHandoverMatters m WHERE m.handover = h.id AND m._deleted = 0) AS matters
       FROM dutyHandovers h JOIN dutyWatches w ON w.id = h.watch
       WHERE h._deleted = 0 AND h.incoming IS NOT NULL AND h.incoming <> 'null' ORDER BY w.takenAt DESC LIMIT ?`,
      [limit],
    )
    return rows.map((row) => ({ ...row, outgoing: signature(row.outgoing), incoming: signature(row.incoming) }))
  }
}

function read(row: Row): HandoverRow {
  return {
    id: row.id,
    watch: row.watch,
    nextWatch: row.nextWatch,
    remarks: row.remarks ?? '',
    outgoing: signature(row.outgoing),
    incoming: signature(row.incoming),
    withdrawnWords: row.withdrawnWords ?? '',
  }
}

function signature(json: string | null): Signature | null {
  return json === null ? null : (JSON.parse(json) as Signature | null)
}
