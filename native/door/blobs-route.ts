// Files by their hash: `POST /blobs` streams one in, `GET /blobs/<sha256>` gives it back, whole or a range.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import { Sha256, WanglouError } from '../contract/index.ts'
import type { Blobs } from '../store/types.ts'
import { type HttpRoute, sendJson } from './http-types.ts'
import { readRange } from './ranges.ts'
import { fileSecurityPolicy } from './security-headers.ts'

/** Attachments go up to 500 MB. */
export const BLOB_LIMIT_BYTES = 500_000_000

/** What a browser may show by itself; anything else (HTML, SVG, scripts) is only ever saved. */
const shown = new Set([
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/gif',
  'application/pdf',
  'audio/mpeg',
  'audio/ogg',
  'audio/wav',
  'video/mp4',
  'video/webm',
])

export function blobsRoutes(options: { blobs: Blobs; limitBytes: number }): HttpRoute[] {
  const { blobs, limitBytes } = options

  async function give(request: IncomingMessage, response: ServerResponse, path: string, query: URLSearchParams): Promise<void> {
    const sha256 = Sha256.safeParse(path)
    if (!sha256.success) throw new WanglouError('NOT_FOUND')
    const info = await blobs.info(sha256.data)
    if (info === null) throw new WanglouError('NOT_FOUND')
    const etag = `"${info.sha256}"`
    response.setHeader('ETag', etag)
    response.setHeader('Accept-Ranges', 'bytes')
    response.setHeader('Cache-Control', 'private, max-age=31536000, immutable')
    response.setHeader('Content-Security-Policy', fileSecurityPolicy)
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304).end()
    const type = query.get('type') ?? ''
    response.setHeader('Content-Type', shown.has(type) ? type : 'application/octet-stream')
    response.setHeader('Content-Disposition', disposition(shown.has(type) && !query.has('save'), query.get('name')))
    const range =
      request.headers['if-range'] === undefined || request.headers['if-range'] === etag
        ? readRange(request.headers.range, info.size)
        : { kind: 'whole' as const }
    if (range.kind === 'unsatisfiable') return void response.writeHead(416, { 'Content-Range': `bytes */${info.size}` }).end()
    const part = range.kind === 'part' ? range : null
    if (part !== null) response.setHeader('Content-Range', `bytes ${part.start}-${part.end}/${info.size}`)
    response.setHeader('Content-Length', part === null ? info.size : part.end - part.start + 1)
    response.statusCode = part === null ? 200 : 206
    if (request.method === 'HEAD' || info.size === 0) return void response.end()
    await pipeline(Readable.from(blobs.read(info.sha256, part === null ? undefined : { start: part.start, end: part.end })), response)
  }

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const announced = Number(request.headers['content-length'] ?? 0)
    if (announced > limitBytes) throw new WanglouError('TOO_LARGE', { limitBytes })
    // The socket must outlive a refusal in the middle, or the sender never reads it.
    sendJson(response, 201, await blobs.put(request.iterator({ destroyOnReturn: false }), { limitBytes }))
  }

  return [
    { prefix: '/blobs/', permission: 'blobs.read', handle: (request, response, call) => give(request, response, call.path, call.query) },
    { prefix: '/blobs', permission: 'blobs.write', methods: ['POST'], isOpenWhileLocked: true, handle: take },
  ]
}

function disposition(isShown: boolean, name: string | null): string {
  const kind = isShown ? 'inline' : 'attachment'
  if (name === null || name === '' || !name.isWellFormed()) return kind
  return `${kind}; filename*=UTF-8''${encodeURIComponent(name.slice(0, 200)).replaceAll("'", '%27')}`
}
