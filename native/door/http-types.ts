// How a feature answers plain HTTP (tiles, exports, media): handed to the door by app.ts.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ErrorCode, Permission } from '../contract/index.ts'
import type { Session } from './sessions.ts'
import type { Actor, Context, Openings } from './trpc.ts'

export interface HttpRoute extends Openings {
  /** Path prefix with both slashes, e.g. `/tiles/`; the longest that fits answers. */
  prefix: string
  permission: Permission
  /** Answers GET and HEAD unless named otherwise. */
  methods?: readonly string[]
  /**
   * Writes the whole answer. A thrown WanglouError becomes `{ code, params }` with its HTTP status, anything else INTERNAL.
   * @param path what follows the prefix, decoded once, without the query
   */
  handle(request: IncomingMessage, response: ServerResponse, call: { actor: Actor; path: string; query: URLSearchParams }): Promise<void>
}

/** Of a browser that has shown its token, whoever sits there. */
export interface SessionCall {
  session: Session
  /** Who has signed in there; `actor` null = nobody. */
  context: Context
  path: string
  query: URLSearchParams
}

/** For a browser that has shown its token but where nobody has signed in (a screen of the wall): the route itself decides by the session. */
export interface SessionRoute {
  prefix: string
  methods: readonly string[]
  handle(request: IncomingMessage, response: ServerResponse, call: SessionCall): Promise<void>
}

const statuses: Partial<Record<ErrorCode, number>> = {
  INVALID_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  SESSION_LOCKED: 403,
  PASSWORD_CHANGE_REQUIRED: 403,
  NOT_FOUND: 404,
  TILE_MISSING: 404,
  CONFLICT: 409,
  TOO_LARGE: 413,
  TOO_MANY: 429,
  FILE_TOO_LARGE: 413,
  LAYER_UNREACHABLE: 502,
  DATABASE_BUSY: 503,
  READ_ONLY: 507,
  DISK_FULL: 507,
  TIMEOUT: 504,
  INTERNAL: 500,
}

/** @returns the HTTP status of a code; an expected refusal without one of its own is 422 */
export function statusOf(code: ErrorCode): number {
  return statuses[code] ?? 422
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const bytes = Buffer.from(JSON.stringify(body))
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': bytes.length, 'Cache-Control': 'no-store' })
  response.end(bytes)
}
