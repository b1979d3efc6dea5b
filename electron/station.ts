// Keeps the station running in a utility process: relays its lines, learns its address, restarts it when it dies.
import { createInterface } from 'node:readline'
import { type UtilityProcess, utilityProcess } from 'electron'

/** The station's exit code when another one runs on the same data directory; trying again would not help. */
export const exitAlreadyRunning = 3
/** 2 to 9: it could not start and has said why in words (a wrong option, a disk that is full or cannot be written, a newer database …). */
const isSaidInWords = (code: number) => code >= 2 && code <= 9
/** So much of what it said last is kept for the person. */
const keptWordsLength = 2_000
const readyPrefix = 'wanglou ready '
const firstDelayMs = 500
const longestDelayMs = 30_000
/** Having stayed up this long counts as recovered: the next death is again answered at once. */
const steadyMs = 60_000
/** Deaths in a row before the first sign of life that mean it will not start at all. */
const hopelessAfter = 5
/** npm start allows 5 s for everything. */
const stopWithinMs = 4_000

export interface StationOptions {
  /** The file that runs inside the utility process (station-host.js). */
  script: string
  args: readonly string[]
  /** Called at each start with the address and its one-time token. */
  onReady: (url: string) => void
  onLine: (line: string) => void
  /** It cannot run: it said why, or died again and again before it was ever ready. `words` is the end of its standard error. */
  onGivenUp: (exitCode: number, words: string) => void
}

/** Milliseconds to wait before start number `deaths + 1`. */
export function restartDelayMs(deaths: number): number {
  return Math.min(firstDelayMs * 2 ** Math.max(0, deaths - 1), longestDelayMs)
}

export class Station {
  readonly #options: StationOptions
  #child: UtilityProcess | null = null
  #timer: NodeJS.Timeout | null = null
  #deaths = 0
  #words = ''
  #port: string | null = null
  #isStopping = false

  constructor(options: StationOptions) {
    this.#options = options
  }

  start(): void {
    const startedAt = Date.now()
    const child = utilityProcess.fork(this.#options.script, this.#args(), {
      serviceName: 'wanglou-station',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, UV_THREADPOOL_SIZE: '12' },
    })
    this.#child = child
    this.#words = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      process.stderr.write(chunk)
      this.#words = (this.#words + chunk.toString()).slice(-keptWordsLength)
    })
    if (child.stdout !== null) createInterface({ input: child.stdout }).on('line', (line) => this.#read(line))
    child.once('exit', (code) => this.#died(code, Date.now() - startedAt))
  }

  /** Asks it to stop and waits, for a bounded time; idempotent. */
  async stop(): Promise<void> {
    this.#isStopping = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    const child = this.#child
    if (child === null) return
    const { promise: exited, resolve } = Promise.withResolvers<void>()
    child.once('exit', () => resolve())
    child.postMessage('stop')
    const late = setTimeout(() => {
      child.kill()
      resolve()
    }, stopWithinMs)
    await exited
    clearTimeout(late)
  }

  /** A restarted station keeps its port, so that the pages find it again by themselves. */
  #args(): string[] {
    const args = [...this.#options.args]
    if (this.#port === null) return args
    const at = args.indexOf('--port')
    if (at >= 0) args.splice(at, 2)
    return [...args, '--port', this.#port]
  }

  #read(line: string): void {
    this.#options.onLine(line)
    if (!line.startsWith(readyPrefix)) return
    const url = line.slice(readyPrefix.length).trim()
    this.#port = new URL(url).port
    this.#options.onReady(url)
  }

  #died(code: number, livedMs: number): void {
    this.#child = null
    if (this.#isStopping) return
    this.#deaths = livedMs >= steadyMs ? 1 : this.#deaths + 1
    const isHopeless = this.#port === null && (isSaidInWords(code) || this.#deaths >= hopelessAfter)
    if (code === exitAlreadyRunning || isHopeless) return this.#options.onGivenUp(code, this.#words.trim())
    const delayMs = restartDelayMs(this.#deaths)
    console.error(`The station ended with code ${code}; it is started again in ${delayMs / 1000} s.`)
    this.#timer = setTimeout(() => this.start(), delayMs)
  }
}
