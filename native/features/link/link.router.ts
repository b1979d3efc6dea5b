// The link through the door: how the lines stand, what works, what is unsent, what each page shows to the others.
import { ExportPackageInput, ImportPackageInput, JoinInput, ListUnsentInput, ShowPageInput } from '../../contract/index.ts'
import { procedure, router } from '../../door/trpc.ts'
import type { LinkService } from './link.service.ts'
import type { PackagesService } from './packages.service.ts'

export function linkRouter(service: LinkService, packages: PackagesService) {
  return router({
    // While locked the strip still says how the lines stand; who has what open is not for a passer-by.
    status: procedure('link.read', { isOpenWhileLocked: true }).query(({ ctx }) => {
      const answer = service.status(ctx.session?.id ?? null)
      const isLocked = (ctx.session?.lockedAt ?? null) !== null
      return isLocked ? { ...answer, consoles: [] } : answer
    }),
    capabilities: procedure('link.read').query(() => service.capabilities()),
    unsent: procedure('link.read')
      .input(ListUnsentInput)
      .query(({ input }) => service.unsent(input.limit)),
    exportPackage: procedure('link.package')
      .input(ExportPackageInput)
      .mutation(({ ctx, input }) => packages.export(input, ctx.actor.account)),
    importPackage: procedure('link.package')
      .input(ImportPackageInput)
      .mutation(({ ctx, input }) => packages.import(input.parts, ctx.actor.account)),
    beginPairing: procedure('link.pair').mutation(() => service.beginPairing()),
    join: procedure('link.pair')
      .input(JoinInput)
      .mutation(({ input }) => service.join(input)),
    adopt: procedure('link.pair').mutation(() => service.adopt()),
    show: procedure('session')
      .input(ShowPageInput)
      .mutation(({ ctx, input }) => {
        if (ctx.session !== null) service.show(ctx.session.id, { ...input, who: ctx.actor.name })
      }),
  })
}
