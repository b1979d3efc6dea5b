// The procedures of resources, and the stream of points for the map.
import { z } from 'zod'
import {
  Id, NearestInput, ReservationInput, ReservationsInput, ReserveInput, ResourceFilter, ResourceListInput, ResourceSaveInput, StockMoveInput, WanglouError,
} from '../../contract/index.ts'
import type { HttpRoute } from '../../door/http-types.ts'
import { procedure, router } from '../../door/trpc.ts'
import type { ResourcesService } from './resources.service.ts'

const One = z.object({ id: Id })
const FilterWords = z.string().max(4000).transform((words, context) => {
  try {
    return JSON.parse(words) as unknown
  } catch {
    context.addIssue({ code: 'custom', message: 'no JSON' })
    return z.NEVER
  }
}).pipe(ResourceFilter)
const mostPoints = 100_000

export function resourcesRouter(resources: ResourcesService) {
  const { reservations } = resources
  return router({
    list: procedure('resources.read').input(ResourceListInput).query(({ input }) => resources.list(input)),
    detail: procedure('resources.read').input(One).query(({ input }) => resources.detail(input.id)),
    history: procedure('resources.read').input(One).query(({ input }) => resources.history(input.id)),
    movements: procedure('resources.read').input(One).query(({ input }) => resources.movements(input.id)),
    units: procedure('resources.read').query(() => resources.units()),
    nearest: procedure('resources.read').input(NearestInput).query(({ input }) => resources.nearest(input)),
    stockAlerts: procedure('resources.read').query(() => resources.stockAlerts()),
    doubleBooked: procedure('resources.read').query(() => reservations.doubleBooked()),
    unsettled: procedure('resources.read').query(() => reservations.unsettled()),
    save: procedure('resources.write').input(ResourceSaveInput).mutation(({ ctx, input }) => resources.save(input, ctx.actor.account)),
    remove: procedure('resources.write').input(One).mutation(({ ctx, input }) => resources.remove(input.id, ctx.actor.account)),
    moveStock: procedure('resources.write').input(StockMoveInput).mutation(({ ctx, input }) => resources.move(input, ctx.actor.account)),
    reservations: procedure('resources.read').input(ReservationsInput).query(({ input }) => reservations.of('incident', input.incident)),
    reserve: procedure('resources.reserve').input(ReserveInput).mutation(({ ctx, input }) => reservations.reserve(input, ctx.actor.account)),
    use: procedure('resources.reserve').input(ReservationInput).mutation(({ ctx, input }) => reservations.use(input.reservation, input.words, ctx.actor.account)),
    giveBack: procedure('resources.reserve').input(ReservationInput).mutation(({ ctx, input }) => reservations.giveBack(input.reservation, input.words, ctx.actor.account)),
    cancelReservation: procedure('resources.reserve').input(ReservationInput).mutation(({ ctx, input }) => reservations.cancel(input.reservation, input.words, ctx.actor.account)),
  })
}

/** `GET /resources/points?filter=<JSON of ResourceFilter>`: NDJSON of columnar chunks, so that 100 000 points never are one message. */
export function resourcePointsRoute(resources: ResourcesService): HttpRoute {
  return {
    prefix: '/resources/points',
    permission: 'resources.read',
    // The map stays while the console is locked.
    isOpenWhileLocked: true,
    async handle(_request, response, { query }) {
      const filter = FilterWords.safeParse(query.get('filter') ?? '{}')
      if (!filter.success) throw new WanglouError('INVALID_INPUT')
      response.writeHead(200, { 'Content-Type': 'application/x-ndjson', 'Cache-Control': 'no-store' })
      for await (const chunk of resources.points(filter.data, mostPoints)) {
        if (!response.write(`${JSON.stringify(chunk)}\n`)) await new Promise((resolve) => response.once('drain', resolve).once('close', resolve))
        if (response.destroyed) return
      }
      response.end()
    },
  }
}
