// What a screen of a wall asks of its station for a conference: it takes pictures; whatever would send is not there.
import type { ConsumerOffer, Place, TransportOffer } from '../../../../native/contract/index.ts'
import { rpc } from '../../../app/rpc.ts'
import type { Signalling } from './signalling.ts'

type Foreign = Record<string, unknown>

export function screenSignalling(at: { screen: string; tile: string }, place: Place): Signalling {
  const { conference } = rpc.wall.screen
  return {
    attend: (handlers) => conference.attend.subscribe({ at, place }, handlers),
    leave: async () => void (await conference.leave.mutate({ at, place })),
    connect: async (direction) => (await conference.connect.mutate({ at, place: { ...place, direction } })) as TransportOffer,
    connectTransport: async (transport, dtlsParameters) =>
      void (await conference.connectTransport.mutate({ at, place: { ...place, transport, dtlsParameters: dtlsParameters as Foreign } })),
    restartIce: (transport) => conference.restartIce.mutate({ at, place: { ...place, transport } }),
    consume: async (stream, rtpCapabilities) =>
      (await conference.consume.mutate({ at, place: { ...place, stream, rtpCapabilities: rtpCapabilities as Foreign } })) as ConsumerOffer,
    watch: async (consumer, layer) => void (await conference.watch.mutate({ at, place: { ...place, consumer, layer } })),
    produce: nothing,
    pause: nothing,
    closeStream: nothing,
    hand: nothing,
    say: nothing,
    record: nothing,
    endRecord: nothing,
    chair: nothing,
  }
}

function nothing(): Promise<never> {
  return Promise.reject(new Error('a screen sends nothing'))
}
