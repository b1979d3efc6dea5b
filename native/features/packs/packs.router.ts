// Procedures of packs.
import { RemoveSampleInput } from '../../contract/index.ts'
import { procedure, router } from '../../door/trpc.ts'
import type { PacksService } from './packs.service.ts'

export function packsRouter(packs: PacksService) {
  return router({
    list: procedure('session').query(() => packs.list()),
    progress: procedure('session').query(() => packs.progress()),
    removeSample: procedure('packs.write')
      .input(RemoveSampleInput)
      .mutation(({ input, ctx }) => packs.removeSample({ pack: input.pack, actor: ctx.actor.account })),
  })
}
