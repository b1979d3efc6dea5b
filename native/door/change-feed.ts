// The change feed: what the journal touched, gathered for 250 ms a dataset, handed to each subscriber no faster than it takes.
import { type Change, CHANGE_INTERVAL_MS, EVERYTHING, MAX_CHANGED_IDS } from '../contract/index.ts'
import type { Journal } from '../journal/types.ts'

type Touched = Map<string, Set<string> | null>

/** Adds ids to what is known to have changed; more than 100 of a dataset become null = all of it. */
function touch(touched: Touched, dataset: string, ids: Iterable<string> | null): void {
  const known = touched.get(dataset)
  if (known === null) return
  if (ids === null) {
    touched.set(dataset, null)
    return
  }
  const all = known ?? new Set<string>()
  for (const id of ids) all.add(id)
  touched.set(dataset, all.size > MAX_CHANGED_IDS ? null : all)
}

interface Subscriber {
  pending: Touched
  wake: () => void
}

export class ChangeFeed {
  readonly #journal: Journal
  readonly #subscribers = new Set<Subscriber>()
  readonly #gathered: Touched = new Map()
  #revision = 0
  #timer: NodeJS.Timeout | null = null
  #unsubscribe: (() => void) | null = null

  constructor(options: { journal: Journal }) {
    this.#journal = options.journal
  }

  start(): void {
    this.#unsubscribe = this.#journal.onChange((changes) => {
      for (const change of changes) this.tell(change.dataset, change.ids)
    })
  }

  stop(): void {
    this.#unsubscribe?.()
    this.#unsubscribe = null
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  /** For what is no dataset but is shown all the same (progress of an import, how the station stands). */
  tell(dataset: string, ids: readonly string[] | null): void {
    touch(this.#gathered, dataset, ids)
    this.#timer ??= setTimeout(() => this.#flush(), CHANGE_INTERVAL_MS)
  }

  #flush(): void {
    this.#timer = null
    this.#revision += 1
    for (const subscriber of this.#subscribers) {
      for (const [dataset, ids] of this.#gathered) touch(subscriber.pending, dataset, ids)
      subscriber.wake()
    }
    this.#gathered.clear()
  }

  /** Begins with `*` (anything may have changed); then one message a dataset and interval. Ends with the signal. */
  async *subscribe(signal: AbortSignal): AsyncGenerator<Change, void, void> {
    const subscriber: Subscriber = { pending: new Map(), wake: () => undefined }
    this.#subscribers.add(subscriber)
    signal.addEventListener('abort', () => subscriber.wake(), { once: true })
    try {
      yield { dataset: EVERYTHING, ids: null, revision: this.#revision }
      while (!signal.aborted) {
        if (subscriber.pending.size === 0) await this.#woken(subscriber)
        for (const [dataset, ids] of [...subscriber.pending]) {
          subscriber.pending.delete(dataset)
          yield { dataset, ids: ids === null ? null : [...ids], revision: this.#revision }
        }
      }
    } finally {
      this.#subscribers.delete(subscriber)
    }
  }

  #woken(subscriber: Subscriber): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    subscriber.wake = resolve
    return promise
  }

  /** How many pages listen; a test counts that none is left behind. */
  get subscribers(): number {
    return this.#subscribers.size
  }
}
