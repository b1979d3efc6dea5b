// The watch, put together: what `app.ts` builds and the router calls.
import type { Journal } from '../../journal/types.ts'
import type { Blobs, Store } from '../../store/types.ts'

export interface DutyOptions {
  store: Store
  journal: Journal
  blobs: Blobs
}

export class Duty {
  readonly options: DutyOptions

  constructor(options: DutyOptions) {
    this.options = options
  }
}
