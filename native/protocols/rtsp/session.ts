// A camera's picture asked for and kept coming: OPTIONS, DESCRIBE, SETUP, PLAY, keep-alive, TEARDOWN, with the other transport where one is refused.
import { isIPv6 } from 'node:net'
import { StreamError } from '../../contract/index.ts'
import type { RtspFrame, RtspResponse } from './codec.ts'
import { RtspConnection } from './connection.ts'
import type { CertificateTrust } from '../tls-trust.ts'
import type { Credentials } from './digest.ts'
import { controlAddress, hostOf, readDescription, sameHost, type SdpMedia } from './sdp.ts'
import { openUdpPorts, type UdpPorts } from './udp-ports.ts'

export type RtspTransport = 'tcp' | 'udp'

export interface SessionOptions {
  /** `rtsp://` or `rtsps://`, without user and password. */
  address: string
  credentials: Credentials | null
  trust: CertificateTrust | null
  /** In the order to try. */
  transports: readonly RtspTransport[]
  timeoutMs: number
  /** Before anything is set up: what will come. Throws StreamError to refuse it. */
  onVideo?: (video: SdpMedia) => Promise<void>
  onRtp: (packet: Buffer) => void
  onRtcp: (packet: Buffer) => void
  /** Once, when the session ends without `close`. */
  onEnd: (error: StreamError) => void
}

export interface RtspSession {
  video: SdpMedia
  transport: RtspTransport
  /** Another address than ours that the camera names as its own; null = it names none. */
  namedAddress: string | null
  /** To the camera: receiver reports. */
  sendRtcp(packet: Buffer): void
  close(): void
}

const redirectLimit = 3
const defaultTimeoutS = 60

/** @throws StreamError with the hop where it failed; nothing stays open */
export async function openSession(options: SessionOptions): Promise<RtspSession> {
  let { address } = options
  for (let redirect = 0; redirect <= redirectLimit; redirect += 1) {
    const outcome = await new Opening(options, address).run()
    if (!('location' in outcome)) return outcome
    address = outcome.location
  }
  throw new StreamError('redirect-loop')
}

/** One connection, from its first request to its end. */
class Opening {
  readonly #options: SessionOptions
  readonly #address: string
  #connection: RtspConnection | null = null
  #ports: UdpPorts | null = null
  #keepAlive: NodeJS.Timeout | null = null
  #isPlaying = false

  constructor(options: SessionOptions, address: string) {
    this.#options = options
    this.#address = address
  }

