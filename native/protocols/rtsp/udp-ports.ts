// A pair of UDP ports for RTP and RTCP, even and odd (RFC 3550 §11), that hears only the camera.
import { createSocket, type Socket } from 'node:dgram'

const attempts = 20

export interface UdpPorts {
  rtpPort: number
  rtcpPort: number
  sendRtcp(packet: Buffer, to: { address: string; port: number }): void
  close(): void
}

export interface UdpOptions {
  isIPv6: boolean
  /** Only packets from here are heard; anybody may send to an open port. */
  from: string
  onRtp: (packet: Buffer) => void
  onRtcp: (packet: Buffer) => void
}

export async function openUdpPorts(options: UdpOptions): Promise<UdpPorts> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const rtp = await bind(options.isIPv6, 0)
    const rtpPort = rtp === null ? 1 : rtp.address().port
    const rtcp = rtp !== null && rtpPort % 2 === 0 ? await bind(options.isIPv6, rtpPort + 1) : null
    if (rtp !== null && rtcp !== null) return listen({ rtp, rtcp }, options)
    rtp?.close()
  }
  throw new Error('no pair of UDP ports is free')
}

function bind(isIPv6: boolean, port: number): Promise<Socket | null> {
  const socket = createSocket({ type: isIPv6 ? 'udp6' : 'udp4', recvBufferSize: 2_000_000 })
  const { promise, resolve } = Promise.withResolvers<Socket | null>()
  socket.once('error', () => {
    socket.close()
    resolve(null)
  })
  socket.bind(port, () => {
    socket.removeAllListeners('error')
    // A camera that is gone answers RTCP with "port unreachable"; its silence is judged elsewhere.
    socket.on('error', () => undefined)
    resolve(socket)
  })
  return promise
}

function listen({ rtp, rtcp }: { rtp: Socket; rtcp: Socket }, { from, onRtp, onRtcp }: UdpOptions): UdpPorts {
  rtp.on('message', (packet, { address }) => address === from && onRtp(packet))
  rtcp.on('message', (packet, { address }) => address === from && onRtcp(packet))
  let isOpen = true
  return {
    rtpPort: rtp.address().port,
    rtcpPort: rtcp.address().port,
    sendRtcp: (packet, { address, port }) => isOpen && rtcp.send(packet, port, address),
    close() {
      if (!isOpen) return
      isOpen = false
      rtp.close()
      rtcp.close()
    },
  }
}
