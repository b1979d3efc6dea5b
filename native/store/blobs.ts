// Files by their SHA-256: streamed in, synced, and only then given their name.
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
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
    const arriving = join(this.#folder, 'arriving', randomUUID())
    const hash = createHash('sha256')
    let size = 0
    try {
      const file = await open(arriving, 'wx')
      try {
        for await (const chunk of source) {
          size += chunk.byteLength
          if (size > options.limitBytes) throw new WanglouError('TOO_LARGE', { limitBytes: options.limitBytes })
          hash.update(chunk)
          await file.writeFile(chunk)
        }
        await file.sync()
      } finally {
        await file.close()
      }
      const sha256 = hash.digest('hex')
      await this.#settle(arriving, sha256)
      return { sha256, size }
    } catch (error) {
      await rm(arriving, { force: true })
      throw storeError(error, this.#folder)
    }
  }

  async has(sha256: string): Promise<boolean> {
    return (await this.info(sha256)) !== null
  }

  async info(sha256: string): Promise<BlobInfo | null> {
    if (!Sha256.safeParse(sha256).success) return null
    try {
      return { sha256, size: (await stat(this.pathOf(sha256))).size }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
      throw error
    }
  }

  async *read(sha256: string, range?: { start: number; end: number }): AsyncIterable<Uint8Array> {
    if (!(await this.has(sha256))) throw new WanglouError('NOT_FOUND', { sha256 })
    yield* createReadStream(this.pathOf(sha256), range)
  }

  pathOf(sha256: string): string {
    return join(this.#folder, Sha256.parse(sha256).slice(0, 2), sha256)
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
