// A host makes a snapshot for whoever has joined its centre, signs what it is, and takes the file away again after a while.
import type { Blobs } from '../../store/types.ts'
import type { Timing } from '../types.ts'
import { type MadeSnapshot, makeSnapshot } from './make.ts'
import { type Manifest, manifestBytes, type SignedManifest } from './manifest.ts'

/** A snapshot this young is offered to the next console too, ms. */
const freshMs = 10 * 60_000
/** So long it can be fetched, ms. */
const keptMs = 2 * 3_600_000

export interface OfferingOptions {
  station: string
  unit: string
  /** The database file. */
  path: string
  directory: string
  blobs: Blobs
  sign: (bytes: Uint8Array) => Buffer
  timing: Timing
}

export class Offering {
  readonly #options: OfferingOptions
  #made: { offer: SignedManifest; at: number } | null = null
  #making: Promise<SignedManifest> | null = null
  #cancel: () => void = () => undefined

  constructor(options: OfferingOptions) {
    this.#options = options
  }

  /** The file goes with the process: one that was left behind by a power cut is only space. */
  async stop(): Promise<void> {
    this.#cancel()
    await this.#making?.catch(() => undefined)
    await this.#drop()
  }

  offer(): Promise<SignedManifest> {
    const now = this.#options.timing.now()
    if (this.#made !== null && now - this.#made.at < freshMs) return Promise.resolve(this.#made.offer)
    this.#making ??= this.#make(now).finally(() => {
      this.#making = null
    })
    return this.#making
  }

  async #make(now: number): Promise<SignedManifest> {
    const { station, unit, sign, timing } = this.#options
    await this.#drop()
    const { sha256, size, entries }: MadeSnapshot = await makeSnapshot(this.#options)
    const manifest: Manifest = { v: 1, station, unit, madeAt: now, entries, sha256, size }
    const offer = { manifest, signature: sign(manifestBytes(manifest)).toString('base64') }
    this.#made = { offer, at: now }
    this.#cancel = timing.after(keptMs, () => void this.#drop())
    return offer
  }

  async #drop(): Promise<void> {
    this.#cancel()
    const made = this.#made
    this.#made = null
    if (made !== null) await this.#options.blobs.remove(made.offer.manifest.sha256)
  }
}
