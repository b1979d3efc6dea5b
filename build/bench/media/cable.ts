// A cable between the station and a camera that can be cut: what is under way stays under way, nothing passes, and nobody is told; a call made meanwhile is lost.
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface Cable {
  port: number
  cut(): void
  mend(): void
  /** Ends what runs over it; new calls come through. */
  drop(): void
  /** That run over it now. */
  readonly connections: number
  close(): Promise<void>
}

/** @param port of the camera, on loopback */
export async function openCable(port: number): Promise<Cable> {
  const sockets = new Set<Socket>()
  const vain = new Set<Socket>()
  let isCut = false
  const server = createServer((near) => {
    if (isCut) {
      vain.add(near)
      near.on('error', () => near.destroy())
      near.on('close', () => vain.delete(near))
      return
    }
    const far = connect({ port, host: '127.0.0.1' })
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('data', (chunk) => to.write(chunk))
      from.on('error', () => from.destroy())
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      isCut = true
      for (const socket of sockets) socket.pause()
    },
    mend() {
      isCut = false
      for (const socket of sockets) socket.resume()
      for (const socket of vain) socket.destroy()
    },
    drop() {
      for (const socket of sockets) socket.destroy()
    },
    get connections() {
      return sockets.size / 2
    },
    async close() {
      for (const socket of [...sockets, ...vain]) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
