// The conflict inbox through the door.
import { DecideConflict, ListConflicts } from '../../contract/index.ts'
import { procedure, router } from '../../door/trpc.ts'
import type { ConflictsService } from './conflicts.service.ts'

export function conflictsRouter(service: ConflictsService) {
  return router({
    list: procedure('conflicts.read')
      .input(ListConflicts)
      .query(({ input }) => service.list(input)),
    count: procedure('conflicts.read').query(() => service.count()),
    decide: procedure('conflicts.decide')
      .input(DecideConflict)
      .mutation(({ ctx, input }) => service.decide({ ...input, actor: ctx.actor.account })),
  })
}
