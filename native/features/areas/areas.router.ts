// The procedures of areas, boundaries and units.
import {
  AreaAtInput,
  AreaChildrenInput,
  AreaCodeInput,
  AreaSearchInput,
  BoundaryBoxInput,
  BoundaryImportInput,
  BoundaryInspectInput,
} from '../../contract/index.ts'
import { procedure, router } from '../../door/trpc.ts'
import type { AreasService } from './areas.service.ts'

export function areasRouter(areas: AreasService) {
  return router({
    search: procedure('areas.read', { isOpenWhileLocked: true })
      .input(AreaSearchInput)
      .query(({ input }) => areas.search(input.query, input.limit)),
    byCode: procedure('areas.read', { isOpenWhileLocked: true })
      .input(AreaCodeInput)
      .query(({ input }) => areas.byCode(input.code)),
    children: procedure('areas.read')
      .input(AreaChildrenInput)
      .query(({ input }) => areas.children(input.parent)),
    at: procedure('areas.read', { isOpenWhileLocked: true })
      .input(AreaAtInput)
      .query(({ input }) => areas.at(input.position)),
    boundaries: procedure('areas.read', { isOpenWhileLocked: true })
      .input(BoundaryBoxInput)
      .query(({ input }) => areas.boundaries(input.kinds, input.under)),
    units: procedure('areas.read').query(() => areas.units()),
    inspectBoundaries: procedure('packs.write')
      .input(BoundaryInspectInput)
      .mutation(({ input }) => areas.inspectBoundaries(input.blob)),
    importBoundaries: procedure('packs.write')
      .input(BoundaryImportInput)
      .mutation(({ ctx, input }) => areas.importBoundaries(input, ctx.actor.account)),
  })
}
