// The microphone of this machine, and the way of what it hears to the station: G.711, the only codec that the station offers for a camera.
import type { types } from 'mediasoup-client'
import { rpc } from '../../app/rpc.ts'
import type { TalkPort } from './talk.ts'

type Foreign = Record<string, unknown>

export const talkPort: TalkPort = {
  async openMicrophone() {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } })
    const [track] = stream.getAudioTracks()
    if (track === undefined) throw new DOMException('no track', 'NotFoundError')
    return track
  },
  async send(at, { track, onLost }) {
    const [{ Device }, offer] = await Promise.all([import('mediasoup-client'), rpc.cameraTalk.begin.mutate(at)])
    const device = new Device()
    await device.load({ routerRtpCapabilities: offer.rtpCapabilities as types.RtpCapabilities })
    const transport = device.createSendTransport(offer.transport as types.TransportOptions)
    const input = { ...at, transport: transport.id }
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      rpc.cameraTalk.connectTransport.mutate({ ...input, dtlsParameters: dtlsParameters as unknown as Foreign }).then(done, failed)
    })
    transport.on('produce', ({ rtpParameters }, done, failed) => {
      rpc.cameraTalk.produce.mutate({ ...input, rtpParameters: rtpParameters as unknown as Foreign }).then(done, failed)
    })
    transport.on('connectionstatechange', (state) => (state === 'failed' || state === 'disconnected') && onLost())
    await transport.produce({ track, stopTracks: false })
    return () => transport.close()
  },
  renew: (at) => rpc.cameraTalk.renew.mutate(at),
  end: (at) => rpc.cameraTalk.end.mutate(at),
}
