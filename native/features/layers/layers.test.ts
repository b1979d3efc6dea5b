// Layers from end to end of the station: packs in and served, sources asked, keyed, cached, refused; drawings done and undone.
import { createReadStream } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type OnlineLayerInput, TileSource, WanglouError } from '../../contract/index.ts'
import type { Actor } from '../../door/trpc.ts'
import { statusOf } from '../../door/http-types.ts'
import { MachineKey } from '../../kernel/machine-key.ts'
import { openTestStation } from '../../testing/station.ts'
import { DrawingsService } from './drawings.service.ts'
import { actor, type FakeSource, makePack, openFakeSource, png } from './fixtures.ts'
import { LayersRepository } from './layers.repository.ts'
import { tilesRoute } from './layers.routes.ts'
import { LayersService } from './layers.service.ts'
import { TileCache } from './tile-cache.ts'
import { TilesService } from './tiles.service.ts'

const admin = actor('layers.admin', 'layers.write') as Actor
const officer = actor('layers.write', 'drawings.write') as Actor
let station: Awaited<ReturnType<typeof openTestStation>>
let tiles: TilesService
let layers: LayersService
let drawings: DrawingsService
let repository: LayersRepository
const sources: FakeSource[] = []

beforeEach(async () => {
  station = await openTestStation()
  repository = new LayersRepository({ store: station.store, machineKey: await MachineKey.open(station.directory) })
  const cache = new TileCache({ folder: join(station.directory, 'tiles'), limitBytes: 1_000_000 })
  tiles = new TilesService({ repository, blobs: station.blobs, cache })
  layers = new LayersService({ journal: station.journal, repository, tiles, blobs: station.blobs })
  drawings = new DrawingsService({ store: station.store, journal: station.journal })
})
afterEach(async () => {
  for (const source of sources.splice(0)) await source.close()
  await tiles.stop()
  await station.close()
})

async function open(answer: FakeSource['answer']): Promise<FakeSource> {
  const source = await openFakeSource(answer)
  sources.push(source)
  return source
}
function online(template: string, more: Partial<TileSource> = {}, key: string | null = null): OnlineLayerInput {
  const source = { ...TileSource.parse({ kind: 'tiles', template, tiling: 'mercator', minLevel: 0, maxLevel: 18, datum: 'wgs84' }), ...more }
  return { name: '影像', source, attribution: null, reviewNumber: null, key }
}
const pack = { name: null, fileName: 'map.mbtiles', rows: null, tiling: null, datum: 'wgs84', reviewNumber: null } as const

test('a pack is taken in and its tiles come back by rows from the north, whichever way the file counts', async () => {
  for (const scheme of ['tms', 'xyz'] as const) {
    const row = scheme === 'tms' ? 2 ** 9 - 1 - 203 : 203
    const path = await makePack(station.directory, `${scheme}.mbtiles`, { metadata: { scheme, name: scheme }, tiles: [[9, 411, row, png(scheme)]] })
    const { sha256 } = await station.blobs.put(createReadStream(path), { limitBytes: 1e9 })
    const layer = await layers.addPack(officer, { ...pack, blob: sha256 })
    expect(layer).toMatchObject({ name: scheme, health: { state: 'ok' }, source: { rows: scheme } })
    expect((await tiles.tile(layer.id, { level: 9, x: 411, y: 203 }))?.bytes).toEqual(png(scheme))
    expect(await tiles.tile(layer.id, { level: 9, x: 411, y: 204 })).toBeNull()
    expect(await tiles.tile(layer.id, { level: 9, x: 600, y: 204 })).toBeNull()
  }
  expect(await layers.list()).toHaveLength(2)
})

test('a file that is no pack leaves nothing behind', async () => {
  const { sha256 } = await station.blobs.put(
    (async function* () {
      yield Buffer.from('no map')
    })(),
    { limitBytes: 100 },
  )
  await expect(layers.addPack(officer, { ...pack, blob: sha256 })).rejects.toMatchObject({ code: 'FILE_WRONG_TYPE' })
  expect(await layers.list()).toEqual([])
})

