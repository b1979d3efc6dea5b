// A line of datagrams to a device: one question, and the datagram from that device that answers it.
import { createSocket, type Socket } from 'node:dgram'
import { type DisplayAddress, DisplayError } from '../../contract/index.ts'
import { connectError } from './byte-line.ts'

export class DatagramLine {
  readonly #socket: Socket
  #waiting: { accepts: (bytes: Buffer) => boolean; resolve: (bytes: Buffer) => void; reject: (error: DisplayError) => void } | null = null
  #isOpen = true

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('message', (bytes) => {
      if (this.#waiting?.accepts(bytes) === true) this.#waiting.resolve(bytes)
    })
    // The device's machine says that nothing listens there.
    socket.on('error', (error) => this.#waiting?.reject(connectError(error, '')))
  }

  /** A connected socket hears its device only. @throws DisplayError name-unresolved · host-unreachable */
  static open(address: DisplayAddress, defaultPort: number): Promise<DatagramLine> {
    if (address.kind !== 'network') return Promise.reject(new DisplayError('address-invalid', address.path))
    const { host, port } = address
    const { promise, resolve, reject } = Promise.withResolvers<DatagramLine>()
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
    socket.once('error', (error) => {
      socket.close()
      reject(connectError(error, host))
    })
    socket.connect(port ?? defaultPort, host, () => {
      socket.removeAllListeners('error')
      resolve(new DatagramLine(socket))
    })
    return promise
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  /** @throws DisplayError no-answer · port-closed */
  request(bytes: Buffer, accepts: (bytes: Buffer) => boolean, timeoutMs: number): Promise<Buffer> {
    const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
    const waiting = { accepts, resolve, reject }
    this.#waiting = waiting
    const timer = setTimeout(() => reject(new DisplayError('no-answer', `${timeoutMs} ms`)), timeoutMs)
    this.send(bytes)
    return promise.finally(() => {
      clearTimeout(timer)
      if (this.#waiting === waiting) this.#waiting = null
    })
  }

  send(bytes: Buffer): void {
    if (this.#isOpen) this.#socket.send(bytes)
  }

  close(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#waiting?.reject(new DisplayError('connection-lost'))
    this.#socket.close()
  }
}
