// How the station stands, for the health page and the strip; the centre's settings.
import { LetInInput, SetSettings } from '../../contract/index.ts'
import { procedure, router } from '../../door/trpc.ts'
import type { StationService } from './station.service.ts'
import type { WaitingService } from './waiting.service.ts'

export function stationRouter(station: StationService, waiting: WaitingService) {
  return router({
    health: procedure('station.read', { isOpenWhileLocked: true }).query(() => station.health()),
    details: procedure('station.maintain').query(() => station.details()),
    acknowledgeRestored: procedure('station.maintain').mutation(({ ctx }) => station.acknowledgeRestored(ctx.actor.account)),
    waiting: procedure('journal.read').query(() => waiting.list()),
    letIn: procedure('journal.letIn')
      .input(LetInInput)
      .mutation(({ ctx, input }) => waiting.letIn({ ...input, actor: ctx.actor.account })),
    settings: procedure('session', { isOpenWhileLocked: true }).query(() => station.settings()),
    setSettings: procedure('station.maintain')
      .input(SetSettings)
      .mutation(({ ctx, input: { seen, ...set } }) => station.setSettings({ set, seen, actor: ctx.actor.account })),
  })
}
