// `GET /exports/roll-call/<conference>`: the list of a 视频点名 as DOCX.
import { Id, WanglouError } from '../../contract/index.ts'
import type { HttpRoute } from '../../door/http-types.ts'
import type { RollCallService } from './roll-call.service.ts'

export function rollCallRoute(rollCalls: RollCallService): HttpRoute {
  return {
    prefix: '/exports/roll-call/',
    permission: 'conference.read',
    async handle(request, response, { path }) {
      const id = Id.safeParse(path)
      if (!id.success) throw new WanglouError('NOT_FOUND')
      const { fileName, bytes } = await rollCalls.document(id.data)
      response.writeHead(200, {
        'Content-Type': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        'Content-Length': bytes.length,
        'Content-Disposition': `attachment; filename="roll-call.docx"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
        'Cache-Control': 'no-store',
      })
      response.end(request.method === 'HEAD' ? undefined : bytes)
    },
  }
}
