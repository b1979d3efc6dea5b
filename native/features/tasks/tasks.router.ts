// Orders as the page calls them.
import { z } from 'zod'
import { Id, IssueTaskInput, RecordStateInput, ReassignInput } from '../../contract/index.ts'
import { procedure, router } from '../../door/trpc.ts'
import type { TasksService } from './tasks.service.ts'

export function tasksRouter(tasks: TasksService) {
  return router({
    list: procedure('tasks.read', { isOpenWhileLocked: true })
      .input(z.object({ incident: Id.nullable() }))
      .query(({ input }) => tasks.list(input.incident)),
    issue: procedure('tasks.write')
      .input(IssueTaskInput)
      .mutation(({ input, ctx }) => tasks.issue(input, ctx.actor)),
    record: procedure('tasks.write')
      .input(RecordStateInput)
      .mutation(({ input, ctx }) => tasks.record(input, ctx.actor)),
    reassign: procedure('tasks.write')
      .input(ReassignInput)
      .mutation(({ input, ctx }) => tasks.reassign(input, ctx.actor)),
  })
}
