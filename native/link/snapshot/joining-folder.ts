// Where a snapshot lies between its arrival and the start that takes it over.
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFile } from '../../store/copy.ts'
import { Manifest, type SignedManifest } from './manifest.ts'

export class JoiningFolder {
  readonly path: string
  /** The database, unpacked and checked. */
  readonly database: string
  /** What this station had written itself before it was a part of its centre. */
  readonly own: string
  readonly #offer: string
  readonly #ready: string

  constructor(directory: string) {
    this.path = join(directory, 'joining')
    this.database = join(this.path, 'wanglou.db')
    this.own = join(this.path, 'own.jsonl')
    this.#offer = join(this.path, 'offer.json')
    this.#ready = join(this.path, 'ready')
  }

  /** Somebody decided that the next start takes it over. */
  get isReady(): boolean {
    return existsSync(this.#ready)
  }

  async keepOffer(offer: SignedManifest): Promise<void> {
    await mkdir(this.path, { recursive: true })
    await this.#write(this.#offer, JSON.stringify(offer))
  }

  /** The offer that is being fetched; null when there is none. */
  async offer(): Promise<SignedManifest | null> {
    if (!existsSync(this.#offer)) return null
    const { manifest, signature } = JSON.parse(await readFile(this.#offer, 'utf8')) as SignedManifest
    return { manifest: Manifest.parse(manifest), signature }
  }

  markReady(): Promise<void> {
    return this.#write(this.#ready, '')
  }

  async clear(): Promise<void> {
    await rm(this.path, { recursive: true, force: true })
  }

  async #write(path: string, text: string): Promise<void> {
    await writeFile(`${path}.new`, text, { flush: true })
    await rename(`${path}.new`, path)
    await syncFile(this.path)
  }
}
