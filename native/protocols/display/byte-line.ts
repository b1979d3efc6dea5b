// A line of bytes to a device, TCP or serial: one question, its answer within its time; half an answer never holds anything up.
import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { type DisplayAddress, DisplayError } from '../../contract/index.ts'
import { openSerial } from './serial-line.ts'
import type { DriverTiming } from './driver.ts'

/** Bytes into frames; pure but for what it holds. Throws DisplayError `garbage`, never anything else. */
export interface FrameReader<Frame> {
  push(chunk: Buffer): Frame[]
  /** What is held counts as whole when nothing more comes; none = it is not. */
  flush(): Frame[]
  /** Forgets what is held. */
  reset(): void
}

export interface ByteLineOptions<Frame> {
  address: DisplayAddress
  defaultPort: number
  reader: FrameReader<Frame>
  timing: DriverTiming
  /** A frame nobody waits for. */
  onUnasked?: (frame: Frame) => void
}

interface Waiting<Frame> {
  accepts: (frame: Frame) => boolean
  resolve: (frame: Frame) => void
  reject: (error: DisplayError) => void
}

export class ByteLine<Frame> {
  readonly #stream: Duplex
  readonly #options: ByteLineOptions<Frame>
  #waiting: Waiting<Frame> | null = null
  #early: Frame[] = []
  #quiet: NodeJS.Timeout | null = null
  #end: DisplayError | null = null
  readonly #closed = Promise.withResolvers<void>()

  private constructor(stream: Duplex, options: ByteLineOptions<Frame>) {
    this.#stream = stream
    this.#options = options
    stream.on('data', (chunk: Buffer) => this.#take(chunk))
    stream.on('error', (error) => this.#finish(new DisplayError('connection-lost', '', { cause: error })))
    stream.on('close', () => {
      this.#finish(new DisplayError('connection-lost'))
      this.#closed.resolve()
    })
    stream.on('end', () => this.#finish(new DisplayError('connection-lost')))
  }

  /** @throws DisplayError name-unresolved · port-closed · host-unreachable · connect-timeout · serial-unavailable */
  static async open<Frame>(options: ByteLineOptions<Frame>): Promise<ByteLine<Frame>> {
    const { address, defaultPort, timing } = options
    const stream =
      address.kind === 'serial'
        ? await openSerial(address)
        : await openTcp({ host: address.host, port: address.port ?? defaultPort, timeoutMs: timing.timeoutMs })
    return new ByteLine(stream, options)
  }

  get isOpen(): boolean {
    return this.#end === null
  }

  /** Forgets what came too late for an older question, asks, and waits. @throws DisplayError no-answer · connection-lost · garbage */
  request(bytes: Buffer, accepts: (frame: Frame) => boolean = () => true, timeoutMs?: number): Promise<Frame> {
    this.#options.reader.reset()
    this.#early = []
    this.send(bytes)
    return this.next(accepts, timeoutMs)
  }

  /** @throws DisplayError why the line ended: what is said into an ended line is said to nobody */
  send(bytes: Buffer): void {
    if (this.#end !== null) throw this.#end
    this.#stream.write(bytes)
  }

  /** The next frame that fits, asked for or not (a greeting). */
  next(accepts: (frame: Frame) => boolean = () => true, timeoutMs = this.#options.timing.timeoutMs): Promise<Frame> {
    const early = this.#early.findIndex(accepts)
    if (early >= 0) return Promise.resolve(this.#early.splice(early, 1)[0]!)
    if (this.#end !== null) return Promise.reject(this.#end)
    const { promise, resolve, reject } = Promise.withResolvers<Frame>()
    const waiting = { accepts, resolve, reject }
    this.#waiting = waiting
    const timer = setTimeout(() => {
      this.#give(this.#options.reader.flush())
      reject(new DisplayError('no-answer', `${timeoutMs} ms`))
    }, timeoutMs)
    return promise.finally(() => {
      clearTimeout(timer)
      if (this.#waiting === waiting) this.#waiting = null
    })
  }

  /** Resolves when the line is free again: a serial one is opened once at a time. */
  close(): Promise<void> {
    this.#finish(new DisplayError('connection-lost'))
    return this.#closed.promise
  }

  #take(chunk: Buffer): void {
    if (this.#end !== null) return
    if (this.#quiet !== null) clearTimeout(this.#quiet)
    try {
      this.#give(this.#options.reader.push(chunk))
    } catch (error) {
      if (!(error instanceof DisplayError)) throw error
      return this.#finish(error)
    }
    this.#quiet = setTimeout(() => this.#give(this.#options.reader.flush()), this.#options.timing.quietMs)
  }

  #give(frames: readonly Frame[]): void {
    for (const frame of frames) {
      if (this.#waiting?.accepts(frame) === true) {
        this.#waiting.resolve(frame)
        this.#waiting = null
      } else {
        this.#options.onUnasked?.(frame)
        this.#early = [...this.#early, frame].slice(-8)
      }
    }
  }

  #finish(error: DisplayError): void {
    if (this.#end !== null) return
    // The last words of a device that hangs up right after them.
    if (error.fault.code === 'connection-lost') this.#give(this.#options.reader.flush())
    this.#end = error
    if (this.#quiet !== null) clearTimeout(this.#quiet)
    this.#waiting?.reject(error)
    this.#waiting = null
    this.#stream.destroy()
  }
}

/** @throws DisplayError name-unresolved · port-closed · host-unreachable · connect-timeout */
export function openTcp({ host, port, timeoutMs }: { host: string; port: number; timeoutMs: number }): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>()
  const socket = connect({ host, port, noDelay: true })
  const timer = setTimeout(() => fail(new DisplayError('connect-timeout', `${host}:${port}`)), timeoutMs)
  function fail(error: DisplayError): void {
    clearTimeout(timer)
    socket.destroy()
    reject(error)
  }
  socket.once('error', (error) => fail(connectError(error, `${host}:${port}`)))
  socket.once('connect', () => {
    clearTimeout(timer)
    socket.removeAllListeners('error')
    socket.setKeepAlive(true, 15_000)
    resolve(socket)
  })
  return promise
}

/** Why a connection could not be had, in our words. */
export function connectError(error: Error & { code?: string }, where: string): DisplayError {
  const { code = '' } = error
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EAI_NODATA') return new DisplayError('name-unresolved', where, { cause: error })
  if (code === 'ECONNREFUSED') return new DisplayError('port-closed', where, { cause: error })
  if (code === 'ETIMEDOUT') return new DisplayError('connect-timeout', where, { cause: error })
  if (code === 'ECONNRESET' || code === 'UND_ERR_SOCKET') return new DisplayError('connection-lost', where, { cause: error })
  return new DisplayError('host-unreachable', `${where} ${code}`, { cause: error })
}
