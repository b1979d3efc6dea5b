// Reports and their life as the page calls them.
import { z } from 'zod'
import {
  AnswerReceivedInput,
  DraftInput,
  EditReportInput,
  Id,
  ReceiptInput,
  ReportKind,
  ReportListInput,
  ReportSettings,
  SendInput,
  Sha256,
  SignInput,
  StepInput,
  TelephoneSignInput,
  text,
  TypedInput,
} from '../../contract/index.ts'
import { procedure, router } from '../../door/trpc.ts'
import { refuseMarked } from '../../kernel/marking.ts'
import type { Reports } from './reports.feature.ts'
import { writeSettings } from './settings.ts'

const ofReport = z.object({ report: Id })
const ofKind = z.object({ kind: ReportKind })

export function reportsRouter({ service, signing, sends, received, documents, exports, typed, journal, recipients, signers }: Reports) {
  return router({
    list: procedure('reports.read', { isOpenWhileLocked: true })
      .input(ReportListInput)
      .query(({ input }) => service.list(input)),
    get: procedure('reports.read')
      .input(ofReport)
      .query(({ input }) => service.get(input.report)),

    draft: procedure('reports.write')
      .input(DraftInput)
      .mutation(({ input, ctx }) => service.draft(input, ctx.actor)),
    edit: procedure('reports.write')
      .input(EditReportInput)
      .mutation(({ input, ctx }) => service.edit(input, ctx.actor)),
    refresh: procedure('reports.write')
      .input(ofReport)
      .mutation(({ input, ctx }) => service.refresh(input.report, ctx.actor)),
    setMap: procedure('reports.write')
      .input(ofReport.extend({ map: Sha256.nullable() }))
      .mutation(({ input, ctx }) => service.setMap(input, ctx.actor)),
    typed: procedure('reports.write')
      .input(ofReport)
      .query(({ input, ctx }) => typed.get(input.report, ctx.actor.account)),
    saveTyped: procedure('reports.write', { isOpenWhileLocked: true })
      .input(TypedInput)
      .mutation(async ({ input, ctx }) => {
        refuseMarked(input.body)
        await typed.save(input, ctx.actor.account)
      }),

    received: procedure('reports.read').query(() => received.list(200)),
    answerReceived: procedure('reports.write')
      .input(AnswerReceivedInput)
      .mutation(({ input, ctx }) => received.answer(input, ctx.actor)),

    submit: procedure('reports.write')
      .input(StepInput)
      .mutation(({ input, ctx }) => signing.submit(input.report, input.words, ctx.actor)),
    review: procedure('reports.review')
      .input(StepInput)
      .mutation(({ input, ctx }) => signing.review(input.report, input.words, ctx.actor)),
    giveBack: procedure('reports.review')
      .input(StepInput)
      .mutation(({ input, ctx }) => signing.giveBack(input.report, input.words, ctx.actor)),
    discard: procedure('reports.write')
      .input(StepInput)
      .mutation(({ input, ctx }) => signing.discard(input.report, input.words, ctx.actor)),
    sign: procedure('reports.sign')
      .input(SignInput)
      .mutation(({ input, ctx }) => signing.signInPerson(input, ctx.actor)),
    signByTelephone: procedure('reports.write')
      .input(TelephoneSignInput)
      .mutation(({ input, ctx }) => signing.signByTelephone(input, ctx.actor)),
    countersign: procedure('reports.sign')
      .input(StepInput)
      .mutation(({ input, ctx }) => signing.countersign(input.report, input.words, ctx.actor)),
    signers: procedure('reports.read').query(() => signers()),

    recipients: procedure('reports.read').query(() => recipients()),
    send: procedure('reports.write')
      .input(SendInput)
      .mutation(({ input, ctx }) => sends.send(input, ctx.actor)),
    receipt: procedure('reports.write')
      .input(ReceiptInput)
      .mutation(({ input, ctx }) => sends.receipt(input, ctx.actor)),
    copySheet: procedure('reports.read')
      .input(ofReport)
      .query(({ input }) => sends.copySheet(input.report)),
    copied: procedure('reports.write')
      .input(ofReport.extend({ field: text(40) }))
      .mutation(({ input }) => sends.copied(input.report, input.field)),

    export: procedure('incidents.export')
      .input(ofReport)
      .mutation(({ input, ctx }) => exports.export(input.report, ctx.actor)),
    template: procedure('reports.read')
      .input(ofKind)
      .query(({ input }) => documents.template(input.kind)),
    setTemplate: procedure('reports.review')
      .input(ofKind.extend({ blob: Sha256.nullable(), name: text(255) }))
      .mutation(({ input, ctx }) => documents.setTemplate(input, ctx.actor)),
    settings: procedure('reports.read').query(() => service.settings()),
    setSettings: procedure('reports.sign')
      .input(ReportSettings)
      .mutation(({ input, ctx }) => writeSettings(journal, input, ctx.actor)),
  })
}
