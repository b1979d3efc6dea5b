// The door over real sockets: tokens, Host and Origin, files and ranges, the page with its policy, RPC both ways.
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTRPCClient, createWSClient, wsLink } from '@trpc/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { AppRouter } from '../app-router.ts'
import type { Change } from '../contract/index.ts'
import { openTestApp, type TestApp } from '../testing/app.ts'

let app: TestApp
let page: string
beforeAll(async () => {
  page = await mkdtemp(join(tmpdir(), 'wanglou-page-'))
  await writeFile(join(page, 'index.html'), '<!doctype html><title>望楼</title>')
  await writeFile(join(page, 'app.js'), 'export {}')
  await writeFile(join(page, '..', 'wanglou-secret.txt'), 'outside')
  app = await openTestApp({ pageDirectory: page })
})
afterAll(async () => {
  await app.close()
  await rm(page, { recursive: true, force: true })
})

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

/** As a program would that sets any header it likes (fetch forbids Host and Origin). */
function ask(path: string, options: { method?: string; headers?: Record<string, string>; body?: Buffer } = {}): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const asked = httpRequest(
    { host: '127.0.0.1', port: app.door.port, path, method: options.method ?? 'GET', headers: options.headers ?? {} },
    (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }))
      response.on('error', reject)
    },
  )
  asked.on('error', reject)
  asked.end(options.body)
  return promise
}

const bearer = async () => ({ Authorization: `Bearer ${(await readFile(join(app.directory, 'bearer-token'), 'utf8')).trim()}` })
const cookieFrom = (answer: Answer) => String(answer.headers['set-cookie']?.[0]).split(';')[0] ?? ''

describe('tokens', () => {
  it('turns the start link into a cookie at once, takes it out of the address, and never takes it twice', async () => {
    const url = new URL(app.startUrl(true))
    const first = await ask(`${url.pathname}${url.search}&lang=en`)
    expect(first.status).toBe(303)
    expect(first.headers.location).toBe('/?lang=en')
    expect(first.headers['set-cookie']?.[0]).toMatch(/^wanglou-[0-9a-f]{12}=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/; Max-Age=\d+$/)
    expect((await ask('/', { headers: { cookie: cookieFrom(first) } })).status).toBe(200)
    const second = await ask(`${url.pathname}${url.search}`)
    expect(second.status).toBe(401)
    expect(second.body.toString()).toContain('每个启动链接只能用一次')
    // Whoever is in already is not thrown out by an old link in the history.
    expect((await ask(`${url.pathname}${url.search}`, { headers: { cookie: cookieFrom(first) } })).status).toBe(303)
  })
  it('lets a second browser in beside the first', async () => {
    const [one, two] = await Promise.all([app.startUrl(false), app.startUrl(false)].map((link) => ask(new URL(link).pathname + new URL(link).search)))
    expect(cookieFrom(one!)).not.toBe(cookieFrom(two!))
    for (const answer of [one!, two!]) expect((await ask('/health', { headers: { cookie: cookieFrom(answer) } })).status).toBe(200)
  })
  it('answers 401 to nobody', async () => {
    for (const path of ['/', '/health', '/rpc/accounts.session', '/blobs/x', '/app.js', '/token', '/exports/audit.csv'])
      expect((await ask(path)).status, path).toBe(401)
    expect((await ask('/health', { headers: { Authorization: `Bearer ${randomBytes(32).toString('base64url')}` } })).status).toBe(401)
  })
  it('gives scripts a bearer file that only the owner reads', async () => {
    expect((await stat(join(app.directory, 'bearer-token'))).mode & 0o777).toBe(0o600)
    expect((await stat(join(app.directory, 'machine-key'))).mode & 0o777).toBe(0o600)
    const minted = await ask('/token', { method: 'POST', headers: await bearer() })
    expect(minted.status).toBe(201)
    const url = new URL((JSON.parse(minted.body.toString()) as { url: string }).url)
    expect((await ask(url.pathname + url.search)).status).toBe(303)
  })
  it('mints a link for whoever is signed in, and for no mere visitor', async () => {
    const officer = await app.as('duty-officer')
    const visitor = await app.stranger()
    expect((await ask('/token', { method: 'POST', headers: { Authorization: `Bearer ${officer.token}` } })).status).toBe(201)
    expect((await ask('/token', { method: 'POST', headers: { Authorization: `Bearer ${visitor.token}` } })).status).toBe(401)
    expect((await officer.rpc.accounts.invite.mutate()).url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=/)
  })
  it('keeps no token in the database', async () => {
    const officer = await app.as('duty-officer')
    const rows = await app.store.all('SELECT * FROM secret_sessions')
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain(officer.token)
  })
})

