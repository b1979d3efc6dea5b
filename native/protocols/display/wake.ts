// Wake-on-LAN: the magic packet, six FF and sixteen times the address, by UDP to the network.
import { createSocket } from 'node:dgram'
import { DisplayError } from '../../contract/index.ts'

/** @param mac `aa:bb:cc:dd:ee:ff`, also with hyphens @throws DisplayError address-invalid */
export function magicPacket(mac: string): Buffer {
  const digits = mac.replace(/[:-]/g, '')
  if (!/^[0-9a-f]{12}$/i.test(digits)) throw new DisplayError('address-invalid', mac)
  return Buffer.concat([Buffer.alloc(6, 0xff), ...Array.from({ length: 16 }, () => Buffer.from(digits, 'hex'))])
}

/** Three times, a datagram may be lost; nobody answers, whether it woke is seen by its driver. */
export async function wake(options: { mac: string; broadcast: string; port?: number }): Promise<void> {
  const packet = magicPacket(options.mac)
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const socket = createSocket('udp4')
  socket.on('error', (error) => reject(new DisplayError('host-unreachable', options.broadcast, { cause: error })))
  socket.bind(0, () => {
    socket.setBroadcast(true)
    let left = 3
    const sent = () => {
      left -= 1
      if (left === 0) resolve()
    }
    for (let time = 0; time < 3; time += 1)
      socket.send(packet, options.port ?? 9, options.broadcast, (error) =>
        error === null ? sent() : reject(new DisplayError('host-unreachable', options.broadcast)),
      )
  })
  await promise.finally(() => socket.close())
}
