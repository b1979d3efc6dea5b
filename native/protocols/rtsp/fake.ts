// A camera in this process over a real socket, well-behaved or not: what the tests of the client and of the ingest talk to.
import { createHash, randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { type RtspMessage, RtspReader, type RtspRequest, writeFrame, writeResponse } from './codec.ts'

export interface FakeCameraOptions {
  login?: { username: string; password: string; scheme: 'basic' | 'MD5' | 'SHA-256' }
  /** After so many signed requests the nonce is another one. */
  nonceLife?: number
  /** Left out = H.264, with parameter sets. */
  description?: string
  refuses?: 'tcp' | 'udp'
  /** First DESCRIBE is answered with 302 to this path. */
  redirect?: string
  /** Takes sound from us (ONVIF back channel), under this number; without it `Require` is answered with 551. */
  backChannel?: { codec: 'PCMU' | 'PCMA' | 'G726-16'; payloadType: number }
  /** Answers a method with this status instead. */
  status?: Readonly<Record<string, number>>
  /** Does not answer these methods at all. */
  silent?: readonly string[]
  sessionTimeoutS?: number
  /** Answers DESCRIBE with something that is no answer. */
  describeWith?: (socket: Socket) => void
  /** Called when a session plays; `send` writes one RTP packet by the transport that was agreed. */
  onPlay?: (session: FakePlay) => void
}

export interface FakePlay {
  send(rtp: Buffer): void
  sendRtcp(rtcp: Buffer): void
  /** Anything at all, on the connection. */
  write(bytes: Buffer): void
  /** Ends the connection without a word. */
  drop(): void
  readonly isOpen: boolean
}

export const fakeDescription = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=camera',
  'c=IN IP4 0.0.0.0',
  't=0 0',
  'a=control:*',
  'm=video 0 RTP/AVP 96',
  'a=rtpmap:96 H264/90000',
  'a=fmtp:96 packetization-mode=1;profile-level-id=42C01F;sprop-parameter-sets=Z0LAH9kAUAW7EA==,aMuMsg==',
  'a=control:trackID=0',
  '',
].join('\r\n')

function withBackChannel(description: string, { codec, payloadType }: NonNullable<FakeCameraOptions['backChannel']>): string {
  const heard = ['m=audio 0 RTP/AVP 0', 'a=control:trackID=1', 'a=recvonly']
  return [
    description.trimEnd(),
    ...heard,
    `m=audio 0 RTP/AVP ${payloadType}`,
    `a=rtpmap:${payloadType} ${codec}/8000`,
    'a=control:trackID=2',
    'a=sendonly',
    '',
  ].join('\r\n')
}

export class FakeCamera {
  readonly #server: Server
  readonly #options: FakeCameraOptions
  readonly #sockets = new Set<Socket>()
  /** Every request that came, in order. */
  readonly requests: { method: string; uri: string; authorization: string | null; transport: string | null }[] = []
  /** RTCP that came from the client. */
  readonly rtcp: Buffer[] = []
  /** RTP that came from the client. */
  readonly sound: Buffer[] = []
  nonce = randomBytes(8).toString('hex')
  #signed = 0
  #sessions = 0

  private constructor(server: Server, options: FakeCameraOptions) {
    this.#server = server
    this.#options = options
    server.on('connection', (socket: Socket) => this.#serve(socket))
  }

  /** @param port to come back on the port of a camera that was closed */
  static async open(options: FakeCameraOptions = {}, port = 0): Promise<FakeCamera> {
    const server = createServer()
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return new FakeCamera(server, options)
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  get address(): string {
    return `rtsp://127.0.0.1:${this.port}/live`
  }

  get connections(): number {
    return this.#sockets.size
  }

  /** Sessions set up and not torn down. */
  get sessions(): number {
    return this.#sessions
  }

  count(method: string): number {
    return this.requests.filter((one) => one.method === method).length
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
    if (this.#server.listening) await once(this.#server, 'close')
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket)
    const seat = new FakeSeat(socket)
    const reader = new RtspReader()
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      this.#sockets.delete(socket)
      this.#sessions -= seat.isSetUp ? 1 : 0
      seat.close()
    })
    socket.on('data', (chunk: Buffer) => {
      for (const message of reader.push(chunk)) this.#take(message, seat)
    })
  }

