// How sound gets to a camera: back along its own RTSP, or pushed to the platform that calls it.
import { StreamError } from '../../contract/index.ts'
import type { RtspSource } from '../../media/ingest/session-run.ts'
import { findTalkCodec, openBackChannel } from '../../protocols/rtsp/back-channel.ts'
import { openPush } from '../../protocols/rtsp/push.ts'
import type { TalkChannel, TalkCodec } from '../../protocols/rtsp/talk-channel.ts'
import type { CertificateTrust } from '../../protocols/tls-trust.ts'
import type { WvpChannelPath, WvpPlatform } from '../../protocols/wvp/platform.ts'

export interface TalkWay {
  /** A platform stands between: the camera is called when the sound has come there, which takes a moment. */
  isRelayed: boolean
  /** @returns null: the camera takes no sound @throws StreamError when it cannot be asked */
  codec(): Promise<TalkCodec | null>
  /** @param onEnd once, when it ends without `close` @throws StreamError not-offered, and whatever refuses it */
  open(onEnd: () => void): Promise<TalkChannel>
}

export function cameraTalkWay(source: RtspSource, answerMs: number): TalkWay {
  const camera = { ...source, timeoutMs: answerMs }
  return { isRelayed: false, codec: () => findTalkCodec(camera), open: (onEnd) => openBackChannel({ ...camera, onEnd }) }
}

/** The platform does not say whether a camera has a loudspeaker: whoever wants to talk may try. */
export function platformTalkWay(
  { platform, path }: { platform: WvpPlatform; path: WvpChannelPath },
  { answerMs, trust, onError }: { answerMs: number; trust: CertificateTrust; onError: (error: unknown) => void },
): TalkWay {
  const hangUp = () => void platform.stopBroadcast(path).catch(onError)
  return {
    isRelayed: true,
    codec: () => Promise.resolve('PCMA'),
    async open(onEnd) {
      const address = await platform.broadcast(path)
      try {
        const channel = await openPush({ address, credentials: null, trust, timeoutMs: answerMs, codec: 'PCMA', onEnd })
        const close = () => {
          channel.close()
          hangUp()
        }
        return { ...channel, close }
      } catch (error) {
        hangUp()
        // Not the camera: the platform's media server did not take the sound.
        throw error instanceof StreamError ? error.of('relay') : error
      }
    },
  }
}