describe('Host and Origin', () => {
  it('answers 403 to another Host or Origin, token or not', async () => {
    const headers = await bearer()
    expect((await ask('/health', { headers })).status).toBe(200)
    expect((await ask('/health', { headers: { ...headers, Host: 'evil.example' } })).status).toBe(403)
    expect((await ask('/health', { headers: { ...headers, Origin: 'http://evil.example' } })).status).toBe(403)
    expect((await ask('/health', { headers: { ...headers, 'Sec-Fetch-Site': 'same-site' } })).status).toBe(403)
  })
  it('does the same for a WebSocket', async () => {
    const officer = await app.as('duty-officer')
    const upgrade = (headers: Record<string, string>, path = '/rpc') => {
      const { promise, resolve } = Promise.withResolvers<number>()
      const socket = new WebSocket(`ws://127.0.0.1:${app.door.port}${path}`, { headers })
      socket.on('open', () => {
        resolve(101)
        socket.close()
      })
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
      socket.on('error', () => undefined)
      return promise
    }
    const Authorization = `Bearer ${officer.token}`
    expect(await upgrade({ Authorization, Origin: app.door.origin })).toBe(101)
    expect(await upgrade({ Authorization })).toBe(101)
    expect(await upgrade({ Authorization, Origin: 'http://evil.example' })).toBe(403)
    expect(await upgrade({ Authorization, Host: 'evil.example' })).toBe(403)
    expect(await upgrade({ Cookie: 'x=y' })).toBe(403)
    expect(await upgrade({ Origin: app.door.origin })).toBe(401)
    expect(await upgrade({ Authorization, Origin: app.door.origin }, '/other')).toBe(404)
  })
})

describe('the page', () => {
  it('comes with the strict policy, and views fall back to it', async () => {
    const { token } = await app.stranger()
    const headers = { Authorization: `Bearer ${token}` }
    for (const path of ['/', '/incidents/abc']) {
      const answer = await ask(path, { headers })
      expect(answer.status).toBe(200)
      const policy = String(answer.headers['content-security-policy'])
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toMatch(/unsafe-inline|unsafe-eval(?<!wasm-unsafe-eval)/)
      expect(answer.headers['x-content-type-options']).toBe('nosniff')
    }
    expect((await ask('/app.js', { headers })).headers['content-type']).toContain('javascript')
    expect((await ask('/missing.js', { headers })).status).toBe(404)
  })
  it('gives nothing from outside its folder', async () => {
    const { token } = await app.stranger()
    const headers = { Authorization: `Bearer ${token}` }
    for (const path of [
      '/../wanglou-secret.txt',
      '/..%2fwanglou-secret.txt',
      '/%2e%2e/wanglou-secret.txt',
      '/..%5cwanglou-secret.txt',
      '/app.js%00.txt',
      '/%ff',
    ]) {
      const answer = await ask(path, { headers })
      expect(answer.body.toString(), path).not.toContain('outside')
      expect([400, 404], path).toContain(answer.status)
    }
  })
})

