// 领导批示, put together: what `app.ts` builds and the router calls.
import type { Journal } from '../../journal/types.ts'
import type { Blobs, Store } from '../../store/types.ts'

export interface InstructionsOptions {
  store: Store
  journal: Journal
  blobs: Blobs
}

export class Instructions {
  readonly options: InstructionsOptions

  constructor(options: InstructionsOptions) {
    this.options = options
  }
}
