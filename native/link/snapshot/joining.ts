// A console that has just been paired asks its host for a snapshot, fetches it as any file, checks it, and has it ready for the next start.
import { createReadStream, createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { JoiningView } from '../../contract/index.ts'
import { faultsOf } from '../../store/copy.ts'
import { Connection } from '../../store/database.ts'
import type { Blobs, Reads } from '../../store/types.ts'
import type { StationCard } from '../stations.ts'
import type { Timing } from '../types.ts'
import { JoiningFolder } from './joining-folder.ts'
import { isManifestGood, type SignedManifest } from './manifest.ts'

export interface JoiningOptions {
  directory: string
  blobs: Blobs
  reads: Reads
  timing: Timing
  /** Our centre's host as it is believed; null = not known. */
  host: () => StationCard | null
  /** Entries that are here. */
  length: () => Promise<number>
  /** Asks the host for a snapshot. */
  ask: () => void
  /** Fetches a file by its hash. */
  want: (sha256: string) => Promise<void>
  /** Fetches it no more. */
  forget: (sha256: string) => Promise<void>
  /** How much of a file is here, bytes. */
  fetched: (sha256: string) => Promise<number>
  /** Nothing has come for a while: asked for again. */
  again: () => void
  /** Whether the chains are to wait from now on, for a snapshot that holds nearly all of them. */
  onHold: (isHeld: boolean) => void
  /** With fewer entries more than here at the host, the chains are here sooner than a snapshot. */
  worthEntries: number
  onChange: () => void
}

const patienceMs = 5_000
/** The question or its answer may be lost; a large snapshot takes some seconds to be made. */
const askAgainMs = 15_000
/** So long the chains wait for a snapshot that does not come, or comes no further. */
const chainsWaitMs = 30_000

export class Joining {
  readonly #options: JoiningOptions
  readonly #folder: JoiningFolder
  #offer: SignedManifest | null = null
  #state: JoiningView['state'] | null = null
  #fetchedBytes = 0
  #movedAt = 0
  #begunAt = 0
  #askedAt = 0
  #isHolding = false
  #waiting: (() => void)[] = []
  #checking: Promise<void> = Promise.resolve()

  constructor(options: JoiningOptions) {
    this.#options = options
    this.#folder = new JoiningFolder(options.directory)
  }

  /** Throws away what this start has taken over, and what an earlier run had not: the chains have gone on meanwhile. */
  async start(): Promise<void> {
    const offer = await this.#folder.offer()
    if (offer !== null) await this.#options.forget(offer.manifest.sha256)
    await this.#folder.clear()
  }

  /** Resolves when nothing is being unpacked any more. */
  async stop(): Promise<void> {
    await this.#checking
  }

  get view(): JoiningView | null {
    if (this.#state === null) return null
    const manifest = this.#offer?.manifest
    return {
      state: this.#state,
      madeAt: manifest?.madeAt ?? null,
      entries: manifest?.entries ?? 0,
      fetchedBytes: this.#fetchedBytes,
      totalBytes: manifest?.size ?? 0,
    }
  }

  /** We have just been paired with our host. */
  begin(): void {
    this.#begunAt = this.#options.timing.now()
    this.#turn('asked')
    this.#askHost()
  }

  async offered(offer: SignedManifest): Promise<void> {
    const host = this.#options.host()
    const { manifest } = offer
    if (this.#state !== 'asked' || host === null || manifest.station !== host.station || !isManifestGood(offer, host.publicKey)) return
    // What we hold comes to nearly all of it already.
    if (manifest.entries - (await this.#options.length()) < this.#options.worthEntries) return this.#turn(null)
    await this.#folder.keepOffer(offer)
    this.#offer = offer
    this.#movedAt = this.#options.timing.now()
    this.#turn('fetching')
    await this.#options.want(manifest.sha256)
    await this.look()
  }

  /** Resolves when the chains may be read: not while a snapshot, which holds nearly all of them, is on its way. */
  async chainsMayCome(): Promise<void> {
    if (this.#holdsChains) await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  /** Whoever waits for `chainsMayCome` waits no longer: the connection is gone, or the station stops. */
  release(): void {
    for (const resolve of this.#waiting.splice(0)) resolve()
  }

  #settle(): void {
    const isHolding = this.#holdsChains
    if (!isHolding) this.release()
    if (isHolding === this.#isHolding) return
    this.#isHolding = isHolding
    this.#options.onHold(isHolding)
  }

  get #holdsChains(): boolean {
    const now = this.#options.timing.now()
    if (this.#state === 'asked') return now - this.#begunAt < chainsWaitMs
    return this.#state === 'checking' || (this.#state === 'fetching' && now - this.#movedAt < chainsWaitMs)
  }

  /** Once a second, and when a file has come. */
  async look(): Promise<void> {
    this.#settle()
    if (this.#state === 'asked' && this.#options.timing.now() - this.#askedAt > askAgainMs) this.#askHost()
    if (this.#state !== 'fetching' || this.#offer === null) return
    const { blobs, fetched, timing, again, onChange } = this.#options
    const { sha256, size } = this.#offer.manifest
    if (await blobs.has(sha256)) {
      this.#fetchedBytes = size
      this.#turn('checking')
      this.#checking = this.#check(sha256)
      return
    }
    const bytes = await fetched(sha256)
    const now = timing.now()
    if (bytes !== this.#fetchedBytes) {
      this.#fetchedBytes = bytes
      this.#movedAt = now
      onChange()
    } else if (now - Math.max(this.#movedAt, this.#askedAt) > patienceMs) {
      this.#askedAt = now
      again()
    }
  }

  /** The next start takes it over. */
  async adopt(): Promise<boolean> {
    if (this.#state !== 'ready') return false
    await this.#folder.markReady()
    return true
  }

  #askHost(): void {
    this.#askedAt = this.#options.timing.now()
    this.#options.ask()
  }

  async #check(sha256: string): Promise<void> {
    const { blobs } = this.#options
    try {
      await rm(this.#folder.database, { force: true })
      await pipeline(createReadStream(blobs.pathOf(sha256)), createGunzip(), createWriteStream(this.#folder.database, { flush: true }))
      const isFit = (await faultsOf(this.#folder.database)).length === 0 && (await this.#isKnown())
      this.#turn(isFit ? 'ready' : 'refused')
    } catch {
      // No gzip, a full disk: the chains go on coming, and nothing depends on it.
      this.#turn('refused')
    }
    await blobs.remove(sha256)
    if (this.#state === 'refused') await this.#folder.clear()
  }

  /** Whether this version of the program can open it: one that a newer one has written it cannot. */
  async #isKnown(): Promise<boolean> {
    const names = async (reads: Reads) => (await reads.all<{ name: string }>('SELECT name FROM _migrations')).map(({ name }) => name)
    const known = new Set(await names(this.#options.reads))
    const connection = await Connection.open(this.#folder.database, { isReadOnly: true })
    try {
      return (await names(connection)).every((name) => known.has(name))
    } finally {
      await connection.close()
    }
  }

  #turn(state: JoiningView['state'] | null): void {
    this.#state = state
    this.#settle()
    this.#options.onChange()
  }
}
