// 领导批示 as the page calls them.
import { z } from 'zod'
import { AddInstructionInput, AddPhotoInput, CloseInstructionInput, EditInstructionInput, FeedbackInput, Id } from '../../contract/index.ts'
import { procedure, router } from '../../door/trpc.ts'
import type { Instructions } from './instructions.feature.ts'

export function instructionsRouter({ service }: Instructions) {
  return router({
    list: procedure('instructions.read')
      .input(z.object({ incident: Id.nullable(), isOpen: z.boolean().nullable() }))
      .query(({ input }) => service.list(input)),
    get: procedure('instructions.read')
      .input(z.object({ id: Id }))
      .query(({ input }) => service.get(input.id)),
    add: procedure('instructions.write')
      .input(AddInstructionInput)
      .mutation(({ input, ctx }) => service.add(input, ctx.actor)),
    edit: procedure('instructions.write')
      .input(EditInstructionInput)
      .mutation(({ input, ctx }) => service.edit(input, ctx.actor)),
    feedback: procedure('instructions.write')
      .input(FeedbackInput)
      .mutation(({ input, ctx }) => service.feedback(input, ctx.actor)),
    close: procedure('instructions.write')
      .input(CloseInstructionInput)
      .mutation(({ input, ctx }) => service.close(input, ctx.actor)),
    addPhoto: procedure('instructions.write')
      .input(AddPhotoInput)
      .mutation(({ input, ctx }) => service.addPhoto(input, ctx.actor)),
  })
}
