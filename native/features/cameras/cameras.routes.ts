// `POST /whep/<camera>/<quality>` gives the picture to a page; `/whep-sessions/<id>` ends it; `/camera-stills/<camera>` keeps and gives the last still.
import type { ServerResponse } from 'node:http'
import { CameraRecordsInput, Id, StreamError, WanglouError } from '../../contract/index.ts'
import { type HttpRoute, sendJson } from '../../door/http-types.ts'
import { fileSecurityPolicy } from '../../door/security-headers.ts'
import type { Cameras } from './cameras.feature.ts'
import { bodyOf, sdpLimitBytes, streamOf } from './requests.ts'
import { stillLimitBytes } from './stills.ts'

export function camerasRoutes(cameras: Cameras): HttpRoute[] {
  return [
    {
      prefix: '/whep/',
      permission: 'cameras.read',
      methods: ['POST'],
      async handle(request, response, { actor, path }) {
        const [id, quality, from, to, ...rest] = path.split('/')
        if (rest.length > 0) throw new WanglouError('NOT_FOUND')
        const span = quality === 'record' ? CameraRecordsInput.safeParse({ id, startTime: from, endTime: to }) : null
        const [camera, asked] = span === null ? streamOf(path) : [id ?? '', 'main' as const]
        if (span?.success === false) throw new WanglouError('NOT_FOUND')
        if (!/^application\/sdp\b/.test(request.headers['content-type'] ?? '')) throw new WanglouError('INVALID_INPUT', { field: 'content-type' })
        const sdp = (await bodyOf(request, sdpLimitBytes)).toString('utf8')
        try {
          const watch = span === null ? await cameras.watch(camera, asked) : await cameras.watchRecord(camera, span.data)
          const session = await cameras.whep.play({ sdp, watch, viewer: actor })
          // From where it was asked: a screen of the wall asks under an address of its own.
          const Location = `${'../'.repeat(path.split('/').length)}whep-sessions/${session.id}`
          response.writeHead(201, { 'Content-Type': 'application/sdp', Location, 'Cache-Control': 'no-store' })
          response.end(session.answer)
        } catch (error) {
          if (!(error instanceof StreamError)) throw error
          // The world's fault, told as state: the tile says it, and asks again.
          sendJson(response, 503, { fault: error.fault })
        }
      },
    },
    {
      prefix: '/whep-sessions/',
      permission: 'cameras.read',
      methods: ['DELETE', 'PATCH'],
      async handle(request, response, { actor, path }) {
        // Everything stands in the answer, there is nothing to trickle.
        if (request.method === 'PATCH') return void response.writeHead(405, { Allow: 'DELETE' }).end()
        if (!cameras.whep.end(path, actor)) throw new WanglouError('NOT_FOUND')
        response.writeHead(204).end()
      },
    },
    {
      prefix: '/camera-stills/',
      permission: 'cameras.read',
      methods: ['GET', 'HEAD', 'PUT'],
      async handle(request, response, { path }) {
        const id = Id.safeParse(path)
        if (!id.success) throw new WanglouError('NOT_FOUND')
        if (request.method === 'PUT') {
          await cameras.service.stored(id.data)
          await cameras.stills.keep(id.data, await bodyOf(request, stillLimitBytes))
          return void response.writeHead(204).end()
        }
        giveStill(response, {
          bytes: await cameras.stills.read(id.data),
          takenAt: cameras.stills.takenAt(id.data) ?? 0,
          isHead: request.method === 'HEAD',
        })
      },
    },
  ]
}

function giveStill(response: ServerResponse, { bytes, takenAt, isHead }: { bytes: Buffer; takenAt: number; isHead: boolean }): void {
  response.setHeader('Content-Security-Policy', fileSecurityPolicy)
  response.writeHead(200, {
    'Content-Type': 'image/jpeg',
    'Content-Length': bytes.length,
    'Cache-Control': 'private, no-cache',
    'Last-Modified': new Date(takenAt).toUTCString(),
  })
  response.end(isHead ? undefined : bytes)
}
