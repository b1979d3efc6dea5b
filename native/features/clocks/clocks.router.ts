// Reporting clocks as the page calls them.
import { z } from 'zod'
import {
  ClockEvidenceInput,
  ClockRuleInput,
  ClockSettings,
  EpochMs,
  Id,
  SaveRulesInput,
  Sha256,
  WaiveInput,
  WithdrawClockInput,
} from '../../contract/index.ts'
import { procedure, router } from '../../door/trpc.ts'
import type { Clocks } from './clocks.feature.ts'

const table = z.array(ClockRuleInput).max(1_000)

export function clocksRouter({ clocks, rules, files, missed }: Clocks) {
  return router({
    // The idle lock hides nothing that rings.
    board: procedure('clocks.read', { isOpenWhileLocked: true })
      .input(z.object({ incident: Id.nullable() }))
      .query(({ input }) => clocks.board(input.incident)),
    missed: procedure('clocks.read', { isOpenWhileLocked: true }).query(() => missed.list()),
    offers: procedure('clocks.read')
      .input(z.object({ incident: Id }))
      .query(({ input }) => clocks.offers(input.incident)),
    record: procedure('reports.write')
      .input(ClockEvidenceInput)
      .mutation(({ input, ctx }) => clocks.record(input, ctx.actor)),
    withdraw: procedure('reports.write')
      .input(WithdrawClockInput)
      .mutation(({ input, ctx }) => clocks.withdraw(input, ctx.actor)),
    waive: procedure('reports.write')
      .input(WaiveInput)
      .mutation(({ input, ctx }) => clocks.waive(input, ctx.actor)),
    unwaive: procedure('reports.write')
      .input(WithdrawClockInput)
      .mutation(({ input, ctx }) => clocks.unwaive(input, ctx.actor)),
    seen: procedure('reports.write')
      .input(z.object({ to: EpochMs }))
      .mutation(({ input, ctx }) => missed.seen(input.to, ctx.actor)),

    rules: procedure('clocks.read').query(async () => ({ source: rules.source, rules: await rules.list(), reasons: await files.reasons() })),
    saveRules: procedure('clocks.write')
      .input(SaveRulesInput)
      .mutation(({ input, ctx }) => rules.save(input, ctx.actor)),
    whatIf: procedure('clocks.read')
      .input(z.object({ incident: Id, rules: table }))
      .query(({ input }) => rules.whatIf(input.incident, input.rules)),
    writeFile: procedure('clocks.read')
      .input(z.object({ rules: table, format: z.enum(['xlsx', 'json']) }))
      .mutation(({ input }) => files.write(input.rules, input.format)),
    readFile: procedure('clocks.write')
      .input(z.object({ blob: Sha256 }))
      .query(({ input }) => files.read(input.blob)),
    setSettings: procedure('clocks.write')
      .input(ClockSettings.partial())
      .mutation(({ input, ctx }) => rules.setSettings(input, ctx.actor)),
  })
}
