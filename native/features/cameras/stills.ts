// The last still of each camera, one file a camera: what a tile shows at once, with its age.
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { WanglouError } from '../../contract/index.ts'

export const stillLimitBytes = 1_000_000

export class Stills {
  readonly #folder: string
  readonly #takenAt = new Map<string, number>()

  constructor(options: { directory: string }) {
    this.#folder = join(options.directory, 'stills')
  }

  async start(): Promise<void> {
    await mkdir(this.#folder, { recursive: true })
    for (const file of await readdir(this.#folder)) {
      const id = /^([0-9a-f-]{36})\.jpg$/.exec(file)?.[1]
      if (id !== undefined) this.#takenAt.set(id, Math.round((await stat(join(this.#folder, file))).mtimeMs))
    }
  }

  takenAt(camera: string): number | null {
    return this.#takenAt.get(camera) ?? null
  }

  /** @throws WanglouError FILE_WRONG_TYPE for what is no JPEG, TOO_LARGE */
  async keep(camera: string, bytes: Buffer): Promise<void> {
    if (bytes.length > stillLimitBytes) throw new WanglouError('TOO_LARGE', { limitBytes: stillLimitBytes })
    if (bytes.length < 100 || bytes.readUInt16BE(0) !== 0xffd8) throw new WanglouError('FILE_WRONG_TYPE', { file: 'still.jpg' })
    const path = this.#path(camera)
    await writeFile(`${path}.part`, bytes)
    await rename(`${path}.part`, path)
    this.#takenAt.set(camera, Date.now())
  }

  /** @throws WanglouError NOT_FOUND */
  async read(camera: string): Promise<Buffer> {
    if (!this.#takenAt.has(camera)) throw new WanglouError('NOT_FOUND')
    return readFile(this.#path(camera))
  }

  async forget(camera: string): Promise<void> {
    this.#takenAt.delete(camera)
    await rm(this.#path(camera), { force: true })
  }

  /** @param camera a known id, never a part of a path that somebody typed */
  #path(camera: string): string {
    return join(this.#folder, `${camera}.jpg`)
  }
}
