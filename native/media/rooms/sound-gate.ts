// What a room hears of a camera: a branch of its sound on a router of the room's own, so that silence in one room is none in another.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Producer, Router } from 'mediasoup/types'
import { branch } from '../sfu/pipes.ts'
import type { Supply } from './room-media.ts'
import type { RoomRouters } from './room-routers.ts'

export interface SoundGateOptions {
  routers: RoomRouters
  /** There is a branch, there is none, or it was silenced. */
  onChange: () => void
  onError: (error: unknown) => void
}

interface Branch {
  producer: Producer
  router: Router
  /** Of which producer. */
  of: string
}

const againMs = 1_000

export class SoundGate {
  readonly #options: SoundGateOptions
  #wanted: Supply | null = null
  #branch: Branch | null = null
  #isMuted = false
  #isClosed = false
  /** One change after another. */
  #work: Promise<void> = Promise.resolve()

  constructor(options: SoundGateOptions) {
    this.#options = options
  }

  /** What is heard in the room now; null = nothing. */
  get branch(): { producer: Producer; router: Router } | null {
    return this.#branch
  }

  get isMuted(): boolean {
    return this.#isMuted
  }

  /** @param sound where the camera's sound stands now; null = it has none */
  follow(sound: Supply | null): void {
    if (sound?.producerId === this.#wanted?.producerId) return
    this.#wanted = sound
    this.#refit()
  }

  /** @returns whether that changes what is heard */
  async mute(isMuted: boolean): Promise<boolean> {
    if (this.#isMuted === isMuted) return false
    this.#isMuted = isMuted
    const { producer } = this.#branch ?? {}
    if (producer !== undefined && !producer.closed) await (isMuted ? producer.pause() : producer.resume())
    this.#options.onChange()
    return true
  }

  close(): void {
    this.#isClosed = true
    this.#refit()
  }

  #refit(): void {
    this.#work = this.#work.then(() => this.#fit()).catch((error: unknown) => this.#failed(error))
  }

  /** A camera or a worker that went meanwhile: whoever is still wanted is asked for once more. */
  #failed(error: unknown): void {
    if (this.#isClosed || this.#wanted === null) return
    this.#options.onError(error)
    void sleep(againMs, null, { ref: false }).then(() => this.#refit())
  }

  async #fit(): Promise<void> {
    const wanted = this.#isClosed ? null : this.#wanted
    if (this.#branch !== null && (wanted?.producerId !== this.#branch.of || this.#branch.producer.closed)) this.#drop(this.#branch)
    if (wanted === null || this.#branch !== null || wanted.router.closed) return
    const { routers, onChange } = this.#options
    const router = await routers.take()
    const producer = await branch({ producerId: wanted.producerId, from: wanted.router, to: router }).catch((error: unknown) => {
      routers.leave(router)
      throw error
    })
    if (this.#isMuted) await producer.pause()
    const made: Branch = { producer, router, of: wanted.producerId }
    this.#branch = made
    // Its worker may die alone, or has died just now: then it comes again on another one.
    if (producer.closed) return this.#refit()
    producer.observer.once('close', () => this.#branch === made && this.#refit())
    onChange()
    await routers.hear(router, producer)
  }

  #drop(branch: Branch): void {
    this.#branch = null
    branch.producer.close()
    this.#options.routers.leave(branch.router)
    if (!this.#isClosed) this.#options.onChange()
  }
}
