// A call: this page's place in a room. It outlives the view that shows it, comes back by itself, and takes what others send as they send it.
import { reactive, shallowReactive } from 'vue'
import type { ChairAct, Id, MediaSource, RoomEvent, RoomParticipant, RoomStream, RoomView } from '../../../../native/contract/index.ts'
import { pageError, type PageErrorCode } from '../../../app/page-error.ts'
import { Peer } from './peer.ts'
import type { Signalling } from './signalling.ts'
import { Sounds } from './sounds.ts'

export type CallPhase = 'joining' | 'in' | 'returning' | 'ended'
export type EndedWhy = Extract<RoomEvent, { kind: 'ended' }>['why'] | 'refused'

export interface CallState {
  phase: CallPhase
  room: RoomView | null
  endedWhy: EndedWhy | null
  /** What refused it; null = nothing did. */
  error: unknown
  /** The chair has closed our microphone and we have not opened it since. */
  isMutedByChair: boolean
  isMicrophoneOn: boolean
  isCameraOn: boolean
  isSharing: boolean
  /** What is wrong with the sound: the browser wants a click first, or the output is not there. */
  soundTrouble: 'held' | 'gone' | null
}

/** Where the others are heard from, and who of them. */
export interface CallSound {
  /** Output of this machine, by the browser's id; '' = the system's own. */
  output: string
  isHeard: (participant: RoomParticipant) => boolean
}

export interface CallOptions {
  conference: Id
  participant: Id
  signalling: Signalling
  camera: MediaStreamTrack | null
  microphone: MediaStreamTrack | null
  /** It sees and sends nothing: a screen of a wall. */
  isWatching?: boolean
  /** Left out or null = it is silent. */
  sound?: CallSound | null
  /** What could not be done and is tried again; for the log. */
  onError: (error: unknown) => void
}

/** These do not pass by waiting. */
const finalCodes: ReadonlySet<PageErrorCode> = new Set([
  'ROOM_LOCKED',
  'ROOM_REMOVED',
  'ROOM_CLOSED',
  'NOT_FOUND',
  'FORBIDDEN',
  'UNAUTHENTICATED',
  'TOO_LARGE',
  'INVALID_INPUT',
])
const againMs = 1_000

export class Call {
  readonly conference: Id
  readonly participant: Id
  readonly state = reactive<CallState>({
    phase: 'joining',
    room: null,
    endedWhy: null,
    error: null,
    isMutedByChair: false,
    isMicrophoneOn: false,
    isCameraOn: false,
    isSharing: false,
    soundTrouble: null,
  })
  /** Tracks of the others by stream, ready to be shown. */
  readonly tracks = shallowReactive(new Map<string, MediaStreamTrack>())
  /** Our own, by source. */
  readonly own = shallowReactive(new Map<MediaSource, MediaStreamTrack>())
  readonly #options: CallOptions
  readonly #sounds: Sounds
  readonly #wanted = new Map<string, number | null>()
  #peer: Peer | null = null
  #line: { unsubscribe(): void } | null = null
  /** Changes of media one after the other. */
  #work: Promise<void> = Promise.resolve()

