// 视频, put together: the list, the streams into the SFU, their viewers, the stills, and the routes.
import {
  cameraSources,
  type CameraPlaybackView,
  type CameraQuality,
  type CameraSourceKind,
  type CameraStates,
  capturePlaceOf,
  type Diagnosis,
  doctorWaitMs,
  type PlaybackAct,
  type PushAddress,
  StreamError,
  WanglouError,
} from '../../contract/index.ts'
import type { HttpRoute } from '../../door/http-types.ts'
import type { Journal } from '../../journal/types.ts'
import type { MachineKey } from '../../kernel/machine-key.ts'
import { type CaptureConsolesPort, Captures } from '../../media/capture/captures.ts'
import { Ingest, type Watch } from '../../media/ingest/ingest.ts'
import type { OwnedStream } from '../../media/ingest/asking.ts'
import type { SfuStream } from '../../media/ingest/outlet.ts'
import type { Watch as WatchOf } from '../../media/ingest/owners.ts'
import type { RtspSource } from '../../media/ingest/session-run.ts'
import { type StreamTiming, streamTiming } from '../../media/ingest/timing.ts'
import type { PullSource } from '../../media/pull/flv-sources.ts'
import { PushPort, type PushPortOptions, type PushRefusal } from '../../media/pull/push-port.ts'
import type { Sfu } from '../../media/sfu/sfu.ts'
import { Whep } from '../../media/whep/whep.ts'
import type { Blobs, Store } from '../../store/types.ts'
import { type AlarmsOptions, AlarmsService } from './alarms.service.ts'
import type { CameraSeat } from '../conference/room-cameras.ts'
import { CamerasRepository } from './cameras.repository.ts'
import { camerasRoutes } from './cameras.routes.ts'
import { CamerasService } from './cameras.service.ts'
import { CertificatesService } from './certificates.service.ts'
import { examine } from './doctor.ts'
import { EventPort } from './event-port.ts'
import { mediaRoutes } from './media.routes.ts'
import { PlatformsService, readPlatformAddress } from './platforms.service.ts'
import { Pulled } from './pulled.ts'
import { newPushKey, PushKeys } from './push-keys.ts'
import { Control } from './control.ts'
import type { Span } from './playbacks.ts'
import { cameraSeat, StreamListeners } from './seat.ts'
import { Stills } from './stills.ts'
import { cameraTalkWay, platformTalkWay, type TalkWay } from './talk-ways.ts'
import { Talking } from './talking.ts'
import { Turning } from './turning.ts'

export interface CamerasOptions {
  store: Store
  journal: Journal
  key: MachineKey
  directory: string
  sfu: Sfu
  /** Streams of these cameras stand otherwise now. */
  tell: (cameras: readonly string[]) => void
  onError: (error: unknown) => void
  /** Where devices push their streams. */
  push: PushPortOptions['listen']
  /** Where analysis programs push their events. */
  events: PushPortOptions['listen']
  blobs: Blobs
  attachment: AlarmsOptions['attachment']
  /** The consoles of our centre: capture cards are plugged into one of them. */
  consoles: CaptureConsolesPort
  onPushRefused: (refusal: PushRefusal) => void
  timing?: Partial<StreamTiming>
}

/** Asked for by RTSP at the camera itself: sound can go the same way back. */
const talkingKinds: ReadonlySet<CameraSourceKind> = new Set(['rtsp', 'onvif'])

export class Cameras {
  readonly name = 'cameras'
  readonly service: CamerasService
  readonly ingest: Ingest
  readonly whep: Whep
  readonly pulled: Pulled
  readonly captures: Captures
  readonly push: PushPort
  readonly alarms: AlarmsService
  readonly events: EventPort
  readonly certificates: CertificatesService
  readonly platforms: PlatformsService
  readonly control: Control
  readonly turning: Turning
  readonly talking: Talking
  readonly stills: Stills
  readonly routes: HttpRoute[]
  readonly #listeners = new StreamListeners()
  readonly #onError: (error: unknown) => void
  readonly #journal: Journal
  #unsubscribe: (() => void) | null = null

