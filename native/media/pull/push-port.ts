// The port where devices push their streams (无人机、布控球): open only while a camera of that kind is kept, one device a key.
import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { type EpochMs, StreamError } from '../../contract/index.ts'
import { flvScript, type FlvTag, flvVideo, readFlvVideo } from '../../protocols/flv/codec.ts'
import { PushSession } from '../../protocols/rtmp/push-session.ts'
import type { FlvSource } from './flv-stream.ts'

export interface PushPortOptions {
  listen: { ip: string; port: number }
  /** Whose key it is; null = nobody's. */
  cameraOf: (key: string) => Promise<string | null>
  /** A device came with a key that nobody has; the key itself is told to nobody. */
  onRefused: (refusal: PushRefusal) => void
}

export interface PushRefusal {
  at: EpochMs
  from: string
}

interface Push {
  session: PushSession
  /** What a decoder needs before the first picture: metadata, parameter sets. */
  heads: Map<string, FlvTag>
  listeners: Set<{ onTag: (tag: FlvTag) => void; onEnd: (error: StreamError) => void }>
}

const connectionLimit = 64

export class PushPort {
  readonly #options: PushPortOptions
  readonly #pushes = new Map<string, Push>()
  readonly #awaited = new Map<string, Set<() => void>>()
  readonly #sockets = new Set<Socket>()
  #server: Server | null = null
  #isTaken = false
  #lastRefusal: PushRefusal | null = null

  constructor(options: PushPortOptions) {
    this.#options = options
  }

  get listen(): PushPortOptions['listen'] {
    return this.#options.listen
  }

  get lastRefusal(): PushRefusal | null {
    return this.#lastRefusal
  }

  /** null = it does not listen. */
  get address(): { ip: string; port: number } | null {
    const bound = this.#server?.address()
    return typeof bound === 'object' && bound !== null ? { ip: this.#options.listen.ip, port: bound.port } : null
  }

  /** Harmless when it is open. A port that is taken is state: the cameras say so. */
  async open(): Promise<void> {
    if (this.#server !== null) return
    const server = createServer({ noDelay: true }, (socket) => this.#greet(socket))
    server.maxConnections = connectionLimit
    this.#server = server
    server.listen(this.#options.listen.port, this.#options.listen.ip)
    try {
      await once(server, 'listening')
      this.#isTaken = false
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code !== 'EADDRINUSE' && code !== 'EACCES' && code !== 'EADDRNOTAVAIL') throw error
      this.#server = null
      this.#isTaken = true
    }
  }

  async close(): Promise<void> {
    const server = this.#server
    this.#server = null
    for (const { session } of this.#pushes.values()) session.close()
    if (server === null) return
    const closed = once(server, 'close')
    server.close()
    for (const socket of this.#sockets) socket.destroy()
    await closed
  }

  /** What a camera's device pushes; waits until it does. */
  source(camera: string): FlvSource {
    return async ({ signal, onTag }) => {
      await this.open()
      if (this.#isTaken) throw new StreamError('push-port-taken', { port: this.#options.listen.port })
      const push = await this.#waitFor(camera, signal)
      for (const head of push.heads.values()) onTag(head)
      const over = Promise.withResolvers<never>()
      const listener = { onTag, onEnd: over.reject }
      push.listeners.add(listener)
      const end = () => over.reject(new StreamError('connection-lost'))
      signal.addEventListener('abort', end)
      if (signal.aborted) end()
      return over.promise.finally(() => {
        push.listeners.delete(listener)
        signal.removeEventListener('abort', end)
      })
    }
  }

  /** The camera has another key, or is gone: whoever pushes under the old one is sent away. */
  drop(camera: string): void {
    this.#pushes.get(camera)?.session.close()
  }

  #greet(socket: Socket): void {
    this.#sockets.add(socket)
    let push: Push | null = null
    let camera: string | null = null
    const session = new PushSession({
      socket,
      onPublish: async (key) => {
        camera = await this.#options.cameraOf(key)
        if (camera === null) {
          this.#lastRefusal = { at: Date.now(), from: socket.remoteAddress ?? '' }
          this.#options.onRefused(this.#lastRefusal)
          return false
        }
        // A device that comes again has lost its old connection, whatever that one thinks.
        this.#pushes.get(camera)?.session.close()
        push = { session, heads: new Map(), listeners: new Set() }
        this.#pushes.set(camera, push)
        for (const wake of this.#awaited.get(camera) ?? []) wake()
        return true
      },
      onTag: (tag) => {
        if (push !== null) hand(push, tag)
      },
      onEnd: () => {
        this.#sockets.delete(socket)
        if (push === null || camera === null) return
        if (this.#pushes.get(camera) === push) this.#pushes.delete(camera)
        for (const { onEnd } of push.listeners) onEnd(new StreamError('connection-lost'))
      },
    })
  }

  async #waitFor(camera: string, signal: AbortSignal): Promise<Push> {
    for (;;) {
      const push = this.#pushes.get(camera)
      if (push !== undefined) return push
      const { promise, resolve } = Promise.withResolvers<void>()
      const waiting = this.#awaited.get(camera) ?? new Set()
      this.#awaited.set(camera, waiting.add(resolve))
      signal.addEventListener('abort', () => resolve(), { once: true })
      await promise
      waiting.delete(resolve)
      if (waiting.size === 0) this.#awaited.delete(camera)
      if (signal.aborted) throw new StreamError('connection-lost')
    }
  }
}

function hand({ heads, listeners }: Push, tag: FlvTag): void {
  const video = tag.type === flvVideo ? readFlvVideo(tag.data) : null
  const isAudioHead = tag.type !== flvVideo && tag.type !== flvScript && (tag.data[0] ?? 0) >> 4 === 10 && tag.data[1] === 0
  if (tag.type === flvScript || video?.isHeader === true || isAudioHead) heads.set(String(tag.type), { ...tag, data: Buffer.from(tag.data) })
  for (const { onTag } of listeners) onTag(tag)
}