  constructor(options: CallOptions) {
    this.#options = options
    this.#sounds = new Sounds({
      output: options.sound?.output ?? '',
      onTrouble: (trouble) => (this.state.soundTrouble = trouble),
      onError: options.onError,
    })
    this.conference = options.conference
    this.participant = options.participant
    if (options.camera !== null) this.own.set('camera', options.camera)
    if (options.microphone !== null) this.own.set('microphone', options.microphone)
    this.state.isCameraOn = options.camera !== null
    this.state.isMicrophoneOn = options.microphone !== null
  }

  join(): void {
    this.#line = this.#options.signalling.attend({
      onData: (event) => this.#hear(event),
      onError: (error) => this.#refused(error),
      // The station is stopping, or was without us for too long: we come again.
      onComplete: () => this.#comeAgain(),
    })
  }

  /** The network of this machine has changed. */
  networkChanged(): void {
    this.#do(async () => this.#peer?.restartIce())
  }

  async leave(): Promise<void> {
    const isIn = this.state.phase !== 'ended'
    this.#end('left')
    if (isIn) await this.#options.signalling.leave().catch(this.#options.onError)
  }

  async setMicrophone(isOn: boolean): Promise<void> {
    this.state.isMicrophoneOn = isOn
    if (isOn) this.state.isMutedByChair = false
    await this.#peer?.setPaused('microphone', !isOn)
  }

  /** One that was left off when joining. */
  async addMicrophone(track: MediaStreamTrack): Promise<void> {
    this.state.isMicrophoneOn = true
    this.state.isMutedByChair = false
    await this.#setOwn('microphone', track)
  }

  /** A camera that is off is closed, so that its lamp goes out. */
  async setCamera(track: MediaStreamTrack | null): Promise<void> {
    this.state.isCameraOn = track !== null
    await this.#setOwn('camera', track)
  }

  async share(track: MediaStreamTrack | null): Promise<void> {
    this.state.isSharing = track !== null
    // The system has a "stop sharing" of its own.
    track?.addEventListener('ended', () => void this.share(null).catch(this.#options.onError), { once: true })
    await this.#setOwn('screen', track)
  }

  /** Somebody has clicked: what the browser held back is heard. */
  playHeld(): void {
    this.#sounds.playHeld()
  }

  /** Whom one hears has changed, as `sound.isHeard` says. */
  hearAgain(): void {
    this.#do(() => this.#takeWhatIsThere())
  }

  raiseHand(isUp: boolean): Promise<void> {
    return this.#options.signalling.hand(isUp)
  }

  say(words: string): Promise<void> {
    return this.#options.signalling.say(words)
  }

  chair(act: ChairAct): Promise<void> {
    return this.#options.signalling.chair(act)
  }

  /** @param stream null = the whole room */
  record(stream: string | null): Promise<unknown> {
    return this.#options.signalling.record(stream)
  }

  endRecord(recording: string): Promise<void> {
    return this.#options.signalling.endRecord(recording)
  }

  /** How large a picture is shown: 0 small … 2 large, null = not at all. */
  want(stream: string, layer: number | null): void {
    if (this.#wanted.get(stream) === layer) return
    this.#wanted.set(stream, layer)
    this.#do(async () => this.#peer?.watch(stream, layer))
  }

  #hear(event: RoomEvent): void {
    switch (event.kind) {
      case 'joined':
        this.state.phase = 'in'
        this.state.error = null
        return this.#do(() => this.#begin(event.generation, event.rtpCapabilities))
      case 'room':
        this.state.room = event.room
        return this.#do(() => this.#takeWhatIsThere())
      case 'mute':
        this.state.isMutedByChair = true
        this.state.isMicrophoneOn = false
        return this.#do(async () => this.#peer?.setPaused('microphone', true))
      case 'unmute':
        // For cameras: nobody opens a person's microphone.
        return
      case 'ended':
        // Our own line took over from the one that was cut.
        if (event.why === 'elsewhere') return
        if (event.why !== 'moved') return this.#end(event.why)
        // The room goes on at another host: straight there.
        this.#line?.unsubscribe()
        return this.#comeAgain(0)
      default:
        return event satisfies never
    }
  }

  #refused(error: unknown): void {
    this.#line?.unsubscribe()
    this.state.error = error
    if (finalCodes.has(pageError(error).code)) this.#end('refused')
    else this.#comeAgain()
  }

  #comeAgain(afterMs = againMs): void {
    if (this.state.phase === 'in') this.state.phase = 'returning'
    setTimeout(() => {
      if (this.state.phase !== 'ended') this.join()
    }, afterMs)
  }

  /** The same generation: the media stands, only its way may have changed. Another one: everything anew, without a click. */
  async #begin(generation: string, rtpCapabilities: unknown): Promise<void> {
    if (this.#peer?.generation === generation) return this.#peer.restartIce()
    this.#clear()
    const { signalling, onError, isWatching = false } = this.#options
    this.#peer = new Peer({ generation, rtpCapabilities, signalling, isWatching, onError })
    await this.#peer.open()
    // What others show does not wait for what we send.
    await Promise.all([this.#takeWhatIsThere(), this.#sendOwn(this.#peer)])
  }

  async #sendOwn(peer: Peer): Promise<void> {
    for (const [source, track] of this.own) await peer.send(source, track)
    if (!this.state.isMicrophoneOn) await peer.setPaused('microphone', true)
  }

  async #takeWhatIsThere(): Promise<void> {
    const peer = this.#peer
    if (peer === null) return
    const others = (this.state.room?.participants ?? []).filter(({ id }) => id !== this.participant)
    const streams = others.flatMap((one) => one.streams.filter(({ kind }) => kind === 'video' || this.#hears(one)))
    const there = new Set(streams.map(({ id }) => id))
    for (const stream of peer.taken) if (!there.has(stream)) this.#drop(stream)
    // All at once: one after the other each would wait for the answers to those before it.
    await Promise.all(streams.filter(({ id }) => !peer.has(id)).map((stream) => this.#take(peer, stream)))
  }

  #hears(participant: RoomParticipant): boolean {
    return this.#options.sound?.isHeard(participant) ?? false
  }

  async #take(peer: Peer, { id, kind }: RoomStream): Promise<void> {
    // It may have gone meanwhile; the room's next state says so.
    const track = await peer.take(id).catch(this.#report)
    if (track === null || this.#peer !== peer) return
    this.tracks.set(id, track)
    if (kind === 'audio') this.#sounds.play(id, track)
    await peer.watch(id, this.#wanted.get(id) ?? (kind === 'audio' ? 0 : null)).catch(this.#report)
  }

  async #setOwn(source: MediaSource, track: MediaStreamTrack | null): Promise<void> {
    const former = this.own.get(source)
    if (track === null) this.own.delete(source)
    else this.own.set(source, track)
    if (former !== undefined && former !== track) former.stop()
    await (track === null ? this.#peer?.stop(source) : this.#peer?.send(source, track))
  }

  #drop(stream: string): void {
    this.#peer?.drop(stream)
    this.tracks.delete(stream)
    this.#sounds.silence(stream)
  }

  #clear(): void {
    this.#peer?.close()
    this.#peer = null
    this.#sounds.silenceAll()
    this.tracks.clear()
  }

  #end(why: EndedWhy): void {
    if (this.state.phase === 'ended') return
    this.state.phase = 'ended'
    this.state.endedWhy = why
    this.#line?.unsubscribe()
    this.#clear()
    for (const track of this.own.values()) track.stop()
    this.own.clear()
  }

  #do(change: () => Promise<unknown>): void {
    this.#work = this.#work
      .then(async () => {
        if (this.state.phase !== 'ended') await change()
      })
      .catch(this.#options.onError)
  }

  readonly #report = (error: unknown): null => {
    this.#options.onError(error)
    return null
  }
}
