// Our line to one host: called again for ever, and what the host says of itself as long as it is heard.
import { WebSocket } from 'ws'
import { z } from 'zod'
import { RoomRulesShape } from '../rooms/rules-shape.ts'
import type { HostState } from './choose.ts'
import { greet, type Identity } from './greet.ts'
import { type Answers, Talk } from './talk.ts'

export interface HostLineOptions {
  /** `address:port`. */
  address: string
  identity: Identity
  answers: Answers
  lostMs: number
  onChange: () => void
  onError: (error: unknown) => void
}

const Said = z.object({
  name: z.string().max(80),
  unit: z.string().max(64),
  priority: z.number(),
  hasWorker: z.boolean(),
  load: z.number(),
  rooms: z
    .array(
      z.object({
        conference: z.string().max(80),
        title: z.string().max(200),
        present: z.int().min(0),
        openedAt: z.int(),
        openedByName: z.string().max(80),
        rules: RoomRulesShape.nullable().default(null),
      }),
    )
    .max(500),
})
const firstAgainMs = 250
const longestAgainMs = 5_000

export class HostLine {
  readonly address: string
  readonly #options: HostLineOptions
  #talk: Talk | null = null
  #state: HostState | null = null
  #timer: NodeJS.Timeout | null = null
  #socket: WebSocket | null = null
  #againMs = firstAgainMs
  #isStopped = false

  constructor(options: HostLineOptions) {
    this.#options = options
    this.address = options.address
  }

  start(): void {
    void this.#live()
      .catch(this.#options.onError)
      .finally(() => this.#again())
  }

  stop(): void {
    this.#isStopped = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#talk?.close()
    this.#socket?.terminate()
  }

  /** Null while it is not heard. */
  get state(): HostState | null {
    return this.#state
  }

  get talk(): Talk | null {
    return this.#talk
  }

  async #live(): Promise<void> {
    const { address, identity, answers, lostMs, onChange, onError } = this.#options
    const socket = await this.#connect(`ws://${address}`)
    if (socket === null) return
    const greeted = await greet(socket, { side: 'caller', identity }).catch(() => null)
    if (greeted === null) return
    const { station, seal } = greeted
    const talk = new Talk({ socket, seal, station, answers, lostMs, onError })
    this.#talk = talk
    try {
      for await (const said of talk.open('state', { input: null, signal: new AbortController().signal })) {
        this.#state = { station, ...Said.parse(said) }
        this.#againMs = firstAgainMs
        onChange()
      }
    } catch {
      // It is gone, or refuses to say how it is: the same to us, and it is asked again.
    } finally {
      talk.close()
      this.#talk = null
      this.#state = null
      onChange()
    }
  }

  /** @returns null when nobody is there */
  async #connect(url: string): Promise<WebSocket | null> {
    const socket = new WebSocket(url, {
      handshakeTimeout: this.#options.lostMs,
      maxPayload: 256 * 1024,
      perMessageDeflate: false,
      allowSynchronousEvents: false,
    })
    this.#socket = socket
    return new Promise((resolve) => {
      socket.once('open', () => resolve(socket))
      // Which error it is nobody asks: it is not there, and is called again.
      socket.on('error', () => resolve(null))
    })
  }

  #again(): void {
    if (this.#isStopped) return
    this.#timer = setTimeout(() => this.start(), this.#againMs)
    this.#againMs = Math.min(this.#againMs * 2, longestAgainMs)
  }
}