test('an online tile is asked for once, with the key, and then comes from the cache', async () => {
  const source = await open(() => ({ status: 200, body: png('tile') }))
  const layer = await layers.addOnline(admin, online(`${source.url}/{z}/{x}/{y}?tk={key}`, {}, 'secret key'))
  expect(JSON.stringify(layer)).not.toContain('secret')
  expect(layer).toMatchObject({ hasKey: true, health: { state: 'unknown' } })
  const wanted = { level: 9, x: 411, y: 203 }
  const both = await Promise.all([tiles.tile(layer.id, wanted), tiles.tile(layer.id, wanted)])
  expect(both.map((tile) => tile?.type)).toEqual(['image/png', 'image/png'])
  await tiles.tile(layer.id, wanted)
  expect(source.asked).toEqual(['/9/411/203?tk=secret%20key'])
  expect((await layers.list())[0]).toMatchObject({ health: { state: 'ok' }, fetchedAt: expect.any(Number) })
  const { rows } = await dump()
  expect(rows).not.toContain('secret key')
})

test('the source goes down: what is cached is shown as old, the rest is a state, and it is not hammered', async () => {
  const source = await open(() => ({ status: 200, body: png('tile') }))
  const layer = await layers.addOnline(admin, online(`${source.url}/{z}/{x}/{y}`, { maxAgeHours: 0 }))
  await tiles.tile(layer.id, { level: 3, x: 6, y: 3 })
  source.answer = () => ({ status: 500, body: 'no' })
  expect(await tiles.tile(layer.id, { level: 3, x: 6, y: 3 })).toMatchObject({ isStale: true })
  await expect(tiles.tile(layer.id, { level: 3, x: 7, y: 3 })).rejects.toMatchObject({ code: 'LAYER_UNREACHABLE' })
  expect(source.asked).toHaveLength(2)
  expect((await layers.list())[0]?.health).toMatchObject({
    state: 'down',
    reason: 'layers.reason.server-error',
    params: { status: 500 },
    nextStep: 'layers.next.server-error',
  })
  source.answer = () => ({ status: 200, body: png('again') })
  expect((await layers.check(layer.id)).health.state).toBe('ok')
})

test.each([
  [403, 'x', 'key-refused'],
  [418, 'x', 'key-refused'],
  [200, '<html>error</html>', 'no-picture'],
  [503, '', 'server-error'],
] as const)('an answer of %d is told as what it is', async (status, body, reason) => {
  const source = await open(() => ({ status, body }))
  const layer = await layers.addOnline(admin, online(`${source.url}/{z}/{x}/{y}`))
  expect((await layers.check(layer.id)).health).toMatchObject({ state: 'down', reason: `layers.reason.${reason}` })
})

test('404 is a hole in the map, not a failure', async () => {
  const source = await open(() => ({ status: 404 }))
  const layer = await layers.addOnline(admin, online(`${source.url}/{z}/{x}/{y}`))
  expect(await tiles.tile(layer.id, { level: 3, x: 6, y: 3 })).toBeNull()
  expect((await layers.list())[0]?.health.state).toBe('ok')
})

