// A file of this machine as the answer to a request: the whole, or the one range of bytes that was asked for, so that a player can seek.
import { createReadStream } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { readRange } from './ranges.ts'

export interface GivenFile {
  path: string
  /** Length in bytes, as it is now: a file that still grows ends here. */
  size: number
  headers: Readonly<Record<string, string>>
}

export async function giveFile({ path, size, headers }: GivenFile, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const range = readRange(request.headers.range, size)
  response.setHeader('Accept-Ranges', 'bytes')
  if (range.kind === 'unsatisfiable') return void response.writeHead(416, { 'Content-Range': `bytes */${size}` }).end()
  const [start, end] = range.kind === 'part' ? [range.start, range.end] : [0, size - 1]
  response.writeHead(range.kind === 'part' ? 206 : 200, {
    ...headers,
    'Content-Length': end - start + 1,
    ...(range.kind === 'part' ? { 'Content-Range': `bytes ${start}-${end}/${size}` } : {}),
  })
  if (request.method === 'HEAD' || size === 0) return void response.end()
  // A page that looks elsewhere breaks off: that is no error.
  await pipeline(createReadStream(path, { start, end }), response).catch(() => undefined)
}
