// `/tiles/<layer>/<z>/<x>/<y>` and `/tiles/<layer>/3d/<file>` for the page; `POST /map-packs/` takes in files larger than an attachment may be.
import type { ServerResponse } from 'node:http'
import { WanglouError } from '../../contract/index.ts'
import { type HttpRoute, sendJson } from '../../door/http-types.ts'
import type { Blobs } from '../../store/types.ts'
import type { Tile, TilesService } from './tiles.service.ts'

/** A province at street level is tens of gigabytes. */
const PACK_LIMIT_BYTES = 200_000_000_000
const DAY_S = 86_400

export function tilesRoute(tiles: TilesService): HttpRoute {
  return {
    prefix: '/tiles/',
    permission: 'layers.read',
    isOpenWhileLocked: true,
    async handle(request, response, { path }) {
      const tile = await find(tiles, path)
      send(response, tile, request.method === 'HEAD')
    },
  }
}

export function mapPacksRoute(blobs: Blobs): HttpRoute {
  return {
    prefix: '/map-packs/',
    permission: 'layers.write',
    methods: ['POST'],
    async handle(request, response) {
      sendJson(response, 201, await blobs.put(request.iterator({ destroyOnReturn: false }), { limitBytes: PACK_LIMIT_BYTES }))
    },
  }
}

function find(tiles: TilesService, path: string): Promise<Tile | null> {
  const grid = /^([0-9a-f-]{36})\/(\d{1,2})\/(\d{1,8})\/(\d{1,8})$/.exec(path)
  if (grid !== null) return tiles.tile(grid[1]!, { level: Number(grid[2]), x: Number(grid[3]), y: Number(grid[4]) })
  const file = /^([0-9a-f-]{36})\/3d\/(.{0,1000})$/.exec(path)
  if (file !== null) return tiles.file(file[1]!, file[2]!)
  throw new WanglouError('NOT_FOUND')
}

/** 204 where there is no tile: Cesium then goes on with the coarser one, and no line is lost in the browser's console. */
function send(response: ServerResponse, tile: Tile | null, isHead: boolean): void {
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin')
  response.setHeader('X-Content-Type-Options', 'nosniff')
  response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox")
  if (tile === null) return void response.writeHead(204, { 'Cache-Control': 'private, max-age=300' }).end()
  // What is old may be better in a minute; a pack's tile never changes under its layer's id.
  const maxAgeS = tile.isStale ? 60 : tile.fetchedAt === null ? 30 * DAY_S : DAY_S
  response.writeHead(200, {
    'Content-Type': tile.type,
    'Content-Length': tile.bytes.length,
    'Cache-Control': `private, max-age=${maxAgeS}`,
    ...(tile.fetchedAt === null ? {} : { 'Last-Modified': new Date(tile.fetchedAt).toUTCString() }),
  })
  response.end(isHead ? undefined : tile.bytes)
}
