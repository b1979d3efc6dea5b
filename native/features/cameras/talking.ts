// 对讲: one person talks to a camera as long as her page says so; each beginning and end is an entry of the journal.
import { StreamError, talkDeadMs, type TalkStanding, WanglouError } from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import type { Sfu } from '../../media/sfu/sfu.ts'
import { TalkLine, type TalkOffer } from '../../media/talk/talk-line.ts'
import type { TalkChannel, TalkCodec } from '../../protocols/rtsp/talk-channel.ts'
import type { TalkWay } from './talk-ways.ts'

export interface TalkingOptions {
  sfu: Sfu
  journal: Journal
  /** As the camera stands now; null = this kind of source has no way for sound. */
  way: (camera: string) => Promise<TalkWay | null>
  /** Somebody began or ended. */
  onChange: (camera: string) => void
  onError: (error: unknown) => void
  deadMs?: number
}

export interface Talker {
  /** One press of the key. */
  talk: string
  session: string
  account: string
  name: string
}

interface Known {
  codec: TalkCodec | null
  isRelayed: boolean
}

interface Held extends Talker {
  channel: TalkChannel | null
  line: TalkLine | null
  timer: NodeJS.Timeout
  begunAt: number | null
}

export class Talking {
  readonly #options: TalkingOptions
  readonly #held = new Map<string, Held>()
  /** What cameras have said of themselves; one that could not be asked is asked again. */
  readonly #known = new Map<string, Promise<Known>>()
  #writing: Promise<unknown> = Promise.resolve()

  constructor(options: TalkingOptions) {
    this.#options = options
  }

  /** Asks the camera itself, once. @throws StreamError when it cannot be asked */
  async standing(camera: string): Promise<TalkStanding> {
    const known = this.#known.get(camera) ?? this.#ask(camera)
    this.#known.set(camera, known)
    known.catch(() => this.#known.get(camera) === known && this.#known.delete(camera))
    const { codec, isRelayed } = await known
    return { canTalk: codec !== null, isRelayed, talker: this.#held.get(camera)?.name ?? null }
  }

  /** The camera has another address or password now. */
  forget(camera: string): void {
    this.#known.delete(camera)
    this.#end(camera)
  }

  /** @throws WanglouError CAMERA_TALK_TAKEN while somebody else talks, CANCELLED when it was let go meanwhile; StreamError not-offered and what the camera refuses with */
  async begin(camera: string, by: Talker): Promise<TalkOffer> {
    const other = this.#held.get(camera)
    if (other !== undefined) throw new WanglouError('CAMERA_TALK_TAKEN', { name: other.name })
    const timer = setTimeout(() => this.#end(camera, by.talk), this.#options.deadMs ?? talkDeadMs)
    const held: Held = { ...by, channel: null, line: null, timer, begunAt: null }
    this.#held.set(camera, held)
    this.#options.onChange(camera)
    try {
      return await this.#open(camera, held)
    } catch (error) {
      this.#end(camera, by.talk)
      throw error
    }
  }

  /** It goes on. @throws WanglouError NOT_FOUND when it is over */
  renew(camera: string, by: Pick<Talker, 'talk' | 'session'>): void {
    this.#mine(camera, by).timer.refresh()
  }

  connectTransport(camera: string, by: Pick<Talker, 'talk' | 'session'>, input: { transport: string; dtlsParameters: unknown }): Promise<void> {
    return this.#line(camera, by).connectTransport(input)
  }

  produce(camera: string, by: Pick<Talker, 'talk' | 'session'>, input: { transport: string; rtpParameters: unknown }): Promise<{ id: string }> {
    return this.#line(camera, by).produce(input)
  }

  /** Harmless when it is over, or is somebody else's. */
  end(camera: string, { talk, session }: Pick<Talker, 'talk' | 'session'>): void {
    if (this.#held.get(camera)?.session === session) this.#end(camera, talk)
  }

  /** The station ends: no line to a camera stays open, and what is to be written is written. */
  async close(): Promise<void> {
    for (const camera of [...this.#held.keys()]) this.#end(camera)
    await this.#writing
  }

  async #ask(camera: string): Promise<Known> {
    const way = await this.#options.way(camera)
    return { codec: (await way?.codec()) ?? null, isRelayed: way?.isRelayed ?? false }
  }

  async #open(camera: string, held: Held): Promise<TalkOffer> {
    const { sfu } = this.#options
    const way = await this.#options.way(camera)
    if (way === null) throw new StreamError('not-offered')
    const over = () => this.#end(camera, held.talk)
    const channel = await way.open(over)
    if (this.#held.get(camera) !== held) {
      channel.close()
      throw new WanglouError('CANCELLED')
    }
    held.channel = channel
    const { codec, payloadType } = channel
    const line = await TalkLine.open({ sfu, codec, payloadType, onRtp: (packet) => channel.sendRtp(packet), onLost: over })
    if (this.#held.get(camera) !== held) {
      line.close()
      throw new WanglouError('CANCELLED')
    }
    held.line = line
    held.begunAt = Date.now()
    this.#write(camera, held, { action: 'cameras.talk' })
    return line.offer
  }

  /** @param talk left out = whoever talks */
  #end(camera: string, talk?: string): void {
    const held = this.#held.get(camera)
    if (held === undefined || (talk !== undefined && held.talk !== talk)) return
    this.#held.delete(camera)
    clearTimeout(held.timer)
    held.line?.close()
    held.channel?.close()
    if (held.begunAt !== null)
      this.#write(camera, held, { action: 'cameras.talkEnd', words: `${Math.max(1, Math.round((Date.now() - held.begunAt) / 1000))} s` })
    this.#options.onChange(camera)
  }

  #write(camera: string, { account }: Held, { action, words }: { action: string; words?: string }): void {
    const { journal, onError } = this.#options
    const note = words === undefined ? {} : { note: { words } }
    this.#writing = this.#writing
      .then(() => journal.write({ actor: account, action, subject: { dataset: 'cameras', row: camera }, rows: [], ...note }))
      .catch(onError)
  }

  #mine(camera: string, { talk, session }: Pick<Talker, 'talk' | 'session'>): Held {
    const held = this.#held.get(camera)
    if (held?.talk !== talk || held.session !== session) throw new WanglouError('NOT_FOUND', { camera })
    return held
  }

  #line(camera: string, by: Pick<Talker, 'talk' | 'session'>): TalkLine {
    const { line } = this.#mine(camera, by)
    if (line === null) throw new WanglouError('NOT_FOUND', { camera })
    return line
  }
}
