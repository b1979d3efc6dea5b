// The procedures of imports; the file itself came through `POST /blobs`.
import { BadRowsFileInput, BadRowsInput, CheckInput, InspectInput, JobInput, MissingRowsInput, WanglouError } from '../../contract/index.ts'
import { procedure, router } from '../../door/trpc.ts'
import type { ImportsService } from './imports.service.ts'

export function importsRouter(imports: ImportsService) {
  return router({
    inspect: procedure('resources.import')
      .input(InspectInput)
      .mutation(({ input }) => imports.inspect(input)),
    check: procedure('resources.import')
      .input(CheckInput)
      .mutation(({ ctx, input }) => {
        // The book and the tree are nobody's resources: whoever brings them in must be allowed to write them.
        const permission = input.target === 'contacts' || input.target === 'units' ? 'contacts.write' : 'resources.import'
        if (!ctx.actor.can(permission)) throw new WanglouError('FORBIDDEN', { permission })
        return imports.check(input, ctx.actor.account)
      }),
    commit: procedure('resources.import')
      .input(JobInput)
      .mutation(({ ctx, input }) => imports.commit(input.job, ctx.actor.account)),
    cancel: procedure('resources.import')
      .input(JobInput)
      .mutation(({ input }) => imports.cancel(input.job)),
    job: procedure('resources.import')
      .input(JobInput)
      .query(({ input }) => imports.job(input.job)),
    jobs: procedure('resources.import').query(() => imports.jobs()),
    badRows: procedure('resources.import')
      .input(BadRowsInput)
      .query(({ input }) => imports.badRows(input.job, input)),
    missing: procedure('resources.import')
      .input(MissingRowsInput)
      .query(({ input }) => imports.missing(input.job, input)),
    badRowsFile: procedure('resources.import')
      .input(BadRowsFileInput)
      .mutation(({ input }) => imports.badRowsFile(input.job, input.format)),
  })
}
