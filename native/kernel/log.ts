// The log: pino into a file of the data directory that begins anew at 10 MB, five kept. Never a token, a password or a person's text.
import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { type Logger, pino } from 'pino'

const defaultLimitBytes = 10_000_000
const kept = 5

export interface LogState {
  /** Lines that could not be written, e.g. on a full disk. */
  lost: number
}

/** A log that cannot be written (full disk) must never stop the work: lines are counted as lost and shown on the health page. */
export class RotatingFile {
  readonly #path: string
  readonly #limitBytes: number
  #file: number
  #size: number
  readonly state: LogState = { lost: 0 }

  constructor(options: { path: string; limitBytes: number }) {
    this.#path = options.path
    this.#limitBytes = options.limitBytes
    this.#file = openSync(this.#path, 'a', 0o600)
    this.#size = fstatSync(this.#file).size
  }

  write(line: string): void {
    try {
      if (this.#size + line.length > this.#limitBytes) this.#rotate()
      this.#size += writeSync(this.#file, line)
    } catch {
      this.state.lost += 1
    }
  }

  close(): void {
    closeSync(this.#file)
  }

  #rotate(): void {
    for (let index = kept - 1; index >= 1; index -= 1) moveIfThere(index === 1 ? this.#path : `${this.#path}.${index - 1}`, `${this.#path}.${index}`)
    const next = openSync(this.#path, 'a', 0o600)
    closeSync(this.#file)
    this.#file = next
    this.#size = 0
  }
}

function moveIfThere(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

const secretKeys = ['password', 'token', 'pin', 'cookie', 'authorization', 'bearer', 'key']

export function openLog(options: { directory: string; level: string; limitBytes?: number }): { log: Logger; state: LogState; close: () => void } {
  const file = new RotatingFile({ path: join(options.directory, 'wanglou.log'), limitBytes: options.limitBytes ?? defaultLimitBytes })
  const log = pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { error: pino.stdSerializers.err },
      redact: { paths: secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '…' },
    },
    file,
  )
  return { log, state: file.state, close: () => file.close() }
}
