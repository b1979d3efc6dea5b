// 通讯录, units and calls, put together: what `app.ts` builds and the router calls.
import type { Journal } from '../../journal/types.ts'
import type { Blobs, Store } from '../../store/types.ts'

export interface ContactsOptions {
  store: Store
  journal: Journal
  blobs: Blobs
}

export class Contacts {
  readonly options: ContactsOptions

  constructor(options: ContactsOptions) {
    this.options = options
  }
}
