// Reports and their life, put together: what `app.ts` builds and the router calls.
import type { Journal } from '../../journal/types.ts'
import type { Blobs, Store } from '../../store/types.ts'

export interface ReportsOptions {
  store: Store
  journal: Journal
  blobs: Blobs
}

export class Reports {
  readonly options: ReportsOptions

  constructor(options: ReportsOptions) {
    this.options = options
  }
}
