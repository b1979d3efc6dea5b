// One track on its way into the station's SFU by a transport of its own: a captured picture, a voice to a camera. mediasoup-client speaks WebRTC for us.
import type { types } from 'mediasoup-client'

type Foreign = Record<string, unknown>

/** What the station gave for it, and how it is told of the page's side. */
export interface SendingOptions {
  offer: { rtpCapabilities: object; transport: object }
  connect: (input: { transport: string; dtlsParameters: Foreign }) => Promise<unknown>
  produce: (input: { transport: string; kind: 'audio' | 'video'; rtpParameters: Foreign }) => Promise<{ id: string }>
  onState: (state: types.ConnectionState) => void
}

export async function openSending({ offer, connect, produce, onState }: SendingOptions): Promise<types.Transport> {
  const { Device } = await import('mediasoup-client')
  const device = new Device()
  await device.load({ routerRtpCapabilities: offer.rtpCapabilities as types.RtpCapabilities })
  const sending = device.createSendTransport(offer.transport as types.TransportOptions)
  const transport = sending.id
  sending.on('connect', ({ dtlsParameters }, done, failed) => {
    connect({ transport, dtlsParameters: dtlsParameters as unknown as Foreign }).then(done, failed)
  })
  sending.on('produce', ({ kind, rtpParameters }, done, failed) => {
    produce({ transport, kind, rtpParameters: rtpParameters as unknown as Foreign }).then(done, failed)
  })
  sending.on('connectionstatechange', onState)
  return sending
}
