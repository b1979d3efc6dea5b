// A GB/T 28181 platform for tests, as WVP-GB28181-pro answers by REST, over a real socket.
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface FakeWvpOptions {
  login: { username: string; password: string }
  /** Where the streams it names are to be had: of a camera that really plays, or of none. */
  rtspAddress: string
  /** Where it wants the sound for a loudspeaker; left out = it names no such stream. */
  broadcastAddress?: string
  /** Signs what is pushed; left out = its accounts have none. */
  pushKey?: string
  channelCount?: number
}

interface FakeAnswer {
  status?: number
  code: number
  msg?: string
  data?: unknown
  token?: string
}

export class FakeWvp {
  /** What it was asked, path and query without the page. */
  readonly asked: string[] = []
  /** What it says instead, of everything but the login: `{ code: 486 }` = the camera does not answer the platform. */
  refuseWith: { code: number; msg?: string } | { status: number } | null = null
  /** It takes questions of these paths and says nothing. */
  muteAt: RegExp | null = null
  #streams = 1
  readonly #tokens = new Set<string>()
  readonly #options: FakeWvpOptions
  readonly #server: Server

  private constructor(options: FakeWvpOptions) {
    this.#options = options
    this.#server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://wvp')
      if (this.muteAt?.test(url.pathname) === true) return
      this.asked.push(decodeURIComponent(url.pathname + url.search))
      const { status = 200, code, msg = code === 0 ? '成功' : '失败', data, token } = this.#answer(url, String(request.headers['access-token'] ?? ''))
      response.writeHead(status, { 'Content-Type': 'application/json', ...(token === undefined ? {} : { 'access-token': token }) })
      response.end(JSON.stringify({ code, msg, data }))
    })
  }

  static async open(options: FakeWvpOptions): Promise<FakeWvp> {
    const fake = new FakeWvp(options)
    fake.#server.listen(0, '127.0.0.1')
    await once(fake.#server, 'listening')
    return fake
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Every token has run out. */
  expireTokens(): void {
    this.#tokens.clear()
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }

  #answer({ pathname, searchParams }: URL, token: string): FakeAnswer {
    const { login, rtspAddress, channelCount = 3 } = this.#options
    if (pathname === '/api/user/login') {
      const sum = createHash('md5').update(login.password, 'utf8').digest('hex')
      if (searchParams.get('username') !== login.username || searchParams.get('password') !== sum) return { code: 100 }
      const fresh = randomBytes(8).toString('hex')
      this.#tokens.add(fresh)
      return { code: 0, data: { accessToken: fresh }, token: fresh }
    }
    if (!this.#tokens.has(token)) return { code: 401 }
    if (this.refuseWith !== null) return { code: 0, ...this.refuseWith }
    const page = Number(searchParams.get('page') ?? 1)
    const count = Number(searchParams.get('count') ?? 15)
    const paged = (rows: unknown[]) => ({ total: rows.length, list: rows.slice((page - 1) * count, page * count) })
    if (pathname === '/api/device/query/devices')
      return { code: 0, data: paged([{ deviceId: '34020000001110000001', name: '样例硬盘录像机', onLine: true }]) }
    if (/\/channels$/.test(pathname)) {
      const rows = Array.from({ length: channelCount }, (_, index) => ({
        channelId: `3402000000132${String(index).padStart(7, '0')}`,
        name: `通道 ${index + 1}`,
        status: 'ON',
        longitude: 109.5 + index / 1000,
        latitude: 34.5,
        ptzType: index === 0 ? 1 : 3,
      }))
      return { code: 0, data: paged(rows) }
    }
    if (pathname.startsWith('/api/play/start/') || pathname.startsWith('/api/playback/start/'))
      return {
        code: 0,
        data: { app: 'rtp', stream: `${pathname.split('/')[2]}-${this.#streams++}`, rtsp: rtspAddress, flv: 'http://10.0.0.9/rtp/x.live.flv' },
      }
    if (pathname === '/api/user/userInfo') return { code: 0, data: { username: login.username, pushKey: this.#options.pushKey ?? null } }
    if (pathname.startsWith('/api/play/broadcast/') && !pathname.startsWith('/api/play/broadcast/stop/'))
      return { code: 0, data: { codec: 'G.711', app: 'broadcast', streamInfo: { rtsp: this.#options.broadcastAddress ?? null } } }
    if (pathname.startsWith('/api/front-end/preset/query/')) return { code: 0, data: [{ presetId: '1', presetName: '大门' }] }
    if (pathname.startsWith('/api/gb_record/query/'))
      return { code: 0, data: { recordList: [{ name: '录像', startTime: '2026-11-27 01:00:00', endTime: '2026-11-27 01:10:00' }] } }
    return { code: 0 }
  }
}
