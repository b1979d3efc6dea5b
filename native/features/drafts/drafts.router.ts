// Drafts of forms as the page calls them; each person sees her own.
import { z } from 'zod'
import { text } from '../../contract/index.ts'
import { procedure, router } from '../../door/trpc.ts'
import type { DraftsService } from './drafts.service.ts'

/** `<feature>.<form>` and what it is about. */
const form = z.object({ form: text(200).refine((name) => name !== '') })

export function draftsRouter(drafts: DraftsService) {
  return router({
    read: procedure('session', { isOpenWhileLocked: true })
      .input(form)
      .query(({ input, ctx }) => drafts.read(ctx.actor.account, input.form)),
    save: procedure('session', { isOpenWhileLocked: true })
      .input(form.extend({ body: z.json() }))
      .mutation(({ input, ctx }) => drafts.save(ctx.actor.account, input.form, input.body)),
    remove: procedure('session', { isOpenWhileLocked: true })
      .input(form)
      .mutation(({ input, ctx }) => drafts.remove(ctx.actor.account, input.form)),
  })
}
