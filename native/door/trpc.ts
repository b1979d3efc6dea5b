// The tRPC instance: how every procedure is declared, with the permission it needs standing on it.
import { initTRPC, TRPCError } from '@trpc/server'
import { type ErrorCode, type ErrorParams, type Permission, WanglouError } from '../contract/index.ts'
import type { Session } from './sessions.ts'

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
  /** The browser or script that has shown a token. */
  session?: Session | null
  /** The idle lock is on: only what is marked `isOpenWhileLocked` answers. */
  isLocked?: boolean
  /** Signed in with a one-time password: only what is marked `isOpenBeforeChange` answers. */
  mustChangePassword?: boolean
}

export interface Openings {
  /** True for what the idle lock still allows (clocks, alarms, the map, a draft). */
  isOpenWhileLocked?: boolean
  /** True for what a person may do before changing a one-time password. */
  isOpenBeforeChange?: boolean
}

export interface Meta extends Openings {
  /** null = open to a page that has shown its token but where nobody has signed in (setup, sign-in). */
  permission: Permission | null
}

interface WireError {
  code: ErrorCode
  params: ErrorParams
}

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    isDev: false,
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
    case 'PAYLOAD_TOO_LARGE':
      return { code: 'TOO_LARGE', params: {} }
    default:
      return { code: 'INTERNAL', params: {} }
  }
}

export const router = t.router
export const createCallerFactory = t.createCallerFactory

/** Why a call may not be made, in the order a person would be told. Null = it may. */
export function refusal(ctx: Context, permission: Permission, openings: Openings): WanglouError | null {
  if (ctx.actor === null) return new WanglouError('UNAUTHENTICATED')
  if (ctx.mustChangePassword === true && openings.isOpenBeforeChange !== true) return new WanglouError('PASSWORD_CHANGE_REQUIRED')
  if (!ctx.actor.can(permission)) return new WanglouError('FORBIDDEN', { permission })
  if (ctx.isLocked === true && openings.isOpenWhileLocked !== true) return new WanglouError('SESSION_LOCKED')
  return null
}

/** A procedure that anybody holding the permission may call; `ctx.actor` is then never null. */
export function procedure(permission: Permission, openings: Openings = {}) {
  return t.procedure.meta({ permission, ...openings }).use(({ ctx, next }) => {
    const cause = refusal(ctx, permission, openings)
    if (cause !== null) throw new TRPCError({ code: cause.code === 'UNAUTHENTICATED' ? 'UNAUTHORIZED' : 'FORBIDDEN', cause })
    // `refusal` has just said that somebody is there.
    return next({ ctx: { session: ctx.session ?? null, actor: ctx.actor as Actor } })
  })
}

/** A procedure for a page where nobody has signed in yet. */
export const openProcedure = t.procedure.meta({ permission: null })
