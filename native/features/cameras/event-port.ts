// The port where analysis programs push their events: open only while one of them has a key, and there is nothing else behind it.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { alarmBodyLimitBytes, CameraEvent, WanglouError } from '../../contract/index.ts'
import { sendJson, statusOf } from '../../door/http-types.ts'
import type { AlarmsService } from './alarms.service.ts'
import { bodyOf } from './requests.ts'

export const eventPath = '/camera-events'
const answerMs = 10_000
const connectionLimit = 32

export class EventPort {
  readonly #listen: { ip: string; port: number }
  readonly #alarms: AlarmsService
  readonly #onError: (error: unknown) => void
  #server: Server | null = null

  constructor(options: { listen: { ip: string; port: number }; alarms: AlarmsService; onError: (error: unknown) => void }) {
    this.#listen = options.listen
    this.#alarms = options.alarms
    this.#onError = options.onError
  }

  /** null = it does not listen: nobody has a key, or another program has the port. */
  get address(): string | null {
    const bound = this.#server?.address()
    return typeof bound === 'object' && bound !== null ? `http://${this.#listen.ip}:${bound.port}${eventPath}` : null
  }

  /** Harmless when it is open. A port that is taken is state: whoever makes a key is told. */
  async open(): Promise<void> {
    if (this.#server !== null) return
    const server = createServer({ requestTimeout: answerMs, headersTimeout: answerMs, maxHeaderSize: 8_192 }, (request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        const known = error instanceof WanglouError ? error : new WanglouError('INTERNAL', {}, { cause: error })
        if (known.code === 'INTERNAL') this.#onError(error)
        // What still comes of a body that is too long is not read.
        if (!response.headersSent) response.setHeader('Connection', 'close')
        if (!response.headersSent) sendJson(response, statusOf(known.code), { code: known.code, params: known.params })
      })
    })
    server.maxConnections = connectionLimit
    this.#server = server
    server.listen(this.#listen.port, this.#listen.ip)
    try {
      await once(server, 'listening')
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code !== 'EADDRINUSE' && code !== 'EACCES' && code !== 'EADDRNOTAVAIL') throw error
      this.#server = null
    }
  }

  async close(): Promise<void> {
    const server = this.#server
    this.#server = null
    if (server === null) return
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url !== eventPath || request.method !== 'POST') throw new WanglouError('NOT_FOUND')
    const key = /^Bearer (\S{1,200})$/.exec(request.headers.authorization ?? '')?.[1]
    const source = key === undefined ? null : await this.#alarms.sourceOf(key)
    if (source === null) throw new WanglouError('UNAUTHENTICATED')
    const event = CameraEvent.safeParse(json(await bodyOf(request, alarmBodyLimitBytes)))
    if (!event.success) throw new WanglouError('INVALID_INPUT', { field: event.error.issues[0]?.path.join('.') ?? '' })
    const told = await this.#alarms.push(source, event.data)
    sendJson(response, told.isRepeat ? 200 : 201, told)
  }
}

/** @throws WanglouError INVALID_INPUT */
function json(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch (cause) {
    throw new WanglouError('INVALID_INPUT', { field: 'json' }, { cause })
  }
}
