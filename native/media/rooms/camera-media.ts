// The place of a camera in a room: what the station already takes from it stands in the SFU, the room only learns where.
import type { Router } from 'mediasoup/types'
import { type RoomStream, WanglouError } from '../../contract/index.ts'
import type { RoomMedia, Supply } from './room-media.ts'

/** A camera as the room gets it; held as long as it is in. */
export interface CameraSupply {
  /** Where its picture stands in the SFU; null = none has come yet. */
  source(): Supply | null
  /** The picture comes now. */
  isLive(): boolean
  /** @returns how to hear no more */
  onChange(listener: () => void): () => void
  release(): void
}

export class CameraMedia implements RoomMedia {
  readonly generation = crypto.randomUUID()
  readonly #supply: CameraSupply
  readonly #unlisten: () => void

  constructor({ supply, onChange }: { supply: CameraSupply; onChange: () => void }) {
    this.#supply = supply
    this.#unlisten = supply.onChange(onChange)
  }

  /** @throws WanglouError NOT_FOUND while no picture has come */
  get router(): Router {
    return this.#source().router
  }

  /** A camera that is silent is shown as one that sends nothing: its last picture is no picture of now. */
  get streams(): RoomStream[] {
    const source = this.#supply.source()
    return source === null ? [] : [{ id: source.producerId, kind: 'video', source: 'camera', isPaused: !this.#supply.isLive() }]
  }

  /** The stream's own state says more than a score would. */
  get quality(): null {
    return null
  }

  has(stream: string): boolean {
    return this.#supply.source()?.producerId === stream
  }

  supply(stream: string): Promise<Supply> {
    return this.has(stream) ? Promise.resolve(this.#source()) : Promise.reject(new WanglouError('NOT_FOUND'))
  }

  muteMicrophones(): Promise<boolean> {
    return Promise.resolve(false)
  }
  setAudioOnly(): Promise<void> {
    return Promise.resolve()
  }
  line(): Promise<null> {
    return Promise.resolve(null)
  }

  close(): void {
    this.#unlisten()
    this.#supply.release()
  }

  #source(): Supply {
    const source = this.#supply.source()
    if (source === null) throw new WanglouError('NOT_FOUND')
    return source
  }
}