  #take(message: RtspMessage, seat: FakeSeat): void {
    if (message.kind === 'frame') (message.channel % 2 === 0 ? this.sound : this.rtcp).push(Buffer.from(message.payload))
    if (message.kind !== 'request') return
    const { method, uri, headers } = message
    const header = (name: string) => headers.get(name)?.[0] ?? null
    this.requests.push({ method, uri, authorization: header('authorization'), transport: header('transport') })
    if (this.#options.silent?.includes(method) === true) return
    const refusal = this.#refusal(message)
    if (refusal !== null) return seat.answer(message, refusal.status, refusal.headers)
    const status = this.#options.status?.[method]
    if (status !== undefined) return seat.answer(message, `${status} No`)
    if (method === 'SETUP' && !seat.isSetUp && !this.#isRefused(header('transport'))) this.#sessions += 1
    if (method === 'TEARDOWN' && seat.isSetUp) {
      this.#sessions -= 1
      seat.isSetUp = false
    }
    this.#perform(message, seat)
  }

  #perform(message: RtspRequest, seat: FakeSeat): void {
    const { description = fakeDescription, redirect, describeWith, onPlay, sessionTimeoutS = 60 } = this.#options
    switch (message.method) {
      case 'DESCRIBE':
        if (describeWith !== undefined) return describeWith(seat.socket)
        if (redirect !== undefined && !message.uri.endsWith(redirect))
          return seat.answer(message, '302 Moved', { Location: `rtsp://127.0.0.1:${this.port}${redirect}` })
        if (!message.headers.has('require')) return seat.answer(message, '200 OK', { 'Content-Type': 'application/sdp' }, Buffer.from(description))
        if (this.#options.backChannel === undefined)
          return seat.answer(message, '551 Option not supported', { Unsupported: 'www.onvif.org/ver20/backchannel' })
        return seat.answer(
          message,
          '200 OK',
          { 'Content-Type': 'application/sdp' },
          Buffer.from(withBackChannel(description, this.#options.backChannel)),
        )
      case 'SETUP': {
        const transport = message.headers.get('transport')?.[0] ?? ''
        if (this.#isRefused(transport)) return seat.answer(message, '461 Unsupported Transport')
        return seat.setUp(message, { transport, sessionTimeoutS })
      }
      case 'PLAY':
        seat.answer(message, '200 OK', { Session: seat.session })
        return onPlay?.(seat)
      case 'OPTIONS':
        return seat.answer(message, '200 OK', { Public: 'OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER' })
      default:
        return seat.answer(message, '200 OK', { Session: seat.session })
    }
  }

  #isRefused(transport: string | null): boolean {
    const { refuses } = this.#options
    return refuses !== undefined && (transport?.includes('/TCP') === true ? refuses === 'tcp' : refuses === 'udp')
  }

  /** Says 401 until the signature is right for the nonce of now. */
  #refusal({ method, uri, headers }: RtspRequest): { status: string; headers: Record<string, string> } | null {
    const { login, nonceLife = Infinity } = this.#options
    if (login === undefined || method === 'OPTIONS') return null
    const given = headers.get('authorization')?.[0] ?? ''
    if (this.#signed >= nonceLife) {
      this.#signed = 0
      this.nonce = randomBytes(8).toString('hex')
    }
    if (isRight(given, { ...login, nonce: this.nonce, method, uri })) {
      this.#signed += 1
      return null
    }
    const challenge =
      login.scheme === 'basic' ? 'Basic realm="cam"' : `Digest realm="cam", nonce="${this.nonce}", algorithm=${login.scheme}, qop="auth"`
    return { status: '401 Unauthorized', headers: { 'WWW-Authenticate': challenge } }
  }
}

interface Expected {
  username: string
  password: string
  scheme: 'basic' | 'MD5' | 'SHA-256'
  nonce: string
  method: string
  uri: string
}

/** Written apart from the client's own sum: the two must agree. */
function isRight(given: string, { username, password, scheme, nonce, method, uri }: Expected): boolean {
  if (scheme === 'basic') return given === `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  const field = (name: string) => new RegExp(`\\b${name}="?([^",]*)`).exec(given)?.[1] ?? ''
  const hash = (...parts: string[]) =>
    createHash(scheme === 'MD5' ? 'md5' : 'sha256')
      .update(parts.join(':'))
      .digest('hex')
  const expected = hash(hash(username, 'cam', password), nonce, field('nc'), field('cnonce'), 'auth', hash(method, uri))
  return field('nonce') === nonce && field('response') === expected
}

/** One client's connection. */
class FakeSeat implements FakePlay {
  readonly socket: Socket
  readonly session = randomBytes(4).toString('hex')
  isSetUp = false
  #udp: { port: number; socket: ReturnType<typeof createSocket> } | null = null

  constructor(socket: Socket) {
    this.socket = socket
  }

  get isOpen(): boolean {
    return !this.socket.destroyed
  }

  answer(request: RtspRequest, status: string, headers: Record<string, string> = {}, body?: Buffer): void {
    this.socket.write(writeResponse(status, { CSeq: request.headers.get('cseq')?.[0] ?? '0', ...headers }, body))
  }

  setUp(request: RtspRequest, { transport, sessionTimeoutS }: { transport: string; sessionTimeoutS: number }): void {
    this.isSetUp = true
    const port = /client_port=(\d+)/.exec(transport)?.[1]
    if (port !== undefined) this.#udp = { port: Number(port), socket: createSocket('udp4') }
    this.answer(request, '200 OK', { Session: `${this.session};timeout=${sessionTimeoutS}`, Transport: transport })
  }

  send(rtp: Buffer): void {
    if (this.#udp === null) this.write(writeFrame(0, rtp))
    else this.#udp.socket.send(rtp, this.#udp.port, '127.0.0.1')
  }

  sendRtcp(rtcp: Buffer): void {
    this.write(writeFrame(1, rtcp))
  }

  write(bytes: Buffer): void {
    if (this.isOpen) this.socket.write(bytes)
  }

  drop(): void {
    this.socket.destroy()
  }

  close(): void {
    this.#udp?.socket.close()
    this.#udp = null
  }
}
