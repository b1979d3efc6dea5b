// The built page: files of one directory, and index.html for every address that is a view of the page.
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.geojson': 'application/geo+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
  '.glb': 'model/gltf-binary',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.wav': 'audio/wav',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
}

interface Found {
  path: string
  size: number
  modifiedMs: number
}

export class Page {
  readonly #directory: string

  constructor(options: { directory: string }) {
    this.#directory = options.directory
  }

  /** @returns false when there is no such file and the address is no view either (404) */
  async give(request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean> {
    const isView = extname(path) === ''
    const found = (await this.#find(path)) ?? (isView ? await this.#find('/index.html') : null)
    if (found === null) return false
    const etag = `"${found.size.toString(36)}-${Math.round(found.modifiedMs).toString(36)}"`
    response.setHeader('ETag', etag)
    // Names under assets/ carry their content's hash.
    response.setHeader('Cache-Control', path.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-cache')
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304).end()
      return true
    }
    response.writeHead(200, { 'Content-Type': types[extname(found.path).toLowerCase()] ?? 'application/octet-stream', 'Content-Length': found.size })
    if (request.method === 'HEAD') response.end()
    else await pipeline(createReadStream(found.path), response)
    return true
  }

  async #find(path: string): Promise<Found | null> {
    const full = normalize(join(this.#directory, path))
    if (path.includes('\0') || !full.startsWith(normalize(this.#directory) + sep)) return null
    const info = await stat(full).catch(() => null)
    return info?.isFile() ? { path: full, size: info.size, modifiedMs: info.mtimeMs } : null
  }
}
