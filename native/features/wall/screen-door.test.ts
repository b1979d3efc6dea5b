// Screens on other machines: an address where there is nothing but what a screen may ask, and a code from the desk before it shows anything.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request, type IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTRPCClient, httpLink } from '@trpc/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AppRouter } from '../../app-router.ts'
import { WallTile } from '../../contract/index.ts'
import { newId } from '../../kernel/ids.ts'
import { MachineConfig } from '../../kernel/config.ts'
import { openTestApp, type TestApp } from '../../testing/app.ts'
import { plainCamera } from '../cameras/testing/plain-camera.ts'

let app: TestApp
let page: string
beforeAll(async () => {
  page = await mkdtemp(join(tmpdir(), 'wanglou-page-'))
  await writeFile(join(page, 'index.html'), '<!doctype html><title>望楼</title>')
  await writeFile(join(page, 'app.js'), 'export {}')
  const { wall } = MachineConfig.parse({ wall: { listen: { ip: '127.0.0.1', port: 0, names: ['wall.example'] } } })
  app = await openTestApp({ pageDirectory: page, config: { wall } })
})
afterAll(async () => {
  await app.close()
  await rm(page, { recursive: true })
})

const origin = () => app.wall.screensAt ?? expect.unreachable('no door for screens')
const port = () => Number(new URL(origin()).port)
const navigating = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', 'sec-fetch-site': 'none' }

function ask(path: string, headers: Record<string, string> = {}): Promise<{ status: number; headers: IncomingHttpHeaders }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; headers: IncomingHttpHeaders }>()
  request({ host: '127.0.0.1', port: port(), path, headers }, (response) => {
    response.resume()
    response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }))
  })
    .on('error', reject)
    .end()
  return promise
}
const cookieOf = ({ headers }: { headers: IncomingHttpHeaders }) => String(headers['set-cookie']?.[0]).split(';')[0] ?? ''

test('a browser that opens a screen is let in without a link, and finds nothing else there', async () => {
  const first = await ask('/wall/abc', navigating)
  expect(first).toMatchObject({ status: 303, headers: { location: '/wall/abc' } })
  const cookie = cookieOf(first)
  expect(cookie).toMatch(/^wanglou-[0-9a-f]{12}-screen=/)
  expect((await ask('/wall/abc', { ...navigating, cookie })).status).toBe(200)
  expect((await ask('/app.js', { cookie })).status).toBe(200)
  expect((await ask('/wall/abc', { ...navigating, cookie, host: `wall.example:${port()}` })).status).toBe(200)
  const nothing = [
    '/',
    '/health',
    '/token',
    '/settings',
    '/exports/audit.csv',
    '/blobs/x',
    '/rpc/accounts.session',
    '/rpc/accounts.signIn',
    '/rpc/wall.standing',
  ]
  for (const path of nothing) expect((await ask(path, { 'sec-fetch-site': 'same-origin', cookie })).status, path).toBe(404)
  // Files of the page wait for a cookie too, and a start link is no way in.
  expect((await ask('/app.js')).status).toBe(401)
  expect((await ask(`/wall/abc?token=${app.sessions.mint()}`, navigating)).headers.location).toBe('/wall/abc')
})

test('a browser of another machine, which over plain HTTP says less of itself, is let in as well', async () => {
  const opening = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }
  const first = await ask('/wall', opening)
  expect(first).toMatchObject({ status: 303, headers: { location: '/wall' } })
  expect((await ask('/wall', { ...opening, cookie: cookieOf(first) })).status).toBe(200)
  expect((await ask('/app.js', { accept: '*/*' })).status).toBe(401)
})

test('another name than its own, or a page of elsewhere, reaches nothing', async () => {
  expect((await ask('/wall/abc', { ...navigating, host: `rebound.example:${port()}` })).status).toBe(403)
  expect((await ask('/wall/abc', { host: `127.0.0.1:${port()}`, origin: 'http://evil.example', 'sec-fetch-site': 'cross-site' })).status).toBe(403)
})

test('it shows a code, and after the desk has typed it, its board and no other; the station knows it again after a start', async () => {
  const officer = await app.as('duty-officer', 'system-admin')
  const wall = newId()
  await officer.rpc.wall.saveWall.mutate({ id: wall, name: '大厅', rows: 1, columns: 1, bezelX: 0, bezelY: 0, groupName: '' })
  const [{ id: screen }] = (await officer.rpc.wall.standing.query()).find(({ id }) => id === wall)!.screens as unknown as [{ id: string }]
  const cookie = cookieOf(await ask(`/wall/${screen}`, navigating))
  const rpc = createTRPCClient<AppRouter>({ links: [httpLink({ url: `${origin()}/rpc`, headers: { cookie } })] })
  const begun = await rpc.wall.screen.begin.mutate({ screen })
  if (begun.isPaired) return expect.unreachable('paired before anybody typed its code')
  await expect(rpc.wall.screen.board.query({ screen, tile: newId() })).rejects.toMatchObject({ data: { code: 'SCREEN_UNPAIRED' } })
  await officer.rpc.wall.pair.mutate({ code: begun.code })
  expect(await rpc.wall.screen.begin.mutate({ screen })).toEqual({ isPaired: true })
  // Nobody presses a key at a screen: it is not forgotten like a browser that nobody uses.
  await app.sessions.start()
  await app.store.write((tx) => tx.run('UPDATE secret_sessions SET lastActiveAt = 1'))
  await app.sessions.start()
  expect(await app.store.all('SELECT 1 FROM secret_sessions')).toHaveLength(1)
})

