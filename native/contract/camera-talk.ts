// Talking to a camera (对讲): held down like a turn, one person at a time, as the page speaks of it.
import { z } from 'zod'
import { Id } from './scalars.ts'

/** A page that talks says so again within this time, or the station ends it, milliseconds. */
export const talkRenewMs = 300
/** Without a word for so long it is ended, milliseconds. */
export const talkDeadMs = 1_500

/** `talk`: one press of the key, made up by the page. */
export const TalkInput = z.object({ id: Id, talk: Id })
const Foreign = z.record(z.string(), z.unknown())
export const TalkTransportInput = TalkInput.extend({ transport: z.string().max(80), dtlsParameters: Foreign })
export const TalkProduceInput = TalkInput.extend({ transport: z.string().max(80), rtpParameters: Foreign })

export interface TalkStanding {
  /** The camera says that it takes sound which a page can send. */
  canTalk: boolean
  /** Through a platform, which does not say whether the camera takes sound and calls it only when somebody talks. */
  isRelayed: boolean
  /** Who talks now; null = nobody. */
  talker: string | null
}
