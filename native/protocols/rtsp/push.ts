// Sound pushed to a media server (RFC 2326, 10.3 and 10.11): announced with its description, then recorded.
import { mustBeOk } from './session.ts'
import { openTalkChannel, type TalkChannel, type TalkCodec, talkPayloadTypes, type TalkTarget } from './talk-channel.ts'

const track = 'streamid=0'

/** @param onEnd once, when it ends without `close` @throws StreamError whatever the server refuses with */
export function openPush({ codec, ...server }: TalkTarget & { codec: TalkCodec; onEnd: () => void }): Promise<TalkChannel> {
  const { address } = server
  const payloadType = talkPayloadTypes[codec]
  return openTalkChannel({
    ...server,
    start: 'RECORD',
    headers: {},
    async agree(connection) {
      const body = Buffer.from(description({ codec, payloadType }))
      mustBeOk(await connection.request('ANNOUNCE', address, { 'Content-Type': 'application/sdp' }, body))
      return { codec, payloadType, control: `${address}/${track}`, aggregate: address }
    },
  })
}

function description({ codec, payloadType }: { codec: TalkCodec; payloadType: number }): string {
  const whole = ['v=0', 'o=- 0 0 IN IP4 127.0.0.1', 's=Wanglou', 'c=IN IP4 0.0.0.0', 't=0 0']
  const sound = [`m=audio 0 RTP/AVP ${payloadType}`, `a=rtpmap:${payloadType} ${codec}/8000`, `a=control:${track}`]
  return [...whole, ...sound, ''].join('\r\n')
}
