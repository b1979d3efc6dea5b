// One RTSP connection: requests in turn, each answered within its time, signed anew whenever the camera changes its nonce.
import { randomBytes } from 'node:crypto'
import { connect as connectTcp, type Socket } from 'node:net'
import { StreamError } from '../../contract/index.ts'
import { connectFault } from '../connect-fault.ts'
import { hostPortOf } from '../origin.ts'
import { type CertificateTrust, openTls } from '../tls-trust.ts'
import { type RtspFrame, RtspReader, type RtspRequest, type RtspResponse, writeFrame, writeRequest, writeResponse } from './codec.ts'
import { authorization, type Challenge, type Credentials, readChallenges, strongest } from './digest.ts'

export interface ConnectionOptions {
  /** Without user and password. */
  address: string
  credentials: Credentials | null
  trust: CertificateTrust | null
  /** For the connection and for each answer. */
  timeoutMs: number
  onFrame: (frame: RtspFrame) => void
  /** The connection is over, by whomever; called once, after it was opened. */
  onEnd: (error: StreamError) => void
}

const userAgent = 'Wanglou'

interface Waiting {
  cseq: number
  resolve: (response: RtspResponse) => void
  reject: (error: StreamError) => void
}

export class RtspConnection {
  readonly #options: ConnectionOptions
  readonly #socket: Socket
  readonly #reader = new RtspReader()
  #waiting: Waiting | null = null
  #turn: Promise<unknown> = Promise.resolve()
  #cseq = 0
  #challenge: Challenge | null = null
  #signed = 0
  #end: StreamError | null = null

