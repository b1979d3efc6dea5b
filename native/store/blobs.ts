// Files by their SHA-256: streamed in, synced, and only then given their name.
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Sha256, WanglouError } from '../contract/index.ts'
import { storeError } from './sqlite-errors.ts'
import type { BlobInfo, Blobs } from './types.ts'

/** Keeps blobs under a folder as `ab/abcdef…`; one in the making lies in `arriving/` and is swept at the next start. */
export class FileBlobs implements Blobs {
  readonly #folder: string

  private constructor(folder: string) {
    this.#folder = folder
  }

  static async open(folder: string): Promise<FileBlobs> {
    const arriving = join(folder, 'arriving')
    try {
      await rm(arriving, { recursive: true, force: true })
      await mkdir(arriving, { recursive: true })
    } catch (error) {
      throw storeError(error, folder)
    }
    return new FileBlobs(folder)
  }

  /** Only to be read, beside a running station too: nothing is swept or made. */
  static reading(folder: string): Blobs {
    return new FileBlobs(folder)
  }

  async put(source: AsyncIterable<Uint8Array>, options: { limitBytes: number }): Promise<BlobInfo> {
    const { arriving, info } = await this.#arrive(source, options.limitBytes)
    try {
      // Of a file that an erasure has changed the old content must not come back under its name.
      if ((await sizeOf(this.#markOf(info.sha256))) !== null) await rm(arriving)
      else await this.#settle(arriving, info.sha256)
      return info
    } catch (error) {
      await rm(arriving, { force: true })
      throw storeError(error, this.#folder)
    }
  }

  async replace(sha256: string, source: AsyncIterable<Uint8Array>): Promise<BlobInfo> {
    const { arriving, info } = await this.#arrive(source, Infinity)
    try {
      const mark = this.#markOf(sha256)
      await mkdir(join(mark, '..'), { recursive: true })
      await writeFile(mark, '', { flush: true })
      await this.#settle(arriving, sha256)
      return info
    } catch (error) {
      await rm(arriving, { force: true })
      throw storeError(error, this.#folder)
    }
  }

  async adopt(path: string, sha256: string): Promise<void> {
    try {
      if ((await sizeOf(this.#markOf(sha256))) !== null) await rm(path)
      else await this.#settle(path, sha256)
    } catch (error) {
      throw storeError(error, this.#folder)
    }
  }

  async remove(sha256: string): Promise<void> {
    await rm(this.pathOf(sha256), { force: true })
    await rm(this.#markOf(sha256), { force: true })
  }

  async has(sha256: string): Promise<boolean> {
    return (await this.info(sha256)) !== null
  }

  async info(sha256: string): Promise<BlobInfo | null> {
    if (!Sha256.safeParse(sha256).success) return null
    const size = await sizeOf(this.pathOf(sha256))
    return size === null ? null : { sha256, size }
  }

  async *read(sha256: string, range?: { start: number; end: number }): AsyncIterable<Uint8Array> {
    if (!(await this.has(sha256))) throw new WanglouError('NOT_FOUND', { sha256 })
    yield* createReadStream(this.pathOf(sha256), range)
  }

  pathOf(sha256: string): string {
    return join(this.#folder, Sha256.parse(sha256).slice(0, 2), sha256)
  }

  /** Streams into a new file, syncs it, and says what it is. */
  async #arrive(source: AsyncIterable<Uint8Array>, limitBytes: number): Promise<{ arriving: string; info: BlobInfo }> {
    const arriving = join(this.#folder, 'arriving', randomUUID())
    const hash = createHash('sha256')
    let size = 0
    try {
      const file = await open(arriving, 'wx')
      try {
        for await (const chunk of source) {
          size += chunk.byteLength
          if (size > limitBytes) throw new WanglouError('TOO_LARGE', { limitBytes })
          hash.update(chunk)
          await file.writeFile(chunk)
        }
        await file.sync()
      } finally {
        await file.close()
      }
      return { arriving, info: { sha256: hash.digest('hex'), size } }
    } catch (error) {
      await rm(arriving, { force: true })
      throw storeError(error, this.#folder)
    }
  }

  /** Lies beside a file that is not what its name says any more. */
  #markOf(sha256: string): string {
    return `${this.pathOf(sha256)}.erased`
  }

  /** Gives the file its name and syncs the folder, so that a blob named by an entry is there after a power cut. */
  async #settle(arriving: string, sha256: string): Promise<void> {
    const target = this.pathOf(sha256)
    const parent = join(target, '..')
    await mkdir(parent, { recursive: true })
    await rename(arriving, target)
    for (const path of [parent, this.#folder]) {
      const folder = await open(path, 'r')
      try {
        await folder.sync()
      } finally {
        await folder.close()
      }
    }
  }
}

/** Bytes; null when there is no such file. */
async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
