// The maps of the station under a wall's globe: as whoever holds the wall sees them, fetched by the screen on which the globe stands and by no other, without the address they come from.
import { createReadStream } from 'node:fs'
import { request } from 'node:http'
import { createTRPCClient, httpLink } from '@trpc/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AppRouter } from '../../app-router.ts'
import { WallTile } from '../../contract/index.ts'
import { MachineConfig } from '../../kernel/config.ts'
import { newId } from '../../kernel/ids.ts'
import { openTestApp, type Seat, type TestApp } from '../../testing/app.ts'
import { makePack, png } from '../layers/fixtures.ts'

let app: TestApp
beforeAll(async () => {
  const { wall } = MachineConfig.parse({ wall: { listen: { ip: '127.0.0.1', port: 0 } } })
  app = await openTestApp({ config: { wall } })
})
afterAll(() => app.close())

async function get(path: string, headers: Record<string, string>): Promise<{ status: number; cookie: string; bytes: Buffer }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; cookie: string; bytes: Buffer }>()
  const at = new URL(path, app.wall.screensAt ?? expect.unreachable('no door for screens'))
  request(at, { headers }, async (response) => {
    const bytes = Buffer.concat(await response.toArray())
    resolve({ status: response.statusCode ?? 0, cookie: String(response.headers['set-cookie']?.[0]).split(';')[0] ?? '', bytes })
  })
    .on('error', reject)
    .end()
  return promise
}

/** A wall of one screen, paired, on which one tile stands. */
async function screenWith(officer: Seat, set: object) {
  const [wall, scene] = [newId(), newId()]
  const tile = WallTile.parse({ id: newId(), frame: { x: 0, y: 0, width: 1, height: 1 }, ...set })
  await officer.rpc.wall.saveWall.mutate({ id: wall, name: wall, rows: 1, columns: 1, bezelX: 0, bezelY: 0, groupName: '' })
  await officer.rpc.wall.saveScene.mutate({
    id: scene,
    wall,
    name: '图',
    isInternal: false,
    tiles: [tile],
    acts: [],
    incidentType: null,
    phase: null,
  })
  const screen = (await officer.rpc.wall.standing.query()).find(({ id }) => id === wall)!.screens[0]!.id
  const { cookie } = await get(`/wall/${screen}`, { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', 'sec-fetch-site': 'none' })
  const rpc = createTRPCClient<AppRouter>({ links: [httpLink({ url: `${app.wall.screensAt}/rpc`, headers: { cookie } })] })
  const begun = await rpc.wall.screen.begin.mutate({ screen })
  if (!begun.isPaired) await officer.rpc.wall.pair.mutate({ code: begun.code })
  const status = async (path: string) => (await get(`/${path}`, { cookie, 'sec-fetch-site': 'same-origin' })).status
  const show = () => officer.rpc.wall.switch.mutate({ wall, scene })
  return { screen, show, status, globe: () => rpc.wall.screen.globe.query({ screen, tile: tile.id, hasOutlines: false }) }
}

test('a map pack lies under it, dimmed and hidden as the holder has it, named with its number; tiles only while the globe stands there', async () => {
  const officer = await app.as('duty-officer', 'system-admin')
  const file = await makePack(app.directory, 'map.mbtiles', { metadata: { format: 'png' }, tiles: [[9, 411, 2 ** 9 - 1 - 203, png('a')]] })
  const { sha256 } = await app.blobs.put(createReadStream(file), { limitBytes: 1_000_000 })
  const pack = {
    blob: sha256,
    name: '影像',
    fileName: 'map.mbtiles',
    rows: null,
    tiling: null,
    datum: 'wgs84',
    reviewNumber: 'GS（2026）1 号',
  } as const
  const { id: layer } = await officer.rpc.layers.addPack.mutate(pack)
  const [globe, clock] = [await screenWith(officer, { kind: 'globe' }), await screenWith(officer, { kind: 'clock' })]
  const path = (screen: string) => `wall-tiles/${screen}/${layer}/9/411/203`
  // Kept in a scene is not shown yet.
  expect(await globe.status(path(globe.screen))).toBe(404)
  for (const { show } of [globe, clock]) await show()

  const shown = await globe.globe()
  expect(shown.credits).toEqual(['GS（2026）1 号'])
  expect(shown.grounds.map(({ id, opacity }) => [id, opacity])).toEqual([
    ['base', 1],
    [layer, 1],
  ])
  expect(shown.grounds[1]?.map).toMatchObject({ kind: 'tiles', tilesPath: `wall-tiles/${globe.screen}/${layer}/{z}/{x}/{y}`, maxLevel: 9 })
  expect(JSON.stringify(shown)).not.toContain(sha256)
  expect(await globe.status(path(globe.screen))).toBe(200)
  // No globe stands on that screen; another screen's tiles are not this one's; nothing but tiles of maps.
  expect(await clock.status(path(clock.screen))).toBe(404)
  expect(await clock.status(path(globe.screen))).not.toBe(200)
  expect(await globe.status(`wall-tiles/${globe.screen}/../../settings`)).toBe(404)

  // Whoever switched holds the wall.
  const look = (isVisible: boolean) => officer.rpc.layers.setViews.mutate([{ layer, position: -1, opacity: 0.5, isVisible }])
  await look(true)
  expect((await globe.globe()).grounds.map(({ id, opacity }) => [id, opacity])).toEqual([
    [layer, 0.5],
    ['base', 1],
  ])
  await look(false)
  expect(await globe.globe()).toMatchObject({ grounds: [{ id: 'base' }], credits: [] })
})
