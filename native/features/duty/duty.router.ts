// The watch as the page calls it.
import { z } from 'zod'
import {
  AddNoteInput,
  CloseNoteInput,
  CorrectLineInput,
  Day,
  DecideInput,
  EditRosterInput,
  EditRosterNoteInput,
  HolidayKind,
  Id,
  LogQuery,
  MarkLineInput,
  Month,
  RemarksInput,
  RosterMonthInput,
  SetHolidayInput,
  SetShiftInput,
  SignIncomingInput,
  SignOutgoingInput,
  StandInInput,
  SwapInput,
  TableFile,
  TakeOverInput,
  text,
  WanglouError,
  WithdrawInput,
  WriteLineInput,
} from '../../contract/index.ts'
import type { HttpRoute } from '../../door/http-types.ts'
import { procedure, router } from '../../door/trpc.ts'
import type { Duty } from './duty.feature.ts'

const whileLocked = { isOpenWhileLocked: true }
const HolidayDay = z.object({ day: Day, kind: HolidayKind, name: text(40) })
const HolidaySource = z.union([TableFile, z.object({ text: text(20_000), year: z.int().min(2000).max(2100) })])

export function dutyRouter(duty: Duty) {
  const { roster, log, notes, handovers, digests, files } = duty
  return router({
    now: procedure('duty.read', whileLocked).query(() => duty.onDutyNow()),

    month: procedure('duty.read')
      .input(RosterMonthInput)
      .query(({ input }) => roster.month(input.month)),
    findings: procedure('duty.read').query(() => roster.findings()),
    editRoster: procedure('duty.write')
      .input(EditRosterInput)
      .mutation(({ input, ctx }) => roster.edit(input, ctx.actor)),
    editRosterNote: procedure('duty.write')
      .input(EditRosterNoteInput)
      .mutation(({ input, ctx }) => roster.editNote(input, ctx.actor)),
    swap: procedure('duty.write')
      .input(SwapInput)
      .mutation(({ input, ctx }) => roster.swap(input, ctx.actor)),
    standIn: procedure('duty.write')
      .input(StandInInput)
      .mutation(({ input, ctx }) => roster.standIn(input, ctx.actor)),
    setShift: procedure('duty.write')
      .input(SetShiftInput)
      .mutation(({ input, ctx }) => roster.setShift(input, ctx.actor)),
    setHoliday: procedure('duty.write')
      .input(SetHolidayInput)
      .mutation(({ input, ctx }) => roster.setHoliday(input, ctx.actor)),
    previewRoster: procedure('duty.write')
      .input(TableFile)
      .mutation(({ input }) => files.previewRoster(input)),
    importRoster: procedure('duty.write')
      .input(TableFile)
      .mutation(({ input, ctx }) => files.importRoster(input, ctx.actor)),
    previewHolidays: procedure('duty.write')
      .input(HolidaySource)
      .mutation(({ input }) => files.previewHolidays(input)),
    setHolidays: procedure('duty.write')
      .input(z.object({ days: z.array(HolidayDay).min(1).max(200) }))
      .mutation(({ input, ctx }) => files.setHolidays(input.days, ctx.actor)),

    log: procedure('duty.read')
      .input(LogQuery)
      .query(({ input }) => log.query(input)),
    writeLine: procedure('duty.write')
      .input(WriteLineInput)
      .mutation(({ input, ctx }) => log.write(input, ctx.actor)),
    correctLine: procedure('duty.write')
      .input(CorrectLineInput)
      .mutation(({ input, ctx }) => log.correct(input, ctx.actor)),
    markLine: procedure('duty.write')
      .input(MarkLineInput)
      .mutation(({ input, ctx }) => log.mark(input, ctx.actor)),

    notes: procedure('duty.read').query(() => notes.open()),
    addNote: procedure('duty.write')
      .input(AddNoteInput)
      .mutation(({ input, ctx }) => notes.add(input, ctx.actor)),
    closeNote: procedure('duty.write')
      .input(CloseNoteInput)
      .mutation(({ input, ctx }) => notes.close(input, ctx.actor)),

    board: procedure('duty.read').query(() => handovers.board()),
    handovers: procedure('duty.read')
      .input(z.object({ limit: z.int().min(1).max(500) }))
      .query(({ input }) => handovers.history(input.limit)),
    handover: procedure('duty.read')
      .input(z.object({ handover: Id }))
      .query(({ input }) => handovers.get(input.handover)),
    decide: procedure('duty.write')
      .input(DecideInput)
      .mutation(({ input, ctx }) => handovers.decide(input, ctx.actor)),
    setRemarks: procedure('duty.write')
      .input(RemarksInput)
      .mutation(({ input, ctx }) => handovers.setRemarks(input, ctx.actor)),
    signOutgoing: procedure('duty.write')
      .input(SignOutgoingInput)
      .mutation(({ input, ctx }) => handovers.signOutgoing(input.handover, ctx.actor)),
    withdraw: procedure('duty.write')
      .input(WithdrawInput)
      .mutation(({ input, ctx }) => handovers.withdraw(input, ctx.actor)),
    signIncoming: procedure('duty.write')
      .input(SignIncomingInput)
      .mutation(({ input, ctx }) => handovers.signIncoming(input, ctx.actor)),
    takeOver: procedure('duty.write')
      .input(TakeOverInput)
      .mutation(({ input, ctx }) => handovers.takeOver(input, ctx.actor)),

    digest: procedure('duty.read')
      .input(z.object({ day: Day }))
      .query(({ input }) => digests.of(input.day)),
    digestDue: procedure('duty.read').query(() => digests.due()),
  })
}

const Format = z.enum(['csv', 'xlsx'])
const RosterExport = z.object({ format: Format, month: Month })
const LogExport = z.object({ format: Format, query: LogQuery })

/** `GET /exports/duty-roster/xlsx?month=2026-11`, `GET /exports/duty-log/csv?day=2026-11-26&query=…`, `GET /exports/duty-handover/docx?handover=…` */
export function dutyExportRoutes({ files }: Duty): HttpRoute[] {
  return [
    exportRoute('duty-roster', (path, query, actor) => {
      const input = RosterExport.safeParse({ format: path, month: query.get('month') })
      if (!input.success) throw new WanglouError('INVALID_INPUT')
      return files.exportRoster(input.data.month, input.data.format, actor)
    }),
    exportRoute('duty-log', (path, query, actor) => {
      const asked = { day: query.get('day'), query: query.get('query') ?? '', incident: query.get('incident'), limit: 2000 }
      const input = LogExport.safeParse({ format: path, query: asked })
      if (!input.success) throw new WanglouError('INVALID_INPUT')
      return files.exportLog(input.data.query, input.data.format, actor)
    }),
    exportRoute('duty-handover', (path, query, actor) => {
      const handover = Id.safeParse(query.get('handover'))
      if (!handover.success || path !== 'docx') throw new WanglouError('INVALID_INPUT')
      return files.exportHandover(handover.data, actor)
    }),
  ]
}

function exportRoute(
  name: string,
  file: (path: string, query: URLSearchParams, actor: { account: string; name: string }) => ReturnType<Duty['files']['exportLog']>,
): HttpRoute {
  return {
    prefix: `/exports/${name}/`,
    permission: 'duty.read',
    methods: ['GET'],
    async handle(_request, response, { actor, path, query }) {
      const { fileName, type, bytes } = await file(path, query, actor)
      response.writeHead(200, {
        'Content-Type': type,
        'Content-Length': bytes.length,
        'Content-Disposition': `attachment; filename="${name}.${path}"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
        'Cache-Control': 'no-store',
      })
      response.end(bytes)
    },
  }
}
