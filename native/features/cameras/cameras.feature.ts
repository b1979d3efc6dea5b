// 视频, put together: the list, the streams into the SFU, their viewers, the stills, and the routes.
import { setTimeout as sleep } from 'node:timers/promises'
import { type CameraQuality, type CameraStates, type Diagnosis, StreamError } from '../../contract/index.ts'
import type { HttpRoute } from '../../door/http-types.ts'
import type { Journal } from '../../journal/types.ts'
import type { MachineKey } from '../../kernel/machine-key.ts'
import { Ingest, type Watch } from '../../media/ingest/ingest.ts'
import type { RtspSource } from '../../media/ingest/session-run.ts'
import type { StreamTiming } from '../../media/ingest/timing.ts'
import type { Sfu } from '../../media/sfu/sfu.ts'
import { Whep } from '../../media/whep/whep.ts'
import type { Store } from '../../store/types.ts'
import { CamerasRepository } from './cameras.repository.ts'
import { camerasRoutes } from './cameras.routes.ts'
import { CamerasService } from './cameras.service.ts'
import { diagnosisOf } from './doctor.ts'
import { Stills } from './stills.ts'

export interface CamerasOptions {
  store: Store
  journal: Journal
  key: MachineKey
  directory: string
  sfu: Sfu
  /** Streams of these cameras stand otherwise now. */
  tell: (cameras: readonly string[]) => void
  onError: (error: unknown) => void
  timing?: Partial<StreamTiming>
}

const doctorWaitMs = 12_000

export class Cameras {
  readonly name = 'cameras'
  readonly service: CamerasService
  readonly ingest: Ingest
  readonly whep: Whep
  readonly stills: Stills
  readonly routes: HttpRoute[]

  constructor({ store, journal, key, directory, sfu, tell, onError, timing }: CamerasOptions) {
    this.stills = new Stills({ directory })
    this.ingest = new Ingest({ sfu, timing, onError, onChange: (stream) => tell([stream.split('/')[0]!]) })
    this.whep = new Whep({ sfu })
    const repository = new CamerasRepository({ store, machineKey: key })
    this.service = new CamerasService({ journal, repository, stills: this.stills, onChanged: (camera) => this.#restart(camera) })
    this.routes = camerasRoutes(this)
  }

  start(): Promise<void> {
    return this.stills.start()
  }

  async stop(): Promise<void> {
    this.whep.stop()
    await this.ingest.stop()
  }

  /** @throws WanglouError NOT_FOUND */
  async watch(id: string, quality: CameraQuality): Promise<Watch> {
    const camera = await this.service.stored(id)
    return this.ingest.watch(`${id}/${camera.subAddress === null ? 'main' : quality}`, () => this.#source(id, quality))
  }

  states(streams: readonly { id: string; quality: CameraQuality }[]): CameraStates {
    return Object.fromEntries(
      streams.map(({ id, quality }) => [`${id}/${quality}`, this.ingest.status(`${id}/${quality}`) ?? this.ingest.status(`${id}/main`)]),
    )
  }

  /** One click: asks the camera now, whoever else watches, and says where it fails. */
  async diagnose(id: string): Promise<Diagnosis> {
    const { address } = await this.service.stored(id)
    const watch = await this.watch(id, 'main')
    try {
      const { attempts } = watch.stream.status
      if (watch.stream.status.state === 'failed') watch.stream.retryNow()
      const until = Date.now() + doctorWaitMs
      const isDecided = () => {
        const { state, fault, attempts: now } = watch.stream.status
        return (
          state === 'live' || state === 'degraded' || (state === 'stalled' && fault?.code !== 'stalled') || (state === 'failed' && now > attempts)
        )
      }
      while (!isDecided() && Date.now() < until) await sleep(100)
      return diagnosisOf(watch.stream.status, { at: Date.now(), isEncrypted: /^rtsps:/i.test(address) })
    } finally {
      watch.release()
    }
  }

  retry(id: string): void {
    for (const quality of ['main', 'sub']) this.ingest.stream(`${id}/${quality}`)?.retryNow()
  }

  #restart(id: string): void {
    for (const quality of ['main', 'sub']) this.ingest.stream(`${id}/${quality}`)?.restart()
  }

  async #source(id: string, quality: CameraQuality): Promise<RtspSource> {
    const { address, subAddress, transport } = await this.service.stored(id).catch(() => {
      throw new StreamError('no-such-stream')
    })
    return { address: quality === 'sub' && subAddress !== null ? subAddress : address, credentials: await this.service.login(id), transport }
  }
}
