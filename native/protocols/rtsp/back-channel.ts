// Sound to a camera (ONVIF Streaming Specification, back channel): asked for by `Require`, found as a sendonly track, written as interleaved frames.
import { StreamError } from '../../contract/index.ts'
import { RtspConnection } from './connection.ts'
import type { Credentials } from './digest.ts'
import { controlAddress, readDescription, sameHost, type SdpMedia } from './sdp.ts'
import { keepAliveMs, mustBeOk } from './session.ts'

/** G.711, which every camera with a loudspeaker must take. */
export type TalkCodec = 'PCMU' | 'PCMA'

export interface BackChannelOptions {
  /** `rtsp://` or `rtsps://`, without user and password. */
  address: string
  credentials: Credentials | null
  timeoutMs: number
}

export interface BackChannel {
  codec: TalkCodec
  /** As the camera numbers it. */
  payloadType: number
  sendRtp(packet: Buffer): void
  close(): void
}

interface Track {
  codec: TalkCodec
  payloadType: number
  control: string
  aggregate: string
}

const feature = { Require: 'www.onvif.org/ver20/backchannel' }
const fixedTypes = { PCMU: 0, PCMA: 8 } as const
const defaultTimeoutS = 60

/** Asks the camera. @returns null: it takes no sound, or none that a page sends @throws StreamError when it cannot be asked */
export async function findTalkCodec(options: BackChannelOptions): Promise<TalkCodec | null> {
  const connection = await connect(options, () => undefined)
  try {
    return (await describe(connection, options.address))?.codec ?? null
  } finally {
    connection.close()
  }
}

/** @param onEnd once, when it ends without `close` @throws StreamError not-offered, and whatever the camera refuses with */
export async function openBackChannel(options: BackChannelOptions & { onEnd: () => void }): Promise<BackChannel> {
  const { address, onEnd } = options
  let keepAlive: NodeJS.Timeout | undefined
  let isOpen = false
  const connection = await connect(options, () => {
    clearInterval(keepAlive)
    if (isOpen) onEnd()
    isOpen = false
  })
  try {
    const track = await describe(connection, address)
    if (track === null) throw new StreamError('not-offered')
    const setUp = await connection.request('SETUP', track.control, { ...feature, Transport: 'RTP/AVP/TCP;unicast;interleaved=0-1' })
    mustBeOk(setUp)
    const [id = '', ...rest] = (setUp.headers.get('session')?.[0] ?? '').split(';')
    const session = { Session: id.trim() }
    // Whichever channel the camera says it is.
    const channel = Number(/interleaved=(\d+)/i.exec(setUp.headers.get('transport')?.[0] ?? '')?.[1] ?? 0)
    mustBeOk(await connection.request('PLAY', track.aggregate, { ...feature, ...session }))
    isOpen = true
    const timeoutS = Number(/timeout=(\d+)/i.exec(rest.join(';'))?.[1] ?? defaultTimeoutS)
    // A camera that does not answer it is still written to: whether it is there the connection tells.
    keepAlive = setInterval(() => void connection.request('OPTIONS', track.aggregate, session).catch(() => undefined), keepAliveMs(timeoutS))
    return {
      codec: track.codec,
      payloadType: track.payloadType,
      sendRtp: (packet) => connection.sendFrame(channel, packet),
      close() {
        isOpen = false
        clearInterval(keepAlive)
        connection.sendLast('TEARDOWN', track.aggregate, session)
        connection.close()
      },
    }
  } catch (error) {
    connection.close()
    throw error
  }
}

function connect({ address, credentials, timeoutMs }: BackChannelOptions, onEnd: () => void): Promise<RtspConnection> {
  return RtspConnection.open({ address, credentials, timeoutMs, onFrame: () => undefined, onEnd })
}

/** @returns null: the camera knows no back channel, or none with G.711 */
async function describe(connection: RtspConnection, address: string): Promise<Track | null> {
  const described = await connection.request('DESCRIBE', address, { Accept: 'application/sdp', ...feature })
  // Option not supported; some say 400, 404 or 501 to what they do not know, and play well without it.
  if ([400, 404, 501, 551].includes(described.status)) return null
  mustBeOk(described)
  const description = readDescription(described.body.toString('utf8'))
  const named = described.headers.get('content-base')?.[0] ?? ''
  const base = named === '' ? address : sameHost(address, named)
  for (const media of description.media) {
    const found = media.kind === 'audio' && media.direction === 'sendonly' ? codecOf(media) : null
    if (found !== null) return { ...found, control: controlAddress(base, media.control), aggregate: controlAddress(base, description.control) }
  }
  return null
}

function codecOf({ codec, clockRateHz, payloadType, payloadTypes }: SdpMedia): { codec: TalkCodec; payloadType: number } | null {
  if ((codec === 'PCMU' || codec === 'PCMA') && clockRateHz === 8000) return { codec, payloadType }
  for (const known of ['PCMU', 'PCMA'] as const) if (payloadTypes.includes(fixedTypes[known])) return { codec: known, payloadType: fixedTypes[known] }
  return null
}
