// The audit list, the state of the chains, and the export as a download.
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AuditFilter, AuditPage, WanglouError } from '../../contract/index.ts'
import type { HttpRoute } from '../../door/http-types.ts'
import { procedure, router } from '../../door/trpc.ts'
import type { AuditService } from './audit.service.ts'

export function auditRouter(audit: AuditService) {
  return router({
    page: procedure('audit.read')
      .input(AuditPage)
      .query(({ input }) => audit.page(input)),
    chains: procedure('audit.read').query(() => audit.lastVerified()),
    verify: procedure('audit.read').mutation(() => audit.verify()),
  })
}

/** `GET /exports/audit.csv?from=…&to=…&actor=…&action=…` */
export function auditExportRoute(audit: AuditService): HttpRoute {
  return {
    prefix: '/exports/audit.csv',
    permission: 'audit.export',
    methods: ['GET'],
    async handle(_request, response, { actor, query }) {
      const filter = AuditFilter.safeParse({
        from: numberOf(query, 'from'),
        to: numberOf(query, 'to'),
        actor: query.get('actor'),
        action: query.get('action'),
      })
      if (!filter.success) throw new WanglouError('INVALID_INPUT')
      const day = new Date().toISOString().slice(0, 10)
      response.writeHead(200, {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="audit-${day}.csv"`,
        'Cache-Control': 'no-store',
      })
      await pipeline(Readable.from(audit.exportCsv(filter.data, actor.account)), response)
    },
  }
}

function numberOf(query: URLSearchParams, name: string): number | null {
  const value = query.get(name)
  return value === null || value === '' ? null : Number(value)
}
