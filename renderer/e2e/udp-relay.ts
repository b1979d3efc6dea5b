// A bad line between pages and the SFU: the station says that its media is at another address of loopback, and everything passes through here.
import { createSocket, type Socket } from 'node:dgram'

export interface UdpRelay {
  /** Share of what the SFU sends that is lost on its way to the pages, 0…1. */
  lose(share: number): void
  /** Pages are seen by the SFU at other addresses from now on, as after a change of network. */
  moveAway(): void
  close(): void
}

export interface UdpRelayOptions {
  /** Where pages send to; on the same ports the SFU listens at `to`. */
  at: string
  to: string
  ports: { min: number; max: number }
}

/** @throws Error when a port is taken */
export async function startUdpRelay({ at, to, ports }: UdpRelayOptions): Promise<UdpRelay> {
  let lost = 0
  /** By port and the page's address: the socket that the SFU takes for that page. */
  const pages = new Map<string, Socket>()
  const doors = await Promise.all(Array.from({ length: ports.max - ports.min + 1 }, (_, index) => openDoor(ports.min + index)))

  async function openDoor(port: number): Promise<Socket> {
    const door = createSocket('udp4')
    await new Promise<void>((resolve, reject) => door.once('error', reject).bind(port, at, () => resolve()))
    // What cannot be delivered is lost, as on any line.
    door.on('error', () => undefined)
    door.on('message', (packet, from) => {
      const key = `${port} ${from.address}:${from.port}`
      const page = pages.get(key) ?? openPage(key, (answer) => door.send(answer, from.port, from.address))
      page.send(packet, port, to)
    })
    return door
  }

  function openPage(key: string, back: (packet: Buffer) => void): Socket {
    const page = createSocket('udp4')
    page.on('error', () => undefined)
    page.on('message', (packet) => {
      if (Math.random() >= lost) back(packet)
    })
    pages.set(key, page)
    return page
  }

  function forget(): void {
    for (const page of pages.values()) page.close()
    pages.clear()
  }

  return {
    lose: (share) => (lost = share),
    moveAway: forget,
    close() {
      forget()
      for (const door of doors) door.close()
    },
  }
}