  private constructor(socket: Socket, options: ConnectionOptions) {
    this.#options = options
    this.#socket = socket
    socket.on('data', (chunk: Buffer) => this.#take(chunk))
    socket.on('error', (error) => this.#finish(new StreamError('connection-lost', {}, { cause: error })))
    socket.on('close', () => this.#finish(new StreamError('connection-lost')))
  }

  /** @throws StreamError address-invalid · name-unresolved · port-closed · host-unreachable · connect-timeout · certificate · certificate-changed */
  static async open(options: ConnectionOptions): Promise<RtspConnection> {
    const socket = await openSocket(options)
    return new RtspConnection(socket, options)
  }

  /** Who is at the other end, after the name was resolved. */
  get remoteAddress(): string {
    return this.#socket.remoteAddress ?? ''
  }

  get localAddress(): string {
    return this.#socket.localAddress ?? ''
  }

  /**
   * One after another, however many are asked at once. A 401 is answered once with a signature over the new nonce.
   * @returns any other answer, whatever its status
   * @throws StreamError unauthorised · password-missing · no-answer · connection-lost · not-the-protocol · answer-too-large
   */
  request(method: string, uri: string, headers: Readonly<Record<string, string>> = {}, body?: Buffer): Promise<RtspResponse> {
    const asked = this.#turn.then(() => this.#signedRequest({ method, uri, headers, body }))
    this.#turn = asked.catch(() => null)
    return asked
  }

  /** Sends RTCP within the connection. */
  sendFrame(channel: number, payload: Buffer): void {
    // A camera that does not read gets nothing more from us; what it owes us still comes.
    if (this.#end === null && this.#socket.writableLength < 65_536) this.#socket.write(writeFrame(channel, payload))
  }

  /** Writes without waiting for the answer: the last word of a session. */
  sendLast(method: string, uri: string, headers: Readonly<Record<string, string>>): void {
    if (this.#end === null) this.#socket.write(this.#bytes({ method, uri, headers }))
  }

  close(): void {
    this.#end ??= new StreamError('connection-lost')
    this.#waiting?.reject(this.#end)
    this.#waiting = null
    // Lets the last bytes out; what does not take them is cut off.
    this.#socket.end()
    const cut = setTimeout(() => this.#socket.destroy(), 500)
    this.#socket.once('close', () => clearTimeout(cut))
  }

  async #signedRequest(asked: Asked): Promise<RtspResponse> {
    const { credentials } = this.#options
    for (let attempt = 0; ; attempt += 1) {
      const nonce = this.#challenge?.nonce ?? null
      const response = await this.#once(asked)
      if (response.status !== 401) return response
      if (credentials === null) throw new StreamError('password-missing')
      const challenge = strongest(readChallenges(response.headers.get('www-authenticate') ?? []))
      // Twice refused, or refused under the nonce that it gives again: it is the password.
      if (challenge === null || attempt >= 2 || (attempt > 0 && challenge.nonce === nonce)) throw new StreamError('unauthorised')
      this.#challenge = challenge
      this.#signed = 0
    }
  }

  #once(asked: Asked): Promise<RtspResponse> {
    if (this.#end !== null) return Promise.reject(this.#end)
    const { timeoutMs } = this.#options
    const { promise, resolve, reject } = Promise.withResolvers<RtspResponse>()
    const bytes = this.#bytes(asked)
    const waiting: Waiting = { cseq: this.#cseq, resolve, reject }
    this.#waiting = waiting
    const timer = setTimeout(() => reject(new StreamError('no-answer', { method: asked.method, seconds: Math.ceil(timeoutMs / 1000) })), timeoutMs)
    this.#socket.write(bytes)
    return promise.finally(() => {
      clearTimeout(timer)
      if (this.#waiting === waiting) this.#waiting = null
    })
  }

  #bytes({ method, uri, headers, body }: Asked): Buffer {
    this.#cseq += 1
    const plain = { CSeq: this.#cseq, 'User-Agent': userAgent, ...headers }
    const Authorization = this.#signature(method, uri)
    return writeRequest({ method, uri, headers: Authorization === null ? plain : { ...plain, Authorization }, body })
  }

  #signature(method: string, uri: string): string | null {
    const { credentials } = this.#options
    const challenge = this.#challenge
    if (challenge === null || credentials === null) return null
    this.#signed += 1
    return authorization({ ...credentials, challenge, method, uri, count: this.#signed, cnonce: randomBytes(8).toString('hex') })
  }

  #take(chunk: Buffer): void {
    if (this.#end !== null) return
    try {
      for (const message of this.#reader.push(chunk)) {
        if (message.kind === 'frame') this.#options.onFrame(message)
        else if (message.kind === 'response') this.#answer(message)
        else this.#asked(message)
      }
    } catch (error) {
      if (!(error instanceof StreamError)) throw error
      this.#finish(error)
    }
  }

  /** An answer to an older request (it came after its time) is passed over; a camera that counts wrongly is believed. */
  #answer(response: RtspResponse): void {
    const waiting = this.#waiting
    const cseq = Number(response.headers.get('cseq')?.[0] ?? NaN)
    if (waiting === null || (Number.isInteger(cseq) && cseq < waiting.cseq)) return
    // 100 Continue: the real answer follows.
    if (response.status >= 200) waiting.resolve(response)
  }

  #asked({ method, headers }: RtspRequest): void {
    const status = method === 'OPTIONS' || method === 'GET_PARAMETER' || method === 'SET_PARAMETER' ? '200 OK' : '501 Not Implemented'
    this.#socket.write(writeResponse(status, { CSeq: headers.get('cseq')?.[0] ?? '0' }))
  }

  #finish(error: StreamError): void {
    if (this.#end !== null) return
    this.#end = error
    this.#waiting?.reject(error)
    this.#socket.destroy()
    this.#options.onEnd(error)
  }
}

interface Asked {
  method: string
  uri: string
  headers: Readonly<Record<string, string>>
  body?: Buffer | undefined
}

async function openSocket({ address, timeoutMs, trust }: ConnectionOptions): Promise<Socket> {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url === null || (url.protocol !== 'rtsp:' && url.protocol !== 'rtsps:') || url.hostname === '') throw new StreamError('address-invalid')
  const socket = url.protocol === 'rtsps:' ? await openTls({ url, trust, timeoutMs }) : await openTcp(url, timeoutMs)
  socket.setKeepAlive(true, 15_000)
  return socket
}

function openTcp(url: URL, timeoutMs: number): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>()
  const socket = connectTcp({ ...hostPortOf(url), noDelay: true })
  const timer = setTimeout(() => fail(new StreamError('connect-timeout', { seconds: Math.ceil(timeoutMs / 1000) })), timeoutMs)
  function fail(error: StreamError): void {
    clearTimeout(timer)
    socket.destroy()
    reject(error)
  }
  socket.once('error', (error) => fail(connectFault(error, url)))
  socket.once('connect', () => {
    clearTimeout(timer)
    socket.removeAllListeners('error')
    resolve(socket)
  })
  return promise
}
