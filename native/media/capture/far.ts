// A captured picture between consoles: one trunk, one stream, however many watch it at the other end.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Producer } from 'mediasoup/types'
import { z } from 'zod'
import { Id, StreamError, type StreamStatus, WanglouError } from '../../contract/index.ts'
import { Crossing, Trunk, TrunkOffer } from '../cascade/trunk.ts'
import type { Talk } from '../hosts/talk.ts'
import type { SfuStream, Supplied } from '../ingest/outlet.ts'
import type { Watch } from '../ingest/owners.ts'
import type { Sfu } from '../sfu/sfu.ts'

export const FarInput = z.object({ camera: Id, offer: TrunkOffer })
export type FarInput = z.infer<typeof FarInput>

/** What the console with the card tells; it is of our own centre and has proven its key. */
type FarItem =
  | { kind: 'trunk'; offer: TrunkOffer }
  | ({ kind: 'stream'; codec: Supplied['codec']; sound?: Crossed | undefined } & Crossed)
  | ({ kind: 'status' } & Pick<StreamStatus, 'state' | 'fault' | 'evidence'>)

interface Crossed {
  stream: string
  crossing: Crossing
}

export interface FarCaptureOptions {
  sfu: Sfu
  /** The line to a station, or to one that has a line to it; null = there is none. */
  talk: (station: string) => Talk | null
  /** What people call a console. */
  nameOf: (station: string) => string
}

const lookEveryMs = 500

export class FarCapture {
  readonly #options: FarCaptureOptions

  constructor(options: FarCaptureOptions) {
    this.#options = options
  }

  /** Ends only by throwing. @throws StreamError capture-away when the console cannot be reached */
  async fetch(
    camera: string,
    options: {
      station: string
      signal: AbortSignal
      onPicture: (picture: Supplied | null) => void
      onStatus: (status: Pick<StreamStatus, 'state' | 'fault' | 'evidence'>) => void
    },
  ): Promise<never> {
    const { station, signal, onPicture, onStatus } = options
    const { sfu, talk, nameOf } = this.#options
    const away = (cause?: unknown) => new StreamError('capture-away', { console: nameOf(station) }, { cause })
    const line = talk(station)
    if (line === null) throw away()
    const trunk = await openTrunk(sfu)
    try {
      let before: readonly string[] = []
      for await (const item of line.open('capture.watch', { input: { camera, offer: trunk.offer }, signal }) as AsyncIterable<FarItem>) {
        if (trunk.isClosed) throw new StreamError('sfu-lost')
        if (item.kind === 'trunk') await trunk.connect(TrunkOffer.parse(item.offer))
        else if (item.kind === 'status') onStatus(item)
        else {
          const { codec, sound } = item
          const streams = sound === undefined ? [item] : [item, sound]
          for (const gone of before) if (!streams.some(({ stream }) => stream === gone)) trunk.forget(gone)
          before = streams.map(({ stream }) => stream)
          const [producer, heard] = await Promise.all(streams.map((one) => taken(trunk, one)))
          onPicture(producer === undefined ? null : { router: trunk.router, producer, codec, sound: heard })
        }
      }
      throw new StreamError('connection-lost')
    } catch (error) {
      throw error instanceof WanglouError ? away(error) : error
    } finally {
      trunk.router.close()
    }
  }

  /** The other side: another console of our centre watches. Ends with the signal. */
  async *serve({ offer }: FarInput, { watch, signal }: { watch: Watch<SfuStream>; signal: AbortSignal }): AsyncGenerator<FarItem, void, void> {
    const trunk = await openTrunk(this.#options.sfu)
    try {
      await trunk.connect(offer)
      yield { kind: 'trunk', offer: trunk.offer }
      let given = ''
      while (!signal.aborted && !trunk.isClosed) {
        const { outlet, status } = watch.stream
        const key = `${outlet?.producer.id ?? ''} ${outlet?.sound?.id ?? ''}`
        if (outlet !== null && !outlet.producer.closed && key !== given) {
          given = key
          const { router, producer, codec, sound } = outlet
          const over = async ({ id }: Producer) => ({ stream: id, crossing: await trunk.send(id, { router, producerId: id }) })
          yield { kind: 'stream', codec, ...(await over(producer)), sound: sound === undefined ? undefined : await over(sound) }
        }
        const { state, fault, evidence } = status
        yield { kind: 'status', state, fault, evidence }
        await sleep(lookEveryMs, null, { signal }).catch(() => undefined)
      }
    } finally {
      trunk.router.close()
      watch.release()
    }
  }
}

/** What has come over once it is asked for. */
async function taken(trunk: Trunk, { stream, crossing }: Crossed): Promise<Producer | undefined> {
  await trunk.receive(stream, () => Promise.resolve(Crossing.parse(crossing) as unknown as Crossing))
  return (await trunk.producer(stream)) ?? undefined
}

async function openTrunk(sfu: Sfu): Promise<Trunk> {
  try {
    return await Trunk.open(sfu, await sfu.router())
  } catch (error) {
    throw new StreamError('sfu-missing', {}, { cause: error })
  }
}
