// Uploads that must end in words: too large in the middle, a full disk; on a door with a small limit.
import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WanglouError } from '../contract/index.ts'
import type { Blobs } from '../store/types.ts'
import { openTestApp, type TestApp } from '../testing/app.ts'
import { blobsRoutes } from './blobs-route.ts'
import { Door } from './door.ts'
import { Page } from './page.ts'

const limitBytes = 100_000
let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

async function doorOver(blobs: Blobs): Promise<Door> {
  const door = new Door({
    router: app.router,
    routes: blobsRoutes({ blobs, limitBytes }),
    sessionRoutes: [],
    sessions: app.sessions,
    contextOf: (session) => app.accounts.view.contextOf(session),
    health: () => Promise.resolve({}),
    onRefused: () => undefined,
    page: new Page({ directory: app.directory }),
    port: 0,
    cookieName: 'x',
    log: pino({ level: 'silent' }),
  })
  await door.start()
  return door
}

/** Sends in chunks without saying how much is to come. */
function upload(door: Door, token: string, chunks: number): Promise<{ status: number; body: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: string }>()
  const asked = httpRequest(
    { host: '127.0.0.1', port: door.port, path: '/blobs', method: 'POST', headers: { Authorization: `Bearer ${token}` } },
    (response) => {
      let body = ''
      response.on('data', (chunk: Buffer) => (body += chunk.toString()))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
    },
  )
  asked.on('error', reject)
  for (let index = 0; index < chunks; index += 1) asked.write(randomBytes(10_000))
  asked.end()
  return promise
}

it('answers 413 in the middle of an upload and keeps nothing of it', async () => {
  const officer = await app.as('duty-officer')
  const door = await doorOver(app.blobs)
  const answer = await upload(door, officer.token, 30)
  expect(answer).toEqual({ status: 413, body: JSON.stringify({ code: 'TOO_LARGE', params: { limitBytes } }) })
  expect(await readdir(join(app.directory, 'blobs', 'arriving'))).toEqual([])
  expect((await upload(door, officer.token, 5)).status).toBe(201)
  await door.stop()
})

it('answers DISK_FULL when the disk is full', async () => {
  const officer = await app.as('duty-officer')
  const full: Blobs = {
    has: (sha256) => app.blobs.has(sha256),
    info: (sha256) => app.blobs.info(sha256),
    read: (sha256, range) => app.blobs.read(sha256, range),
    replace: (sha256, source) => app.blobs.replace(sha256, source),
    adopt: (path, sha256) => app.blobs.adopt(path, sha256),
    remove: (sha256) => app.blobs.remove(sha256),
    pathOf: (sha256) => app.blobs.pathOf(sha256),
    async put(source) {
      for await (const chunk of source) if (chunk.length > 0) throw new WanglouError('DISK_FULL')
      throw new Error('nothing was sent')
    },
  }
  const door = await doorOver(full)
  expect(await upload(door, officer.token, 30)).toEqual({ status: 507, body: '{"code":"DISK_FULL","params":{}}' })
  await door.stop()
})

it('takes an upload while the screen is locked, and gives none out', async () => {
  const officer = await app.as('duty-officer')
  const door = await doorOver(app.blobs)
  const put = JSON.parse((await upload(door, officer.token, 1)).body) as { sha256: string }
  await officer.rpc.accounts.lock.mutate()
  expect((await upload(door, officer.token, 1)).status).toBe(201)
  const read = await fetch(`${door.origin}/blobs/${put.sha256}`, { headers: { Authorization: `Bearer ${officer.token}` } })
  expect(await read.json()).toEqual({ code: 'SESSION_LOCKED', params: {} })
  await door.stop()
})
