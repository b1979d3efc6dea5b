// A line that can be cut, slowed and narrowed: a TCP proxy on loopback.
import { createServer, connect, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

export interface LineQuality {
  /** One way, ms. */
  delayMs: number
  /** Bytes a second each way; null = no limit. */
  bytesPerS: number | null
  /** Of 1 400-byte segments, which share stalls the connection for a second: how lost segments look through TCP. */
  stallShare: number
}

export const clearLine: LineQuality = { delayMs: 0, bytesPerS: null, stallShare: 0 }

const segmentBytes = 1_400
const stallMs = 1_000

export class Proxy {
  quality: LineQuality = clearLine
  /** Bytes that went through, both ways. */
  bytes = 0
  /** Time the stalls took, ms, of both ways. */
  stalledMs = 0
  readonly #server: Server
  readonly #pairs = new Set<[Socket, Socket]>()
  readonly #random: () => number
  #isCut = false

  private constructor(server: Server, random: () => number) {
    this.#server = server
    this.#random = random
  }

  /** @param target where it leads; asked at each connection */
  static async open(target: () => { port: number }, random: () => number = Math.random): Promise<Proxy> {
    const server = createServer()
    const proxy = new Proxy(server, random)
    server.on('connection', (inside) => proxy.#join(inside, target().port))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return proxy
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** Ends what goes through and lets nothing new in. */
  cut(): void {
    this.#isCut = true
    for (const pair of this.#pairs) for (const socket of pair) socket.destroy()
  }

  heal(): void {
    this.#isCut = false
  }

  async close(): Promise<void> {
    this.cut()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #join(inside: Socket, port: number): void {
    if (this.#isCut) {
      inside.destroy()
      return
    }
    const outside = connect(port, '127.0.0.1')
    const pair: [Socket, Socket] = [inside, outside]
    this.#pairs.add(pair)
    for (const socket of pair) {
      socket.setNoDelay(true)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => {
        this.#pairs.delete(pair)
        for (const other of pair) other.destroy()
      })
    }
    void this.#carry(inside, outside)
    void this.#carry(outside, inside)
  }

  /** Bytes leave at the rate of the line and arrive after its delay, in order. */
  async #carry(from: Socket, to: Socket): Promise<void> {
    let freeAt = 0
    try {
      for await (const chunk of from as AsyncIterable<Buffer>) {
        for (let start = 0; start < chunk.byteLength; start += segmentBytes) {
          const segment = chunk.subarray(start, start + segmentBytes)
          const { delayMs, bytesPerS, stallShare } = this.quality
          this.bytes += segment.byteLength
          if (delayMs === 0 && bytesPerS === null && stallShare === 0) {
            if (!to.destroyed) to.write(segment)
            continue
          }
          const now = performance.now()
          freeAt = Math.max(freeAt, now) + (bytesPerS === null ? 0 : (segment.byteLength * 1_000) / bytesPerS)
          if (this.#random() < stallShare) {
            freeAt += stallMs
            this.stalledMs += stallMs
          }
          const arriveMs = freeAt + delayMs - now
          setTimeout(() => {
            if (!to.destroyed) to.write(segment)
          }, arriveMs)
          // The sender notices that the line is full.
          if (freeAt - now > 20) await new Promise((resolve) => setTimeout(resolve, freeAt - now - 10))
        }
      }
    } catch {
      // Cut.
    }
    to.destroy()
  }
}
