// HLS with one owner: the station fetches playlists and segments for the pages, each once however many ask, and gives them under addresses of its own.
import { setTimeout as sleep } from 'node:timers/promises'
import { StreamError, type StreamEvidence } from '../../contract/index.ts'
import { askHttpFor, readAll } from '../../protocols/http/ask.ts'
import { type AskedCall, type AskedOptions, AskedStream } from '../ingest/asked-stream.ts'
import { noEvidence } from '../ingest/asking.ts'
import { Rates } from '../ingest/rates.ts'
import type { PullSource } from './flv-sources.ts'
import { type Playlist, rewritePlaylist } from './playlist.ts'

export interface HlsStreamOptions extends AskedOptions {
  source: () => Promise<PullSource>
}

export interface HlsPart {
  bytes: Buffer
  type: string
}

interface HlsAsked extends Omit<PullSource, 'address'> {
  url: URL
  isPlaylist: boolean
  number: number
}

const knownLimit = 1_000
const cacheLimitBytes = 32_000_000
const playlistLimitBytes = 2_000_000
const partLimitBytes = 32_000_000
/** Answers to a blocking reload come late by design. */
const blockingMs = 12_000
const playlistType = 'application/vnd.apple.mpegurl'
/** What a page may add to the address of a playlist (draft-pantos-hls-rfc8216bis §6.2.5). */
const directives = ['_HLS_msn', '_HLS_part', '_HLS_skip']

export class HlsStream extends AskedStream {
  readonly #source: () => Promise<PullSource>
  readonly #rates = new Rates()
  /** Their addresses by our numbers, the oldest forgotten first: a page can name nothing else. */
  readonly #byNumber = new Map<number, URL>()
  readonly #numbers = new Map<string, number>()
  readonly #cache = new Map<string, Promise<HlsPart>>()
  #cacheBytes = 0
  #next = 1
  #master: Playlist | null = null
  #media: Playlist | null = null
  #movedAt: number | null = null
  #fault: StreamError | null = null

  constructor({ source, ...common }: HlsStreamOptions) {
    super(common)
    this.#source = source
  }

  override restart(): void {
    this.#byNumber.clear()
    this.#numbers.clear()
    this.#cache.clear()
    this.#cacheBytes = 0
    super.restart()
  }

  /** @param number 0 = the playlist that the camera's address names @returns null: no such part, or no more @throws StreamError */
  async part(number: number, query: URLSearchParams): Promise<HlsPart | null> {
    const source = await this.#source()
    const url = number === 0 ? new URL(source.address) : this.#byNumber.get(number)
    if (url === undefined) return null
    const asked = new URL(url)
    for (const name of directives) if (query.has(name)) asked.searchParams.set(name, (query.get(name) ?? '').slice(0, 20))
    // Only the camera's own server is told the password.
    const credentials = asked.origin === new URL(source.address).origin ? source.credentials : null
    const { trust } = source
    return this.#once({ url: asked, credentials, trust, isPlaylist: number === 0 || /\.m3u8?$/i.test(url.pathname), number })
  }

  #once(asked: HlsAsked): Promise<HlsPart> {
    const key = asked.url.href
    const known = this.#cache.get(key)
    if (known !== undefined) return known
    const fetched = this.#fetch(asked)
    this.#cache.set(key, fetched)
    // A playlist is old as soon as it is here; a segment never changes.
    const keep = (part: HlsPart) => (part.type === playlistType ? this.#cache.delete(key) : this.#shrink(part.bytes.length))
    void fetched.then(keep, () => this.#cache.delete(key))
    return fetched
  }

  async #fetch({ url, credentials, trust, isPlaylist, number }: HlsAsked): Promise<HlsPart> {
    try {
      const timeoutMs = url.searchParams.has('_HLS_msn') ? blockingMs : this.timing.answerMs
      const { body, headers, url: found } = await askHttpFor({ address: url.href, credentials, trust, timeoutMs })
      const limitBytes = isPlaylist ? playlistLimitBytes : partLimitBytes
      const bytes = await readAll(body, { limitBytes, timeoutMs: blockingMs })
      this.#rates.add(Date.now(), { bytes: bytes.length, packets: 1 })
      this.#fault = null
      const type = headers['content-type'] ?? 'application/octet-stream'
      if (!isPlaylist && !/mpegurl/i.test(type)) return { bytes, type: /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : 'application/octet-stream' }
      return { bytes: Buffer.from(this.#read(bytes.toString('utf8'), found, number)), type: playlistType }
    } catch (error) {
      if (error instanceof StreamError && isPlaylist) this.#fault = error
      throw error
    }
  }

  #read(text: string, base: URL, number: number): string {
    const playlist = rewritePlaylist(text, { base, nameOf: (url) => this.#nameOf(url) })
    if (playlist.isMaster) this.#master = playlist
    else {
      if (playlist.tip !== this.#media?.tip) this.#movedAt = Date.now()
      this.#media = playlist
    }
    // Beside the first playlist the parts lie in a folder, within it they are each other's neighbours.
    return number === 0 ? playlist.text.replace(/(^|URI=")(\d+)(?="|$)/gm, '$1part/$2') : playlist.text
  }

  #nameOf(url: URL): string {
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return ''
    const known = this.#numbers.get(url.href)
    if (known !== undefined) return String(known)
    const number = this.#next
    this.#next += 1
    this.#numbers.set(url.href, number)
    this.#byNumber.set(number, url)
    const [oldest] = this.#byNumber.keys()
    if (this.#byNumber.size > knownLimit && oldest !== undefined) {
      this.#numbers.delete(this.#byNumber.get(oldest)?.href ?? '')
      this.#byNumber.delete(oldest)
    }
    return String(number)
  }

  #shrink(added: number): void {
    this.#cacheBytes += added
    if (this.#cacheBytes <= cacheLimitBytes) return
    this.#cache.clear()
    this.#cacheBytes = 0
  }

  /** Asks for the first playlist itself, so that a fault has its name before any page has a player. */
  protected override async attempt({ signal, onCondition }: AskedCall): Promise<never> {
    this.#fault = null
    await this.part(0, new URLSearchParams())
    const startedAt = Date.now()
    for (;;) {
      await sleep(this.timing.tickMs, null, { signal }).catch(() => {
        throw new StreamError('connection-lost')
      })
      if (this.#fault !== null) throw this.#fault
      const { stalledMs, silentMs } = this.timing
      const patientMs = 3000 * (this.#media?.targetSeconds ?? 4)
      const silentForMs = Date.now() - Math.max(this.#movedAt ?? 0, startedAt)
      const seconds = Math.round(silentForMs / 1000)
      if (silentForMs > patientMs + silentMs) throw new StreamError('stalled', { seconds })
      if (silentForMs > patientMs + stalledMs) onCondition({ state: 'stalled', fault: { code: 'stalled', params: { seconds } } })
      else onCondition({ state: 'live', fault: null })
    }
  }

  protected override evidence(): StreamEvidence {
    const codec = this.#master?.codecs ?? null
    return { ...noEvidence, lastPacketAt: this.#movedAt, ...this.#rates.read(Date.now()), ...this.#master?.resolution, codec, transport: 'tcp' }
  }
}
