// Cesium's own files in the development server: what is there is served with its type, nothing outside its folders is.
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cesiumAssets } from './cesium-assets.ts'

type Middleware = (request: unknown, response: { writeHead(code: number): { end(): void } }, next: () => void) => void
let server: Server
let origin = ''

beforeAll(async () => {
  let middleware: Middleware | undefined
  const vite = { middlewares: { use: (_path: string, handler: Middleware) => (middleware = handler) } }
  const { configureServer } = cesiumAssets() as unknown as { configureServer(server: typeof vite): void }
  configureServer(vite)
  server = createServer((request, response) => middleware?.(request, response, () => response.writeHead(404).end()))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => void server.close())

test('a file of its folders', async () => {
  const answer = await fetch(`${origin}/Assets/Textures/NaturalEarthII/tilemapresource.xml`)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('application/xml')
  expect(await answer.text()).toContain('TileMap')
})
test.each(['/Cesium.js', '/index.js', '/Assets/none.png', '/Assets', '/..%2f..%2fpackage.json', '/Assets/..%2f..%2f..%2fpackage.json'])(
  'not %s',
  async (path) => {
    expect((await fetch(`${origin}${path}`)).status).toBe(404)
  },
)
