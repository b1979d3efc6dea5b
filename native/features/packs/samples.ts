// What a feature says of its tables, so that samples can be found without knowing them; handed in by app.ts as `<f>.samples.ts` of each feature.

/** A table with samples, or with rows that hang on samples of another. */
export interface SampleTable {
  dataset: string
  /** Its own rows may be marked by `isSample`. */
  isMarked: boolean
  /** A row goes with the row of another table that this column names. */
  hangsOn: readonly { dataset: string; column: string }[]
}