  async run(): Promise<RtspSession | { location: string }> {
    const { credentials, trust, timeoutMs } = this.#options
    // A password does not follow a redirect to another host.
    const isOurs = hostOf(this.#address) === hostOf(this.#options.address)
    const connection = await RtspConnection.open({
      address: this.#address,
      credentials: isOurs ? credentials : null,
      // Host and port are its own to be trusted.
      trust,
      timeoutMs,
      onFrame: (frame) => this.#onFrame(frame),
      onEnd: (error) => this.#onEnd(error),
    })
    this.#connection = connection
    try {
      return await this.#negotiate(connection)
    } catch (error) {
      this.#close()
      throw error
    }
  }

  async #negotiate(connection: RtspConnection): Promise<RtspSession | { location: string }> {
    const options = await connection.request('OPTIONS', this.#address)
    const described = await connection.request('DESCRIBE', this.#address, { Accept: 'application/sdp' })
    const location = described.headers.get('location')?.[0]
    if (described.status >= 300 && described.status < 400 && location !== undefined) {
      this.#close()
      return { location }
    }
    mustBeOk(described)
    const description = readDescription(described.body.toString('utf8'))
    const video = description.media.find(({ kind }) => kind === 'video')
    if (video === undefined) throw new StreamError('no-video')
    await this.#options.onVideo?.(video)
    const named = described.headers.get('content-base')?.[0] ?? described.headers.get('content-location')?.[0]
    const base = named === undefined || named === '' ? this.#address : sameHost(this.#address, named)
    const session = await this.#setUp(connection, controlAddress(base, video.control))
    const aggregate = controlAddress(base, description.control)
    mustBeOk(await connection.request('PLAY', aggregate, { Session: session.id, Range: 'npt=0.000-' }))
    this.#isPlaying = true
    const method = (options.headers.get('public')?.join() ?? '').includes('GET_PARAMETER') ? 'GET_PARAMETER' : 'OPTIONS'
    this.#keepAlive = setInterval(() => void this.#keep(connection, { method, aggregate, session: session.id }), keepAliveMs(session.timeoutS))
    return {
      video,
      transport: session.transport,
      namedAddress: otherAddress([session.source, description.address, hostOf(named ?? '')], this.#address, connection.remoteAddress),
      sendRtcp: session.sendRtcp,
      close: () => {
        connection.sendLast('TEARDOWN', aggregate, { Session: session.id })
        this.#close()
      },
    }
  }

  async #setUp(connection: RtspConnection, control: string): Promise<SetUp> {
    for (const transport of this.#options.transports) {
      const header = transport === 'tcp' ? 'RTP/AVP/TCP;unicast;interleaved=0-1' : await this.#udpHeader(connection)
      const response = await connection.request('SETUP', control, { Transport: header })
      if (response.status === 461) continue
      mustBeOk(response)
      const answered = readTransport(response.headers.get('transport')?.[0] ?? '')
      // Asked for UDP, some give the connection all the same; their packets then come as frames, which we take too.
      const [id = '', ...rest] = (response.headers.get('session')?.[0] ?? '').split(';')
      if (id === '') throw new StreamError('server-error', { status: response.status })
      const timeoutS = Number(/timeout=(\d+)/i.exec(rest.join(';'))?.[1] ?? defaultTimeoutS)
      return { id: id.trim(), timeoutS, transport, source: answered.source, sendRtcp: this.#rtcpSender(connection, transport, answered.rtcpPort) }
    }
    throw new StreamError('transport-refused', { transports: this.#options.transports.join(', ') })
  }

  async #udpHeader(connection: RtspConnection): Promise<string> {
    const { onRtp, onRtcp } = this.#options
    this.#ports ??= await openUdpPorts({ isIPv6: isIPv6(connection.localAddress), from: connection.remoteAddress, onRtp, onRtcp })
    return `RTP/AVP;unicast;client_port=${this.#ports.rtpPort}-${this.#ports.rtcpPort}`
  }

  #rtcpSender(connection: RtspConnection, transport: RtspTransport, port: number | null): (packet: Buffer) => void {
    if (transport === 'tcp') return (packet) => connection.sendFrame(1, packet)
    const address = connection.remoteAddress
    return (packet) => port !== null && this.#ports?.sendRtcp(packet, { address, port })
  }

  #onFrame({ channel, payload }: RtspFrame): void {
    if (channel === 0) this.#options.onRtp(payload)
    else if (channel === 1) this.#options.onRtcp(payload)
  }

  async #keep(connection: RtspConnection, { method, aggregate, session }: { method: string; aggregate: string; session: string }): Promise<void> {
    try {
      const { status } = await connection.request(method, aggregate, { Session: session })
      // Forgotten by the camera: what still comes will stop. Any other refusal is its way, the asking itself keeps us alive.
      if (status === 454) this.#onEnd(new StreamError('connection-lost'))
    } catch (error) {
      if (!(error instanceof StreamError)) throw error
      // Some never answer while they send; whether packets come is judged by the owner of the stream.
      if (error.fault.code !== 'no-answer') this.#onEnd(error)
    }
  }

  #onEnd(error: StreamError): void {
    const wasPlaying = this.#isPlaying
    this.#close()
    // Before PLAY was answered the request that waits has the error.
    if (wasPlaying) this.#options.onEnd(error)
  }

  #close(): void {
    this.#isPlaying = false
    if (this.#keepAlive !== null) clearInterval(this.#keepAlive)
    this.#keepAlive = null
    this.#ports?.close()
    this.#ports = null
    this.#connection?.close()
  }
}

interface SetUp {
  id: string
  timeoutS: number
  transport: RtspTransport
  source: string | null
  sendRtcp: (packet: Buffer) => void
}

/** Half the time the camera gives us, and at most 25 s: routers between forget a quiet connection. */
export function keepAliveMs(timeoutS: number): number {
  return Math.max(1, Math.min(25, timeoutS / 2)) * 1000
}

function readTransport(header: string): { source: string | null; rtcpPort: number | null } {
  const rtcpPort = /server_port=\d+-(\d+)/i.exec(header)?.[1]
  return { source: /source=([^;,\s]+)/i.exec(header)?.[1] ?? null, rtcpPort: rtcpPort === undefined ? null : Number(rtcpPort) }
}

function otherAddress(named: readonly (string | null)[], address: string, remote: string): string | null {
  const ours = new Set([hostOf(address), remote, remote.replace(/^::ffff:/, '')])
  return named.find((one) => one !== null && one !== '' && !ours.has(one)) ?? null
}

/** @throws StreamError for what the camera refused */
export function mustBeOk({ status }: RtspResponse): void {
  if (status >= 200 && status < 300) return
  if (status === 403) throw new StreamError('forbidden')
  if (status === 404 || status === 410) throw new StreamError('no-such-stream')
  if (status === 453 || status === 503) throw new StreamError('busy')
  if (status === 461) throw new StreamError('transport-refused')
  throw new StreamError('server-error', { status })
}
