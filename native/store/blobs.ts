// Files by their SHA-256: streamed in, complete or absent, read whole or by range.
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { WanglouError } from '../contract/index.ts'
import type { BlobInfo, Blobs } from './types.ts'

export class FileBlobs implements Blobs {
  readonly #folder: string

  constructor(options: { folder: string }) {
    this.#folder = options.folder
  }

  async put(source: AsyncIterable<Uint8Array>, options: { limitBytes: number }): Promise<BlobInfo> {
    const incoming = path.join(this.#folder, 'incoming')
    await mkdir(incoming, { recursive: true })
    const partial = path.join(incoming, randomUUID())
    try {
      const { sha256, size } = await writeHashed(partial, source, options.limitBytes)
      const target = this.pathOf(sha256)
      await mkdir(path.dirname(target), { recursive: true })
      await rename(partial, target)
      return { sha256, size }
    } catch (error) {
      await rm(partial, { force: true })
      throw translated(error)
    }
  }

  async has(sha256: string): Promise<boolean> {
    return (await this.info(sha256)) !== null
  }

  async info(sha256: string): Promise<BlobInfo | null> {
    const found = await stat(this.pathOf(sha256)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null
      throw error
    })
    return found === null ? null : { sha256, size: found.size }
  }

  async *read(sha256: string, range?: { start: number; end: number }): AsyncIterable<Uint8Array> {
    if (!(await this.has(sha256))) throw new WanglouError('NOT_FOUND')
    yield* createReadStream(this.pathOf(sha256), range)
  }

  pathOf(sha256: string): string {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new WanglouError('INVALID_INPUT')
    return path.join(this.#folder, sha256.slice(0, 2), sha256)
  }
}

async function writeHashed(file: string, source: AsyncIterable<Uint8Array>, limitBytes: number): Promise<BlobInfo> {
  const hash = createHash('sha256')
  const handle = await open(file, 'wx', 0o600)
  let size = 0
  try {
    for await (const chunk of source) {
      size += chunk.length
      if (size > limitBytes) throw new WanglouError('TOO_LARGE', { limitBytes })
      hash.update(chunk)
      await handle.writeFile(chunk)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  return { sha256: hash.digest('hex'), size }
}

function translated(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOSPC' || code === 'EDQUOT') return new WanglouError('DISK_FULL', {}, { cause: error })
  if (code === 'EROFS' || code === 'EACCES') return new WanglouError('READ_ONLY', {}, { cause: error })
  return error
}