  constructor(options: CamerasOptions) {
    const { store, journal, key, directory, sfu, tell, onError, push, events, blobs, attachment, consoles, onPushRefused, timing } = options
    this.#onError = onError
    this.#journal = journal
    this.stills = new Stills({ directory })
    const onChange = (stream: string) => {
      this.#listeners.changed(stream)
      tell([stream.split('/')[0]!])
    }
    this.ingest = new Ingest({ sfu, timing, onError, onChange, onClosed: (key) => this.#closed(key) })
    this.whep = new Whep({ sfu })
    const repository = new CamerasRepository({ store, machineKey: key })
    this.service = new CamerasService({ journal, repository, stills: this.stills, onChanged: (camera) => this.#restart(camera) })
    this.alarms = new AlarmsService({ journal, reads: store, repository, blobs, attachment })
    this.events = new EventPort({ listen: events, alarms: this.alarms, onError })
    this.certificates = new CertificatesService({ journal, reads: store, repository })
    const { trust } = this.certificates
    this.platforms = new PlatformsService({ journal, repository, trust })
    this.control = new Control({
      platforms: this.platforms,
      camera: (id) => this.service.stored(id),
      login: (id, address) => this.service.loginFor(id, address),
      trust,
    })
    this.turning = new Turning({ turnerOf: (id) => this.control.turner(id), onError })
    this.talking = new Talking({
      ...{ sfu, journal, onError },
      way: (id) => this.#talkWay(id, timing?.answerMs ?? streamTiming.answerMs),
      onChange: (id) => tell([id]),
    })
    const keys = new PushKeys(() => repository.pushLogins())
    this.push = new PushPort({ listen: push, cameraOf: (pushed) => keys.cameraOf(pushed), onRefused: onPushRefused })
    this.pulled = new Pulled({
      directory,
      timing: { ...streamTiming, ...timing },
      source: (id, quality) => this.#source(id, quality),
      rtsp: (id, quality) => this.#rtspSource(id, quality),
      pushed: (id) => this.push.source(id),
      onChange,
      onClosed: (key) => this.#closed(key),
      onError,
    })
    this.captures = new Captures({
      ...{ sfu, consoles, onChange, onError },
      timing: { ...streamTiming, ...timing },
      place: async (id) => capturePlaceOf((await this.#stored(id)).address) ?? { station: '', device: '', sound: '' },
    })
    this.routes = [...camerasRoutes(this), ...mediaRoutes(this)]
  }

  async start(): Promise<void> {
    await this.stills.start()
    this.#unsubscribe ??= this.#journal.onChange((changes) => {
      for (const { dataset, ids } of changes) if (dataset === 'cameraCertificates') void this.#trusted(ids).catch(this.#onError)
    })
    if (await this.service.hasKind('rtmp')) await this.push.open()
    if ((await this.alarms.sources()).some(({ hasKey }) => hasKey)) await this.events.open()
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.()
    this.#unsubscribe = null
    this.whep.stop()
    await this.turning.close()
    await this.talking.close()
    await Promise.all([this.ingest.stop(), this.captures.owners.stop(), this.pulled.owners.stop(), this.push.close(), this.events.close()])
  }

  /** For the SFU. @throws WanglouError NOT_FOUND, also for a camera that does not go through it */
  async watch(id: string, quality: CameraQuality): Promise<WatchOf<SfuStream>> {
    const camera = await this.service.stored(id)
    if (cameraSources[camera.sourceKind].player !== 'sfu') throw new WanglouError('NOT_FOUND', { camera: id })
    if (camera.sourceKind === 'capture') return this.captures.watch(id)
    const stream = camera.subAddress === null ? 'main' : quality
    return this.ingest.watch(`${id}/${stream}`, () => this.#rtspSource(id, stream))
  }

  /** For a conference room. @throws WanglouError NOT_FOUND · CAMERA_NOT_FOR_ROOMS for a kind that does not go through the SFU */
  async seat(id: string): Promise<CameraSeat> {
    const camera = await this.service.stored(id)
    if (cameraSources[camera.sourceKind].player !== 'sfu') throw new WanglouError('CAMERA_NOT_FOR_ROOMS')
    return cameraSeat(camera, {
      main: await this.watch(id, 'main'),
      watchSub: () => this.watch(id, 'sub'),
      listen: (quality, listener) => this.#listeners.listen(`${id}/${quality}`, listener),
      onError: this.#onError,
    })
  }

  /** What the station fetches for pages. @throws WanglouError NOT_FOUND, also for a card that a page of ours captures */
  async watchPulled(id: string, quality: CameraQuality): Promise<WatchOf<OwnedStream>> {
    const camera = await this.service.stored(id)
    if (camera.sourceKind === 'capture') throw new WanglouError('NOT_FOUND', { camera: id })
    return this.pulled.watch(id, { quality: camera.subAddress === null ? 'main' : quality, kind: camera.sourceKind })
  }

  /** A recording of the platform, as a stream of its own. @throws WanglouError NOT_FOUND */
  async watchRecord(id: string, span: Span): Promise<Watch> {
    const camera = await this.service.stored(id)
    if (camera.sourceKind !== 'gb28181') throw new WanglouError('NOT_FOUND', { camera: id })
    const key = recordKey(id, span)
    return this.ingest.watch(key, async () => ({
      address: await this.control.playback(id, { key, span }),
      credentials: null,
      trust: this.certificates.trust,
      transport: 'auto',
      of: 'relay',
    }))
  }

  playback(id: string, span: Span): CameraPlaybackView {
    const key = recordKey(id, span)
    return { stream: this.ingest.status(key), playback: this.control.playbacks.status(key) }
  }

  /** @throws WanglouError NOT_FOUND when nobody watches it; StreamError what the platform answers */
  async actOnPlayback(id: string, { act, ...span }: Span & { act: PlaybackAct }): Promise<void> {
    const key = recordKey(id, span)
    await this.control.playbacks.act(key, act)
    // One that was paused for long, or is over, is asked for again.
    this.ingest.stream(key)?.retryNow()
  }

  states(streams: readonly { id: string; quality: CameraQuality }[]): CameraStates {
    const status = (key: string) => {
      const [own, carried] = [this.ingest.status(key) ?? this.captures.status(key), this.pulled.owners.status(key)]
      // What the SFU cannot pass some pages are given otherwise; the others hear why when they ask.
      return own?.fault?.code === 'codec-unplayable' ? (carried ?? own) : (own ?? carried)
    }
    return Object.fromEntries(streams.map(({ id, quality }) => [`${id}/${quality}`, status(`${id}/${quality}`) ?? status(`${id}/main`)]))
  }

  /** One click: asks the camera now, whoever else watches, and says where it fails. @param quality what the tile plays */
  async diagnose(id: string, quality: CameraQuality): Promise<Diagnosis> {
    const { address, sourceKind } = await this.service.stored(id)
    const watch = cameraSources[sourceKind].player === 'sfu' ? await this.watch(id, quality) : await this.watchPulled(id, quality)
    try {
      return await examine(watch.stream, { address, sourceKind, waitMs: doctorWaitMs })
    } finally {
      watch.release()
    }
  }

  retry(id: string): void {
    for (const key of keysOf(id))
      for (const stream of [this.ingest.stream(key), this.captures.stream(key), this.pulled.owners.stream(key)]) stream?.retryNow()
  }

  /** Makes a new key and forgets the old one; it is told this once. @throws WanglouError NOT_FOUND */
  async renewPushKey(id: string, actor: string): Promise<PushAddress> {
    const camera = await this.service.stored(id)
    if (camera.sourceKind !== 'rtmp') throw new WanglouError('NOT_FOUND', { camera: id })
    const key = newPushKey()
    await this.service.setPushKey(id, { key, actor })
    this.push.drop(id)
    await this.push.open()
    const { ip, port } = this.push.address ?? this.push.listen
    return { server: `rtmp://${ip}:${port}/live`, key, lastRefusal: this.push.lastRefusal }
  }

  /** The platform may stop sending: nobody of ours has it any more, in whichever way. */
  #closed(key: string): void {
    if (this.ingest.stream(key) === null && this.pulled.owners.stream(key) === null) void this.control.ended(key).catch(this.#onError)
  }

  /** Whoever trusted a certificate, or took that back: what waits for it is asked again at once, what stands on it is ended. */
  async #trusted(ids: readonly string[] | null): Promise<void> {
    for (const { camera, isTrusted } of await this.certificates.concerned(ids)) {
      if (isTrusted) this.retry(camera)
      else this.#restart(camera)
    }
  }

  /** A picture of another address, or none at all: who watches asks again. */
  #restart(id: string): void {
    this.push.drop(id)
    this.control.forget(id)
    this.talking.forget(id)
    for (const key of keysOf(id)) {
      this.ingest.stream(key)?.restart()
      this.captures.stream(key)?.restart()
      this.pulled.owners.drop(key)
    }
  }

  /** @throws StreamError no-such-stream · password-elsewhere */
  async #source(id: string, quality: CameraQuality): Promise<PullSource> {
    const { address, subAddress } = await this.#stored(id)
    const asked = quality === 'sub' && subAddress !== null ? subAddress : address
    return { address: asked, credentials: await this.service.loginFor(id, asked), trust: this.certificates.trust }
  }

  async #rtspSource(id: string, quality: CameraQuality): Promise<RtspSource> {
    const { transport, sourceKind } = await this.#stored(id)
    const source = await this.#source(id, quality)
    if (sourceKind === 'rtsp') return { ...source, transport }
    const asked = await this.control.rtsp(id, { key: `${id}/${quality}`, address: source.address })
    return { ...asked, transport, ...(sourceKind === 'gb28181' ? { of: 'relay' } : {}) }
  }

  async #talkWay(id: string, answerMs: number): Promise<TalkWay | null> {
    const { sourceKind, address } = await this.service.stored(id)
    if (talkingKinds.has(sourceKind)) return cameraTalkWay(await this.#rtspSource(id, 'main'), answerMs)
    if (sourceKind !== 'gb28181') return null
    const { platform, path } = readPlatformAddress(address)
    const { trust } = this.certificates
    return platformTalkWay({ platform: await this.platforms.platform(platform), path }, { answerMs, trust, onError: this.#onError })
  }

  #stored(id: string): ReturnType<CamerasService['stored']> {
    return this.service.stored(id).catch(() => {
      throw new StreamError('no-such-stream')
    })
  }
}

function recordKey(id: string, { startTime, endTime }: Span): string {
  return `${id}/record/${startTime}/${endTime}`
}

function keysOf(id: string): string[] {
  return [`${id}/main`, `${id}/sub`]
}
