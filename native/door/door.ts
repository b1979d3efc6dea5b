// A door: HTTP and WebSocket behind Host, Origin and token; RPC, files, tiles, health and the page. That of people is on loopback; screens of the wall elsewhere have one of their own.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { AnyRouter } from '@trpc/server'
import { nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http'
import { getWSConnectionHandler } from '@trpc/server/adapters/ws'
import type { Logger } from 'pino'
import { WebSocketServer } from 'ws'
import { WanglouError } from '../contract/index.ts'
import { allowedHosts, bearerOf, cookieOf, isNavigation, isOurs } from './guard.ts'
import type { Guests } from './guests.ts'
import { type HttpRoute, sendJson, type SessionRoute, statusOf } from './http-types.ts'
import type { Page } from './page.ts'
import { contentSecurityPolicy, setSecurityHeaders, wallSecurityPolicy } from './security-headers.ts'
import { type Session, type Sessions, SCRIPT_SESSION } from './sessions.ts'
import { type Context, refusal } from './trpc.ts'
import { sendWords } from './words.ts'

const maxRpcBytes = 8 * 1024 * 1024
const drainMs = 10_000
/** As long as browsers keep one. */
const longestCookieS = 400 * 24 * 3600

export interface DoorOptions {
  router: AnyRouter
  routes: HttpRoute[]
  sessionRoutes: SessionRoute[]
  sessions: Sessions
  /** Who sits at a session right now; asked anew for every call. */
  contextOf: (session: Session) => Context
  /** The body of `/health`. */
  health: () => Promise<unknown>
  /** Told of every call that was refused for want of a permission. */
  onRefused: (context: Context, path: string) => void
  page: Page
  port: number
  /** Where it listens, by what names it may be asked for, and under which of them a proxy speaks TLS; default loopback. */
  at?: { ip: string; names: readonly string[]; proxied?: readonly string[] }
  /** Browsers that come without a start link, and the little they may ask for; left out = nobody does. */
  guests?: Guests
  /** Names the cookie, so that two stations of one machine (live and drill) do not share one. */
  cookieName: string
  log: Logger
}

export class Door {
  readonly #options: DoorOptions
  readonly #server: Server
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: maxRpcBytes, clientTracking: true })
  readonly #routes: HttpRoute[]
  #port = 0

  constructor(options: DoorOptions) {
    this.#options = options
    this.#routes = options.routes.toSorted((a, b) => b.prefix.length - a.prefix.length)
    this.#server = createServer((request, response) => void this.#answer(request, response))
    this.#server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => this.#upgrade(request, socket, head))
  }

  async start(): Promise<void> {
    const { router, log } = this.#options
    const accept = getWSConnectionHandler({
      router,
      wss: this.#sockets,
      createContext: ({ req }) => this.#contextOf(req),
      onError: ({ error, path, ctx }) => this.#onRpcError(error, path, ctx as Context | undefined),
      keepAlive: { enabled: true, pingMs: 30_000, pongWaitMs: 10_000 },
    })
    this.#sockets.on('connection', (socket, request) => {
      socket.on('error', (error) => log.warn({ error: error.message }, 'socket failed'))
      accept(socket, request)
    })
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.#server.once('error', reject)
    this.#server.listen(this.#options.port, this.#options.at?.ip ?? '127.0.0.1', resolve)
    await promise
    this.#port = (this.#server.address() as AddressInfo).port
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.close(1001)
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#server.close(() => resolve())
    this.#server.closeIdleConnections()
    const hurry = setTimeout(() => {
      for (const socket of this.#sockets.clients) socket.terminate()
      this.#server.closeAllConnections()
    }, 500)
    await promise
    clearTimeout(hurry)
  }

  get port(): number {
    return this.#port
  }

  get #names() {
    const { at } = this.#options
    return { hosts: allowedHosts(this.#port, at?.names), proxied: at?.proxied }
  }

  /** The page's address without any token. */
  get origin(): string {
    return `http://${this.#options.at?.names[0] ?? '127.0.0.1'}:${this.#port}`
  }

  #sessionOf(request: IncomingMessage): Session | null {
    const bearer = bearerOf(request.headers.authorization)
    if (bearer !== null) return this.#options.sessions.byBearer(bearer)
    const cookie = cookieOf(request.headers.cookie, this.#options.cookieName)
    return cookie === null ? null : this.#options.sessions.byCookie(cookie)
  }

  #contextOf(request: IncomingMessage): Context {
    const session = this.#sessionOf(request)
    if (session === null) throw new WanglouError('UNAUTHENTICATED')
    return this.#options.contextOf(session)
  }

  #upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
    socket.on('error', (error) => this.#options.log.warn({ error: error.message }, 'upgrade failed'))
    const hasBearer = bearerOf(request.headers.authorization) !== null
    if (!isOurs({ ...this.#names, headers: request.headers, isUpgrade: true, hasBearer })) return refuseUpgrade(socket, '403 Forbidden')
    if (this.#sessionOf(request) === null) return refuseUpgrade(socket, '401 Unauthorized')
    if (!/^\/rpc\/?(\?|$)/.test(request.url ?? '')) return refuseUpgrade(socket, '404 Not Found')
    this.#sockets.handleUpgrade(request, socket, head, (client) => this.#sockets.emit('connection', client, request))
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.#dispatch(request, response)
    } catch (error) {
      this.#fail(request, response, error)
    }
  }

  async #dispatch(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const host = request.headers.host ?? ''
    setSecurityHeaders(response, contentSecurityPolicy(host))
    const hasBearer = bearerOf(request.headers.authorization) !== null
    if (!isOurs({ ...this.#names, headers: request.headers, isUpgrade: false, hasBearer })) throw new WanglouError('FORBIDDEN')
    const url = new URL(request.url ?? '/', `http://${host}`)
    const { guests } = this.#options
    const token = guests === undefined ? url.searchParams.get('token') : null
    const session = this.#sessionOf(request)
    if (guests !== undefined && !guests.mayAsk(url.pathname)) throw new WanglouError('NOT_FOUND')
    if (guests !== undefined && session === null && isNavigation(request.headers)) return await this.#welcome(response, url, guests)
    if (token !== null && request.method === 'GET') return await this.#exchange(response, url, token, session)
    if (session === null) {
      if (isNavigation(request.headers)) return sendWords(response, 401, 'no-token')
      throw new WanglouError('UNAUTHENTICATED')
    }
    if (url.pathname === '/rpc' || url.pathname.startsWith('/rpc/')) return await this.#rpc(request, response, session, url)
    if (guests === undefined && url.pathname === '/health') return sendJson(response, 200, await this.#options.health())
    if (guests === undefined && url.pathname === '/token' && request.method === 'POST') return this.#mint(response, session)
    const route = this.#routes.find((candidate) => fits(candidate, url.pathname, request.method ?? 'GET'))
    if (route !== undefined) return await this.#route(route, request, response, session, url)
    const open = this.#options.sessionRoutes.find((candidate) => fits(candidate, url.pathname, request.method ?? 'GET'))
    if (open !== undefined) {
      const [context, path] = [this.#options.contextOf(session), decoded(url.pathname.slice(open.prefix.length))]
      return await open.handle(request, response, { session, context, path, query: url.searchParams })
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') throw new WanglouError('NOT_FOUND')
    if (url.pathname.startsWith('/wall/')) setSecurityHeaders(response, wallSecurityPolicy(host))
    await this.#givePage(request, response, url)
  }

  /** A one-time token becomes a cookie at once and leaves the address bar. Whoever is in already keeps the session. */
  async #exchange(response: ServerResponse, url: URL, token: string, session: Session | null): Promise<void> {
    const { sessions, cookieName } = this.#options
    const value = session === null || session.id === SCRIPT_SESSION ? await sessions.exchange(token) : null
    if (value === null && session === null) return sendWords(response, 401, 'token-used')
    if (value !== null) response.setHeader('Set-Cookie', `${cookieName}=${value}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${longestCookieS}`)
    url.searchParams.delete('token')
    response.writeHead(303, { Location: `${url.pathname}${url.search}`, 'Cache-Control': 'no-store' })
    response.end()
  }

  async #welcome(response: ServerResponse, url: URL, guests: Guests): Promise<void> {
    const value = await guests.welcome(this.#options.sessions)
    if (value === null) return sendWords(response, 503, 'too-many')
    // Lax: whoever follows a link to here is the browser that is paired, and not welcomed anew.
    response.setHeader('Set-Cookie', `${this.#options.cookieName}=${value}; HttpOnly; SameSite=Lax; Path=/; Max-Age=${longestCookieS}`)
    response.writeHead(303, { Location: url.pathname, 'Cache-Control': 'no-store' })
    response.end()
  }

  #mint(response: ServerResponse, session: Session): void {
    const { sessions, contextOf } = this.#options
    const context = contextOf(session)
    if (session.id !== SCRIPT_SESSION) {
      const cause = refusal(context, 'session', {})
      if (cause !== null) throw cause
    }
    sendJson(response, 201, { url: `${this.origin}/?token=${sessions.mint()}` })
  }

  async #rpc(request: IncomingMessage, response: ServerResponse, session: Session, url: URL): Promise<void> {
    const context = this.#options.contextOf(session)
    await nodeHTTPRequestHandler({
      router: this.#options.router,
      req: request,
      res: response,
      path: decodeURIComponent(url.pathname.slice('/rpc/'.length)),
      createContext: () => Promise.resolve(context),
      maxBodySize: maxRpcBytes,
      onError: ({ error, path }) => this.#onRpcError(error, path, context),
    })
  }

  async #route(route: HttpRoute, request: IncomingMessage, response: ServerResponse, session: Session, url: URL): Promise<void> {
    const context = this.#options.contextOf(session)
    const cause = refusal(context, route.permission, route)
    if (cause !== null) {
      if (cause.code === 'FORBIDDEN') this.#options.onRefused(context, `${request.method} ${route.prefix}`)
      throw cause
    }
    if (context.actor === null) throw new WanglouError('UNAUTHENTICATED')
    await route.handle(request, response, { actor: context.actor, path: decoded(url.pathname.slice(route.prefix.length)), query: url.searchParams })
  }

  async #givePage(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    if (await this.#options.page.give(request, response, decoded(url.pathname))) return
    if (isNavigation(request.headers) || url.pathname === '/') sendWords(response, 503, 'no-page')
    else throw new WanglouError('NOT_FOUND')
  }

  #onRpcError(error: { cause?: unknown; code: string; message: string }, path: string | undefined, context: Context | undefined): void {
    if (error.cause instanceof WanglouError) {
      if (error.cause.code === 'FORBIDDEN' && context !== undefined) this.#options.onRefused(context, path ?? '')
      if (error.cause.code !== 'INTERNAL') return
    }
    if (error.code === 'INTERNAL_SERVER_ERROR') this.#options.log.error({ error: error.cause ?? error, path }, 'call failed')
  }

  #fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    const known = error instanceof WanglouError ? error : new WanglouError('INTERNAL')
    // A reader who has gone is no bug of ours.
    const isGone = request.destroyed || response.destroyed
    if (!(error instanceof WanglouError) && !isGone) this.#options.log.error({ error, path: (request.url ?? '').split('?')[0] }, 'request failed')
    if (response.headersSent) return void response.destroy()
    for (const name of ['Content-Length', 'Content-Range', 'ETag', 'Content-Disposition']) response.removeHeader(name)
    if (!request.complete) {
      response.setHeader('Connection', 'close')
      request.resume()
      setTimeout(() => request.destroy(), drainMs).unref()
    }
    sendJson(response, statusOf(known.code), { code: known.code, params: known.params })
  }
}

function fits(route: Pick<HttpRoute, 'prefix' | 'methods'>, path: string, method: string): boolean {
  if (!(route.methods ?? ['GET', 'HEAD']).includes(method)) return false
  return route.prefix.endsWith('/') ? path.startsWith(route.prefix) : path === route.prefix
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch (cause) {
    throw new WanglouError('INVALID_INPUT', {}, { cause })
  }
}

function refuseUpgrade(socket: Socket, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
