// Reads one stream from where we stopped, many messages at a time, and hands them on in order; begins again when anything fails.
import type { Consumer, JsMsg } from '@nats-io/jetstream'
import type { Arrival } from '../exchange.ts'
import type { Timing } from '../types.ts'

/** What a reader stands on; found out anew whenever it begins. */
export interface OpenStream {
  consumer: Consumer
  /** The stream's name and when it was made: another one under the same name starts from its beginning. */
  identity: string
  /** Something lies before what can still be read that we have not read. */
  hasGap: boolean
  /** Something lies in it that we have not read. */
  isBehind: boolean
  /** Every message is told to be done; otherwise the position is enough. */
  isAcked: boolean
}

export interface ReaderOptions {
  open: () => Promise<OpenStream>
  /** Resolves when everything is on disk. */
  take: (arrivals: readonly { arrival: Arrival; subject: string }[]) => Promise<void>
  onGap: () => void
  /** Said whenever some was read: whether there is more. */
  onRead?: (isBehind: boolean) => void
  onFailure: (error: unknown) => void
  timing: Timing
  /** How long one request for messages stands, ms; so long, and half as long again, until it is noticed that a server above has gone. */
  fetchMs: number
  /** Wait before it begins again, ms. */
  retryMs: number
}

const messagesAtOnce = 256
/** Some 1 200 entries, a fifth of a second: what somebody writes here waits no longer for them. */
const bytesAtOnce = 48 * 1024

export class Reader {
  readonly #options: ReaderOptions
  #isStopped = false
  #stopFetching: () => void = () => undefined
  #running: Promise<void> = Promise.resolve()

  constructor(options: ReaderOptions) {
    this.#options = options
  }

  start(): void {
    this.#running = this.#run()
  }

  /** Asks for messages anew: the request that stands may have been lost. */
  again(): void {
    this.#stopFetching()
  }

  /** Resolves when nothing is being taken any more. */
  async stop(): Promise<void> {
    this.#isStopped = true
    this.#stopFetching()
    await this.#running
  }

  async #run(): Promise<void> {
    const { open, onFailure, onGap, timing, retryMs } = this.#options
    let identity: string | null = null
    while (!this.#isStopped) {
      try {
        const stream = await open()
        // Of another stream under the old name we may have missed all that the old one held.
        if (stream.hasGap || (identity !== null && identity !== stream.identity)) onGap()
        identity = stream.identity
        this.#options.onRead?.(stream.isBehind)
        await this.#read(stream)
      } catch (error) {
        if (this.#isStopped) return
        onFailure(error)
        await new Promise<void>((resolve) => {
          const cancel = timing.after(retryMs, resolve)
          this.#stopFetching = () => {
            cancel()
            resolve()
          }
        })
      }
    }
  }

  async #read({ consumer, identity, isAcked }: OpenStream): Promise<void> {
    const waiting: JsMsg[] = []
    const takeAll = async () => {
      // What is left when we stop comes again: it is neither taken nor told to be done.
      while (waiting.length > 0 && !this.#isStopped) {
        const some = upTo(waiting, bytesAtOnce)
        await this.#options.take(some.map(({ data, seq, subject }) => ({ arrival: { bytes: data, at: { stream: identity, seq } }, subject })))
        if (isAcked) for (const message of some) message.ack()
        this.#options.onRead?.(waiting.length > 0 || (some.at(-1)?.info.pending ?? 0) > 0)
      }
    }
    while (!this.#isStopped) {
      const messages = await consumer.fetch({ max_messages: messagesAtOnce, expires: this.#options.fetchMs })
      this.#stopFetching = () => void messages.close()
      let taking: Promise<void> | null = null
      let failure: unknown = null
      for await (const message of messages) {
        waiting.push(message)
        // While some are taken others gather, and go on disk together.
        taking ??= takeAll()
          .catch((error: unknown) => {
            failure = error
            void messages.close()
          })
          .finally(() => {
            taking = null
          })
      }
      // Set by the callbacks above, which the compiler does not follow.
      await (taking as Promise<void> | null)
      if ((failure as unknown) !== null) throw failure
    }
  }
}

function upTo(waiting: JsMsg[], limitBytes: number): JsMsg[] {
  let [count, bytes] = [0, 0]
  while (count < waiting.length && (count === 0 || bytes < limitBytes)) bytes += waiting[count++]?.data.byteLength ?? 0
  return waiting.splice(0, count)
}
