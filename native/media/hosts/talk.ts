// What two stations say to each other once they know each other: questions with one answer, and streams of items; either may ask.
import type { WebSocket } from 'ws'
import { type ErrorCode, errorCodes, type ErrorParams, WanglouError } from '../../contract/index.ts'
import type { Seal } from './seal.ts'

/** Answers another station: `from.station` has proven its key. */
export interface Answers {
  /** @throws WanglouError whatever the other is to be told */
  call: (from: Talk, question: { method: string; input: unknown }) => Promise<unknown>
  open: (from: Talk, question: { method: string; input: unknown; signal: AbortSignal }) => AsyncIterable<unknown>
}

export interface TalkOptions {
  socket: WebSocket
  seal: Seal
  /** Who is at the other end. */
  station: string
  answers: Answers
  /** Nothing heard for so long: the other is gone. */
  lostMs: number
  callMs?: number
  onError: (error: unknown) => void
}

type Said =
  | { kind: 'call' | 'open'; id: number; method: string; input: unknown }
  | { kind: 'answer' | 'item'; id: number; value: unknown }
  | { kind: 'refused'; id: number; code: ErrorCode; params: ErrorParams }
  | { kind: 'end' | 'stop'; id: number }
  | { kind: 'beat' }

interface Stream {
  items: unknown[]
  error: WanglouError | null
  isOver: boolean
  wake: () => void
}

const callMs = 8_000

export class Talk {
  readonly station: string
  readonly #options: TalkOptions
  readonly #calls = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  readonly #streams = new Map<number, Stream>()
  readonly #serving = new Map<number, AbortController>()
  readonly #beat: NodeJS.Timeout
  #heardAt = performance.now()
  readonly #closed: (() => void)[] = []
  #next = 0
  #isClosed = false

  constructor(options: TalkOptions) {
    this.#options = options
    this.station = options.station
    const { socket, lostMs } = options
    socket.on('message', (data: Buffer) => this.#hear(data))
    socket.on('close', () => this.close())
    this.#beat = setInterval(() => {
      if (performance.now() - this.#heardAt > lostMs) this.close()
      else this.#say({ kind: 'beat' })
    }, lostMs / 3)
  }

  onClosed(listener: () => void): void {
    if (this.#isClosed) listener()
    else this.#closed.push(listener)
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  /** @throws WanglouError what the other refused with · HOST_SILENT when it does not answer */
  call(method: string, input: unknown): Promise<unknown> {
    if (this.#isClosed) return Promise.reject(new WanglouError('HOST_SILENT'))
    const id = (this.#next += 1)
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    this.#calls.set(id, { resolve, reject })
    const timer = setTimeout(() => reject(new WanglouError('HOST_SILENT')), this.#options.callMs ?? callMs)
    this.#say({ kind: 'call', id, method, input })
    return promise.finally(() => {
      clearTimeout(timer)
      this.#calls.delete(id)
    })
  }

  /** Items as they come. @throws WanglouError what the other refused with · HOST_SILENT when the line is lost */
  async *open(method: string, { input, signal }: { input: unknown; signal: AbortSignal }): AsyncGenerator<unknown, void, void> {
    if (this.#isClosed) throw new WanglouError('HOST_SILENT')
    const id = (this.#next += 1)
    const stream: Stream = { items: [], error: null, isOver: false, wake: () => undefined }
    this.#streams.set(id, stream)
    const stop = () => stream.wake()
    signal.addEventListener('abort', stop, { once: true })
    this.#say({ kind: 'open', id, method, input })
    try {
      while (!signal.aborted) {
        if (stream.items.length > 0) yield stream.items.shift()
        else if (stream.error !== null) throw stream.error
        else if (stream.isOver) return
        else await new Promise<void>((resolve) => (stream.wake = resolve))
      }
    } finally {
      signal.removeEventListener('abort', stop)
      this.#streams.delete(id)
      if (!stream.isOver) this.#say({ kind: 'stop', id })
    }
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    clearInterval(this.#beat)
    this.#options.socket.terminate()
    for (const { reject } of this.#calls.values()) reject(new WanglouError('HOST_SILENT'))
    for (const stream of this.#streams.values()) this.#over(stream, new WanglouError('HOST_SILENT'))
    for (const abort of this.#serving.values()) abort.abort()
    for (const listener of this.#closed) listener()
  }

  #say(said: Said): void {
    const { socket, seal } = this.#options
    if (!this.#isClosed && socket.readyState === socket.OPEN) socket.send(seal.close(JSON.stringify(said)))
  }

  #hear(data: Buffer): void {
    if (this.#isClosed) return
    try {
      const said = JSON.parse(this.#options.seal.open(data)) as Said
      this.#heardAt = performance.now()
      this.#take(said)
    } catch (error) {
      // Somebody has put words into the line, or it is not our talk.
      this.#options.onError(error)
      this.close()
    }
  }

  #take(said: Said): void {
    switch (said.kind) {
      case 'beat':
        return
      case 'call':
        return void this.#answer(said.id, said).catch(this.#options.onError)
      case 'open':
        return void this.#serve(said.id, said).catch(this.#options.onError)
      case 'answer':
        return this.#calls.get(said.id)?.resolve(said.value)
      case 'item':
        return this.#item(said.id, said.value)
      case 'refused':
        return this.#refused(said.id, new WanglouError(errorCodes.includes(said.code) ? said.code : 'INTERNAL', said.params))
      case 'end':
        return this.#over(this.#streams.get(said.id), null)
      case 'stop':
        return this.#serving.get(said.id)?.abort()
      default:
        return said satisfies never
    }
  }

  #item(id: number, value: unknown): void {
    const stream = this.#streams.get(id)
    stream?.items.push(value)
    stream?.wake()
  }

  #refused(id: number, error: WanglouError): void {
    this.#calls.get(id)?.reject(error)
    this.#over(this.#streams.get(id), error)
  }

  #over(stream: Stream | undefined, error: WanglouError | null): void {
    if (stream === undefined) return
    stream.isOver = true
    stream.error = error
    stream.wake()
  }

  async #answer(id: number, question: { method: string; input: unknown }): Promise<void> {
    try {
      const value = await this.#options.answers.call(this, question)
      this.#say({ kind: 'answer', id, value: value ?? null })
    } catch (error) {
      this.#refuse(id, error)
    }
  }

  async #serve(id: number, question: { method: string; input: unknown }): Promise<void> {
    const abort = new AbortController()
    this.#serving.set(id, abort)
    try {
      for await (const value of this.#options.answers.open(this, { ...question, signal: abort.signal })) this.#say({ kind: 'item', id, value })
      this.#say({ kind: 'end', id })
    } catch (error) {
      this.#refuse(id, error)
    } finally {
      this.#serving.delete(id)
    }
  }

  /** What is no refusal is our bug: it is logged here, the other is told no more than that. */
  #refuse(id: number, error: unknown): void {
    const known = error instanceof WanglouError ? error : new WanglouError('INTERNAL')
    if (known.code === 'INTERNAL') this.#options.onError(error)
    this.#say({ kind: 'refused', id, code: known.code, params: known.params })
  }
}
