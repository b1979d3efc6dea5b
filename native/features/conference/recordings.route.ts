// `GET /recordings/<recording>/<part>`: a file of a recording that lies on this station.
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { WanglouError } from '../../contract/index.ts'
import type { HttpRoute } from '../../door/http-types.ts'
import type { RecordingsService } from './recordings.service.ts'

export function recordingsRoute(recordings: RecordingsService): HttpRoute {
  return {
    prefix: '/recordings/',
    permission: 'conference.read',
    async handle(request, response, { path }) {
      const [id = '', file = ''] = path.split('/')
      const found = await recordings.fileOf(id, file)
      const size = await stat(found.path).then(
        (stats) => stats.size,
        (cause: unknown) => {
          throw new WanglouError('NOT_FOUND', {}, { cause })
        },
      )
      response.writeHead(200, {
        'Content-Type': 'video/x-matroska',
        'Content-Length': size,
        'Content-Disposition': `attachment; filename="${found.name}"`,
        'Cache-Control': 'no-store',
      })
      if (request.method === 'HEAD') response.end()
      else await pipeline(createReadStream(found.path, { end: Math.max(0, size - 1) }), response)
    },
  }
}
