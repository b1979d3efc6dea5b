// Files follow their entries: asked for by hash, sent in pieces, gone on with where they stopped, and taken only when the whole has its hash.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { erasedFile } from '../journal/erased-files.ts'
import type { SealedBatch } from '../journal/seal.ts'
import type { Blobs, Store } from '../store/types.ts'
import { namedFiles } from './named-files.ts'
import type { FilesPort, Piece, Want } from './types.ts'

/** As many are asked for at a time. */
const wantsAtOnce = 4
/** Of so many that are wanted, the longest first, those are chosen that were asked for least in vain. */
const wantsLookedAt = 256
/** A file larger than this comes by stick. */
const limitBytes = 4 * 1024 ** 3

export interface FilesOptions {
  store: Store
  blobs: Blobs
  directory: string
  now: () => number
  /** A file as an erasure elsewhere has left it. @returns whether it was taken */
  takeErased: (file: { blob: string; is: string }, source: AsyncIterable<Uint8Array>) => Promise<boolean>
  onArrived: () => void
  onWanted: () => void
}

export class Files implements FilesPort {
  readonly #store: Store
  readonly #blobs: Blobs
  readonly #folder: string
  readonly #now: () => number
  readonly #takeErased: FilesOptions['takeErased']
  /** How often each was asked for since it last grew: what nobody has any more must not hold up what somebody has. */
  readonly #asked = new Map<string, { size: number; times: number }>()
  readonly #onArrived: () => void
  readonly #onWanted: () => void

  constructor(options: FilesOptions) {
    this.#store = options.store
    this.#blobs = options.blobs
    this.#folder = join(options.directory, 'link-files')
    this.#now = options.now
    this.#takeErased = options.takeErased
    this.#onArrived = options.onArrived
    this.#onWanted = options.onWanted
  }

  async namedIn(batch: SealedBatch): Promise<string[]> {
    const { imports, others } = namedFiles(batch)
    const hashes = [...imports, ...others]
    if (hashes.length === 0) return []
    const wanted = await this.#store.all<{ sha256: string }>('SELECT sha256 FROM link_wanted WHERE sha256 IN (SELECT value FROM json_each(?))', [
      JSON.stringify(hashes),
    ])
    const named = new Set(wanted.map(({ sha256 }) => sha256))
    for (const sha256 of hashes) if (!named.has(sha256) && (await this.#blobs.has(sha256))) named.add(sha256)
    return [...named]
  }

  async notice(named: readonly string[]): Promise<void> {
    const missing: string[] = []
    for (const sha256 of named) if (!(await this.#blobs.has(sha256))) missing.push(sha256)
    if (missing.length === 0) return
    await this.#store.write((tx) =>
      tx.run('INSERT INTO link_wanted (sha256, wantedAt) SELECT value, ? FROM json_each(?) WHERE true ON CONFLICT DO NOTHING', [
        this.#now(),
        JSON.stringify(missing),
      ]),
    )
    this.#onWanted()
  }

  /** It is here, or nobody wants it any more. */
  async forget(sha256: string): Promise<void> {
    this.#asked.delete(sha256)
    await this.#store.write((tx) => tx.run('DELETE FROM link_wanted WHERE sha256 = ?', [sha256]))
    await rm(this.#pathOf(sha256), { force: true })
  }

  /** How much of a file that is on its way is here, bytes. */
  fetched(sha256: string): Promise<number> {
    return this.#size(sha256)
  }

  async wants(): Promise<Want[]> {
    const rows = await this.#store.all<{ sha256: string }>('SELECT sha256 FROM link_wanted ORDER BY wantedAt, sha256 LIMIT ?', [wantsLookedAt])
    const times = (sha256: string) => this.#asked.get(sha256)?.times ?? 0
    const wants: Want[] = []
    for (const { sha256 } of rows.sort((a, b) => times(a.sha256) - times(b.sha256))) {
      if (wants.length === wantsAtOnce) break
      // It may have come another way.
      if (await this.#blobs.has(sha256)) await this.forget(sha256)
      else wants.push({ sha256, offset: await this.#size(sha256) })
    }
    for (const { sha256, offset } of wants) {
      const before = this.#asked.get(sha256)
      this.#asked.set(sha256, { size: offset, times: before?.size === offset ? before.times + 1 : 1 })
    }
    return wants
  }

  async piece({ sha256, offset }: Want, pieceBytes: number): Promise<Omit<Piece, 'station'> | null> {
    const info = await this.#blobs.info(sha256)
    if (info === null) return null
    const end = Math.min(offset + pieceBytes, info.size)
    const chunks: Uint8Array[] = []
    if (end > offset) for await (const chunk of this.#blobs.read(sha256, { start: offset, end: end - 1 })) chunks.push(chunk)
    return { sha256, offset, total: info.size, data: Buffer.concat(chunks), is: await erasedFile(this.#store, sha256) }
  }

  async take({ sha256, offset, total, data, is }: Piece): Promise<Want | null> {
    const wanted = await this.#store.get('SELECT 1 FROM link_wanted WHERE sha256 = ?', [sha256])
    if (wanted === null || (await this.#blobs.has(sha256))) return null
    const size = await this.#size(sha256)
    // Another one was quicker, and is asked for what follows.
    if (offset < size || total > limitBytes) return null
    // What was here of it is gone.
    if (offset > size) return { sha256, offset: size }
    await mkdir(this.#folder, { recursive: true })
    const file = await open(this.#pathOf(sha256), 'a')
    try {
      await file.writeFile(data)
      if (offset + data.byteLength >= total) await file.sync()
    } finally {
      await file.close()
    }
    if (offset + data.byteLength < total) return { sha256, offset: offset + data.byteLength }
    await this.#finish(sha256, is)
    return null
  }

  /** All bytes are here: taken if they are the right ones, or what an erasure has left of them; else it begins anew, perhaps from somebody else. */
  async #finish(sha256: string, is: string | null): Promise<void> {
    await this.#check(sha256, is)
    this.#onWanted()
  }

  async #check(sha256: string, is: string | null): Promise<void> {
    const path = this.#pathOf(sha256)
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
    const found = hash.digest('hex')
    if (found === sha256) {
      await this.#blobs.adopt(path, sha256)
      await this.forget(sha256)
      this.#onArrived()
    } else if (found === is && (await this.#takeErased({ blob: sha256, is }, createReadStream(path)))) {
      await this.forget(sha256)
    } else {
      // Spoilt on its way, or the erasure that has changed it there is not here yet: behind all others, so that it does not hold them up.
      await this.#store.write((tx) => tx.run('UPDATE link_wanted SET wantedAt = ? WHERE sha256 = ?', [this.#now(), sha256]))
      await rm(path, { force: true })
    }
  }

  async #size(sha256: string): Promise<number> {
    return (await stat(this.#pathOf(sha256)).catch(() => null))?.size ?? 0
  }

  #pathOf(sha256: string): string {
    return join(this.#folder, `${sha256}.part`)
  }
}
