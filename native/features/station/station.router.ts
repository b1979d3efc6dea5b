// How the station stands, for the health page and the strip; the centre's settings.
import { SetSettings } from '../../contract/index.ts'
import { procedure, router } from '../../door/trpc.ts'
import type { StationService } from './station.service.ts'

export function stationRouter(station: StationService) {
  return router({
    health: procedure('station.read', { isOpenWhileLocked: true }).query(() => station.health()),
    details: procedure('station.maintain').query(() => station.details()),
    acknowledgeRestored: procedure('station.maintain').mutation(({ ctx }) => station.acknowledgeRestored(ctx.actor.account)),
    settings: procedure('session', { isOpenWhileLocked: true }).query(() => station.settings()),
    setSettings: procedure('station.maintain')
      .input(SetSettings)
      .mutation(({ ctx, input }) => station.setSettings({ set: input, actor: ctx.actor.account })),
  })
}
