// A way for sound over RTSP, whoever takes it: kept alive while it is open, written as interleaved frames, ended with its session.
import { RtspConnection } from './connection.ts'
import type { CertificateTrust } from '../tls-trust.ts'
import type { Credentials } from './digest.ts'
import { keepAliveMs, mustBeOk } from './session.ts'

/** G.711, which every camera with a loudspeaker must take. */
export type TalkCodec = 'PCMU' | 'PCMA'

/** As RFC 3551 numbers them. */
export const talkPayloadTypes = { PCMU: 0, PCMA: 8 } as const

export interface TalkTarget {
  /** `rtsp://` or `rtsps://`, without user and password. */
  address: string
  credentials: Credentials | null
  trust: CertificateTrust | null
  timeoutMs: number
}

export interface TalkChannel {
  codec: TalkCodec
  /** As the other side numbers it. */
  payloadType: number
  sendRtp(packet: Buffer): void
  close(): void
}

/** What was agreed on before it is set up. */
export interface TalkTrack {
  codec: TalkCodec
  payloadType: number
  /** Address of the track. */
  control: string
  /** Address of the whole. */
  aggregate: string
}

export interface TalkSetUp extends TalkTarget {
  /** Asks, until there is a track. */
  agree: (connection: RtspConnection) => Promise<TalkTrack>
  /** How it begins. */
  start: 'PLAY' | 'RECORD'
  /** Goes with every request of the set-up. */
  headers: Readonly<Record<string, string>>
  /** Once, when it ends without `close`. */
  onEnd: () => void
}

const defaultTimeoutS = 60

export function connectTalk({ address, credentials, trust, timeoutMs }: TalkTarget, onEnd: () => void): Promise<RtspConnection> {
  return RtspConnection.open({ address, credentials, trust, timeoutMs, onFrame: () => undefined, onEnd })
}

/** @throws StreamError whatever the other side refuses with */
export async function openTalkChannel({ agree, start, headers, onEnd, ...target }: TalkSetUp): Promise<TalkChannel> {
  let keepAlive: NodeJS.Timeout | undefined
  let isOpen = false
  const connection = await connectTalk(target, () => {
    clearInterval(keepAlive)
    if (isOpen) onEnd()
    isOpen = false
  })
  try {
    const { codec, payloadType, control, aggregate } = await agree(connection)
    const mode = start === 'RECORD' ? ';mode=record' : ''
    const setUp = await connection.request('SETUP', control, { ...headers, Transport: `RTP/AVP/TCP;unicast;interleaved=0-1${mode}` })
    mustBeOk(setUp)
    const [id = '', ...rest] = (setUp.headers.get('session')?.[0] ?? '').split(';')
    const session = { Session: id.trim() }
    // Whichever channel the other side says it is.
    const channel = Number(/interleaved=(\d+)/i.exec(setUp.headers.get('transport')?.[0] ?? '')?.[1] ?? 0)
    mustBeOk(await connection.request(start, aggregate, { ...headers, ...session }))
    isOpen = true
    const timeoutS = Number(/timeout=(\d+)/i.exec(rest.join(';'))?.[1] ?? defaultTimeoutS)
    // One that does not answer it is still written to: whether it is there the connection tells.
    keepAlive = setInterval(() => void connection.request('OPTIONS', aggregate, session).catch(() => undefined), keepAliveMs(timeoutS))
    return {
      codec,
      payloadType,
      sendRtp: (packet) => connection.sendFrame(channel, packet),
      close() {
        isOpen = false
        clearInterval(keepAlive)
        connection.sendLast('TEARDOWN', aggregate, session)
        connection.close()
      },
    }
  } catch (error) {
    connection.close()
    throw error
  }
}
