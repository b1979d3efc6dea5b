// The tRPC instance: how every procedure is declared, with the permission it needs standing on it.
import { initTRPC, TRPCError } from '@trpc/server'
import { type ErrorCode, type ErrorParams, type Permission, WanglouError } from '../contract/index.ts'

/** Who is calling. `can` answers for a unit (null = any unit the person has a grant for); denied by default. */
export interface Actor {
  account: string
  name: string
  /** The session; null for a script's bearer token. */
  session: string | null
  can(permission: Permission, unit?: string | null): boolean
}

export interface Context {
  /** null = nobody has signed in yet; only procedures without a permission may be called. */
  actor: Actor | null
}

export interface Meta {
  /** null = open to a page that has shown its token but where nobody has signed in (setup, sign-in). */
  permission: Permission | null
  /** True for what the idle lock still allows (clocks, alarms, the map, a draft). */
  isOpenWhileLocked?: boolean
}

interface WireError {
  code: ErrorCode
  params: ErrorParams
}

const t = initTRPC.context<Context>().meta<Meta>().create({
  errorFormatter({ shape, error }) {
    return { ...shape, message: wireError(error).code, data: { ...wireError(error), httpStatus: shape.data.httpStatus } }
  },
})

/** What the page is told of an error: a code of the closed list, never a raw message. */
export function wireError(error: TRPCError): WireError {
  if (error.cause instanceof WanglouError) return { code: error.cause.code, params: error.cause.params }
  switch (error.code) {
    case 'BAD_REQUEST':
    case 'PARSE_ERROR':
      return { code: 'INVALID_INPUT', params: {} }
    case 'UNAUTHORIZED':
      return { code: 'UNAUTHENTICATED', params: {} }
    case 'FORBIDDEN':
      return { code: 'FORBIDDEN', params: {} }
    case 'NOT_FOUND':
      return { code: 'NOT_FOUND', params: {} }
    default:
      return { code: 'INTERNAL', params: {} }
  }
}

export const router = t.router
export const createCallerFactory = t.createCallerFactory

/** A procedure that anybody holding the permission may call; `ctx.actor` is then never null. */
export function procedure(permission: Permission, options: { isOpenWhileLocked?: boolean } = {}) {
  return t.procedure.meta({ permission, ...options }).use(({ ctx, next }) => {
    if (ctx.actor === null) throw new TRPCError({ code: 'UNAUTHORIZED', cause: new WanglouError('UNAUTHENTICATED') })
    if (!ctx.actor.can(permission)) throw new TRPCError({ code: 'FORBIDDEN', cause: new WanglouError('FORBIDDEN', { permission }) })
    return next({ ctx: { ...ctx, actor: ctx.actor } })
  })
}

/** A procedure for a page where nobody has signed in yet. */
export const openProcedure = t.procedure.meta({ permission: null })