describe('files by their hash', () => {
  const bytes = randomBytes(300_000)
  const sha256 = createHash('sha256').update(bytes).digest('hex')

  it('takes one in and gives it back, whole or a part', async () => {
    const officer = await app.as('duty-officer')
    const headers = { Authorization: `Bearer ${officer.token}` }
    const put = await ask('/blobs', { method: 'POST', headers, body: bytes })
    expect(put.status).toBe(201)
    expect(JSON.parse(put.body.toString())).toEqual({ sha256, size: bytes.length })
    const whole = await ask(`/blobs/${sha256}`, { headers })
    expect(whole.status).toBe(200)
    expect(whole.body.equals(bytes)).toBe(true)
    const part = await ask(`/blobs/${sha256}`, { headers: { ...headers, Range: 'bytes=100-199' } })
    expect(part.status).toBe(206)
    expect(part.headers['content-range']).toBe(`bytes 100-199/${bytes.length}`)
    expect(part.body.equals(bytes.subarray(100, 200))).toBe(true)
    const tail = await ask(`/blobs/${sha256}`, { headers: { ...headers, Range: 'bytes=-5' } })
    expect(tail.body.equals(bytes.subarray(-5))).toBe(true)
    const beyond = await ask(`/blobs/${sha256}`, { headers: { ...headers, Range: `bytes=${bytes.length}-` } })
    expect(beyond.status).toBe(416)
    expect(beyond.headers['content-range']).toBe(`bytes */${bytes.length}`)
    const head = await ask(`/blobs/${sha256}`, { method: 'HEAD', headers })
    expect(head.headers['content-length']).toBe(String(bytes.length))
    expect((await ask(`/blobs/${sha256}`, { headers: { ...headers, 'If-None-Match': `"${sha256}"` } })).status).toBe(304)
    for (const path of [`/blobs/${'0'.repeat(64)}`, '/blobs/..%2f..%2fmachine-key', '/blobs/'])
      expect((await ask(path, { headers })).status, path).toBe(404)
  })
  it("never lets a stranger's file run: unknown kinds are saved, not shown", async () => {
    const officer = await app.as('duty-officer')
    const headers = { Authorization: `Bearer ${officer.token}` }
    const put = await ask('/blobs', { method: 'POST', headers, body: Buffer.from('<script>alert(1)</script>') })
    const { sha256: page } = JSON.parse(put.body.toString()) as { sha256: string }
    const html = await ask(`/blobs/${page}?type=text/html&name=${encodeURIComponent('现场 "1".html')}`, { headers })
    expect(html.headers['content-type']).toBe('application/octet-stream')
    expect(html.headers['content-disposition']).toMatch(/^attachment; filename\*=UTF-8''%E7%8E%B0/)
    expect(html.headers['content-security-policy']).toContain('sandbox')
    expect((await ask(`/blobs/${page}?type=image/png`, { headers })).headers['content-disposition']).toBe('inline')
  })
  it('refuses what is too large, announced or not, and keeps nothing of it', async () => {
    const officer = await app.as('duty-officer')
    const headers = { Authorization: `Bearer ${officer.token}` }
    const announced = await ask('/blobs', {
      method: 'POST',
      headers: { ...headers, 'Content-Length': '600000000', Connection: 'close' },
      body: Buffer.alloc(10),
    }).catch((error: Error) => error)
    expect(announced).toMatchObject({ status: 413 })
    expect(await readdir(join(app.directory, 'blobs', 'arriving'))).toEqual([])
  })
  it('keeps nothing of an upload that breaks off', async () => {
    const officer = await app.as('duty-officer')
    const { promise, resolve } = Promise.withResolvers<void>()
    const asked = httpRequest({
      host: '127.0.0.1',
      port: app.door.port,
      path: '/blobs',
      method: 'POST',
      headers: { Authorization: `Bearer ${officer.token}` },
    })
    asked.on('error', () => resolve())
    asked.write(randomBytes(200_000))
    await expect.poll(() => readdir(join(app.directory, 'blobs', 'arriving'))).toHaveLength(1)
    asked.destroy()
    await promise
    await expect.poll(() => readdir(join(app.directory, 'blobs', 'arriving'))).toEqual([])
  })
  it('is closed to whoever may not', async () => {
    const auditor = await app.as('audit-admin')
    const headers = { Authorization: `Bearer ${auditor.token}` }
    expect((await ask(`/blobs/${sha256}`, { headers })).status).toBe(403)
    expect((await ask('/blobs', { method: 'POST', headers, body: bytes })).status).toBe(403)
  })
})

