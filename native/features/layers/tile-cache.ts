// Tiles of online layers kept on disk, so that the map stands with the cable out; the oldest go when the room is used up.
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

export interface CachedTile {
  bytes: Buffer
  /** Epoch milliseconds. */
  fetchedAt: number
}

export class TileCache {
  readonly #folder: string
  readonly #limitBytes: number
  #usedBytes: number | null = null
  #pruning: Promise<void> | null = null

  /** @param options.folder of this station's data; made when first used */
  constructor(options: { folder: string; limitBytes: number }) {
    this.#folder = options.folder
    this.#limitBytes = options.limitBytes
  }

  async read(layer: string, name: string): Promise<CachedTile | null> {
    const path = this.#path(layer, name)
    try {
      const [bytes, info] = await Promise.all([readFile(path), stat(path)])
      return { bytes, fetchedAt: Math.round(info.mtimeMs) }
    } catch (error) {
      if (isAbsent(error)) return null
      throw error
    }
  }

  /** The file appears whole or not at all. */
  async write(layer: string, name: string, bytes: Uint8Array): Promise<void> {
    const path = this.#path(layer, name)
    await mkdir(dirname(path), { recursive: true })
    const part = `${path}.${randomUUID()}.part`
    await writeFile(part, bytes)
    await rename(part, path)
    this.#usedBytes ??= (await this.#files()).reduce((sum, file) => sum + file.size, 0)
    this.#usedBytes += bytes.length
    if (this.#usedBytes > this.#limitBytes) this.#pruning ??= this.#prune().finally(() => (this.#pruning = null))
    await this.#pruning
  }

  async forget(layer: string): Promise<void> {
    await rm(join(this.#folder, safe(layer)), { recursive: true, force: true })
    this.#usedBytes = null
  }

  /** Down to four fifths, oldest first. */
  async #prune(): Promise<void> {
    const files = (await this.#files()).sort((a, b) => a.at - b.at)
    let used = files.reduce((sum, file) => sum + file.size, 0)
    for (const file of files) {
      if (used <= this.#limitBytes * 0.8) break
      await rm(file.path, { force: true })
      used -= file.size
    }
    this.#usedBytes = used
  }

  async #files(): Promise<{ path: string; size: number; at: number }[]> {
    const entries = await readdir(this.#folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
      if (isAbsent(error)) return []
      throw error
    })
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    const infos = await Promise.all(files.map((path) => stat(path).catch(() => null)))
    return files.flatMap((path, index) => (infos[index] ? [{ path, size: infos[index].size, at: infos[index].mtimeMs }] : []))
  }

  #path(layer: string, name: string): string {
    return join(this.#folder, safe(layer), ...name.split('/').map(safe))
  }
}

/** A name of a file of ours can never climb out of the folder. */
function safe(part: string): string {
  const clean = encodeURIComponent(part).replaceAll(/^\.+/g, (dots) => '%2E'.repeat(dots.length))
  return clean.length > 200 ? `${clean.slice(0, 150)}-${Buffer.from(part).toString('base64url').slice(-40)}` : clean
}

function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')
}
