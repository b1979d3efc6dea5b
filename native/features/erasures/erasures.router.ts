// Erasing personal data through the door: for the security administrator alone.
import { AboutPersonal, ErasePersonal, FindPersonal } from '../../contract/index.ts'
import { procedure, router } from '../../door/trpc.ts'
import type { ErasuresService } from './erasures.service.ts'

export function erasuresRouter(erasures: ErasuresService) {
  return router({
    find: procedure('journal.erase')
      .input(FindPersonal)
      .query(({ input }) => erasures.find(input.words)),
    about: procedure('journal.erase')
      .input(AboutPersonal)
      .query(({ input }) => erasures.about(input)),
    state: procedure('journal.erase').query(() => erasures.state()),
    erase: procedure('journal.erase')
      .input(ErasePersonal)
      .mutation(({ ctx, input }) => erasures.erase({ ...input, actor: ctx.actor.account })),
  })
}
