// A place of our room whose page stands at another centre's SFU: what it sends comes over the trunk when somebody here wants it.
import type { Router } from 'mediasoup/types'
import { type RoomStream, WanglouError } from '../../contract/index.ts'
import type { RoomMedia, Supply } from '../rooms/room-media.ts'
import type { Crossing, Trunk } from './trunk.ts'

export interface AnnexMediaOptions {
  trunk: Trunk
  /** Asks the other SFU to send a stream of this place over. */
  ask: (stream: string) => Promise<Crossing>
  onChange: () => void
}

/** What the other centre says of a page at its SFU. */
export interface AnnexReport {
  streams: readonly RoomStream[]
  /** 0…10; null = nothing is sent. */
  quality: number | null
  /** Its line is so bad that only sound goes there. */
  isAudioOnly: boolean
}

export class AnnexMedia implements RoomMedia {
  readonly generation = crypto.randomUUID()
  readonly #options: AnnexMediaOptions
  #streams: RoomStream[] = []
  #quality: number | null = null

  constructor(options: AnnexMediaOptions) {
    this.#options = options
  }

  get trunk(): Trunk {
    return this.#options.trunk
  }
  get router(): Router {
    return this.#options.trunk.router
  }
  get streams(): RoomStream[] {
    return [...this.#streams]
  }
  get quality(): number | null {
    return this.#quality
  }

  /** The other centre says what its page sends. */
  report({ streams, quality }: AnnexReport): void {
    for (const { id } of this.#streams) if (!streams.some((stream) => stream.id === id)) this.#options.trunk.forget(id)
    this.#streams = [...streams]
    this.#quality = quality
    this.#options.onChange()
  }

  has(stream: string): boolean {
    return this.#streams.some(({ id }) => id === stream)
  }

  async supply(stream: string): Promise<Supply> {
    if (!this.has(stream)) throw new WanglouError('NOT_FOUND')
    const { trunk, ask } = this.#options
    return { router: trunk.router, producerId: await trunk.receive(stream, () => ask(stream)) }
  }

  /** Their SFU closes and opens it when it hears what the place is told. */
  muteMicrophones(): Promise<boolean> {
    const isOpen = this.#streams.some(({ source, isPaused }) => source === 'microphone' && !isPaused)
    this.#streams = this.#streams.map((stream) => (stream.source === 'microphone' ? { ...stream, isPaused: true } : stream))
    if (isOpen) this.#options.onChange()
    return Promise.resolve(isOpen)
  }

  openMicrophones(): Promise<void> {
    return Promise.resolve()
  }

  /** The line to the page is the other centre's to watch. */
  setAudioOnly(): Promise<void> {
    return Promise.resolve()
  }
  line(): Promise<null> {
    return Promise.resolve(null)
  }

  close(): void {
    for (const { id } of this.#streams) this.#options.trunk.forget(id)
    this.#streams = []
  }
}
