// What really crosses between two SFUs: the ends of a trunk are told each other's address through two sockets that carry every packet on and count it.
import { createSocket, type Socket } from 'node:dgram'
import { vi } from 'vitest'
import { Trunk, type TrunkOffer } from '../cascade/trunk.ts'

export interface TrunkWire {
  /** Bytes of UDP since it was laid, both ways. */
  readonly bytes: number
  close(): void
}

/** Every trunk of this process leads through it from now on; there must be one only. */
export function layTrunkWire(): TrunkWire {
  let bytes = 0
  const sockets = new Map<number, Promise<Socket>>()
  /** The socket that speaks to an end, and carries on what that end says to the other. */
  const facing = (port: number, other: number) => {
    const known = sockets.get(port)
    if (known !== undefined) return known
    const made = new Promise<Socket>((resolve) => {
      const socket = createSocket('udp4').bind(0, '127.0.0.1', () => resolve(socket))
      socket.on('message', (packet) => {
        bytes += packet.length
        void facing(other, port).then((far) => far.send(packet, other, '127.0.0.1'))
      })
    })
    sockets.set(port, made)
    return made
  }
  const connect = Trunk.prototype.connect
  const spy = vi.spyOn(Trunk.prototype, 'connect').mockImplementation(async function (this: Trunk, offer: TrunkOffer) {
    const socket = await facing(this.offer.port, offer.port)
    return connect.call(this, { ...offer, port: socket.address().port })
  })
  return {
    get bytes() {
      return bytes
    },
    close() {
      spy.mockRestore()
      for (const socket of sockets.values()) void socket.then((one) => one.close())
    },
  }
}