describe('RPC', () => {
  it('answers over HTTP and WebSocket alike, with codes only', async () => {
    const officer = await app.as('duty-officer')
    const over = createTRPCClient<AppRouter>({ links: [wsLink({ client: socketOf(officer.token) })] })
    const [http, socket] = await Promise.all([officer.rpc.accounts.session.query(), over.accounts.session.query()])
    expect(socket).toEqual(http)
    for (const rpc of [officer.rpc, over]) {
      await expect(rpc.audit.page.query({ from: null, to: null, actor: null, action: null, before: null, limit: 1 })).rejects.toMatchObject({
        data: { code: 'FORBIDDEN', params: { permission: 'audit.read' } },
      })
      await expect(rpc.accounts.signIn.mutate({ login: 'x', password: '' } as never)).rejects.toMatchObject({
        message: 'INVALID_INPUT',
        data: { code: 'INVALID_INPUT' },
      })
    }
  })
  it('tells nothing of a bug but that it was one', async () => {
    const officer = await app.as('duty-officer')
    const answer = await ask('/rpc/accounts.session', {
      method: 'POST',
      headers: { Authorization: `Bearer ${officer.token}`, 'Content-Type': 'application/json' },
      body: Buffer.from('{'),
    })
    expect(answer.body.toString()).not.toMatch(/at |\.ts|node_modules|JSON/)
  })
  it('feeds changes to a page until the person leaves', async () => {
    const admin = await app.as('system-admin')
    const other = await app.as('system-admin')
    const client = createWSClient({ url: `ws://127.0.0.1:${app.door.port}/rpc`, WebSocket: withHeaders({ Authorization: `Bearer ${other.token}` }) })
    const rpc = createTRPCClient<AppRouter>({ links: [wsLink({ client })] })
    const changes: Change[] = []
    const { promise: ended, resolve } = Promise.withResolvers<void>()
    rpc.changes.subscribe(undefined, { onData: (change) => void changes.push(change), onComplete: resolve, onError: () => resolve() })
    await expect.poll(() => changes[0]).toEqual(expect.objectContaining({ dataset: '*' }))
    await admin.rpc.station.setSettings.mutate({ centreName: '样例市应急指挥中心' })
    await expect.poll(() => changes.map((change) => change.dataset)).toContain('settings')
    await other.rpc.accounts.signOut.mutate()
    await admin.rpc.station.setSettings.mutate({ centreName: '样例市' })
    await ended
    expect(changes.filter((change) => change.dataset === 'settings')).toHaveLength(1)
    await client.close()
  })
  it('refuses a call that is too long instead of holding it', async () => {
    const { token } = await app.stranger()
    const answer = await ask('/rpc/accounts.signIn', {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: Buffer.from(JSON.stringify({ login: 'a'.repeat(9_000_000), password: 'x' })),
    })
    expect(answer.status).toBe(413)
    expect(answer.body.toString()).toContain('TOO_LARGE')
  })
})

function withHeaders(headers: Record<string, string>): typeof globalThis.WebSocket {
  return class extends WebSocket {
    constructor(url: string) {
      super(url, { headers })
    }
  } as unknown as typeof globalThis.WebSocket
}
function socketOf(token: string) {
  return createWSClient({
    url: `ws://127.0.0.1:${app.door.port}/rpc`,
    WebSocket: withHeaders({ Authorization: `Bearer ${token}` }),
    lazy: { enabled: true, closeMs: 0 },
  })
}
