// Sound to a camera (ONVIF Streaming Specification, back channel): asked for by `Require`, found as a sendonly track.
import { StreamError } from '../../contract/index.ts'
import type { RtspConnection } from './connection.ts'
import { controlAddress, readDescription, sameHost, type SdpMedia } from './sdp.ts'
import { mustBeOk } from './session.ts'
import { connectTalk, openTalkChannel, type TalkChannel, type TalkCodec, talkPayloadTypes, type TalkTarget, type TalkTrack } from './talk-channel.ts'

const feature = { Require: 'www.onvif.org/ver20/backchannel' }

/** Asks the camera. @returns null: it takes no sound, or none that a page sends @throws StreamError when it cannot be asked */
export async function findTalkCodec(camera: TalkTarget): Promise<TalkCodec | null> {
  const connection = await connectTalk(camera, () => undefined)
  try {
    return (await describe(connection, camera.address))?.codec ?? null
  } finally {
    connection.close()
  }
}

/** @param onEnd once, when it ends without `close` @throws StreamError not-offered, and whatever the camera refuses with */
export function openBackChannel(camera: TalkTarget & { onEnd: () => void }): Promise<TalkChannel> {
  return openTalkChannel({
    ...camera,
    start: 'PLAY',
    headers: feature,
    async agree(connection) {
      const track = await describe(connection, camera.address)
      if (track === null) throw new StreamError('not-offered')
      return track
    },
  })
}

/** @returns null: the camera knows no back channel, or none with G.711 */
async function describe(connection: RtspConnection, address: string): Promise<TalkTrack | null> {
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
  for (const known of ['PCMU', 'PCMA'] as const)
    if (payloadTypes.includes(talkPayloadTypes[known])) return { codec: known, payloadType: talkPayloadTypes[known] }
  return null
}
