// Plans and responses through the door.
import { z } from 'zod'
import {
  AddActionInput,
  ApproveResponseInput,
  ChecklistAddInput,
  ChecklistDoneInput,
  ChecklistReopenInput,
  ChecklistSkipInput,
  ConfirmPartInput,
  FixActionInput,
  FixContactInput,
  FixParagraphInput,
  FixTierInput,
  FixUnitInput,
  Id,
  ImportPlanInput,
  PlanSearchInput,
  ProposeResponseInput,
  RefuseResponseInput,
  ResponseMomentInput,
  UpdatePlanInput,
  WanglouError,
} from '../../contract/index.ts'
import { procedure, router } from '../../door/trpc.ts'
import type { Plans } from './plans.feature.ts'

const read = procedure('plans.read')
const write = procedure('plans.write')
const ofIncident = z.object({ incident: Id })

export function plansRouter({ plans, importer, responses, facts }: Plans) {
  return router({
    list: read.query(() => plans.list()),
    document: read.input(z.object({ plan: Id, version: Id.nullable() })).query(({ input }) => plans.document(input.plan, input.version)),
    search: read.input(PlanSearchInput).query(({ input }) => plans.search(input)),
    match: read.input(ofIncident).query(async ({ input }) => plans.match(await facts(input.incident))),
    responseOf: read.input(ofIncident).query(({ input }) => responses.responseOf(input.incident)),
    update: write.input(UpdatePlanInput).mutation(({ ctx, input }) => plans.update(input, ctx.actor.account)),
    fixParagraph: write.input(FixParagraphInput).mutation(({ ctx, input }) => plans.fixParagraph(input, ctx.actor.account)),
    fixTier: write.input(FixTierInput).mutation(({ ctx, input }) => plans.fixTier(input, ctx.actor.account)),
    fixAction: write.input(FixActionInput).mutation(({ ctx, input }) => plans.fixAction(input, ctx.actor.account)),
    fixContact: write.input(FixContactInput).mutation(({ ctx, input }) => plans.fixContact(input, ctx.actor.account)),
    fixUnit: write.input(FixUnitInput).mutation(({ ctx, input }) => plans.fixUnit(input, ctx.actor.account)),
    confirm: write.input(ConfirmPartInput).mutation(({ ctx, input }) => plans.confirm(input, ctx.actor.account)),
    addAction: write.input(AddActionInput).mutation(({ ctx, input }) => plans.addAction(input, ctx.actor.account)),
    removePart: write.input(ConfirmPartInput).mutation(({ ctx, input }) => plans.removePart(input, ctx.actor.account)),
    import: write.input(ImportPlanInput).mutation(({ ctx, input }) => importer.start(input, ctx.actor.account)),
    imports: read.query(() => importer.states()),
    importState: read.input(z.object({ job: Id })).query(({ input }) => {
      const state = importer.state(input.job)
      if (state === null) throw new WanglouError('NOT_FOUND', { job: input.job })
      return state
    }),
    cancelImport: write.input(z.object({ job: Id })).mutation(({ input }) => importer.cancel(input.job)),
  })
}

export function responsesRouter({ responses, checklist }: Plans) {
  const propose = procedure('plans.propose')
  const approve = procedure('plans.approve')
  return router({
    of: read.input(ofIncident).query(({ input }) => responses.responseOf(input.incident)),
    view: read.input(ofIncident).query(({ input }) => checklist.view(input.incident)),
    deviation: read.input(ResponseMomentInput).query(({ input }) => checklist.deviationAt(input.incident, input.at)),
    overdue: read
      .input(
        z.object({
          withinMs: z
            .int()
            .min(0)
            .max(7 * 86_400_000),
        }),
      )
      .query(({ input }) => responses.overdue(input.withinMs)),
    waiting: read.query(() => responses.waiting()),
    propose: propose.input(ProposeResponseInput).mutation(({ ctx, input }) => responses.propose(input, ctx.actor.account)),
    refuse: propose.input(RefuseResponseInput).mutation(({ ctx, input }) => responses.refuse(input, ctx.actor.account)),
    approve: approve.input(ApproveResponseInput).mutation(({ ctx, input }) => responses.approve(input, ctx.actor.account)),
    done: propose.input(ChecklistDoneInput).mutation(({ ctx, input }) => checklist.done(input, ctx.actor.account)),
    skip: propose.input(ChecklistSkipInput).mutation(({ ctx, input }) => checklist.skip(input, ctx.actor.account)),
    reopen: propose.input(ChecklistReopenInput).mutation(({ ctx, input }) => checklist.reopen(input, ctx.actor.account)),
    add: propose.input(ChecklistAddInput).mutation(({ ctx, input }) => checklist.add(input, ctx.actor.account)),
  })
}
