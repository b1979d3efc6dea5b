// What a call asks of its station, for one place in one room; tests hand in their own.
import type { ChairAct, ConsumerOffer, MediaSource, Place, RoomEvent, TransportOffer } from '../../../../native/contract/index.ts'
import { rpc } from '../../../app/rpc.ts'

/** What the line carries of mediasoup's own structures is not looked into here. */
type Offered<Offer extends { id: string }> = Pick<Offer, 'id'> & Partial<Offer>

export interface Signalling {
  attend(handlers: { onData: (event: RoomEvent) => void; onError: (error: unknown) => void; onComplete: () => void }): { unsubscribe(): void }
  leave(): Promise<void>
  connect(direction: 'send' | 'receive'): Promise<Offered<TransportOffer>>
  connectTransport(transport: string, dtlsParameters: object): Promise<void>
  restartIce(transport: string): Promise<unknown>
  produce(input: { transport: string; kind: 'audio' | 'video'; source: MediaSource; rtpParameters: object }): Promise<{ id: string }>
  pause(stream: string, isPaused: boolean): Promise<void>
  closeStream(stream: string): Promise<void>
  consume(stream: string, rtpCapabilities: object): Promise<Offered<ConsumerOffer> & Pick<ConsumerOffer, 'kind'>>
  watch(consumer: string, layer: number | null): Promise<void>
  hand(isUp: boolean): Promise<void>
  say(words: string): Promise<void>
  record(stream: string | null): Promise<unknown>
  endRecord(recording: string): Promise<void>
  chair(act: ChairAct): Promise<void>
}

type Foreign = Record<string, unknown>

/** @param options.isScreen a display of this console that shows the room: it takes pictures and sends nothing */
export function signallingOf(place: Place, { isScreen }: { isScreen: boolean } = { isScreen: false }): Signalling {
  const { conference } = rpc
  return {
    attend: (handlers) => conference.attend.subscribe({ ...place, isScreen }, handlers),
    leave: () => conference.leave.mutate(place),
    connect: (direction: 'send' | 'receive') => conference.connect.mutate({ ...place, direction }),
    connectTransport: (transport: string, dtlsParameters: object) =>
      conference.connectTransport.mutate({ ...place, transport, dtlsParameters: dtlsParameters as Foreign }),
    restartIce: (transport: string) => conference.restartIce.mutate({ ...place, transport }),
    produce: (input: { transport: string; kind: 'audio' | 'video'; source: MediaSource; rtpParameters: object }) =>
      conference.produce.mutate({ ...place, ...input, rtpParameters: input.rtpParameters as Foreign }),
    pause: (stream: string, isPaused: boolean) => conference.pause.mutate({ ...place, stream, isPaused }),
    closeStream: (stream: string) => conference.closeStream.mutate({ ...place, stream }),
    consume: (stream: string, rtpCapabilities: object) =>
      conference.consume.mutate({ ...place, stream, rtpCapabilities: rtpCapabilities as Foreign }),
    watch: (consumer: string, layer: number | null) => conference.watch.mutate({ ...place, consumer, layer }),
    hand: (isUp: boolean) => conference.hand.mutate({ ...place, isUp }),
    say: (words: string) => conference.say.mutate({ ...place, words }),
    record: (stream: string | null) => conference.record.mutate({ ...place, stream }),
    endRecord: (recording: string) => conference.endRecord.mutate({ ...place, recording }),
    chair: (act: ChairAct) => conference.chair.mutate({ ...place, act }),
  }
}
