// How far the journal had come, noted beside the database and never in it: a copied-back database cannot bring its own past along.
import { existsSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface Mark {
  station: string
  /** Entries that had been committed when it was written. */
  arrival: number
}

export const markName = 'station.mark'
/** At most one mark in this time, in milliseconds. */
const markEveryMs = 1_000

/** Writes marks after commits, so that one never runs ahead of what is on disk. */
export class MarkWriter {
  readonly #path: string
  #mark: Mark | null = null
  #timer: NodeJS.Timeout | null = null
  #writing: Promise<void> = Promise.resolve()
  /** The last failure to write; null once it went well again. A full disk shows here, and in the store. */
  failure: unknown = null

  constructor(directory: string) {
    this.#path = join(directory, markName)
  }

  note(mark: Mark): void {
    this.#mark = mark
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      this.#writing = this.#write()
    }, markEveryMs).unref()
  }

  /** Writes the last mark now. */
  async close(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer)
    await this.#writing
    await this.#write()
  }

  async #write(): Promise<void> {
    if (this.#mark === null) return
    try {
      await writeFile(`${this.#path}.new`, JSON.stringify(this.#mark))
      await rename(`${this.#path}.new`, this.#path)
      this.failure = null
    } catch (error) {
      this.failure = error
    }
  }
}

/** @returns the mark beside a database; null when there is none that can be read */
export async function readMark(directory: string): Promise<Mark | null> {
  const path = join(directory, markName)
  if (!existsSync(path)) return null
  try {
    const mark = JSON.parse(await readFile(path, 'utf8')) as Partial<Mark>
    return typeof mark.station === 'string' && typeof mark.arrival === 'number' ? { station: mark.station, arrival: mark.arrival } : null
  } catch (error) {
    // Cut off by a power failure: the mark is only a second witness, so without it the database is believed.
    if (error instanceof SyntaxError) return null
    throw error
  }
}
