// 视频分析告警 as the page calls it; what is pushed comes by a port of its own.
import { AlarmSourceInput, type AlarmSourceKey, AlarmSourceSaveInput, TakeAlarmInput } from '../../contract/index.ts'
import { procedure, router } from '../../door/trpc.ts'
import type { Cameras } from './cameras.feature.ts'

export function cameraAlarmsRouter({ alarms, events }: Cameras) {
  return router({
    list: procedure('cameras.read').query(() => alarms.list()),
    take: procedure('incidents.write')
      .input(TakeAlarmInput)
      .mutation(({ input, ctx }) => alarms.take(input, ctx.actor)),
    sources: procedure('cameras.write').query(async () => ({ sources: await alarms.sources(), address: events.address })),
    addSource: procedure('cameras.write')
      .input(AlarmSourceSaveInput)
      .mutation(async ({ input, ctx }): Promise<AlarmSourceKey> => {
        const { id, key } = await alarms.addSource(input.name, ctx.actor.account)
        await events.open()
        return { id, key, address: events.address }
      }),
    removeSource: procedure('cameras.write')
      .input(AlarmSourceInput)
      .mutation(({ input, ctx }) => alarms.removeSource(input.id, ctx.actor.account)),
  })
}
