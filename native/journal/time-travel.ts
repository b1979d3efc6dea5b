// How a row stood at a moment: by when things happened in the world, or by when this station knew of them. Asked of `cell_history`, not replayed.
import { type CellValue, DELETED, type EpochMs, type Subject } from '../contract/index.ts'
import type { Reads } from '../store/types.ts'
import { importedAt, type PastSources } from './imported-at.ts'

interface Past {
  column: string
  value: string
}

/**
 * `known`: the heads as they were with what had arrived by then; of several the newest clock is shown, as it was on that day's screen.
 * `happened`: for each cell the write that happened last up to that moment (written later or not); equal moments go by the clock of the entries.
 * Cells no person had written show what the imports of that moment gave.
 * @returns the values of the row, `null` when it did not exist or was deleted
 */
export async function stateAt(
  sources: PastSources,
  subject: Subject,
  at: { happened: EpochMs } | { known: EpochMs },
): Promise<Record<string, CellValue> | null> {
  const { reads } = sources
  const cells = 'known' in at ? await knownAt(reads, subject, at.known) : await happenedAt(reads, subject, at.happened)
  const imported = await importedAt(sources, subject, at)
  if (cells.length === 0 && imported === null) return null
  const written = Object.fromEntries(cells.map(({ column, value }) => [column, JSON.parse(value) as CellValue]))
  const { [DELETED]: isDeleted, ...rest } = written
  return isDeleted === true ? null : { ...imported, ...rest }
}

async function knownAt(reads: Reads, subject: Subject, known: EpochMs): Promise<Past[]> {
  return reads.all<Past>(
    `WITH past AS (
       SELECT h."column", h.value, row_number() OVER (PARTITION BY h."column" ORDER BY j.hlcMs DESC, j.hlcCounter DESC, j.station DESC) AS place
         FROM cell_history AS h JOIN journal AS j ON j.arrival = h.arrival
        WHERE h.dataset = ?1 AND h.row = ?2 AND j.receivedAt <= ?3
          AND (h.replacedBy = 0 OR (SELECT r.receivedAt FROM journal AS r WHERE r.arrival = h.replacedBy) > ?3))
     SELECT "column", value FROM past WHERE place = 1`,
    [subject.dataset, subject.row, known],
  )
}

async function happenedAt(reads: Reads, subject: Subject, happened: EpochMs): Promise<Past[]> {
  return reads.all<Past>(
    `WITH past AS (
       SELECT h."column", h.value, row_number() OVER (PARTITION BY h."column"
                ORDER BY ifnull(j.happenedAt, j.at) DESC, j.hlcMs DESC, j.hlcCounter DESC, j.station DESC) AS place
         FROM cell_history AS h JOIN journal AS j ON j.arrival = h.arrival
        WHERE h.dataset = ?1 AND h.row = ?2 AND ifnull(j.happenedAt, j.at) <= ?3)
     SELECT "column", value FROM past WHERE place = 1`,
    [subject.dataset, subject.row, happened],
  )
}
