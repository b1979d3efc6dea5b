// Where a camera enters the SFU: a producer on loopback that outlives the camera's sessions, and comes again when the worker dies.
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import type { PlainTransport, Producer, Router } from 'mediasoup/types'
import { StreamError, WanglouError } from '../../contract/index.ts'
import type { Sfu } from '../sfu/sfu.ts'
import type { OwnedStream } from './asking.ts'
import { outPayloadType } from './out-track.ts'

/** How a picture is coded; cameras and pages are passed on as they send it. */
export type PictureCodec = { name: 'H264'; profileLevelId: string } | { name: 'VP8' }

/** A picture that stands in the SFU. */
export interface Supplied {
  router: Router
  producer: Producer
  codec: PictureCodec
  /** On the same router; left out = nothing is to be heard. */
  sound?: Producer | undefined
}

/** A stream whose picture is taken from the SFU; null = there is nothing to take yet. */
export interface SfuStream extends OwnedStream {
  readonly outlet: Supplied | null
}

export interface Outlet extends Supplied {
  send(packet: Buffer): void
  sendReport(packet: Buffer): void
  /** Harmless when called twice. */
  close(): void
}

/** @throws StreamError sfu-missing · sfu-lost */
export async function openOutlet(sfu: Sfu, options: { ssrc: number; profileLevelId: string; onLost: () => void }): Promise<Outlet> {
  let router: Router | null = null
  try {
    router = await sfu.router()
    const transport = await sfu.plainTransport(router, { comedia: true, rtcpMux: true })
    const producer = await transport.produce({
      kind: 'video',
      rtpParameters: {
        codecs: [
          {
            mimeType: 'video/H264',
            payloadType: outPayloadType,
            clockRate: 90_000,
            parameters: { 'packetization-mode': 1, 'profile-level-id': options.profileLevelId, 'level-asymmetry-allowed': 1 },
            rtcpFeedback: [{ type: 'nack', parameter: 'pli' }],
          },
        ],
        encodings: [{ ssrc: options.ssrc }],
      },
    })
    const socket = createSocket('udp4')
    socket.bind(0, '127.0.0.1')
    await once(socket, 'listening')
    return outletOf({ router, transport, producer, socket }, options)
  } catch (error) {
    router?.close()
    if (error instanceof WanglouError && error.code === 'SFU_UNAVAILABLE') throw new StreamError('sfu-missing', {}, { cause: error })
    throw new StreamError('sfu-lost', {}, { cause: error })
  }
}

interface Parts {
  router: Router
  transport: PlainTransport
  producer: Producer
  socket: Socket
}

function outletOf(
  { router, transport, producer, socket }: Parts,
  { profileLevelId, onLost }: { profileLevelId: string; onLost: () => void },
): Outlet {
  const port = transport.tuple.localPort
  let isOpen = true
  function close(): void {
    if (!isOpen) return
    isOpen = false
    socket.close()
    router.close()
  }
  // The worker may be gone: the router's end tells, the loopback's "port unreachable" need not.
  socket.on('error', () => undefined)
  router.observer.once('close', () => {
    if (!isOpen) return
    close()
    onLost()
  })
  const send = (packet: Buffer) => void (isOpen && socket.send(packet, port, '127.0.0.1'))
  return { router, producer, codec: { name: 'H264', profileLevelId }, send, sendReport: send, close }
}
