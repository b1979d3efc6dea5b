// 通讯录, units and calls as the page calls them, and the book as a file.
import { z } from 'zod'
import {
  AddContactInput,
  AddUnitInput,
  AmendCallInput,
  CallsInput,
  ChangeContactInput,
  ChangeUnitInput,
  ContactSearchInput,
  ExportInput,
  Id,
  NumberRef,
  RecordCallInput,
  ReportWrongInput,
  WanglouError,
} from '../../contract/index.ts'
import type { HttpRoute } from '../../door/http-types.ts'
import { procedure, router } from '../../door/trpc.ts'
import type { Contacts } from './contacts.feature.ts'

const One = z.object({ id: Id })
const OfUnit = z.object({ unit: Id.nullable() })

export function contactsRouter(contacts: Contacts) {
  const { units, calls } = contacts
  const book = contacts.contacts
  return router({
    tree: procedure('contacts.read').query(() => contacts.tree()),
    of: procedure('contacts.read')
      .input(OfUnit)
      .query(({ input }) => contacts.contactsOf(input.unit)),
    directory: procedure('contacts.read')
      .input(OfUnit)
      .query(({ input }) => contacts.directory(input.unit)),
    search: procedure('contacts.read')
      .input(ContactSearchInput)
      .query(({ input }) => contacts.search(input.query, input.limit)),
    // Units are no personal data: whoever sets the station up chooses one.
    searchUnits: procedure('areas.read')
      .input(ContactSearchInput)
      .query(({ input }) => contacts.searchUnits(input.query, input.limit)),
    wrongNumbers: procedure('contacts.read').query(() => contacts.wrongNumbers()),
    recipientsAbove: procedure('contacts.read').query(() => contacts.recipientsAbove()),
    addUnit: procedure('contacts.write')
      .input(AddUnitInput)
      .mutation(({ ctx, input }) => units.add(input, ctx.actor)),
    changeUnit: procedure('contacts.write')
      .input(ChangeUnitInput)
      .mutation(({ ctx, input }) => units.change(input, ctx.actor)),
    removeUnit: procedure('contacts.write')
      .input(One)
      .mutation(({ ctx, input }) => units.remove(input.id, ctx.actor)),
    add: procedure('contacts.write')
      .input(AddContactInput)
      .mutation(({ ctx, input }) => book.add(input, ctx.actor)),
    change: procedure('contacts.write')
      .input(ChangeContactInput)
      .mutation(({ ctx, input }) => book.change(input, ctx.actor)),
    remove: procedure('contacts.write')
      .input(One)
      .mutation(({ ctx, input }) => book.remove(input.id, ctx.actor)),
    verify: procedure('contacts.write')
      .input(NumberRef)
      .mutation(({ ctx, input }) => book.verify(input, ctx.actor)),
    reportWrong: procedure('contacts.write')
      .input(ReportWrongInput)
      .mutation(({ ctx, input }) => book.reportWrong(input.which, input.words, ctx.actor)),
    clearWrong: procedure('contacts.write')
      .input(NumberRef)
      .mutation(({ ctx, input }) => book.clearWrong(input, ctx.actor)),
    calls: procedure('contacts.read')
      .input(CallsInput)
      .query(({ input }) => calls.list(input)),
    recordCall: procedure('contacts.write')
      .input(RecordCallInput)
      .mutation(({ ctx, input }) => calls.record(input, ctx.actor)),
    amendCall: procedure('contacts.write')
      .input(AmendCallInput)
      .mutation(({ ctx, input }) => calls.amend(input, ctx.actor)),
  })
}

/** `GET /exports/contacts/xlsx?unit=…`, `GET /exports/contacts/csv?table=units` */
export function contactsExportRoute(contacts: Contacts): HttpRoute {
  return {
    prefix: '/exports/contacts/',
    permission: 'contacts.write',
    methods: ['GET'],
    async handle(_request, response, { actor, path, query }) {
      const input = ExportInput.safeParse({ format: path, table: query.get('table') ?? 'contacts', unit: query.get('unit') })
      if (!input.success) throw new WanglouError('INVALID_INPUT')
      const { fileName, type, bytes } = await contacts.exports.file(input.data, actor)
      response.writeHead(200, {
        'Content-Type': type,
        'Content-Length': bytes.length,
        'Content-Disposition': `attachment; filename="contacts.${input.data.format}"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
        'Cache-Control': 'no-store',
      })
      response.end(bytes)
    },
  }
}
