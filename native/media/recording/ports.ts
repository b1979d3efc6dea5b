// Two UDP ports of loopback beside each other that nobody listens on now: ffmpeg takes RTP at the even one and RTCP at the next.
import { createSocket } from 'node:dgram'

const tries = 50

/** @returns the even one @throws Error when there is none */
export async function freePortPair(isTaken: (port: number) => boolean): Promise<number> {
  for (let round = 0; round < tries; round += 1) {
    const port = 20_000 + 2 * Math.floor(Math.random() * 5_000)
    if (!isTaken(port) && (await isFree(port)) && (await isFree(port + 1))) return port
  }
  throw new Error('no free pair of UDP ports')
}

async function isFree(port: number): Promise<boolean> {
  const socket = createSocket('udp4')
  const { promise, resolve } = Promise.withResolvers<boolean>()
  socket.once('error', () => resolve(false))
  socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => resolve(true))
  const isBound = await promise
  if (isBound) await new Promise<void>((done) => socket.close(() => done()))
  return isBound
}
