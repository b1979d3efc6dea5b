// Reporting clocks, put together: what `app.ts` builds and the router calls.
import type { Journal } from '../../journal/types.ts'
import type { Blobs, Store } from '../../store/types.ts'

export interface ClocksOptions {
  store: Store
  journal: Journal
  blobs: Blobs
}

export class Clocks {
  readonly options: ClocksOptions

  constructor(options: ClocksOptions) {
    this.options = options
  }
}
