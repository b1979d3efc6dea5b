// Procedures of layers and drawings.
import { z } from 'zod'
import { DrawingInput, type EntryId, Id, LayerView, OnlineLayerInput, PackLayerInput, text } from '../../contract/index.ts'
import { procedure, router } from '../../door/trpc.ts'
import type { DrawingsService } from './drawings.service.ts'
import type { LayersService } from './layers.service.ts'

const byId = z.object({ id: Id })
const Entry = z
  .string()
  .max(300)
  .regex(/^[^/]+\/.+\/\d+$/)
  .transform((value) => value as EntryId)
const map = { isOpenWhileLocked: true }

export function layersRouter(layers: LayersService) {
  return router({
    list: procedure('layers.read', map).query(() => layers.list()),
    addPack: procedure('layers.write')
      .input(PackLayerInput)
      .mutation(({ ctx, input }) => layers.addPack(ctx.actor, input)),
    addOnline: procedure('layers.write')
      .input(OnlineLayerInput)
      .mutation(({ ctx, input }) => layers.addOnline(ctx.actor, input)),
    rename: procedure('layers.write')
      .input(z.object({ id: Id, name: text(80).refine((value) => value.trim() !== '') }))
      .mutation(({ ctx, input }) => layers.rename(ctx.actor, input.id, input.name)),
    setKey: procedure('layers.write')
      .input(z.object({ id: Id, key: text(500).nullable() }))
      .mutation(({ ctx, input }) => layers.setKey(ctx.actor, input.id, input.key)),
    remove: procedure('layers.write')
      .input(byId)
      .mutation(({ ctx, input }) => layers.remove(ctx.actor, input.id)),
    check: procedure('layers.write')
      .input(byId)
      .mutation(({ input }) => layers.check(input.id)),
    views: procedure('layers.read', map).query(({ ctx }) => layers.views(ctx.actor.account)),
    setViews: procedure('layers.read')
      .input(z.array(LayerView).max(500))
      .mutation(({ ctx, input }) => layers.setViews(ctx.actor.account, input)),
  })
}

export function drawingsRouter(drawings: DrawingsService) {
  return router({
    list: procedure('layers.read', map)
      .input(z.object({ incident: Id.nullable() }))
      .query(({ input }) => drawings.list(input.incident)),
    add: procedure('drawings.write')
      .input(DrawingInput)
      .mutation(({ ctx, input }) => drawings.add(ctx.actor, input)),
    change: procedure('drawings.write')
      .input(DrawingInput.extend({ id: Id }))
      .mutation(({ ctx, input: { id, ...drawing } }) => drawings.change(ctx.actor, id, drawing)),
    remove: procedure('drawings.write')
      .input(byId)
      .mutation(({ ctx, input }) => drawings.remove(ctx.actor, input.id)),
    undo: procedure('drawings.write')
      .input(z.object({ entry: Entry }))
      .mutation(({ ctx, input }) => drawings.undo(ctx.actor, input.entry)),
  })
}
