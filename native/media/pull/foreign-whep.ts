// A picture that another server gives by WHEP: the station carries offer and answer (and the password), the media flow to the page directly.
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { StreamError } from '../../contract/index.ts'
import { askHttp, readAll, statusFault } from '../../protocols/http/ask.ts'
import { type AskedCall, type AskedOptions, AskedStream } from '../ingest/asked-stream.ts'
import type { PullSource } from './flv-sources.ts'
import { probeOffer } from './probe-offer.ts'

export interface ForeignAnswer {
  /** Ours, for DELETE and PATCH. */
  session: string
  sdp: string
  /** The server would not take the page's offer and makes one of its own (406): the page answers by PATCH. */
  isCounterOffer: boolean
}

export interface ForeignWhepOptions extends AskedOptions {
  source: () => Promise<PullSource>
}

/** How it is asked about: as the source was. */
type Session = PullSource

const sdpLimitBytes = 262_144
const sessionLimit = 64
/** ZLMediaKit's own form: a JSON with the answer, errors included, always with 200. */
const zlmPath = /\/index\/api\/webrtc$/
const zlmWhepPath = '/index/api/whep'

export class ForeignWhep extends AskedStream {
  readonly #source: () => Promise<PullSource>
  readonly #sessions = new Map<string, Session>()
  #fault: StreamError | null = null

  constructor({ source, ...common }: ForeignWhepOptions) {
    super(common)
    this.#source = source
  }

  override async close(): Promise<void> {
    await super.close()
    await Promise.all([...this.#sessions.keys()].map((session) => this.end(session)))
  }

  /** @param sdp the page's offer @throws StreamError */
  async play(sdp: string): Promise<ForeignAnswer> {
    try {
      const source = await this.#source()
      const given = await this.#ask(source, sdp)
      this.#fault = null
      return given
    } catch (error) {
      if (error instanceof StreamError) this.#fault = error
      throw error
    }
  }

  /** The page's answer to a counter-offer. @returns false: no such session @throws StreamError */
  async answer(session: string, sdp: string): Promise<boolean> {
    const known = this.#sessions.get(session)
    if (known === undefined) return false
    const { status, body } = await this.#send(known, { method: 'PATCH', body: sdp })
    body.resume()
    if (status < 200 || status >= 300) throw statusFault(status, known.credentials !== null)
    return true
  }

  /** @returns false: no such session */
  async end(session: string): Promise<boolean> {
    const known = this.#sessions.get(session)
    if (known === undefined) return false
    this.#sessions.delete(session)
    try {
      const { body } = await this.#send(known, { method: 'DELETE' })
      body.resume()
    } catch (error) {
      // It is gone: so is its session.
      if (!(error instanceof StreamError)) throw error
    }
    return true
  }

  async #ask(source: PullSource, sdp: string): Promise<ForeignAnswer> {
    const url = new URL(source.address)
    if (zlmPath.test(url.pathname)) url.pathname = zlmWhepPath
    const { status, headers, body, url: found } = await this.#send({ ...source, address: url.href }, { method: 'POST', body: sdp })
    const text = (await readAll(body, { limitBytes: sdpLimitBytes, timeoutMs: this.timing.answerMs })).toString('utf8')
    const isSdp = /^application\/sdp\b/i.test(headers['content-type'] ?? '')
    // ZLMediaKit says 406 with a sentence where there is no such stream: only one with SDP is a counter-offer.
    const isCounterOffer = status === 406 && isSdp
    if (status === 406 && !isSdp) throw new StreamError('no-such-stream')
    if (!isCounterOffer && (status < 200 || status >= 300)) throw statusFault(status, source.credentials !== null)
    if (!isSdp) throw new StreamError('not-the-protocol')
    return { session: this.#keep(headers.location, found, source), sdp: text, isCounterOffer }
  }

  #keep(location: string | undefined, base: URL, { credentials, trust }: PullSource): string {
    const session = randomBytes(16).toString('hex')
    if (location === undefined || !URL.canParse(location, base.href)) return session
    const url = new URL(location, base)
    // Another host's session is not ours to end with this password.
    if (url.host !== base.host) return session
    this.#sessions.set(session, { address: url.href, credentials, trust })
    const [oldest] = this.#sessions.keys()
    if (this.#sessions.size > sessionLimit && oldest !== undefined) this.#sessions.delete(oldest)
    return session
  }

  #send({ address, credentials, trust }: Session, { method, body }: { method: string; body?: string }): ReturnType<typeof askHttp> {
    const { answerMs } = this.timing
    // A password without a name is a token (draft-ietf-wish-whep §4.8).
    const isToken = credentials !== null && credentials.username === ''
    return askHttp({
      address,
      credentials: isToken ? null : credentials,
      trust,
      method,
      timeoutMs: answerMs,
      headers: body === undefined ? {} : { 'Content-Type': 'application/sdp', Accept: 'application/sdp' },
      ...(isToken ? { ownHeaders: { Authorization: `Bearer ${credentials.password}` } } : {}),
      ...(body === undefined ? {} : { body }),
    })
  }

  /** Asks for the picture and gives it back at once; after that it stands as the last question stood: what comes of it only the page sees. */
  protected override async attempt({ signal, onCondition }: AskedCall): Promise<never> {
    this.#fault = null
    // A server is there for OPTIONS even where it has no such stream.
    const { session } = await this.#ask(await this.#source(), probeOffer())
    await this.end(session)
    onCondition({ state: 'live', fault: null })
    for (;;) {
      await sleep(this.timing.tickMs, null, { signal }).catch(() => {
        throw new StreamError('connection-lost')
      })
      if (this.#fault !== null) throw this.#fault
      onCondition({ state: 'live', fault: null })
    }
  }
}
