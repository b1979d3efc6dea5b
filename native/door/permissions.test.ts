// Every procedure and every route, walked by every role: what the role holds goes in, everything else is refused.
import { callTRPCProcedure, type AnyTRPCProcedure, TRPCError } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Permission, permissions, type Role, rolePermissions, roles, WanglouError } from '../contract/index.ts'
import { openTestApp, type TestApp } from '../testing/app.ts'
import type { Context, Meta } from './trpc.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

function procedures(): [string, { type: string; meta: Meta | undefined }][] {
  const all = app.router._def.procedures as unknown as Record<string, AnyTRPCProcedure & { _def: { type: string; meta?: Meta } }>
  return Object.entries(all).map(([path, procedure]) => [path, { type: procedure._def.type, meta: procedure._def.meta }])
}

function contextOf(held: readonly Permission[], more: Partial<Context> = {}): Context {
  const account = crypto.randomUUID()
  const actor = { account, name: 'walker', session: null, can: (permission: Permission) => held.includes(permission) }
  const session = { id: crypto.randomUUID(), account, createdAt: 0, lastActiveAt: 0, lockedAt: null }
  return { actor, session, isLocked: false, mustChangePassword: false, ...more }
}

/** @returns the code the door answers with; `passed` when the permission let it through, whatever the procedure then made of no input */
async function outcome(path: string, type: string, ctx: Context): Promise<string> {
  const controller = new AbortController()
  const call = { router: app.router, path, type, ctx, getRawInput: async () => undefined, signal: controller.signal, batchIndex: 0 } as Parameters<
    typeof callTRPCProcedure
  >[0]
  try {
    await callTRPCProcedure(call)
    return 'passed'
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error
    const code = error.cause instanceof WanglouError ? error.cause.code : error.code
    return ['UNAUTHENTICATED', 'FORBIDDEN', 'SESSION_LOCKED', 'PASSWORD_CHANGE_REQUIRED'].includes(code) ? code : 'passed'
  } finally {
    controller.abort()
  }
}

describe('every procedure', () => {
  it('declares a permission of the list, or that it needs none', () => {
    expect(procedures().length).toBeGreaterThan(30)
    for (const [path, { meta }] of procedures()) {
      expect(meta, path).toBeDefined()
      if (meta?.permission !== null) expect(permissions, path).toContain(meta?.permission)
    }
  })
  it('is open to nobody but the few that stand before a sign-in', () => {
    const open = procedures().filter(([, { meta }]) => meta?.permission === null)
    expect(open.map(([path]) => path).sort()).toEqual([
      'accounts.createFirst',
      'accounts.session',
      'accounts.signIn',
      'accounts.unlockBeside',
      'accounts.watch',
      // Of a browser that is a screen of the wall: its pairing decides, and what stands on it (`unasked.test.ts`).
      'wall.screen.begin',
      'wall.screen.board',
      'wall.screen.cameras',
      'wall.screen.chart',
      'wall.screen.conference.attend',
      'wall.screen.conference.connect',
      'wall.screen.conference.connectTransport',
      'wall.screen.conference.consume',
      'wall.screen.conference.leave',
      'wall.screen.conference.restartIce',
      'wall.screen.conference.watch',
      'wall.screen.follow',
      'wall.screen.globe',
      'wall.screen.mine',
      'wall.screen.report',
    ])
  })
  it.each(roles)('lets %s do what the role holds and nothing else', async (role: Role) => {
    for (const [path, { type, meta }] of procedures()) {
      if (meta === undefined || meta.permission === null) continue
      const expected = rolePermissions[role].includes(meta.permission) ? 'passed' : 'FORBIDDEN'
      expect(await outcome(path, type, contextOf(rolePermissions[role])), `${role} ${path}`).toBe(expected)
    }
  })
  it('is closed to whoever has not signed in', async () => {
    for (const [path, { type, meta }] of procedures()) {
      if (meta?.permission === null) continue
      expect(await outcome(path, type, { actor: null, session: null }), path).toBe('UNAUTHENTICATED')
    }
  })
  it('is closed while locked, but for what must ring and be read', async () => {
    for (const [path, { type, meta }] of procedures()) {
      if (meta === undefined || meta.permission === null) continue
      const expected = meta.isOpenWhileLocked === true ? 'passed' : 'SESSION_LOCKED'
      expect(await outcome(path, type, contextOf(permissions, { isLocked: true })), path).toBe(expected)
    }
  })
  it('is closed before a one-time password is changed', async () => {
    for (const [path, { type, meta }] of procedures()) {
      if (meta === undefined || meta.permission === null) continue
      const expected = meta.isOpenBeforeChange === true ? 'passed' : 'PASSWORD_CHANGE_REQUIRED'
      expect(await outcome(path, type, contextOf(permissions, { mustChangePassword: true })), path).toBe(expected)
    }
  })
})

describe('every route', () => {
  it('declares a permission of the list', () => {
    expect(app.routes.length).toBeGreaterThan(3)
    for (const route of app.routes) expect(permissions, route.prefix).toContain(route.permission)
  })
  it.each(roles)('is open to %s where the role holds it, and to nobody else', async (role: Role) => {
    const { token } = await app.as(role)
    for (const route of app.routes) {
      const address = `${app.door.origin}${route.prefix}${route.prefix.endsWith('/') ? 'nothing' : ''}`
      const answer = await fetch(address, { method: route.methods?.[0] ?? 'GET', headers: { Authorization: `Bearer ${token}` } })
      const body = await answer.text()
      const isRefused = answer.status === 403 && body.includes('"FORBIDDEN"')
      expect(isRefused, `${role} ${route.prefix} ${answer.status}`).toBe(!rolePermissions[role].includes(route.permission))
    }
  })
})

describe('the roles', () => {
  it('hold only permissions of the list, and the three administrators share no power', () => {
    for (const role of roles) for (const permission of rolePermissions[role]) expect(permissions).toContain(permission)
    const powers = (role: Role) => rolePermissions[role].filter((permission) => !permission.endsWith('.read') && permission !== 'session')
    const shared = powers('system-admin').filter((one) => [...powers('security-admin'), ...powers('audit-admin')].includes(one))
    expect(shared).toEqual([])
    expect(rolePermissions['system-admin']).not.toContain('audit.read')
    expect(rolePermissions['security-admin']).not.toContain('audit.read')
  })
})
