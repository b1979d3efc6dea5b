// A GB/T 28181 platform of the kind WVP-GB28181-pro, by its REST interface: directory, play, turning, presets, records. Logs in again when it must.
import { createHash } from 'node:crypto'
import { StreamError } from '../../contract/index.ts'
import { askHttp, readAll } from '../http/ask.ts'
import type { Credentials } from '../rtsp/digest.ts'
import type { CertificateTrust } from '../tls-trust.ts'
import { answerFault, statusFaultOf, wayFault } from './faults.ts'

export interface WvpOptions {
  /** `http(s)://host:port`, without user and password. */
  address: string
  credentials: Credentials | null
  trust: CertificateTrust | null
  timeoutMs: number
  /** For what the platform has to ask the camera first; it waits 18 s for it itself. */
  cameraMs?: number
}

interface WvpAnswer {
  code: number
  msg: unknown
  data: unknown
  token: string | null
}

export interface WvpDevice {
  id: string
  name: string
  isOnline: boolean
}

export interface WvpChannel {
  id: string
  name: string
  isOnline: boolean
  /** WGS-84. */
  position: [number, number] | null
  hasPtz: boolean
}

export interface WvpRecord {
  name: string
  startTime: string
  endTime: string
}

export interface WvpChannelPath {
  device: string
  channel: string
}

/** What the platform calls the fourteen moves. */
export type WvpMove = 'left' | 'right' | 'up' | 'down' | 'upleft' | 'upright' | 'downleft' | 'downright' | 'zoomin' | 'zoomout' | 'stop'

const answerLimitBytes = 8_000_000
const pageSize = 100
const pageLimit = 200
const cameraMs = 22_000
/** How long the platform waits for our stream. */
const broadcastS = 30
const loginAgain = 401

export class WvpPlatform {
  readonly #options: Required<WvpOptions>
  #token: string | null = null
  #login: Promise<string> | null = null

  constructor(options: WvpOptions) {
    this.#options = { cameraMs, ...options }
  }

  async devices(): Promise<WvpDevice[]> {
    const rows = await this.#pages('/api/device/query/devices', {})
    return rows.map((row) => ({ id: text(row['deviceId']), name: text(row['name']), isOnline: isOn(row['onLine'] ?? row['online']) }))
  }

  async channels(device: string): Promise<WvpChannel[]> {
    const rows = await this.#pages(`/api/device/query/devices/${path(device)}/channels`, {})
    return rows.map((row) => {
      const [lon, lat] = [Number(row['longitude'] ?? 0), Number(row['latitude'] ?? 0)]
      return {
        id: text(row['channelId'] ?? row['deviceId']),
        name: text(row['name']),
        isOnline: isOn(row['status'] ?? row['online']),
        position: lon !== 0 && lat !== 0 && Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? [lon, lat] : null,
        // 1 dome, 2 half dome (GB/T 28181 annex A, PTZType).
        hasPtz: [1, 2, 4].includes(Number(row['ptzType'] ?? row['PTZType'] ?? 0)),
      }
    })
  }