test('who is no administrator may use known hosts and those an administrator has entered, and never the inside', async () => {
  const source = await open(() => ({ status: 200, body: png('x') }))
  for (const address of [
    'http://maps.example/{z}/{x}/{y}',
    `${source.url}/{z}/{x}/{y}`,
    'http://{s}.example/{z}/{x}/{y}',
    'http://{x}/{z}/{y}',
    'http://t0.tianditu.gov.cn.evil.example/{z}/{x}/{y}',
    'http://t0.tianditu.gov.cn@evil.example/{z}/{x}/{y}',
  ]) {
    await expect(layers.addOnline(officer, online(address, { subdomains: ['a'] }))).rejects.toMatchObject({ code: 'ADDRESS_NOT_ALLOWED' })
  }
  expect(await layers.addOnline(officer, online('https://t{s}.tianditu.gov.cn/{z}/{x}/{y}', { subdomains: ['0', '7'] }))).toMatchObject({
    isTrusted: false,
  })
  await layers.addOnline(admin, online(`${source.url}/{z}/{x}/{y}`))
  const own = await layers.addOnline(officer, online(`${source.url}/other/{z}/{x}/{y}`))
  expect((await layers.check(own.id)).health).toMatchObject({ state: 'down', reason: 'layers.reason.refused-address' })
  expect(source.asked).toEqual([])
})

