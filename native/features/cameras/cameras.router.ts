// Cameras as the page calls them.
import { CameraIdInput, CameraListInput, CameraSaveInput, CameraStatesInput, DiagnoseInput, SeeingInput } from '../../contract/index.ts'
import { procedure, router } from '../../door/trpc.ts'
import type { Cameras } from './cameras.feature.ts'

export function camerasRouter(cameras: Cameras) {
  const { service } = cameras
  return router({
    list: procedure('cameras.read')
      .input(CameraListInput)
      .query(({ input }) => service.list(input.query)),
    get: procedure('cameras.write')
      .input(CameraIdInput)
      .query(({ input }) => service.get(input.id)),
    seeing: procedure('cameras.read')
      .input(SeeingInput)
      .query(({ input }) => service.seeing(input.position, input.limit)),
    states: procedure('cameras.read')
      .input(CameraStatesInput)
      .query(({ input }) => cameras.states(input.streams)),
    diagnose: procedure('cameras.read')
      .input(DiagnoseInput)
      .mutation(({ input }) => cameras.diagnose(input.id, input.quality)),
    retry: procedure('cameras.read')
      .input(CameraIdInput)
      .mutation(({ input }) => cameras.retry(input.id)),
    renewPushKey: procedure('cameras.write')
      .input(CameraIdInput)
      .mutation(({ input, ctx }) => cameras.renewPushKey(input.id, ctx.actor.account)),
    save: procedure('cameras.write')
      .input(CameraSaveInput)
      .mutation(({ input, ctx }) => service.save(input, ctx.actor.account)),
    remove: procedure('cameras.write')
      .input(CameraIdInput)
      .mutation(({ input, ctx }) => service.remove(input.id, ctx.actor.account)),
  })
}
