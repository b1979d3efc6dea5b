// Where other stations call a host: a WebSocket of its own beside the door of pages, so that nothing else of the station is reachable from other machines.
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { greet, type Identity } from './greet.ts'
import { type Answers, Talk } from './talk.ts'

export interface HostDoorOptions {
  ip: string
  port: number
  identity: Identity
  answers: Answers
  lostMs: number
  onError: (error: unknown) => void
}

/** Media descriptions are large, nothing larger comes. */
const mostBytes = 256 * 1024
const mostCallers = 200

export class HostDoor {
  readonly #options: HostDoorOptions
  readonly #talks = new Set<Talk>()
  #server: WebSocketServer | null = null

  constructor(options: HostDoorOptions) {
    this.#options = options
  }

  async start(): Promise<void> {
    const { ip, port, onError } = this.#options
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const server = new WebSocketServer({ host: ip, port, maxPayload: mostBytes, perMessageDeflate: false, allowSynchronousEvents: false }, resolve)
    server.once('error', reject)
    server.on('connection', (socket) => void this.#receive(socket).catch(onError))
    await promise
    server.off('error', reject)
    server.on('error', onError)
    this.#server = server
  }

  /** 0 before it is open. */
  get port(): number {
    return (this.#server?.address() as AddressInfo | undefined)?.port ?? 0
  }

  /** Who has called us; null = that station has not. */
  talk(station: string): Talk | null {
    return [...this.#talks].find((talk) => talk.station === station && !talk.isClosed) ?? null
  }

  async stop(): Promise<void> {
    const server = this.#server
    this.#server = null
    for (const talk of this.#talks) talk.close()
    if (server === null) return
    for (const client of server.clients) client.terminate()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }

  async #receive(socket: WebSocket): Promise<void> {
    const { identity, answers, lostMs, onError } = this.#options
    socket.on('error', onError)
    if (this.#talks.size >= mostCallers) return socket.terminate()
    const { station, seal } = await greet(socket, { side: 'called', identity })
    const talk = new Talk({ socket, seal, station, answers, lostMs, onError })
    this.#talks.add(talk)
    talk.onClosed(() => this.#talks.delete(talk))
  }
}
