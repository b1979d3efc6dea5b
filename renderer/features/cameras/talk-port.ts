// The microphone of this machine, and the way of what it hears to the station: G.711, the only codec that the station offers for a camera.
import { openMicrophone } from '../../app/devices.ts'
import { rpc } from '../../app/rpc.ts'
import { openSending } from '../../app/sending.ts'
import type { TalkPort } from './talk.ts'

export const talkPort: TalkPort = {
  openMicrophone: () => openMicrophone(null),
  async send(at, { track, onLost }) {
    const sending = await openSending({
      offer: await rpc.cameraTalk.begin.mutate(at),
      connect: (input) => rpc.cameraTalk.connectTransport.mutate({ ...at, ...input }),
      produce: ({ transport, rtpParameters }) => rpc.cameraTalk.produce.mutate({ ...at, transport, rtpParameters }),
      onState: (state) => (state === 'failed' || state === 'disconnected') && onLost(),
    })
    await sending.produce({ track, stopTracks: false })
    return () => sending.close()
  },
  renew: (at) => rpc.cameraTalk.renew.mutate(at),
  end: (at) => rpc.cameraTalk.end.mutate(at),
}
