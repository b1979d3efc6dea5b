// The change feed: what was touched, never the values; the page refetches.

/** One message a feature each 250 ms; `ids` is null when more than 100 rows changed. `revision` only grows while the station runs. */
export interface Change {
  /** The dataset whose rows changed. */
  dataset: string
  ids: string[] | null
  revision: number
}
