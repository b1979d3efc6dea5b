// The link through the door: how the lines stand, what works, what is unsent, what each page shows to the others.
import {
  ExportPackageInput,
  ExportUnsentInput,
  ImportPackageInput,
  JoinInput,
  ListUnsentInput,
  RecordInput,
  SetBudgetInput,
  ShowPageInput,
  WanglouError,
} from '../../contract/index.ts'
import type { HttpRoute } from '../../door/http-types.ts'
import { procedure, router } from '../../door/trpc.ts'
import type { LinkService } from './link.service.ts'
import type { OriginsService } from './origins.service.ts'
import type { PackagesService } from './packages.service.ts'

export interface LinkRooms {
  view: LinkService
  packages: PackagesService
  origins: OriginsService
}

export function linkRouter({ view: service, packages, origins }: LinkRooms) {
  return router({
    // While locked the strip still says how the lines stand; who has what open is not for a passer-by.
    status: procedure('link.read', { isOpenWhileLocked: true }).query(({ ctx }) => {
      const answer = service.status(ctx.session?.id ?? null)
      const isLocked = (ctx.session?.lockedAt ?? null) !== null
      return isLocked ? { ...answer, consoles: [] } : answer
    }),
    capabilities: procedure('link.read').query(() => service.capabilities()),
    unsent: procedure('link.read')
      .input(ListUnsentInput)
      .query(({ input }) => service.unsent(input.limit)),
    origin: procedure('link.read')
      .input(RecordInput)
      .query(({ ctx, input }) => origins.read(input, (permission) => ctx.actor.can(permission))),
    setBudget: procedure('link.budget')
      .input(SetBudgetInput)
      .mutation(({ ctx, input }) => service.setBudget(input, ctx.actor.account)),
    exportPackage: procedure('link.package')
      .input(ExportPackageInput)
      .mutation(({ ctx, input }) => packages.export(input, ctx.actor.account)),
    importPackage: procedure('link.package')
      .input(ImportPackageInput)
      .mutation(({ ctx, input }) => packages.import(input.parts, ctx.actor.account)),
    beginPairing: procedure('link.pair').mutation(() => service.beginPairing()),
    join: procedure('link.pair')
      .input(JoinInput)
      .mutation(({ input }) => service.join(input)),
    adopt: procedure('link.pair').mutation(() => service.adopt()),
    show: procedure('session')
      .input(ShowPageInput)
      .mutation(({ ctx, input }) => {
        if (ctx.session !== null) service.show(ctx.session.id, { ...input, who: ctx.actor.name })
      }),
  })
}

/** `GET /exports/unsent.csv?words={…}` */
export function unsentExportRoute(service: LinkService): HttpRoute {
  return {
    prefix: '/exports/unsent.csv',
    permission: 'link.read',
    methods: ['GET'],
    async handle(_request, response, { actor, query }) {
      const input = ExportUnsentInput.safeParse({ words: wordsOf(query.get('words')) })
      if (!input.success) throw new WanglouError('INVALID_INPUT')
      const bytes = Buffer.from(await service.exportUnsent(input.data, actor.account))
      const day = new Date().toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' }).slice(0, 16).replaceAll(':', '').replace(' ', '-')
      response.writeHead(200, {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Length': bytes.length,
        'Content-Disposition': `attachment; filename="unsent-${day}.csv"; filename*=UTF-8''${encodeURIComponent(`未传清单-${day}.csv`)}`,
        'Cache-Control': 'no-store',
      })
      response.end(bytes)
    },
  }
}

function wordsOf(given: string | null): unknown {
  if (given === null) return {}
  try {
    return JSON.parse(given)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
