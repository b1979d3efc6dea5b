// A linked station in a process of its own, as its parent sees it.
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import type { SmallOptions } from './small.ts'

const program = new URL('./station-child.ts', import.meta.url).pathname

export class StationChild {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>
  readonly #ended: Promise<unknown>
  readonly #listeners = new Set<(line: string) => void>()

  private constructor(process: ChildProcessByStdio<Writable, Readable, null>) {
    this.#process = process
    this.#ended = once(process, 'close')
    createInterface({ input: process.stdout }).on('line', (line) => {
      for (const listener of this.#listeners) listener(line)
    })
  }

  /** Resolves when the station is open; `ask('start', 'started')` links it. */
  static async open(options: SmallOptions & { directory: string }): Promise<StationChild> {
    const child = new StationChild(
      spawn(process.execPath, [...process.execArgv, program, JSON.stringify(options)], { stdio: ['pipe', 'pipe', 'inherit'] }),
    )
    await child.ask('hello', 'hello')
    return child
  }

  onLine(listener: (line: string) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Says a line and waits for one that begins so. @returns what follows it */
  ask(line: string, answer: string): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>()
    const stop = this.onLine((said) => {
      if (!said.startsWith(answer)) return
      stop()
      resolve(said.slice(answer.length + 1))
    })
    void this.#ended.then(() => reject(new Error(`the station ended before it had answered ${line}`)))
    this.#process.stdin.write(`${line}\n`)
    return promise
  }

  /** As a power cut. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL')
    await this.#ended
  }

  async stop(): Promise<void> {
    await this.ask('stop', 'stopped')
    await this.#ended
  }
}
