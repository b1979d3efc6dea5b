// Incidents as the page calls them.
import { z } from 'zod'
import {
  AttachInput,
  ChooseInput,
  CloseInput,
  ConfirmGradeInput,
  DuplicateQuery,
  EditInput,
  FollowUpInput,
  Id,
  IntakeInput,
  ListInput,
  MergeInput,
  SetStateInput,
  Sha256,
  StatementInput,
  StatementStateInput,
  SceneWeatherInput,
  WithdrawWeatherInput,
  text,
} from '../../contract/index.ts'
import { procedure, router } from '../../door/trpc.ts'
import { refuseMarked } from '../../kernel/marking.ts'
import type { Incidents } from './incidents.feature.ts'

const ofIncident = z.object({ incident: Id })

export function incidentsRouter({ incidents, duplicates, followUps, merges, drafts, types, timelines, weather }: Incidents) {
  return router({
    list: procedure('incidents.read', { isOpenWhileLocked: true })
      .input(ListInput)
      .query(({ input }) => incidents.list(input)),
    detail: procedure('incidents.read', { isOpenWhileLocked: true })
      .input(ofIncident)
      .query(({ input }) => incidents.detail(input.incident)),
    facts: procedure('incidents.read', { isOpenWhileLocked: true })
      .input(ofIncident)
      .query(({ input }) => incidents.facts(input.incident)),
    timeline: procedure('incidents.read')
      .input(ofIncident)
      .query(({ input }) => timelines.of(input.incident)),
    stateAt: procedure('incidents.read')
      .input(ofIncident.extend({ at: z.union([z.object({ happened: z.int().min(0) }), z.object({ known: z.int().min(0) })]) }))
      .query(({ input }) => timelines.stateAt(input.incident, input.at)),
    duplicates: procedure('incidents.read', { isOpenWhileLocked: true })
      .input(DuplicateQuery)
      .query(({ input }) => duplicates.find(input)),
    report: procedure('incidents.write')
      .input(IntakeInput)
      .mutation(({ input, ctx }) => incidents.report(input, ctx.actor)),
    edit: procedure('incidents.write')
      .input(EditInput)
      .mutation(({ input, ctx }) => incidents.edit(input, ctx.actor)),
    setState: procedure('incidents.write')
      .input(SetStateInput)
      .mutation(({ input, ctx }) => incidents.setState(input, ctx.actor)),
    confirmGrade: procedure('incidents.confirm')
      .input(ConfirmGradeInput)
      .mutation(({ input, ctx }) => incidents.confirmGrade(input, ctx.actor)),
    close: procedure('incidents.write')
      .input(CloseInput)
      .mutation(({ input, ctx }) => incidents.close(input, ctx.actor)),
    followUp: procedure('incidents.write')
      .input(FollowUpInput)
      .mutation(({ input, ctx }) => followUps.followUp(input, ctx.actor)),
    state: procedure('incidents.write')
      .input(z.object({ incident: Id, statement: StatementInput }))
      .mutation(({ input, ctx }) => followUps.state(input.incident, input.statement, ctx.actor)),
    setStatementState: procedure('incidents.write')
      .input(StatementStateInput)
      .mutation(({ input, ctx }) => followUps.setStatementState(input, ctx.actor)),
    choose: procedure('incidents.write')
      .input(ChooseInput)
      .mutation(({ input, ctx }) => followUps.choose(input, ctx.actor)),
    attach: procedure('incidents.write')
      .input(AttachInput)
      .mutation(({ input, ctx }) => followUps.attach(input.incident, input, ctx.actor)),
    sceneWeather: procedure('incidents.read', { isOpenWhileLocked: true })
      .input(ofIncident)
      .query(({ input }) => weather.list(input.incident)),
    addSceneWeather: procedure('incidents.write')
      .input(SceneWeatherInput)
      .mutation(({ input, ctx }) => weather.add(input, ctx.actor)),
    withdrawSceneWeather: procedure('incidents.write')
      .input(WithdrawWeatherInput)
      .mutation(({ input, ctx }) => weather.withdraw(input, ctx.actor)),
    merge: procedure('incidents.write')
      .input(MergeInput)
      .mutation(({ input, ctx }) => merges.merge(input, ctx.actor)),
    unmerge: procedure('incidents.write')
      .input(z.object({ entry: z.string().max(300) }))
      .mutation(({ input, ctx }) => merges.unmerge(input.entry, ctx.actor)),

    drafts: procedure('incidents.write', { isOpenWhileLocked: true }).query(({ ctx }) => drafts.list(ctx.actor.account)),
    saveDraft: procedure('incidents.write', { isOpenWhileLocked: true })
      .input(z.object({ id: Id, body: z.json().refine((body) => JSON.stringify(body).length <= 200_000, { error: 'draft.large' }) }))
      .mutation(async ({ input, ctx }) => {
        refuseMarked(input.body)
        await drafts.save({ ...input, account: ctx.actor.account, updatedAt: Date.now() })
      }),
    removeDraft: procedure('incidents.write', { isOpenWhileLocked: true })
      .input(z.object({ id: Id }))
      .mutation(({ input, ctx }) => drafts.remove(input.id, ctx.actor.account)),

    eventTypes: procedure('incidents.read').query(() => types.list()),
    searchTypes: procedure('incidents.read', { isOpenWhileLocked: true })
      .input(z.object({ query: text(50), limit: z.int().min(1).max(200) }))
      .query(({ input }) => types.search(input.query, input.limit)),
    typeSaid: procedure('incidents.read', { isOpenWhileLocked: true })
      .input(z.object({ words: text(6000) }))
      .query(({ input }) => types.said(input.words)),
    editType: procedure('incidents.confirm')
      .input(
        z.object({
          code: text(20),
          parent: text(20).nullable(),
          name: text(100).refine((name) => name.trim() !== '', { error: 'name.required' }),
          hazard: text(50).nullable(),
          isActive: z.boolean(),
        }),
      )
      .mutation(({ input, ctx }) => types.edit(input, ctx.actor)),
    loadTypes: procedure('incidents.confirm')
      .input(z.object({ system: z.string().regex(/^[A-Za-z0-9._-]{1,40}$/), blob: Sha256 }))
      .mutation(({ input, ctx }) => types.load(input, ctx.actor)),
    useTypes: procedure('incidents.confirm')
      .input(z.object({ system: text(40) }))
      .mutation(({ input, ctx }) => types.use(input.system, ctx.actor)),
  })
}
