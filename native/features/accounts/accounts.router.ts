// Set-up, sign-in, lock, own password, and the administration of accounts.
import { z } from 'zod'
import {
  AddTeam,
  ChangePassword,
  CreateFirst,
  Grant,
  Id,
  NewMember,
  SetPin,
  SignIn,
  UnlockBeside,
  UnlockSession,
  UpdateAccount,
  WanglouError,
} from '../../contract/index.ts'
import type { Session } from '../../door/sessions.ts'
import { type Context, openProcedure, procedure, router } from '../../door/trpc.ts'
import type { AccountsService } from './accounts.service.ts'
import type { SessionView } from './session-view.ts'
import type { SignInService } from './sign-in.service.ts'

const always = { isOpenWhileLocked: true, isOpenBeforeChange: true }

function sessionOf(ctx: Pick<Context, 'session'>): Session {
  if (ctx.session === null || ctx.session === undefined) throw new WanglouError('UNAUTHENTICATED')
  return ctx.session
}

export function accountsRouter(
  { service: accounts, signIn, view }: { service: AccountsService; signIn: SignInService; view: SessionView },
  startUrl: () => string,
) {
  return router({
    session: openProcedure.query(({ ctx }) => view.stateOf(sessionOf(ctx))),
    watch: openProcedure.subscription(({ ctx, signal }) => view.watch(sessionOf(ctx), signal ?? new AbortController().signal)),

    createFirst: openProcedure.input(CreateFirst).mutation(async ({ ctx, input }) => {
      const session = sessionOf(ctx)
      await accounts.createFirst(input)
      const signedIn = await signIn.signIn({ session, login: input.login, password: input.password })
      return { ...(await view.stateOf(signedIn.session)), sessionToken: signedIn.sessionToken }
    }),
    signIn: openProcedure.input(SignIn).mutation(async ({ ctx, input }) => {
      const signedIn = await signIn.signIn({ session: sessionOf(ctx), ...input })
      return { ...(await view.stateOf(signedIn.session)), sessionToken: signedIn.sessionToken }
    }),
    unlockBeside: openProcedure.input(UnlockBeside).mutation(({ input }) => signIn.unlockBeside(input)),

    signOut: procedure('session', always).mutation(({ ctx }) => signIn.signOut(sessionOf(ctx))),
    touch: procedure('session', always).mutation(({ ctx }) => signIn.touch(sessionOf(ctx))),
    lock: procedure('session', always).mutation(({ ctx }) => signIn.lock(sessionOf(ctx), 'person')),
    unlock: procedure('session', always)
      .input(UnlockSession)
      .mutation(async ({ ctx, input }) => {
        await signIn.unlock(sessionOf(ctx), input)
        return view.stateOf(sessionOf(ctx))
      }),
    changePassword: procedure('session', { isOpenBeforeChange: true })
      .input(ChangePassword)
      .mutation(async ({ ctx, input }) => {
        await signIn.changePassword({ account: ctx.actor.account, ...input })
        await view.reload()
        return view.stateOf(sessionOf(ctx))
      }),
    setPin: procedure('session')
      .input(SetPin)
      .mutation(({ ctx, input }) => signIn.setPin({ account: ctx.actor.account, ...input })),
    names: procedure('session', always).query(() => accounts.names()),
    /** A link with a one-time token for a second browser or a second person at this machine. */
    invite: procedure('session').mutation(() => ({ url: startUrl() })),

    locked: procedure('accounts.unlock').query(async () =>
      (await accounts.list()).filter((row) => row.lockedUntil !== null).map(({ id, login, name, lockedUntil }) => ({ id, login, name, lockedUntil })),
    ),
    unlockAccount: procedure('accounts.unlock')
      .input(z.object({ account: Id }))
      .mutation(({ ctx, input }) => signIn.unlockAccount({ account: input.account, by: ctx.actor.account })),

    list: procedure('accounts.read').query(() => accounts.list()),
    addTeam: procedure('accounts.write')
      .input(AddTeam)
      .mutation(async ({ ctx, input }) => {
        const made = await accounts.addTeam({ members: input.members, actor: ctx.actor.account })
        await view.reload()
        return made
      }),
    create: procedure('accounts.write')
      .input(NewMember.omit({ roles: true }))
      .mutation(async ({ ctx, input }) => {
        const made = await accounts.create({ member: { ...input, roles: [] }, actor: ctx.actor.account })
        await view.reload()
        return made
      }),
    update: procedure('accounts.write')
      .input(UpdateAccount)
      .mutation(({ ctx, input }) => accounts.update({ ...input, actor: ctx.actor.account })),
    setDisabled: procedure('accounts.write')
      .input(z.object({ account: Id, isDisabled: z.boolean() }))
      .mutation(({ ctx, input }) => accounts.setDisabled({ ...input, actor: ctx.actor.account })),
    resetPassword: procedure('accounts.write')
      .input(z.object({ account: Id }))
      .mutation(async ({ ctx, input }) => {
        const made = await accounts.resetPassword({ account: input.account, actor: ctx.actor.account })
        await view.reload()
        return made
      }),
    grant: procedure('accounts.grant')
      .input(Grant)
      .mutation(({ ctx, input }) => accounts.grant({ ...input, actor: ctx.actor.account })),
    revoke: procedure('accounts.grant')
      .input(z.object({ grant: Id }))
      .mutation(({ ctx, input }) => accounts.revoke({ grant: input.grant, actor: ctx.actor.account })),
  })
}
