// One connection to the centre's own server, kept up: after a loss tried again soon, after a refusal only every few minutes.
import { readFile } from 'node:fs/promises'
import { AuthorizationError, connect, type NatsConnection, PermissionViolationError, TimeoutError } from '@nats-io/transport-node'
import type { Timing } from '../types.ts'

export interface ServerAddress {
  /** `nats://host:port` or `tls://host:port`. */
  servers: readonly string[]
  user?: string | undefined
  /** A file of mode 0600 that holds the password and nothing else. */
  passwordFile?: string | undefined
  /** Files of the authority, our certificate and its key, PEM. */
  tls?: { ca: string; certificate: string; key: string } | undefined
  /** Answers come under this subject; a server above lets nothing else through. */
  inboxPrefix?: string | undefined
}

/** The server lets us in and answers nothing that has to do with its streams. */
export class ServerStuckError extends Error {
  constructor(options: ErrorOptions) {
    super('the server stores nothing and says nothing', options)
  }
}

export type ConnectionState = 'connecting' | 'connected' | 'offline' | 'refused'

export interface ConnectionTimes {
  connectMs: number
  retryMs: number
  longestRetryMs: number
  /** After wrong credentials: never in a tight loop. */
  refusedMs: number
  pingMs: number
  /** How long one request for messages stands, ms. */
  fetchMs: number
}
export const connectionTimes: ConnectionTimes = {
  connectMs: 5_000,
  retryMs: 500,
  longestRetryMs: 15_000,
  refusedMs: 3 * 60_000,
  pingMs: 10_000,
  fetchMs: 15_000,
}

export class ServerConnection {
  readonly #address: ServerAddress
  readonly #timing: Timing
  readonly #times: ConnectionTimes
  readonly #onConnected: (connection: NatsConnection) => Promise<void>
  readonly #onLost: () => void
  #state: ConnectionState = 'connecting'
  /** Why what stands on the connection could not be set up the last time; null = it could, or we did not come so far. */
  failure: unknown = null
  #connection: NatsConnection | null = null
  #isStopped = false
  #cancel: () => void = () => undefined
  #waitMs: number

  constructor(options: {
    address: ServerAddress
    timing: Timing
    times?: ConnectionTimes
    /** Sets up what stands on the connection; when it fails the connection is given up and tried again. */
    onConnected: (connection: NatsConnection) => Promise<void>
    onLost: () => void
  }) {
    this.#address = options.address
    this.#timing = options.timing
    this.#times = options.times ?? connectionTimes
    this.#waitMs = this.#times.retryMs
    this.#onConnected = options.onConnected
    this.#onLost = options.onLost
  }

  get state(): ConnectionState {
    return this.#state
  }

  /** Returns at once: nothing waits for a network. */
  start(): void {
    void this.#try()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#cancel()
    const connection = this.#connection
    this.#connection = null
    await connection?.close()
  }

  /** After a time-out: a silent network, or a server that lets us in and then stands still? */
  async explained(error: unknown): Promise<unknown> {
    if (!isTimeout(error) || this.#isStopped) return error
    try {
      const another = await connect(await this.#options())
      await another.close()
    } catch {
      // Not there: the time-out says it all.
      return error
    }
    return new ServerStuckError({ cause: error })
  }

  async #try(): Promise<void> {
    if (this.#isStopped) return
    try {
      const connection = await connect(await this.#options())
      // Stopped while we waited.
      if (this.#isStopped) return await connection.close()
      this.#connection = connection
      void connection.closed().then((error) => this.#lost(connection, error))
      await this.#onConnected(connection).catch((error: unknown) => {
        this.failure = isTimeout(error) ? new ServerStuckError({ cause: error }) : error
        throw error
      })
      this.failure = null
      this.#state = 'connected'
      this.#waitMs = this.#times.retryMs
    } catch (error) {
      const connection = this.#connection
      this.#connection = null
      await connection?.close()
      this.#later(error)
    }
  }

  #lost(connection: NatsConnection, error: unknown): void {
    if (this.#connection !== connection) return
    this.#connection = null
    this.#onLost()
    this.#later(error)
  }

  #later(error: unknown): void {
    if (this.#isStopped) return
    const isRefused = isRefusal(error)
    this.#state = isRefused ? 'refused' : 'offline'
    const waitMs = isRefused ? this.#times.refusedMs : this.#waitMs
    this.#waitMs = Math.min(this.#waitMs * 2, this.#times.longestRetryMs)
    this.#cancel = this.#timing.after(waitMs, () => void this.#try())
  }

  async #options(): Promise<Parameters<typeof connect>[0]> {
    const { servers, user, passwordFile, tls, inboxPrefix } = this.#address
    return {
      servers: [...servers],
      reconnect: false,
      timeout: this.#times.connectMs,
      pingInterval: this.#times.pingMs,
      maxPingOut: 2,
      noEcho: true,
      ...(user === undefined ? {} : { user }),
      ...(passwordFile === undefined ? {} : { pass: (await readFile(passwordFile, 'utf8')).trim() }),
      ...(tls === undefined ? {} : { tls: { caFile: tls.ca, certFile: tls.certificate, keyFile: tls.key } }),
      ...(inboxPrefix === undefined ? {} : { inboxPrefix }),
    }
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof TimeoutError || (error as Error | null)?.cause instanceof TimeoutError
}

function isRefusal(error: unknown): boolean {
  if (error instanceof AuthorizationError || error instanceof PermissionViolationError) return true
  const { cause } = (error ?? {}) as { cause?: unknown }
  return cause instanceof AuthorizationError
}
