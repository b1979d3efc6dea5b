// The place of a camera in a room: what the station already takes from it stands in the SFU, the room only learns where.
import type { Router } from 'mediasoup/types'
import { type RoomStream, WanglouError } from '../../contract/index.ts'
import type { RoomMedia, Supply } from './room-media.ts'
import { SoundGate, type SoundGateOptions } from './sound-gate.ts'

/** A camera as the room gets it; held as long as it is in. */
export interface CameraSupply {
  /** Where its picture stands in the SFU; null = none has come yet. */
  source(): Supply | null
  /** Where its sound stands; null = it has none. */
  sound(): Supply | null
  /** The picture comes now. */
  isLive(): boolean
  /** @returns how to hear no more */
  onChange(listener: () => void): () => void
  release(): void
}

export class CameraMedia implements RoomMedia {
  readonly generation = crypto.randomUUID()
  readonly #supply: CameraSupply
  readonly #gate: SoundGate
  readonly #unlisten: () => void

  constructor({ supply, ...options }: SoundGateOptions & { supply: CameraSupply }) {
    this.#supply = supply
    this.#gate = new SoundGate(options)
    this.#gate.follow(supply.sound())
    this.#unlisten = supply.onChange(() => {
      this.#gate.follow(supply.sound())
      options.onChange()
    })
  }

  /** @throws WanglouError NOT_FOUND while no picture has come */
  get router(): Router {
    return this.#source().router
  }

  /** A camera that is silent is shown as one that sends nothing: its last picture is no picture of now. */
  get streams(): RoomStream[] {
    const [source, { branch, isMuted }] = [this.#supply.source(), this.#gate]
    const isPaused = !this.#supply.isLive()
    return [
      ...(source === null ? [] : [{ id: source.producerId, kind: 'video' as const, source: 'camera' as const, isPaused }]),
      ...(branch === null ? [] : [{ id: branch.producer.id, kind: 'audio' as const, source: 'microphone' as const, isPaused: isPaused || isMuted }]),
    ]
  }

  /** The stream's own state says more than a score would. */
  get quality(): null {
    return null
  }

  has(stream: string): boolean {
    return [this.#supply.source()?.producerId, this.#gate.branch?.producer.id].includes(stream)
  }

  async supply(stream: string): Promise<Supply> {
    const { branch } = this.#gate
    if (branch?.producer.id === stream) return { router: branch.router, producerId: stream }
    if (!this.has(stream)) throw new WanglouError('NOT_FOUND')
    return this.#source()
  }

  muteMicrophones(): Promise<boolean> {
    return this.#gate.mute(true)
  }
  async openMicrophones(): Promise<void> {
    await this.#gate.mute(false)
  }
  setAudioOnly(): Promise<void> {
    return Promise.resolve()
  }
  line(): Promise<null> {
    return Promise.resolve(null)
  }

  close(): void {
    this.#unlisten()
    this.#gate.close()
    this.#supply.release()
  }

  #source(): Supply {
    const source = this.#supply.source()
    if (source === null) throw new WanglouError('NOT_FOUND')
    return source
  }
}
