// 对讲 as the page calls it; what a camera refuses is told with its fault.
import { CameraIdInput, TalkInput, TalkProduceInput, TalkTransportInput, WanglouError } from '../../contract/index.ts'
import { type Actor, procedure, router } from '../../door/trpc.ts'
import type { Cameras } from './cameras.feature.ts'
import { told } from './told.ts'

const talks = procedure('cameras.turn')

export function cameraTalkRouter({ talking }: Cameras) {
  return router({
    standing: talks.input(CameraIdInput).query(({ input }) => told(() => talking.standing(input.id))),
    begin: talks.input(TalkInput).mutation(({ input: { id, talk }, ctx }) => {
      const { account, name } = ctx.actor
      return told(() => talking.begin(id, { talk, account, name, session: sessionOf(ctx.actor) }))
    }),
    connectTransport: talks
      .input(TalkTransportInput)
      .mutation(({ input, ctx }) => talking.connectTransport(input.id, { ...input, session: sessionOf(ctx.actor) }, input)),
    produce: talks
      .input(TalkProduceInput)
      .mutation(({ input, ctx }) => talking.produce(input.id, { ...input, session: sessionOf(ctx.actor) }, input)),
    renew: talks.input(TalkInput).mutation(({ input, ctx }) => talking.renew(input.id, { ...input, session: sessionOf(ctx.actor) })),
    end: talks.input(TalkInput).mutation(({ input, ctx }) => talking.end(input.id, { ...input, session: sessionOf(ctx.actor) })),
  })
}

/** A word is heard only from the session that began: nobody talks on in another's name. */
function sessionOf(actor: Actor): string {
  if (actor.session === null) throw new WanglouError('UNAUTHENTICATED')
  return actor.session
}