  /** @returns the address of its stream for RTSP */
  async play({ device, channel }: WvpChannelPath): Promise<string> {
    return rtspOf(await this.#ask(`/api/play/start/${path(device)}/${path(channel)}`, {}, this.#options.cameraMs))
  }

  async stop({ device, channel }: WvpChannelPath): Promise<void> {
    await this.#ask(`/api/play/stop/${path(device)}/${path(channel)}`)
  }

  /**
   * Sound for the camera's loudspeaker: the platform calls the camera when the stream has come to its media server, G.711 A-law.
   * @returns where to push it by RTSP, with the signature of our account
   */
  async broadcast({ device, channel }: WvpChannelPath): Promise<string> {
    const query = { timeout: String(broadcastS), broadcastMode: 'true' }
    const data = (await this.#ask(`/api/play/broadcast/${path(device)}/${path(channel)}`, query)) as { streamInfo?: unknown } | null
    const address = rtspOf(data?.streamInfo, 'not-offered')
    const key = text(((await this.#ask('/api/user/userInfo')) as { pushKey?: unknown } | null)?.pushKey)
    return key === '' ? address : `${address}${address.includes('?') ? '&' : '?'}sign=${md5(key)}`
  }

  async stopBroadcast({ device, channel }: WvpChannelPath): Promise<void> {
    await this.#ask(`/api/play/broadcast/stop/${path(device)}/${path(channel)}`)
  }

  /** @param speed 0–1 */
  async move({ device, channel }: WvpChannelPath, { command, speed }: { command: WvpMove; speed: number }): Promise<void> {
    const pan = String(Math.round(speed * 255))
    await this.#ask(`/api/front-end/ptz/${path(device)}/${path(channel)}`, {
      command,
      horizonSpeed: pan,
      verticalSpeed: pan,
      zoomSpeed: String(Math.round(speed * 15)),
    })
  }

  async iris({ device, channel }: WvpChannelPath, { command, speed }: { command: 'in' | 'out' | 'stop'; speed: number }): Promise<void> {
    await this.#ask(`/api/front-end/fi/iris/${path(device)}/${path(channel)}`, { command, speed: String(Math.round(speed * 255)) })
  }

  async focus({ device, channel }: WvpChannelPath, { command, speed }: { command: 'near' | 'far' | 'stop'; speed: number }): Promise<void> {
    await this.#ask(`/api/front-end/fi/focus/${path(device)}/${path(channel)}`, { command, speed: String(Math.round(speed * 255)) })
  }

  async presets({ device, channel }: WvpChannelPath): Promise<{ id: string; name: string }[]> {
    const data = await this.#ask(`/api/front-end/preset/query/${path(device)}/${path(channel)}`)
    return rowsOf(data).map((row) => ({ id: text(row['presetId'] ?? row['presetID']), name: text(row['presetName']) }))
  }

  async preset({ device, channel }: WvpChannelPath, { act, id }: { act: 'call' | 'add' | 'delete'; id: string }): Promise<void> {
    await this.#ask(`/api/front-end/preset/${act}/${path(device)}/${path(channel)}`, { presetId: id })
  }

  /** @param span `YYYY-MM-DD HH:mm:ss` in the platform's own time */
  async records({ device, channel }: WvpChannelPath, span: { startTime: string; endTime: string }): Promise<WvpRecord[]> {
    const data = await this.#ask(`/api/gb_record/query/${path(device)}/${path(channel)}`, span, this.#options.cameraMs)
    return rowsOf((data as { recordList?: unknown } | null)?.recordList).map((row) => ({
      name: text(row['name']),
      startTime: text(row['startTime']),
      endTime: text(row['endTime']),
    }))
  }

  /** @returns the address of its stream for RTSP, and what the platform calls it from then on */
  async playback({ device, channel }: WvpChannelPath, span: { startTime: string; endTime: string }): Promise<{ address: string; stream: string }> {
    const data = await this.#ask(`/api/playback/start/${path(device)}/${path(channel)}`, span, this.#options.cameraMs)
    return { address: rtspOf(data), stream: text((data as { stream?: unknown } | null)?.stream) }
  }

  async stopPlayback({ device, channel }: WvpChannelPath, stream: string): Promise<void> {
    await this.#ask(`/api/playback/stop/${path(device)}/${path(channel)}/${path(stream)}`)
  }

  async pause(stream: string): Promise<void> {
    await this.#ask(`/api/playback/pause/${path(stream)}`)
  }

  async resume(stream: string): Promise<void> {
    await this.#ask(`/api/playback/resume/${path(stream)}`)
  }

  /** @param seconds whole ones, from the beginning of what was asked for */
  async seek(stream: string, seconds: number): Promise<void> {
    await this.#ask(`/api/playback/seek/${path(stream)}/${seconds}`)
  }

  /** @param speed 0.25, 0.5, 1, 2 or 4 */
  async speed(stream: string, speed: number): Promise<void> {
    await this.#ask(`/api/playback/speed/${path(stream)}/${speed}`)
  }

  async #pages(address: string, query: Record<string, string>): Promise<Record<string, unknown>[]> {
    const rows: Record<string, unknown>[] = []
    for (let page = 1; page <= pageLimit; page += 1) {
      const data = (await this.#ask(address, { ...query, page: String(page), count: String(pageSize) })) as { total?: number; list?: unknown } | null
      const list = rowsOf(data?.list)
      rows.push(...list)
      if (list.length === 0 || rows.length >= Number(data?.total ?? 0)) break
    }
    return rows
  }

  /** A token that has run out is renewed once. @throws StreamError platform-silent and others */
  async #ask(address: string, query: Record<string, string> = {}, timeoutMs = this.#options.timeoutMs): Promise<unknown> {
    for (let attempt = 0; ; attempt += 1) {
      const token = this.#token ?? (await this.#signIn())
      const answer = await this.#get(address, { query, token, timeoutMs })
      if (answer.code === 0) return answer.data
      if (answer.code !== loginAgain || attempt > 0) throw answerFault(answer.code, answer.msg)
      if (this.#token === token) this.#token = null
    }
  }

  #signIn(): Promise<string> {
    this.#login ??= this.#newToken().finally(() => (this.#login = null))
    return this.#login
  }

  async #newToken(): Promise<string> {
    const { credentials, timeoutMs } = this.#options
    if (credentials === null) throw new StreamError('password-missing').of('platform')
    const query = { username: credentials.username, password: md5(credentials.password) }
    const { code, data, token: header } = await this.#get('/api/user/login', { query, token: null, timeoutMs })
    if (code !== 0) throw new StreamError('unauthorised').of('platform')
    const token = header ?? text((data as { accessToken?: unknown } | null)?.accessToken)
    if (token === '') throw new StreamError('not-the-protocol').of('platform')
    this.#token = token
    return token
  }

  async #get(
    address: string,
    { query, token, timeoutMs }: { query: Record<string, string>; token: string | null; timeoutMs: number },
  ): Promise<WvpAnswer> {
    const url = new URL(address, this.#options.address)
    url.search = new URLSearchParams(query).toString()
    try {
      const answer = await askHttp({
        address: url.href,
        trust: this.#options.trust,
        timeoutMs,
        ownHeaders: token === null ? {} : { 'access-token': token },
      })
      const bytes = await readAll(answer.body, { limitBytes: answerLimitBytes, timeoutMs })
      const fault = statusFaultOf(answer.status)
      if (fault !== null && answer.status !== loginAgain) throw fault
      if (fault !== null) return { code: loginAgain, msg: '', data: null, token: null }
      const told = JSON.parse(bytes.toString('utf8')) as { code?: unknown; msg?: unknown; data?: unknown }
      const [code, header] = [Number(told.code ?? NaN), answer.headers['access-token']]
      if (!Number.isFinite(code)) throw new StreamError('not-the-protocol')
      return { code, msg: told.msg, data: told.data ?? null, token: typeof header === 'string' ? header : null }
    } catch (error) {
      const found = error instanceof SyntaxError ? new StreamError('not-the-protocol', {}, { cause: error }) : error
      throw found instanceof StreamError && found.fault.params['of'] === undefined ? wayFault(found, timeoutMs) : found
    }
  }
}

function rtspOf(data: unknown, otherwise: 'no-video' | 'not-offered' = 'no-video'): string {
  const address = text((data as { rtsp?: unknown } | null)?.rtsp)
  if (!/^rtsps?:\/\//.test(address)) throw new StreamError(otherwise).of('platform')
  return address
}

function rowsOf(list: unknown): Record<string, unknown>[] {
  return Array.isArray(list) ? list.filter((row): row is Record<string, unknown> => typeof row === 'object' && row !== null) : []
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function isOn(value: unknown): boolean {
  return value === true || value === 1 || value === 'ON' || value === 'true'
}

function md5(words: string): string {
  return createHash('md5').update(words, 'utf8').digest('hex')
}

function path(id: string): string {
  return encodeURIComponent(id)
}
