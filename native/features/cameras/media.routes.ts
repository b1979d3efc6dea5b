// `/camera-media/<camera>/<quality>/…`: what the station fetches for a page — FLV, single pictures, HLS, films, the offer to another server's WHEP.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { StreamError, WanglouError } from '../../contract/index.ts'
import { giveFile } from '../../door/give-file.ts'
import { type HttpRoute, sendJson } from '../../door/http-types.ts'
import { fileSecurityPolicy } from '../../door/security-headers.ts'
import type { OwnedStream } from '../../media/ingest/asking.ts'
import { FileStream } from '../../media/pull/file-stream.ts'
import { FlvStream } from '../../media/pull/flv-stream.ts'
import { ForeignWhep } from '../../media/pull/foreign-whep.ts'
import { HlsStream } from '../../media/pull/hls-stream.ts'
import { PictureStream } from '../../media/pull/picture-stream.ts'
import type { Cameras } from './cameras.feature.ts'
import { bodyOf, sdpLimitBytes, streamOf } from './requests.ts'

/** A page that is so far behind is given nothing until the next key frame. */
const backlogBytes = 4_000_000
const pictureWaitMs = 8_000
const filmTypes: Record<string, string> = { mp4: 'video/mp4', m4v: 'video/mp4', webm: 'video/webm', mov: 'video/quicktime' }

interface Call {
  stream: OwnedStream
  request: IncomingMessage
  response: ServerResponse
  /** What follows camera and quality. */
  rest: string
  query: URLSearchParams
}

export function mediaRoutes(cameras: Cameras): HttpRoute[] {
  return [
    {
      prefix: '/camera-media/',
      permission: 'cameras.read',
      methods: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'],
      async handle(request, response, { path, query }) {
        const [first = '', second = '', ...rest] = path.split('/')
        const [id, quality] = streamOf(`${first}/${second}`)
        const watch = await cameras.watchPulled(id, quality)
        response.setHeader('Cache-Control', 'no-store')
        response.setHeader('Content-Security-Policy', fileSecurityPolicy)
        try {
          await give({ stream: watch.stream, request, response, rest: rest.join('/'), query })
        } catch (error) {
          if (!(error instanceof StreamError)) throw error
          // The world's fault, told as state: the tile says it, and asks again.
          if (!response.headersSent) sendJson(response, 503, { fault: error.fault })
          else response.destroy()
        } finally {
          watch.release()
        }
      },
    },
  ]
}

async function give(call: Call): Promise<void> {
  const { stream, request, rest } = call
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (stream instanceof FlvStream && rest === 'live.flv' && isRead) return giveFlv(stream, call.response)
  if (stream instanceof PictureStream && rest === 'picture' && isRead) return givePicture(stream, call)
  if (stream instanceof HlsStream && isRead) return giveHls(stream, call)
  if (stream instanceof FileStream && rest === 'film' && isRead) return giveFilm(stream, call)
  if (stream instanceof ForeignWhep && !isRead) return carryWhep(stream, call)
  throw new WanglouError('NOT_FOUND')
}

async function giveFlv(stream: FlvStream, response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'Content-Type': 'video/x-flv' })
  response.socket?.setNoDelay(true)
  const { promise, resolve } = Promise.withResolvers<void>()
  const end = stream.subscribe({
    write(bytes) {
      response.write(bytes)
      return response.writableLength < backlogBytes
    },
    end: () => void response.end(),
  })
  response.once('close', resolve)
  await promise
  end()
}

async function givePicture(stream: PictureStream, { response, query }: Call): Promise<void> {
  const picture = await stream.next(Number(query.get('after') ?? 0) || 0, pictureWaitMs)
  if (picture === null) {
    const { state, fault } = stream.status
    if (state === 'failed' && fault !== null) throw new StreamError(fault.code, fault.params)
    return void response.writeHead(204).end()
  }
  response.writeHead(200, { 'Content-Type': 'image/jpeg', 'Content-Length': picture.bytes.length, 'X-Picture': String(picture.number) })
  response.end(picture.bytes)
}

async function giveHls(stream: HlsStream, { response, rest, query }: Call): Promise<void> {
  const number = rest === 'index.m3u8' ? 0 : Number(/^part\/(\d{1,9})$/.exec(rest)?.[1] ?? -1)
  const part = number < 0 ? null : await stream.part(number, query)
  if (part === null) throw new WanglouError('NOT_FOUND')
  response.writeHead(200, { 'Content-Type': part.type, 'Content-Length': part.bytes.length })
  response.end(part.bytes)
}

async function giveFilm(stream: FileStream, { request, response }: Call): Promise<void> {
  const { path, bytes } = await stream.find()
  const type = filmTypes[/\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '']
  if (type === undefined) throw new StreamError('codec-unplayable', { codec: /\.(\w+)$/.exec(path)?.[1] ?? '' })
  await giveFile({ path, size: bytes, headers: { 'Content-Type': type } }, request, response)
}

/** POST an offer, PATCH the answer to a counter-offer, DELETE the session. */
async function carryWhep(stream: ForeignWhep, { request, response, rest }: Call): Promise<void> {
  const session = /^whep\/([0-9a-f]{32})$/.exec(rest)?.[1]
  if (request.method === 'POST' && rest === 'whep') {
    const given = await stream.play((await bodyOf(request, sdpLimitBytes)).toString('utf8'))
    response.writeHead(given.isCounterOffer ? 406 : 201, { 'Content-Type': 'application/sdp', Location: `whep/${given.session}` })
    return void response.end(given.sdp)
  }
  if (session === undefined) throw new WanglouError('NOT_FOUND')
  const isKnown =
    request.method === 'PATCH' ? await stream.answer(session, (await bodyOf(request, sdpLimitBytes)).toString('utf8')) : await stream.end(session)
  if (!isKnown) throw new WanglouError('NOT_FOUND')
  response.writeHead(204).end()
}
