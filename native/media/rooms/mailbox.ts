// What a page in a room is yet to hear: the room is sent in whole and only its newest state; everything else in order, nothing twice.
import type { RoomEvent, RoomView } from '../../contract/index.ts'

export class Mailbox {
  readonly #queue: RoomEvent[] = []
  #room: RoomView | null = null
  #wake: () => void = () => undefined
  #isClosed = false

  put(event: RoomEvent): void {
    if (event.kind === 'room') this.#room = event.room
    else this.#queue.push(event)
    this.#wake()
  }

  /** Nothing is heard after what is there now. */
  close(): void {
    this.#isClosed = true
    this.#wake()
  }

  async *events(signal: AbortSignal): AsyncGenerator<RoomEvent, void, void> {
    signal.addEventListener('abort', () => this.#wake(), { once: true })
    while (!signal.aborted) {
      const event = this.#queue.shift()
      if (event !== undefined) {
        yield event
        continue
      }
      const room = this.#room
      this.#room = null
      if (room !== null) yield { kind: 'room', room }
      else if (this.#isClosed) return
      else await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }
}
