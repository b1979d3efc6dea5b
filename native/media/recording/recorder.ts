// A recording of a room, or of one stream of it: a new part whenever something new is seen or heard or ffmpeg has ended, until it is stopped.
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { RoomStream } from '../../contract/index.ts'
import type { Supply } from '../rooms/room-media.ts'
import type { Sfu } from '../sfu/sfu.ts'
import { Part } from './part.ts'
import { Sending } from './sending.ts'

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
  /** Nothing can be written, however often it is tried; or it can again. */
  onFailing: (isFailing: boolean) => void
  onError: (error: unknown) => void
  /** A part that lives so long is no failure, however it ends. */
  livesMs?: number
}

/** People come and go together: one new part, not five. */
const settleMs = 700
const againMs = 1_000
/** So long a new picture's first key frame is waited for before the others begin without it. */
const firstPictureMs = 2_000
const failuresToTell = 2
/** A file with a head and no picture. */
const emptyBytes = 2_000

interface Running {
  part: Part
  file: string
  /** What it listens to. */
  sendings: readonly Sending[]
  lives: NodeJS.Timeout
}

export class Recorder {
  readonly #options: RecorderOptions
  readonly #sendings = new Map<string, Sending>()
  #running: Running | null = null
  #count = 0
  #failures = 0
  /** Of ffmpeg, as last logged: what it says each second is logged once. */
  #words = ''
  #next: { timer: NodeJS.Timeout; dueAt: number } | null = null
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
    return this.#running?.part.pid ?? null
  }

  /** Streams have come, gone, or been paused. */
  changed(): void {
    this.#later(settleMs)
  }

  async stop(): Promise<RecordedPart[]> {
    this.#isStopped = true
    clearTimeout(this.#next?.timer)
    await this.#inTurn(async () => {
      await this.#end()
      for (const sending of this.#sendings.values()) sending.close()
      this.#sendings.clear()
    })
    return partsIn(this.#options.folder, { isOver: true })
  }

  /** In so long at the latest: a room in which something always changes is recorded too. */
  #later(ms: number): void {
    const dueAt = Date.now() + ms
    if (this.#isStopped || (this.#next !== null && this.#next.dueAt <= dueAt)) return
    clearTimeout(this.#next?.timer)
    const timer = setTimeout(() => {
      this.#next = null
      void this.#inTurn(() => this.#renew())
    }, ms)
    this.#next = { timer, dueAt }
  }

  /** A part goes on when a stream of it ends or is paused: it is silent there. */
  async #renew(): Promise<void> {
    if (this.#isStopped) return
    const streams = this.#options.streams()
    await this.#attach(streams)
    const sent = streams.filter(({ isPaused }) => !isPaused).flatMap(({ id }) => this.#sendings.get(id) ?? [])
    const waitMs = Math.max(0, ...sent.map(({ isKnown, openedAt }) => (isKnown ? 0 : openedAt + firstPictureMs - Date.now())))
    const ready = sent.filter(({ isKnown }) => isKnown)
    if (waitMs > 0) this.#later(waitMs)
    else if (ready.some((one) => this.#running?.sendings.includes(one) !== true)) {
      await this.#end()
      // A muted microphone is in it for when it is opened.
      this.#begin(streams.flatMap(({ id }) => this.#sendings.get(id) ?? []).filter((one) => ready.includes(one) || one.consumer.kind === 'audio'))
    }
  }

  /** One that is gone as it begins holds up nothing: it is tried again. */
  async #attach(streams: readonly RoomStream[]): Promise<void> {
    const { sfu, supply, onError } = this.#options
    for (const [id, sending] of this.#sendings) {
      if (!sending.isOver && streams.some((stream) => stream.id === id)) continue
      sending.close()
      this.#sendings.delete(id)
    }
    for (const { id } of streams.filter((stream) => !this.#sendings.has(stream.id))) {
      try {
        const onChange = () => this.#later(this.#running === null ? 0 : settleMs)
        this.#sendings.set(id, await Sending.open({ sfu, supply: await supply(id), onChange }))
      } catch (error) {
        onError(error)
        this.#later(againMs)
      }
    }
  }

  #begin(sendings: readonly Sending[]): void {
    const { ffmpeg, folder, onFailing, livesMs = 10_000 } = this.#options
    this.#count += 1
    const file = join(folder, `${String(this.#count).padStart(3, '0')}.mkv`)
    const part: Part = new Part({ ffmpeg, file, sendings, onEnded: (words) => void this.#inTurn(() => this.#ended(part, words)) })
    const lives = setTimeout(() => {
      if (this.#failures >= failuresToTell) onFailing(false)
      this.#failures = 0
    }, livesMs)
    this.#running = { part, file, sendings, lives }
  }

  async #end(): Promise<void> {
    const running = this.#running
    this.#running = null
    clearTimeout(running?.lives)
    await running?.part.stop()
  }

  /** By itself. What is still sent is recorded into the next part. */
  async #ended(part: Part, words: string): Promise<void> {
    const running = this.#running
    if (running?.part !== part) return
    await this.#end()
    // Whichever picture it waited for comes in again when it shows a key frame.
    if ((await sizeOf(running.file)) <= emptyBytes) for (const sending of running.sendings) sending.doubt()
    this.#failures += 1
    if (this.#failures === failuresToTell) this.#options.onFailing(true)
    if (words !== this.#words) this.#options.onError(new Error(words))
    this.#words = words
    this.#later(againMs)
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(work).catch(this.#options.onError)
    return this.#work
  }
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.size ?? 0
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
