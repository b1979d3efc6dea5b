// Reads the evidence of what works from the projected tables.
import type { EpochMs } from '../../contract/index.ts'
import type { Reads } from '../../store/types.ts'

interface Stock {
  count: number
  newestAt: EpochMs | null
}

export class LinkRepository {
  readonly #reads: Reads
  constructor(reads: Reads) {
    this.#reads = reads
  }

  /** Plans in force, and when the newest version of one was taken in. */
  async plans(): Promise<Stock> {
    const row = await this.#reads.get<Stock>(
      `SELECT count(*) AS count, max(v.importedAt) AS newestAt FROM plans p JOIN planVersions v ON v.id = p.currentVersion
       WHERE p._deleted = 0 AND coalesce(p.isRetired, 0) = 0`,
    )
    return row ?? { count: 0, newestAt: null }
  }

  /** Cameras in the list. */
  async cameras(): Promise<number> {
    return (await this.#reads.get<{ count: number }>('SELECT count(*) AS count FROM cameras WHERE _deleted = 0'))?.count ?? 0
  }

  /** Resources, and when the newest import or edit of any was written. Walks the table: tens of milliseconds at a few hundred thousand rows. */
  async resources(): Promise<Stock> {
    const row = await this.#reads.get<Stock>(
      `SELECT count, (SELECT at FROM journal WHERE arrival = newest) AS newestAt FROM (
         SELECT count(*) AS count, max(max(coalesce(_entry, 0), coalesce(_bulk, 0))) AS newest FROM resources WHERE _deleted = 0)`,
    )
    return row ?? { count: 0, newestAt: null }
  }
}
