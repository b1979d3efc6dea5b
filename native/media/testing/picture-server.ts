// A camera's web server for tests: Motion JPEG and single pictures from ffmpeg, files of a folder, behind Basic or Digest.
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, join } from 'node:path'
import type { Readable } from 'node:stream'

export interface PictureServerOptions {
  /** JPEGs, one after the other. */
  jpegs?: Readable
  folder?: string
  login?: { username: string; password: string }
  port?: number
}

export interface PictureServer {
  port: number
  /** Paths as they were asked for. */
  asked: string[]
  close(): Promise<void>
}

const realm = 'camera'

export async function openPictureServer({ jpegs, folder, login, port = 0 }: PictureServerOptions): Promise<PictureServer> {
  const watching = new Set<ServerResponse>()
  const asked: string[] = []
  let latest: Buffer | null = null
  let rest: Buffer = Buffer.alloc(0)
  jpegs?.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    for (let end = rest.indexOf(Buffer.from([0xff, 0xd9])); end >= 0; end = rest.indexOf(Buffer.from([0xff, 0xd9]))) {
      latest = Buffer.from(rest.subarray(0, end + 2))
      rest = rest.subarray(end + 2)
      for (const response of watching) writePart(response, latest)
    }
  })
  const server = createServer((request, response) => void answer(request, response))
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://camera').pathname
    asked.push(request.url ?? '')
    if (login !== undefined && !isSigned(request, login)) {
      const nonce = randomBytes(8).toString('hex')
      return void response.writeHead(401, { 'WWW-Authenticate': `Digest realm="${realm}", nonce="${nonce}", qop="auth"` }).end()
    }
    if (path === '/video') {
      response.writeHead(200, { 'Content-Type': 'multipart/x-mixed-replace; boundary=--frame' })
      watching.add(response)
      return void response.once('close', () => watching.delete(response))
    }
    if (path === '/still.jpg' && latest !== null) return void response.writeHead(200, { 'Content-Type': 'image/jpeg' }).end(latest)
    const file = folder === undefined ? null : await readFile(join(folder, basename(path))).catch(() => null)
    if (file === null) return void response.writeHead(404).end()
    response.writeHead(200, { 'Content-Type': path.endsWith('.m3u8') ? 'application/vnd.apple.mpegurl' : 'video/mp2t' }).end(file)
  }
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

function writePart(response: ServerResponse, jpeg: Buffer): void {
  if (response.writableLength > 1_000_000) return
  response.write(`--frame\r\nContent-Type: image/jpeg\r\nContent-Length: ${jpeg.length}\r\n\r\n`)
  response.write(jpeg)
  response.write('\r\n')
}

/** Reckons the answer anew from what was sent (RFC 7616 §3.4.1). */
function isSigned({ headers, method }: IncomingMessage, { username, password }: { username: string; password: string }): boolean {
  const given = new Map([...(headers.authorization ?? '').matchAll(/(\w+)="?([^",]+)"?/g)].map(([, name, value]) => [name, value]))
  const sum = (...parts: (string | undefined)[]) => createHash('md5').update(parts.join(':')).digest('hex')
  const [nonce, nc, cnonce] = [given.get('nonce'), given.get('nc'), given.get('cnonce')]
  return given.get('response') === sum(sum(username, realm, password), nonce, nc, cnonce, 'auth', sum(method, given.get('uri')))
}
