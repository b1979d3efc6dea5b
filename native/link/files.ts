// Files follow their entries: asked for by hash, sent in pieces, gone on with where they stopped, and taken only when the whole has its hash.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { SealedBatch } from '../journal/seal.ts'
import type { Blobs, Store } from '../store/types.ts'
import type { FilesPort, Piece, Want } from './types.ts'

/** As many are asked for at a time. */
const wantsAtOnce = 4
/** A file larger than this comes by stick. */
const limitBytes = 4 * 1024 ** 3

export class Files implements FilesPort {
  readonly #store: Store
  readonly #blobs: Blobs
  readonly #folder: string
  readonly #now: () => number
  readonly #onArrived: () => void
  readonly #onWanted: () => void

  constructor(options: { store: Store; blobs: Blobs; directory: string; now: () => number; onArrived: () => void; onWanted: () => void }) {
    this.#store = options.store
    this.#blobs = options.blobs
    this.#folder = join(options.directory, 'link-files')
    this.#now = options.now
    this.#onArrived = options.onArrived
    this.#onWanted = options.onWanted
  }

  async namedIn({ entries }: SealedBatch): Promise<string[]> {
    const hashes = [...new Set(entries.flatMap(({ body }) => body?.match(/(?<=")[0-9a-f]{64}(?=")/g) ?? []))]
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
    await this.#store.write((tx) => tx.run('DELETE FROM link_wanted WHERE sha256 = ?', [sha256]))
    await rm(this.#pathOf(sha256), { force: true })
  }

  /** How much of a file that is on its way is here, bytes. */
  fetched(sha256: string): Promise<number> {
    return this.#size(sha256)
  }

  async wants(): Promise<Want[]> {
    const rows = await this.#store.all<{ sha256: string }>('SELECT sha256 FROM link_wanted ORDER BY wantedAt, sha256 LIMIT ?', [wantsAtOnce])
    const wants: Want[] = []
    for (const { sha256 } of rows) {
      // It may have come another way.
      if (await this.#blobs.has(sha256)) await this.forget(sha256)
      else wants.push({ sha256, offset: await this.#size(sha256) })
    }
    return wants
  }

  async piece({ sha256, offset }: Want, pieceBytes: number): Promise<Omit<Piece, 'station'> | null> {
    const info = await this.#blobs.info(sha256)
    if (info === null) return null
    const end = Math.min(offset + pieceBytes, info.size)
    const chunks: Uint8Array[] = []
    if (end > offset) for await (const chunk of this.#blobs.read(sha256, { start: offset, end: end - 1 })) chunks.push(chunk)
    return { sha256, offset, total: info.size, data: Buffer.concat(chunks) }
  }

  async take({ sha256, offset, total, data }: Piece): Promise<Want | null> {
    const wanted = await this.#store.get('SELECT 1 FROM link_wanted WHERE sha256 = ?', [sha256])
    if (wanted === null || (await this.#blobs.has(sha256))) return null
    const size = await this.#size(sha256)
    // Another one was quicker, or it is of another file's beginning.
    if (offset !== size || total > limitBytes) return { sha256, offset: size }
    await mkdir(this.#folder, { recursive: true })
    const file = await open(this.#pathOf(sha256), 'a')
    try {
      await file.writeFile(data)
      if (offset + data.byteLength >= total) await file.sync()
    } finally {
      await file.close()
    }
    if (offset + data.byteLength < total) return { sha256, offset: offset + data.byteLength }
    await this.#finish(sha256)
    return null
  }

  /** All bytes are here: it is taken if they are the right ones; else it begins anew, perhaps from somebody else. */
  async #finish(sha256: string): Promise<void> {
    const path = this.#pathOf(sha256)
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
    if (hash.digest('hex') === sha256) {
      await this.#blobs.put(createReadStream(path), { limitBytes: Infinity })
      await this.forget(sha256)
      this.#onArrived()
    } else {
      // Spoilt on its way, or an erasure has changed it there: behind all others, so that it does not hold them up.
      await this.#store.write((tx) => tx.run('UPDATE link_wanted SET wantedAt = ? WHERE sha256 = ?', [this.#now(), sha256]))
    }
    await rm(path, { force: true })
  }

  async #size(sha256: string): Promise<number> {
    return (await stat(this.#pathOf(sha256)).catch(() => null))?.size ?? 0
  }

  #pathOf(sha256: string): string {
    return join(this.#folder, `${sha256}.part`)
  }
}
