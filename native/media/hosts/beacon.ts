// Hosts told of on the local network, by UDP: each says its address now and then, signed, and hears the others; an unknown signature is not looked at twice.
import { createSocket, type Socket } from 'node:dgram'
import { verify, createPublicKey } from 'node:crypto'
import { z } from 'zod'
import type { Identity } from './greet.ts'

export interface BeaconOptions {
  /** Multicast group, UDP port, and our address on the network where it is spoken. */
  group: string
  port: number
  ip: string
  everyMs: number
  identity: Identity
  /** Port of our host door; null = we only listen. */
  doorPort: () => number | null
  onHost: (address: string) => void
  onError: (error: unknown) => void
}

const Said = z.object({ station: z.string().max(80), port: z.int().min(1).max(65_535), at: z.int(), proof: z.string().max(120) })
/** Clocks of consoles may differ so much; older words are not repeated at us. */
const oldestMs = 5 * 60_000
const label = 'wanglou-beacon-1'

export class Beacon {
  readonly #options: BeaconOptions
  #socket: Socket | null = null
  #timer: NodeJS.Timeout | null = null

  constructor(options: BeaconOptions) {
    this.#options = options
  }

  async start(): Promise<void> {
    const { group, port, ip, everyMs, onError } = this.#options
    const socket = createSocket({ type: 'udp4', reuseAddr: true })
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    socket.once('error', reject)
    socket.bind({ port, address: process.platform === 'win32' ? ip : group }, resolve)
    await promise
    socket.off('error', reject)
    socket.on('error', onError)
    socket.setMulticastInterface(ip)
    socket.addMembership(group, ip)
    socket.setMulticastLoopback(true)
    socket.on('message', (data, { address }) => this.#hear(data, address))
    this.#socket = socket
    this.#timer = setInterval(() => this.#say(), everyMs)
    this.#say()
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
    const socket = this.#socket
    this.#socket = null
    if (socket !== null) await new Promise<void>((resolve) => socket.close(() => resolve()))
  }

  #say(): void {
    const { identity, doorPort, group, port, onError } = this.#options
    const open = doorPort()
    if (open === null || open === 0) return
    const said = { station: identity.station, port: open, at: Date.now() }
    const proof = identity.sign(bytesOf(said)).toString('base64')
    this.#socket?.send(JSON.stringify({ ...said, proof }), port, group, (error) => {
      if (error !== null) onError(error)
    })
  }

  #hear(data: Buffer, address: string): void {
    const said = parse(data)
    const { identity, onHost } = this.#options
    if (said === null || said.station === identity.station || Math.abs(Date.now() - said.at) > oldestMs) return
    const publicKey = identity.keyOf(said.station)
    if (publicKey === null) return
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
    if (verify(null, bytesOf(said), key, Buffer.from(said.proof, 'base64'))) onHost(`${address}:${said.port}`)
  }
}

function bytesOf({ station, port, at }: { station: string; port: number; at: number }): Buffer {
  return Buffer.from(JSON.stringify([label, station, port, at]))
}

function parse(data: Buffer): z.infer<typeof Said> | null {
  if (data.byteLength > 1_000) return null
  try {
    return Said.parse(JSON.parse(data.toString('utf8')))
  } catch {
    // Somebody else uses the group too.
    return null
  }
}
