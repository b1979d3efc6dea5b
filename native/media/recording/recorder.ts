// A recording of a room, or of one stream of it: a new part whenever the streams change or ffmpeg has ended, until it is stopped.
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { RoomStream } from '../../contract/index.ts'
import type { Supply } from '../rooms/room-media.ts'
import type { Sfu } from '../sfu/sfu.ts'
import { Part } from './part.ts'

export interface RecordedPart {
  /** Name in the recording's folder. */
  file: string
  sizeBytes: number
}

export interface RecorderOptions {
  sfu: Sfu
  ffmpeg: string
  folder: string
  /** What is to be recorded now; [] = nothing is sent. */
  streams: () => readonly RoomStream[]
  supply: (stream: string) => Promise<Supply>
  onError: (error: unknown) => void
}

/** People come and go together: one new part, not five. */
const settleMs = 700
const againMs = 1_000
/** A file with a head and no picture. */
const emptyBytes = 2_000

export class Recorder {
  readonly #options: RecorderOptions
  #part: { part: Part; of: string } | null = null
  #count = 0
  #timer: NodeJS.Timeout | null = null
  #isStopped = false
  #work: Promise<void> = Promise.resolve()

  constructor(options: RecorderOptions) {
    this.#options = options
  }

  async start(): Promise<void> {
    await mkdir(this.#options.folder, { recursive: true })
    await this.#inTurn(() => this.#renew())
  }

  /** Process id of the ffmpeg that writes now; null = none does. */
  get pid(): number | null {
    return this.#part?.part.pid ?? null
  }

  /** Streams have come, gone, or been paused. */
  changed(): void {
    if (!this.#isStopped && this.#part?.of !== this.#wanted().key) this.#later(settleMs)
  }

  async stop(): Promise<RecordedPart[]> {
    this.#isStopped = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    await this.#inTurn(async () => this.#part?.part.stop())
    return partsIn(this.#options.folder, { isOver: true })
  }

  #wanted(): { streams: readonly RoomStream[]; key: string } {
    // A muted microphone may stay in the file; a picture that never comes would keep ffmpeg from beginning.
    const streams = this.#options.streams().filter(({ kind, isPaused }) => kind === 'audio' || !isPaused)
    return {
      streams,
      key: streams
        .map(({ id }) => id)
        .toSorted()
        .join(' '),
    }
  }

  #later(ms: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#inTurn(() => this.#renew()), ms)
  }

  async #renew(): Promise<void> {
    const { streams, key } = this.#wanted()
    if (this.#isStopped || this.#part?.of === key) return
    await this.#part?.part.stop()
    this.#part = null
    if (streams.every(({ isPaused }) => isPaused)) return
    const { sfu, ffmpeg, folder, supply, onError } = this.#options
    this.#count += 1
    const file = join(folder, `${String(this.#count).padStart(3, '0')}.mkv`)
    try {
      const supplies = await Promise.all(streams.map(({ id }) => supply(id)))
      const part: Part = new Part({ sfu, ffmpeg, file, streams: supplies, onEnded: () => this.#over(part) })
      this.#part = { part, of: key }
      await part.start()
    } catch (error) {
      // A stream may have gone meanwhile.
      onError(error)
      const part: Part | undefined = this.#part?.part
      await part?.stop()
      this.#over(part)
    }
  }

  /** What is still sent is recorded into the next part. */
  #over(part: Part | undefined): void {
    if (this.#part?.part === part) this.#part = null
    if (!this.#isStopped) this.#later(againMs)
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(work).catch(this.#options.onError)
    return this.#work
  }
}

/** The files of a recording in their order. @param options.isOver nothing more is written: those in which nothing came are removed */
export async function partsIn(folder: string, { isOver }: { isOver: boolean }): Promise<RecordedPart[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const parts: RecordedPart[] = []
  for (const file of names.filter((name) => name.endsWith('.mkv')).toSorted()) {
    const { size } = await stat(join(folder, file))
    if (size > emptyBytes) parts.push({ file, sizeBytes: size })
    else if (isOver) await rm(join(folder, file), { force: true })
  }
  return parts
}