test('a tileset is fetched below its folder alone, with its query', async () => {
  const source = await open((path) => ({ status: 200, body: path.includes('tileset') ? '{"asset":{"version":"1.1"}}' : 'glTF....' }))
  const layer = await layers.addOnline(admin, {
    name: '模型',
    source: { kind: 'tiles3d', url: `${source.url}/city/tileset.json?k={key}`, maxAgeHours: 1 },
    attribution: null,
    reviewNumber: null,
    key: 'k1',
  })
  expect(await tiles.file(layer.id, 'tileset.json')).toMatchObject({ type: 'application/json' })
  expect(await tiles.file(layer.id, 'a/b.glb')).toMatchObject({ type: 'application/octet-stream' })
  await expect(tiles.file(layer.id, '../../etc/passwd')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(source.asked).toEqual(['/city/tileset.json?k=k1', '/city/a/b.glb?k=k1'])
})

test('over HTTP: a tile, a hole, an unknown layer, a path that climbs', async () => {
  const path = await makePack(station.directory, 'map.mbtiles', { tiles: [[9, 411, 2 ** 9 - 1 - 203, png('a')]] })
  const { sha256 } = await station.blobs.put(createReadStream(path), { limitBytes: 1e9 })
  const { id } = await layers.addPack(officer, { ...pack, blob: sha256 })
  const server = await serve()
  const get = (suffix: string) => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/tiles/${suffix}`)
  const tile = await get(`${id}/9/411/203`)
  expect([tile.status, tile.headers.get('content-type'), Buffer.from(await tile.arrayBuffer())]).toEqual([200, 'image/png', png('a')])
  expect((await get(`${id}/9/411/204`)).status).toBe(204)
  expect((await get(`${id}/99/411/204`)).status).toBe(204)
  expect((await get('0199c0de-0000-7000-8000-00000000dead/9/1/1')).status).toBe(404)
  expect((await get(`${id}/9/411`)).status).toBe(404)
  server.close()
})

test('each person has an own order, opacity and visibility', async () => {
  await layers.setViews('a', [
    { layer: 'base', position: 0, opacity: 0.5, isVisible: true },
    { layer: 'boundaries', position: 1, opacity: 1, isVisible: false },
  ])
  await layers.setViews('a', [{ layer: 'base', position: 2, opacity: 0.7, isVisible: true }])
  expect(await layers.views('a')).toEqual([
    { layer: 'boundaries', position: 1, opacity: 1, isVisible: false },
    { layer: 'base', position: 2, opacity: 0.7, isVisible: true },
  ])
  expect(await layers.views('b')).toEqual([])
})

test('removing a layer takes its key and its tiles along; only an administrator changes the key of what one entered', async () => {
  const source = await open(() => ({ status: 200, body: png('x') }))
  const layer = await layers.addOnline(admin, online(`${source.url}/{z}/{x}/{y}`, {}, 'k'))
  await expect(layers.setKey(officer, layer.id, 'mine')).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await tiles.tile(layer.id, { level: 3, x: 6, y: 3 })
  await layers.remove(admin, layer.id)
  expect(await layers.list()).toEqual([])
  expect(await repository.key(layer.id)).toBeNull()
  await expect(tiles.tile(layer.id, { level: 3, x: 6, y: 3 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a drawing is kept, changed, removed, and each act can be undone and redone', async () => {
  const input = { name: '警戒区', geometry: { type: 'Circle', coordinates: [109.5, 34.5], radiusM: 800 }, symbol: null, incident: null } as const
  const added = await drawings.add(officer, { ...input, geometry: { ...input.geometry, coordinates: [109.5, 34.5] } })
  const changed = await drawings.change(officer, added.drawing, { ...input, name: '警戒区 2', geometry: { type: 'Point', coordinates: [109, 34] } })
  expect(await drawings.list(null)).toEqual([
    { ...input, id: added.drawing, name: '警戒区 2', kind: 'point', geometry: { type: 'Point', coordinates: [109, 34] } },
  ])
  const undone = await drawings.undo(officer, changed.entry)
  expect(await drawings.list(null)).toMatchObject([{ name: '警戒区', kind: 'circle' }])
  await drawings.undo(officer, undone.entry)
  expect(await drawings.list(null)).toMatchObject([{ name: '警戒区 2' }])
  const removed = await drawings.remove(officer, added.drawing)
  expect(await drawings.list(null)).toEqual([])
  await drawings.undo(officer, removed.entry)
  expect(await drawings.list(null)).toHaveLength(1)
})

test('an undone addition is gone; what somebody changed since cannot be undone; other acts are none of ours', async () => {
  const input = {
    name: '线',
    geometry: {
      type: 'LineString',
      coordinates: [
        [109, 34],
        [110, 34],
      ],
    },
    symbol: 'E10100',
    incident: null,
  } as const
  const add = () =>
    drawings.add(officer, {
      ...input,
      geometry: {
        type: 'LineString',
        coordinates: [
          [109, 34],
          [110, 34],
        ],
      },
    })
  const first = await add()
  await drawings.undo(officer, first.entry)
  expect(await drawings.list(null)).toEqual([])
  const second = await add()
  const change = await drawings.change(officer, second.drawing, {
    ...input,
    name: '改',
    geometry: {
      type: 'LineString',
      coordinates: [
        [109, 34],
        [110, 34],
      ],
    },
  })
  await drawings.change(officer, second.drawing, {
    ...input,
    name: '又改',
    geometry: {
      type: 'LineString',
      coordinates: [
        [109, 34],
        [110, 34],
      ],
    },
  })
  await expect(drawings.undo(officer, change.entry)).rejects.toMatchObject({ code: 'UNDO_STALE' })
  await expect(drawings.undo(officer, `${station.journal.station}/centre:x/999`)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test("an incident's drawing stands in the incident's time line", async () => {
  const incident = '0199c0de-0000-7000-8000-0000000000aa'
  await drawings.add(officer, {
    name: '疏散路线',
    geometry: {
      type: 'LineString',
      coordinates: [
        [109, 34],
        [110, 34],
      ],
    },
    symbol: 'E30200',
    incident,
  })
  expect(await drawings.list(incident)).toHaveLength(1)
  const line = await station.journal.timeline({ dataset: 'incidents', row: incident }, { by: 'known' })
  expect(line.map(({ action }) => action)).toEqual(['drawings.add'])
})

async function dump(): Promise<{ rows: string }> {
  const rows = [...(await station.store.all('SELECT * FROM layers')), ...(await station.store.all('SELECT * FROM secret_layers'))]
  return { rows: JSON.stringify(rows) }
}

/** The routes behind a bare server, as the door calls them. */
async function serve(): Promise<Server> {
  const route = tilesRoute(tiles)
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://door')
    try {
      await route.handle(request, response, {
        actor: officer,
        path: decodeURIComponent(url.pathname.slice(route.prefix.length)),
        query: url.searchParams,
      })
    } catch (error) {
      response.writeHead(error instanceof WanglouError ? statusOf(error.code) : 500).end()
    }
  }
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}
