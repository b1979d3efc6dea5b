// 视频分析告警 as the page calls it; what is pushed comes by a port of its own.
import { AlarmSourceInput, type AlarmSourceKey, AlarmSourceSaveInput, TakeAlarmInput } from '../../contract/index.ts'
import { procedure, router } from '../../door/trpc.ts'
import type { Cameras } from './cameras.feature.ts'

export function cameraAlarmsRouter({ alarms, events }: Cameras) {
  return router({
    // What rings is not hidden while locked; who passes by reads what it is and where, and sees no picture.
    list: procedure('cameras.read', { isOpenWhileLocked: true }).query(async ({ ctx }) => {
      const rows = await alarms.list()
      if ((ctx.session?.lockedAt ?? null) === null) return rows
      return rows.filter(({ takenAt }) => takenAt === null).map((row) => ({ ...row, words: '', image: null }))
    }),
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
