// `GET /recordings/<recording>/<part>`: a file of a recording that lies on this station.
import { stat } from 'node:fs/promises'
import { WanglouError } from '../../contract/index.ts'
import { giveFile } from '../../door/give-file.ts'
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
      const headers = {
        'Content-Type': 'video/x-matroska',
        'Content-Disposition': `attachment; filename="${found.name}"`,
        'Cache-Control': 'no-store',
      }
      await giveFile({ path: found.path, size, headers }, request, response)
    },
  }
}
