// 领导批示, put together: what `app.ts` builds and the router calls.
import type { OpenMatter, PackPart } from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import type { Blobs, Store } from '../../store/types.ts'
import { InstructionsService } from './instructions.service.ts'
import { loadSamples } from './samples.ts'

export interface InstructionsOptions {
  store: Store
  journal: Journal
  blobs: Blobs
  now?: () => number
}

export class Instructions {
  readonly service: InstructionsService
  readonly #journal: Journal

  constructor({ store, journal, blobs, now = Date.now }: InstructionsOptions) {
    this.#journal = journal
    this.service = new InstructionsService({ journal, blobs, reads: store, now })
  }

  openMatters(): Promise<OpenMatter[]> {
    return this.service.openMatters()
  }

  /** @param options.source `pack:<id>` @param options.now epoch ms of the first run */
  loadSample(text: string, options: { source: string; now: number }): Promise<PackPart> {
    return loadSamples(text, { journal: this.#journal, ...options })
  }
}