test('a browser at the short address shows a code; the desk says which screen it is; it is that screen from then on, also by its own address', async () => {
  const officer = await app.as('duty-officer', 'system-admin')
  const wall = newId()
  await officer.rpc.wall.saveWall.mutate({ id: wall, name: '会商室', rows: 1, columns: 1, bezelX: 0, bezelY: 0, groupName: '' })
  const screen = (await officer.rpc.wall.standing.query()).find(({ id }) => id === wall)!.screens[0]!.id
  const first = await ask('/wall', navigating)
  expect(first).toMatchObject({ status: 303, headers: { location: '/wall' } })
  const cookie = cookieOf(first)
  expect((await ask('/wall', { ...navigating, cookie })).status).toBe(200)
  expect((await ask('/walls', { ...navigating, cookie })).status).toBe(404)
  const rpc = createTRPCClient<AppRouter>({ links: [httpLink({ url: `${origin()}/rpc`, headers: { cookie } })] })
  const mine = await rpc.wall.screen.mine.mutate()
  if (mine.screen !== null) return expect.unreachable('a screen before anybody said so')
  expect(await rpc.wall.screen.mine.mutate()).toEqual(mine)
  await expect(officer.rpc.wall.pair.mutate({ code: mine.code })).rejects.toMatchObject({ data: { code: 'INVALID_INPUT' } })
  await officer.rpc.wall.pair.mutate({ code: mine.code, screen })
  expect(await rpc.wall.screen.mine.mutate()).toEqual({ screen })
  expect(await rpc.wall.screen.begin.mutate({ screen })).toEqual({ isPaired: true })
  await officer.rpc.wall.revoke.mutate({ screen })
  expect(await rpc.wall.screen.mine.mutate()).toMatchObject({ screen: null })
})

test('a paired screen gets the cameras and the room that stand on it, and nothing else of them: not another, not their settings, nothing to send', async () => {
  const officer = await app.as('duty-officer', 'system-admin')
  const film = (name: string) => officer.rpc.cameras.save.mutate({ ...plainCamera, name, sourceKind: 'film', address: 'film:none.mp4' })
  const [own, other] = [await film('值班电话 13812345678'), await film('别的摄像机')]
  const [wall, scene, room] = [newId(), newId(), newId()]
  await officer.rpc.wall.saveWall.mutate({ id: wall, name: '小厅', rows: 1, columns: 2, bezelX: 0, bezelY: 0, groupName: '' })
  const tile = (set: object) => WallTile.parse({ id: newId(), frame: { x: 0, y: 0, width: 1, height: 1 }, ...set })
  const [camera, call, beside] = [
    tile({ kind: 'camera', cameras: [own.id] }),
    tile({ kind: 'conference', conference: room }),
    tile({ kind: 'camera', cameras: [other.id], frame: { x: 1, y: 0, width: 1, height: 1 } }),
  ]
  const tiles = [camera, call, beside]
  await officer.rpc.wall.saveScene.mutate({ id: scene, wall, name: '全部', isInternal: false, tiles, acts: [], incidentType: null, phase: null })
  const { id: screen } = (await officer.rpc.wall.standing.query()).find(({ id }) => id === wall)!.screens[0]!
  const cookie = cookieOf(await ask(`/wall/${screen}`, navigating))
  const rpc = createTRPCClient<AppRouter>({ links: [httpLink({ url: `${origin()}/rpc`, headers: { cookie } })] })
  const status = async (path: string) => (await ask(`/wall-media/${screen}/${path}`, { cookie, 'sec-fetch-site': 'same-origin' })).status
  const begun = await rpc.wall.screen.begin.mutate({ screen })
  if (begun.isPaired) return expect.unreachable('paired before anybody typed its code')
  expect(await status(`camera-media/${own.id}/main/film`)).toBe(422)
  await officer.rpc.wall.pair.mutate({ code: begun.code })
  // Kept in a scene is not shown yet.
  expect(await status(`camera-media/${own.id}/main/film`)).toBe(404)
  await officer.rpc.wall.switch.mutate({ wall, scene })
  // Let through to the camera's own route: it has no such film.
  expect(await status(`camera-media/${own.id}/main/film`)).toBe(503)
  for (const path of [
    `camera-media/${other.id}/main/film`,
    `camera-stills/${other.id}`,
    `whep/${own.id}/main`,
    `blobs/${'0'.repeat(64)}`,
    'exports/audit.csv',
    '../rpc/x',
  ])
    expect(await status(path), path).toBe(404)
  const named = await rpc.wall.screen.cameras.query({ screen, tile: camera.id })
  expect(named).toEqual([{ id: own.id, name: '值班电话 138****56**', player: 'film', hasSub: false, state: expect.anything() as unknown }])
  await expect(rpc.wall.screen.cameras.query({ screen, tile: beside.id })).rejects.toMatchObject({ data: { code: 'NOT_FOUND' } })
  await expect(rpc.wall.screen.chart.query({ screen, tile: camera.id })).rejects.toMatchObject({ data: { code: 'NOT_FOUND' } })
  const at = { screen, tile: call.id }
  const place = { conference: room, participant: newId() }
  for (const [asked, direction] of [
    [{ at, place }, 'send'],
    [{ at, place: { ...place, conference: newId() } }, 'receive'],
    [{ at: { screen, tile: camera.id }, place }, 'receive'],
  ] as const) {
    const refused = rpc.wall.screen.conference.connect.mutate({ at: asked.at, place: { ...asked.place, direction } })
    await expect(refused).rejects.toMatchObject({ data: { code: 'NOT_FOUND' } })
  }
})
